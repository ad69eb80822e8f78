// Who we are: the app's key from the script tag or the meta element, the shop from the query.
// The query is remembered, since later pages of the app may come without it.
const script = document.currentScript;
const adminOrigin = new URL(script.src).origin;
const apiKey =
  script.dataset.apiKey ??
  document.querySelector('meta[name="shopify-api-key"]')?.content ??
  "";
const isFramed = window.parent !== window;

function remembered(name) {
  const given = new URLSearchParams(location.search).get(name);
  try {
    if (given) sessionStorage.setItem(`app-bridge-${name}`, given);
    return given ?? sessionStorage.getItem(`app-bridge-${name}`) ?? "";
  } catch {
    return given ?? "";
  }
}

const disabledFeatures = (
  document.querySelector('meta[name="shopify-disabled-features"]')?.content ?? ""
).split(/[\s,]+/);

const config = {
  apiKey,
  appOrigins: [location.origin],
  disabledFeatures,
  host: remembered("host"),
  locale: remembered("locale") || "en",
  shop: remembered("shop"),
  debug: {},
};

if (!apiKey) console.error("App Bridge: no api key in data-api-key or meta shopify-api-key.");
