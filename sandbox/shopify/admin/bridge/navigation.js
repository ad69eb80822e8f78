// The app's navigation shown in the admin, the app's address mirrored there, and ways out.
const MENU = "s-app-nav, ui-nav-menu";
const LINK = "s-link[href], a[href]";
const routerListeners = { count: 0 };

function readMenu() {
  const links = [...document.querySelectorAll(MENU)].flatMap((menu) => {
    menu.style.display = "none";
    return [...menu.querySelectorAll(LINK)];
  });
  return links.filter((link) => link.getAttribute("rel") !== "home");
}

let toldMenu = "";

function tellMenu() {
  const items = readMenu().map((link) => ({
    href: link.getAttribute("href"),
    label: link.textContent.trim(),
  }));
  const said = JSON.stringify(items);
  if (said !== toldMenu) tell("menu", { items });
  toldMenu = said;
}

// A click in the admin becomes a click on the app's own link, then `shopify:navigate` for routers,
// and only when nobody took it a plain navigation, which goes over the bounce page.
listen("menu-click", ({ href }) => {
  const link = readMenu().find((one) => one.getAttribute("href") === href);
  if (link instanceof HTMLAnchorElement) link.click();
  else if (link) followLink(link, href);
  else location.assign(href);
});

function followLink(link, href) {
  const options = { bubbles: true, cancelable: true };
  if (!link.dispatchEvent(new MouseEvent("click", options))) return;
  const isFree = link.dispatchEvent(new CustomEvent("shopify:navigate", options));
  if (isFree && !routerListeners.count) location.assign(href);
}

const plainListen = document.addEventListener;
document.addEventListener = function (type, ...rest) {
  if (type === "shopify:navigate") routerListeners.count += 1;
  return plainListen.call(document, type, ...rest);
};

function tellPlace() {
  tell("place", { path: location.pathname, query: location.search });
}

for (const name of ["pushState", "replaceState"]) {
  const plain = History.prototype[name];
  history[name] = function (...state) {
    plain.apply(history, state);
    tellPlace();
  };
}
window.addEventListener("popstate", tellPlace);

const plainOpen = window.open.plain ?? window.open;
function openAnywhere(url = "", target = "", ...rest) {
  const isOutside = String(url).startsWith("shopify:") || ["_top", "_parent"].includes(target);
  if (!isFramed || !isOutside) return plainOpen.call(window, url, target, ...rest);
  leave(url);
  return null;
}
openAnywhere.plain = plainOpen;
window.open = openAnywhere;

function leave(url) {
  const text = String(url);
  tell("leave", { url: text.startsWith("shopify:") ? text : new URL(text, location.href).href });
}

plainListen.call(document, "click", (event) => {
  const link = event.target.closest?.("a[href], s-link[href], s-button[href], s-clickable[href]");
  const href = link?.getAttribute("href") ?? "";
  const isOutside = href.startsWith("shopify:") || link?.getAttribute("target") === "_top";
  if (!isFramed || !isOutside || event.defaultPrevented) return;
  event.preventDefault();
  leave(href);
});
