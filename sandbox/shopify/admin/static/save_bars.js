// The contextual save bar over the app.
import { listen, tell } from "./frames.js";

const bar = document.getElementById("save-bar");

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

listen("save-bar", ({ isShown }) => {
  bar.hidden = !isShown;
});

listen("save-bar-leave", () => {
  if (!mayLeave()) throw new Error("There are unsaved changes.");
});

document.getElementById("save").addEventListener("click", () => tell("save-bar-save"));
document.getElementById("discard").addEventListener("click", () => tell("save-bar-discard"));
