/** The address as one that may be linked to: http(s), or relative to the shop; otherwise undefined. */
export function checked(address, base = location.href) {
  try {
    const url = typeof address === "string" && address && new URL(address, base);
    if (/^https?:$/.test(url.protocol)) return url.href;
  } catch {
    // no address
  }
}

/** The path as patterns are written for it: without the language's root, and with a slash more. */
export const localPath = (pathname, root = "/") => pathname.slice(root.length - 1) + "/";
