/** The wording in the page's language, else its parent language, else English. */
export const choose = (wordings = {}, locale = "") =>
  wordings[locale] ?? wordings[locale.split("-")[0]] ?? wordings.en;

/**
 * The sentence as parts `{text, fact?}`, where `fact` names the fact that the text comes from.
 * Undefined when a fact that the wording asks for is unknown: half a sentence is never shown.
 */
export function compose(wording, facts) {
  if (typeof wording !== "string") return undefined;
  const parts = wording
    .split(/\{(\w+)\}/)
    .map((text, index) => (index % 2 ? { text: said(facts, text), fact: text } : { text }));
  return parts.every(({ text, fact }) => text || !fact) ? parts.filter(({ text }) => text) : undefined;
}

function said(facts, name) {
  const fact = name === "product" ? facts?.product?.title : facts?.[name];
  return /string|number/.test(typeof fact) ? `${fact}`.trim() : "";
}
