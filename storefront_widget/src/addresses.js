/** The address as one that may be linked to: http(s), or relative to the shop; otherwise undefined. */
export function checked(address, base = location.href) {
  if (!address || typeof address !== "string") return undefined;
  try {
    const url = new URL(address, base);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** A picture's address, asking Shopify's picture server for no more pixels than the card shows. */
export function picture(address, base) {
  const href = checked(address, base);
  if (!href || !/^https?:\/\/(cdn\.shopify\.com|[^/]+\/cdn\/shop)\//.test(href)) return href;
  const url = new URL(href);
  url.searchParams.set("width", 180);
  return url.href;
}
