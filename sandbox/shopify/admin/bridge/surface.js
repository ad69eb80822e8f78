// The global `shopify`, and the start.
surface = {
  config,
  idToken,
  toast,
  saveBar,
  scopes,
  loading: (isLoading = true) => tell("loading", { isLoading: Boolean(isLoading) }),
  environment: { embedded: isFramed, mobile: false, pos: false },
  user: () => ask("user"),
  app: { extensions: () => ask("extensions") },
};
window.shopify = surface;

// Outside the admin there is nothing to show, so the page goes there.
if (!isFramed && config.shop && !disabledFeatures.includes("auto-redirect")) {
  const name = config.shop.replace(".myshopify.com", "");
  location.replace(`${adminOrigin}/store/${name}/apps/${apiKey}${location.pathname}${location.search}`);
} else if (reload) {
  bounce();
} else {
  tell("ready");
  tellPlace();
  const start = () => {
    tellMenu();
    new MutationObserver(tellMenu).observe(document.body, { childList: true, subtree: true });
  };
  if (document.body && document.readyState !== "loading") start();
  else window.addEventListener("DOMContentLoaded", start);
}
