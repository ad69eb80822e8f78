// In the settings page: types one value after the other into a field; gives the milliseconds from each
// key until the frame in which the card of the preview was drawn anew.
([name, values]) => new Promise((resolve) => {
  const field = document.querySelector(`[name="${name}"]`);
  const card = document.querySelector("#preview iframe").contentDocument
    .querySelector("earshot-card").shadowRoot.querySelectorAll("style")[1];
  const took = [];
  let began;
  const next = () => {
    const value = values.shift();
    if (value === undefined) return resolve(took);
    field.value = value;
    began = performance.now();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  new MutationObserver(() => {
    requestAnimationFrame(() => {
      took.push(performance.now() - began);
      setTimeout(next, 30);
    });
  }).observe(card, { childList: true, characterData: true, subtree: true });
  next();
})
