// A pill opens what it can be set to, and closes when that is chosen, left or put off.

const PILL = "[data-pill]";

const opened = () => document.querySelector(`${PILL}[open]`);

document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-chooses]")) return;
  close(true);
  htmx.trigger(target.form, "choose");
});

document.addEventListener("submit", ({ target }) => target.querySelector?.(PILL) && close(true));

document.addEventListener("keydown", ({ key }) => key === "Escape" && close(true));

for (const event of ["pointerdown", "focusin"]) {
  document.addEventListener(event, ({ target }) => {
    if (opened() && !opened().contains(target)) close(false);
  });
}

function close(takesFocus) {
  const pill = opened();
  if (!pill) return;
  pill.open = false;
  if (takesFocus) pill.querySelector("summary").focus();
}
