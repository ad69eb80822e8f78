// The app's navigation in ours, its address in ours, and the ways out of it.
import { appPage, listen, storePage, tell } from "./frames.js";
import { mayLeave } from "./save_bars.js";

const menu = document.getElementById("menu");
const OF_SHOPIFY = [
  "embedded", "hmac", "host", "id_token", "locale", "session", "shop", "timestamp", "shopify-reload",
];
let path = "/";

export function forgetMenu() {
  menu.replaceChildren();
}

listen("menu", ({ items }) => {
  menu.replaceChildren(...items.map(entry));
  markCurrent();
});

listen("place", ({ path: now, query }) => {
  path = now;
  const kept = new URLSearchParams(query);
  const isBounce = kept.has("shopify-reload");
  for (const name of OF_SHOPIFY) kept.delete(name);
  if (isBounce) return;
  const tail = `${path === "/" ? "" : path}${kept.size ? `?${kept}` : ""}`;
  history.replaceState(null, "", `${appPage}${tail}`);
  markCurrent();
});

listen("leave", ({ url }) => {
  if (url.startsWith("shopify://admin")) location.assign(storePage + url.slice(15));
  else if (/^https?:/.test(url)) location.assign(url);
});

function entry({ href, label }) {
  const link = document.createElement("a");
  link.href = appPage + (href === "/" ? "" : href);
  link.dataset.path = new URL(href, location.origin).pathname;
  link.textContent = label;
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (mayLeave()) tell("menu-click", { href });
  });
  return link;
}

/** The entry whose path the app is at or, of several, nearest above. */
function markCurrent() {
  const above = [...menu.children].filter(({ dataset }) => isAbove(dataset.path));
  const nearest = above.sort((a, b) => b.dataset.path.length - a.dataset.path.length)[0];
  for (const link of menu.children) {
    if (link === nearest) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  nearest?.scrollIntoView({ block: "nearest", inline: "nearest" }); // on a phone it is one long line
}

function isAbove(entryPath) {
  return path === entryPath || (entryPath !== "/" && path.startsWith(`${entryPath}/`));
}
