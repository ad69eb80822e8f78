// Forms with a save bar: `data-is-changed` while there is something to save. While one is being saved nothing more can be typed into it, so that the
// answer cannot wipe it; and unless it was saved, its save bar comes back (App Bridge hides it as
// soon as a form is submitted).

const FORM = "form[data-save-bar]";
let focused;

document.addEventListener("focusin", ({ target }) => {
  if (target.closest(FORM)) focused = target.id;
});

document.addEventListener("htmx:before:request", ({ detail }) => {
  const form = detail.ctx.sourceElement;
  if (form.matches?.(FORM)) form.inert = true;
});

document.addEventListener("htmx:finally:request", ({ detail }) => {
  const { request, response } = detail.ctx;
  const form = document.getElementById(request.form?.id ?? "");
  if (!form?.matches(FORM)) return;
  form.inert = false;
  if (!response?.raw.ok) form.dispatchEvent(new Event("change", { bubbles: true }));
  const next = form.querySelector("[aria-invalid=true], [data-focus-first]");
  (next ?? document.getElementById(focused))?.focus();
});

for (const event of ["input", "change"]) {
  document.addEventListener(event, ({ target }) => target.closest(FORM)?.setAttribute("data-is-changed", ""));
}

document.addEventListener("reset", ({ target }) => target.removeAttribute("data-is-changed"));

// What an answer brought back was never saved, so there is nothing in the page to go back to.
document.addEventListener("reset", (event) => {
  if (!event.target.matches("[data-unsaved]")) return;
  event.preventDefault();
  htmx.trigger(document, "earshot:visit", { address: location.href });
});
