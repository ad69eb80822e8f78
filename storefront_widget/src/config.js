/** What the shop has set, revalidated: a copy from the browser's cache may hold a retracted card. */
export async function fetchConfig(address) {
  const response = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!response.ok) throw response.status;
  return understand(await response.json());
}

/** The parts of the configuration that the widget reads; throws when it is no configuration. */
export function understand({ settings, rules, cards, position }) {
  const { pacing, appearance } = settings;
  return { pacing, corner: appearance.position, rules, cards: cards.filter(isFrame), position };
}

const isFrame = (card) => card?.id && card.facts;
