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

/** The path as patterns are written for it: without the language's root, and with a slash more. */
export const localPath = (pathname, root = "/") => pathname.slice(root.length - 1) + "/";
