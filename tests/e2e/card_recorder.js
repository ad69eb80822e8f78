// Tells the test of every card that opens, so that one that came and went is noticed too.
new MutationObserver((changes) => {
  for (const { target, oldValue } of changes) {
    const { notification } = target.dataset;
    const hasOpened = notification && oldValue === null;
    if (!hasOpened) continue;
    const sentence = target.shadowRoot.querySelector(".sentence").textContent;
    window.recordCard(notification, sentence);
  }
}).observe(document, {
  subtree: true,
  attributeFilter: ["data-notification"],
  attributeOldValue: true,
});
