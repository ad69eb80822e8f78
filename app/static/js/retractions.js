// The one question about retracting is asked for the notification whose button was pressed.

document.addEventListener(
  "click",
  ({ target }) => {
    const button = target.closest?.("[data-retracts]");
    if (!button) return;
    const told = button.closest("[id^=notification-]");
    const form = document.getElementById("retraction-form");
    form.setAttribute("hx-post", `${button.dataset.retracts}/retraction`);
    form.setAttribute("hx-target", `#${told.id}`);
    form.closest("dialog").querySelector("[data-sentence]").textContent = sentence(told);
  },
  { capture: true }, // before it opens
);

function sentence(told) {
  return told.querySelector("[data-sentence]").textContent;
}
