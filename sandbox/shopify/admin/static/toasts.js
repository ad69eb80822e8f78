// Toasts of the app, at the bottom of the stage.
import { listen, tell } from "./frames.js";

const toasts = document.getElementById("toasts");

listen("toast", ({ id, message, duration, isError, action }) => {
  const toast = document.createElement("div");
  toast.id = id;
  toast.className = isError ? "toast is-error" : "toast";
  toast.append(message);
  if (action) toast.append(button(action, () => tell("toast-action", { id })));
  toast.append(button("×", () => dismiss(id), "Dismiss"));
  toasts.append(toast);
  setTimeout(() => dismiss(id), duration);
});

listen("toast-hide", ({ id }) => dismiss(id));

function dismiss(id) {
  const toast = document.getElementById(id);
  if (!toast) return;
  toast.remove();
  tell("toast-dismissed", { id });
}

function button(label, onClick, name = label) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", onClick);
  return made;
}
