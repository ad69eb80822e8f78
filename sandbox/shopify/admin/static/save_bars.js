// The contextual save bar over the app, and what it asks before changes are lost.
import { listen, tell } from "./frames.js";

const bar = document.getElementById("save-bar");
const dialog = document.getElementById("unsaved");

const QUESTIONS = {
  leave: {
    title: "Leave page with unsaved changes?",
    text: "What you changed since you last saved will be lost.",
    stay: "Stay",
    go: "Leave page",
  },
  discard: {
    title: "Discard all unsaved changes?",
    text: "The page goes back to what you saved last.",
    stay: "Continue editing",
    go: "Discard changes",
  },
};

export function hideSaveBar() {
  bar.hidden = true;
}

/** Unsaved changes hold the merchant back, and the bar says so. */
export function mayLeave() {
  if (bar.hidden) return true;
  bar.classList.remove("insists");
  requestAnimationFrame(() => bar.classList.add("insists"));
  return false;
}

function confirms(question) {
  for (const [part, words] of Object.entries(question)) {
    dialog.querySelector(`[data-part="${part}"]`).textContent = words;
  }
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "go"), { once: true });
  });
}

listen("save-bar", ({ isShown }) => {
  bar.hidden = !isShown;
});

listen("save-bar-confirm-discard", () => confirms(QUESTIONS.discard));
listen("save-bar-leave", async () => {
  if (!(await confirms(QUESTIONS.leave))) throw new Error("The merchant stays on the page.");
});

document.getElementById("save").addEventListener("click", () => tell("save-bar-save"));
document.getElementById("discard").addEventListener("click", () => tell("save-bar-discard"));
