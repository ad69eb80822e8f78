// What changes by itself, not by the merchant's hand, may not move what is below it: an element with
// `data-steady` that is swapped keeps at least the height it had, until the page is opened anew.

const GRACE = 500; // ms: what follows a press this soon was asked for
let pressed = -Infinity;

for (const name of ["pointerdown", "keydown"]) {
  addEventListener(name, ({ timeStamp }) => (pressed = timeStamp), { capture: true });
}

// Before, not after: by then the lower one may have been painted.
document.addEventListener("htmx:before:swap", ({ detail }) => {
  if (performance.now() - pressed < GRACE) return;
  for (const arriving of detail.tasks.flatMap(({ fragment }) => [...fragment.querySelectorAll("[data-steady][id]")])) {
    const height = document.getElementById(arriving.id)?.offsetHeight;
    if (height) arriving.style.minHeight = `${height}px`;
  }
});
