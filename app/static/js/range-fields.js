// Says in numbers where a slider stands.

function tell(slider) {
  const output = slider.form?.querySelector(`output[for="${slider.id}"]`);
  if (output) output.value = slider.value;
}

document.addEventListener("input", ({ target }) => {
  if (target.matches?.("input[type=range]")) tell(target);
});

document.addEventListener("reset", ({ target }) => {
  setTimeout(() => target.querySelectorAll("input[type=range]").forEach(tell));
});
