/** What the shop has set, revalidated: a copy from the browser's cache may hold a retracted card. */
export async function fetchConfig(address) {
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw response.status;
  return understand(await response.json());
}

/** The configuration with what the widget makes of it; throws when it is none. */
export function understand(config) {
  return { ...config, ...config.settings, cards: config.cards.filter(Boolean) };
}
