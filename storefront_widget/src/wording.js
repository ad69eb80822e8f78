/** The first sentence, in the page's language, that holds of the facts; undefined if none does. */
export function sentence({ rules, fallback }, { rule, facts }, locale) {
  const { sentences = {} } = rules[rule] ?? {};
  const spoken = choose(sentences, locale, fallback);
  return facts && sentences[spoken]?.map((wording) => compose(wording, facts, spoken)).find(Boolean);
}

/** The page's language where something is said in it, else its parent language, else the fallback. */
export const choose = (byLanguage, locale, fallback) =>
  [locale, locale.split("-")[0]].find((each) => byLanguage[each]) ?? fallback;

/**
 * The sentence as parts `{text, fact?}`, where `fact` names the fact that the text comes from.
 * Undefined when a fact that the wording asks for is unknown, or not what it asks for (`{count=one}`
 * asks for a number or a plural form, and says nothing): half a sentence is never shown.
 */
export function compose(wording, facts, locale) {
  const parts = [];
  const pieces = wording.split(/\{(\w+)(\W?)(\w*)\}/);
  const known = { ...facts, product: facts.product?.title, country: named(facts.country, locale) };
  while (pieces.length) {
    const [text, fact, way, word] = pieces.splice(0, 4);
    parts.push({ text });
    if (!fact) break;
    const value = known[fact];
    if (way === "=") {
      // The number itself, or the plural form that it has in the language.
      if (value != word && new Intl.PluralRules(locale).select(value) !== word) return;
    } else {
      const text = written(value, locale, word);
      if (!text) return;
      parts.push({ text, fact });
    }
  }
  return parts.filter(({ text }) => text);
}

const named = (country, locale) =>
  country && Intl.DisplayNames && new Intl.DisplayNames(locale, { type: "region" }).of(country);

function written(value, locale, filter) {
  const text = /string|number/.test(typeof value) ? value.toLocaleString(locale).trim() : "";
  if (filter === "short") return text.replace(/(.{39}).{2,}/u, "$1…");
  return filter === "upper" ? text.toLocaleUpperCase(locale) : text;
}
