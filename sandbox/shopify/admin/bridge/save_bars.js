// The contextual save bar: by name (`<ui-save-bar id>`), or of a form with `data-save-bar`.
const FORM = "form[data-save-bar]";
const shownBars = new Set();
let changedForm = null;

const saveBar = {
  async show(id) {
    shownBars.add(id);
    tell("save-bar", { isShown: true });
    tellElement(id, "show");
  },
  async hide(id) {
    if (shownBars.delete(id)) tellElement(id, "hide");
    tell("save-bar", { isShown: isBarShown() });
  },
  toggle(id) {
    return shownBars.has(id) ? saveBar.hide(id) : saveBar.show(id);
  },
  // Resolves when nothing is unsaved or the merchant leaves all the same; rejects when she stays.
  async leaveConfirmation() {
    if (!isBarShown()) return;
    await ask("save-bar-leave");
    hideBar();
  },
};

const isBarShown = () => Boolean(changedForm || shownBars.size);

function tellElement(id, type) {
  document.getElementById(id)?.dispatchEvent(new CustomEvent(type));
}

function hideBar() {
  changedForm = null;
  for (const id of [...shownBars]) saveBar.hide(id);
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

// A form that was swapped out takes its unsaved changes along.
function noticeSwap() {
  if (!changedForm || changedForm.isConnected) return;
  changedForm = null;
  tell("save-bar", { isShown: isBarShown() });
}

document.addEventListener("input", noticeChange, true);
document.addEventListener("change", noticeChange, true);
document.addEventListener("submit", noticeEnd);
document.addEventListener("reset", noticeEnd);
new MutationObserver(noticeSwap).observe(document, { childList: true, subtree: true });

listen("save-bar-save", () => {
  if (changedForm?.isConnected) changedForm.requestSubmit();
  else barButton(true)?.click();
});

listen("save-bar-discard", async () => {
  const form = changedForm?.isConnected ? changedForm : null;
  if (asksBeforeDiscarding(form) && !(await ask("save-bar-confirm-discard"))) return;
  if (form) form.reset();
  else barButton(false)?.click();
});

function asksBeforeDiscarding(form) {
  if (form) return form.hasAttribute("data-discard-confirmation");
  return shownElements().some((bar) => bar.hasAttribute("discardConfirmation"));
}

function barButton(isPrimary) {
  const buttons = shownElements().flatMap((bar) => [...bar.querySelectorAll("button, s-button")]);
  return buttons.find((button) => (button.getAttribute("variant") === "primary") === isPrimary);
}

function shownElements() {
  return [...shownBars].map((id) => document.getElementById(id)).filter(Boolean);
}
