// The contextual save bar: by name (`<ui-save-bar id>`), or of a form with `data-save-bar`.
const FORM = "form[data-save-bar]";
const shownBars = new Set();
let changedForm = null;

const saveBar = {
  async show(id) {
    shownBars.add(id);
    tell("save-bar", { isShown: true });
  },
  async hide(id) {
    shownBars.delete(id);
    if (!shownBars.size) hideBar();
  },
  toggle(id) {
    return shownBars.has(id) ? saveBar.hide(id) : saveBar.show(id);
  },
  leaveConfirmation() {
    return ask("save-bar-leave").then(() => undefined);
  },
};

function hideBar() {
  changedForm = null;
  shownBars.clear();
  tell("save-bar", { isShown: false });
}

function noticeChange({ target }) {
  const form = target.form ?? target.closest?.(FORM);
  if (!form?.matches(FORM)) return;
  changedForm = form;
  tell("save-bar", { isShown: true });
}

function noticeEnd({ target }) {
  if (target.matches?.(FORM)) hideBar();
}

document.addEventListener("input", noticeChange, true);
document.addEventListener("change", noticeChange, true);
document.addEventListener("submit", noticeEnd);
document.addEventListener("reset", noticeEnd);

listen("save-bar-save", () => {
  if (changedForm?.isConnected) changedForm.requestSubmit();
  else barButton(true)?.click();
});

listen("save-bar-discard", () => {
  if (!changedForm?.isConnected) {
    barButton(false)?.click();
    return;
  }
  const asks = changedForm.hasAttribute("data-discard-confirmation");
  if (!asks || confirm("Discard all unsaved changes?")) changedForm.reset();
});

function barButton(isPrimary) {
  const buttons = [...shownBars].flatMap((id) => [
    ...(document.getElementById(id)?.querySelectorAll("button, s-button") ?? []),
  ]);
  return buttons.find((button) => (button.getAttribute("variant") === "primary") === isPrimary);
}
