/** The first sentence, in the page's language, all of whose facts are known; undefined if none is. */
export const sentence = ({ rules, fallback }, { rule, facts }, locale) =>
  choose(rules[rule]?.sentences, locale, fallback)
    ?.map((wording) => compose(wording, facts))
    .find(Boolean);

/** What is said in the page's language, else in its parent language, else in the fallback. */
export const choose = (byLanguage = {}, locale, fallback) =>
  byLanguage[locale] ?? byLanguage[locale.split("-")[0]] ?? byLanguage[fallback];

/**
 * The sentence as parts `{text, fact?}`, where `fact` names the fact that the text comes from.
 * Undefined when a fact that the wording asks for is unknown: half a sentence is never shown.
 */
export function compose(wording, facts) {
  const parts = wording
    .split(/\{(\w+)\}/)
    .map((text, index) => (index % 2 ? { text: said(facts, text), fact: text } : { text }));
  return parts.every(({ text, fact }) => text || !fact) ? parts.filter(({ text }) => text) : undefined;
}

function said(facts, name) {
  const fact = name === "product" ? facts.product?.title : facts[name];
  return /string|number/.test(typeof fact) ? `${fact}`.trim() : "";
}
