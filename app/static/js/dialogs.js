// Opens and closes dialogs. One closes when the form in it was answered, or could not be: what went
// wrong is then said above the page. Only a form that comes back to be mended keeps it open.

const TO_MEND = [409, 422];
const FIRST = "[data-takes-focus], dialog [aria-invalid=true]";

document.addEventListener("click", ({ target }) => {
  const opener = target.closest?.("[data-opens]");
  if (opener) open(document.getElementById(opener.dataset.opens));
  target.closest?.("[data-closes]")?.closest("dialog").close();
});

// To what is asked for, or else to the way that changes nothing.
function open(dialog) {
  dialog.showModal();
  dialog.querySelector(".dialog__body input, .dialog__ways button").focus();
}

// A press on what lies around it.
document.addEventListener("mousedown", ({ target, clientX, clientY }) => {
  if (!target.matches?.("dialog")) return;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  if (clientX < left || clientX > right || clientY < top || clientY > bottom) target.close();
});

document.addEventListener("htmx:after:request", ({ detail }) => {
  if (!TO_MEND.includes(detail.ctx.response.status)) close(detail.ctx);
});

document.addEventListener("htmx:error", ({ detail }) => detail.ctx && close(detail.ctx));

function close({ sourceElement }) {
  sourceElement.closest?.("dialog")?.close();
}

// Where an answer says what to read next, or what to mend.
document.addEventListener("htmx:after:process", ({ target }) => {
  const first = target.matches?.(FIRST) ? target : target.querySelector?.(FIRST);
  first?.focus();
  first?.removeAttribute("data-takes-focus");
});
