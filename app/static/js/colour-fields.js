// A colour is picked or typed: swatch and code say the same.

const CODE = /^#[0-9a-f]{6}$/i;

document.addEventListener("input", ({ target }) => {
  const field = target.closest?.("[data-colour]");
  if (!field) return;
  const [swatch, code] = field.querySelectorAll("input");
  if (target === swatch) {
    code.value = swatch.value;
    code.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (CODE.test(code.value)) {
    swatch.value = code.value;
  }
});

// A form that is reset sets each field back by itself, the swatch has only what it shows.
document.addEventListener("reset", ({ target }) => {
  setTimeout(() => {
    for (const field of target.querySelectorAll("[data-colour]")) {
      const [swatch, code] = field.querySelectorAll("input");
      swatch.value = code.value;
    }
  });
});
