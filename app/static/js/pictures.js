// A picture that cannot be had leaves its place to the placeholder below it.

document.addEventListener("error", ({ target }) => dropIfBroken(target), { capture: true });
document.querySelectorAll("img").forEach(dropIfBroken);

function dropIfBroken(element) {
  if (element instanceof HTMLImageElement && element.complete && !element.naturalWidth) element.remove();
}
