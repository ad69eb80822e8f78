// Links inside the app, the admin's menu and the browser's history: each puts the main part of the
// new page into the open document. So scripts run once, and the request carries the ID token.
// The event `earshot:visit` with an `address` does the same for other scripts.

// An address in full says in whose admin the app is open, so that a reload, a new tab and a bookmark
// lead back there; the others are what Shopify adds for the very first document.
const KEPT = ["shop", "host", "embedded"];
const ONCE = ["hmac", "id_token", "locale", "session", "timestamp"];
const OURS = "a[href^='/']:not([href^='//'])";

const said = new URLSearchParams(location.search);
const main = () => document.getElementById("main");

function kept(name) {
  return said.get(name) ?? window.shopify?.config?.[name] ?? "";
}

function inFull(address) {
  const url = new URL(address, location.href);
  for (const name of ONCE) url.searchParams.delete(name);
  for (const [name, value] of [...url.searchParams]) if (!value) url.searchParams.delete(name);
  for (const name of KEPT) {
    if (kept(name) && !url.searchParams.has(name)) url.searchParams.set(name, kept(name));
  }
  return url.pathname + url.search + url.hash;
}

/** Unsaved changes hold the merchant back; App Bridge asks. */
async function mayLeave() {
  try {
    await window.shopify?.saveBar?.leaveConfirmation?.();
    return true;
  } catch {
    return false;
  }
}

async function visit(address) {
  if (!(await mayLeave())) return;
  const path = inFull(address);
  const history = path === inFull(location.href) ? { replace: path } : { push: path };
  await htmx.ajax("GET", path, { source: main(), target: "#main", swap: "outerSync", ...history });
}

document.addEventListener("earshot:visit", ({ detail }) => visit(detail.address));

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || !isPlain(event) || !isOurs(link)) return;
  event.preventDefault();
  visit(link.href);
});

// A click on an entry of the app in the admin's own navigation.
document.addEventListener("shopify:navigate", (event) => {
  event.preventDefault();
  visit(event.target.getAttribute("href"));
});

function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }) {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}

function isOurs(link) {
  const isElsewhere = link.target && link.target !== "_self";
  const isSamePage = link.hash && link.pathname === location.pathname;
  return link.origin === location.origin && !isElsewhere && !isSamePage && !link.hasAttribute("download");
}

document.addEventListener("htmx:after:process", ({ target }) => {
  for (const link of target.querySelectorAll?.(OURS) ?? []) {
    link.setAttribute("href", inFull(link.getAttribute("href")));
  }
});

document.addEventListener("htmx:before:history:update", ({ detail }) => {
  detail.history.path = inFull(detail.history.path);
  // The way back leads somewhere else.
  if (detail.history.path === inFull(location.href)) detail.history.type = "replace";
});

// Back and forward win over a page that is still on its way, but not over unsaved changes: where the
// merchant stays, the browser is sent to where it came from, and the page that still stands is kept.
const entry = () => window.navigation?.currentEntry?.key;
let stand = entry();
let isReturning = false;

document.addEventListener("htmx:before:history:restore", (event) => {
  htmx.trigger(main(), "htmx:abort");
  if (!isReturning && !document.querySelector("form[data-is-changed]")) return;
  event.preventDefault();
  if (isReturning) isReturning = false;
  else leaveOrReturn();
});

async function leaveOrReturn() {
  if (await mayLeave()) return visit(location.href);
  isReturning = true;
  window.navigation?.traverseTo(stand);
}

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const { target, request, response } = detail.ctx;
  if (target !== main() || !response?.raw.ok) return;
  stand = entry();
  // On the way back the browser scrolls to where the merchant was.
  if (!request.headers["HX-History-Restore-Request"]) scrollTo(0, 0);
  main().querySelector("h1")?.focus({ preventScroll: true });
});
