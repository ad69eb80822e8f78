// A button with `data-copies` takes the text of the field of that id along.

const toasts = document.getElementById("toasts");

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  field.select();
  say((await copied(field)) ? "Copied" : "Select it and copy it by hand: this browser does not let Earshot.");
});

async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // The admin around the page may not pass on the permission.
    return document.execCommand("copy");
  }
}

function say(words) {
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = words;
  toasts.append(toast);
}
