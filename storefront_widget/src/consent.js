/** Shopify's Customer Privacy API. What it does not clearly allow, or what is not there, is refused. */
export function isAnalyticsAllowed() {
  try {
    return window.Shopify.customerPrivacy.analyticsProcessingAllowed() === true;
  } catch {
    return false;
  }
}

/** Shopify loads the API on request only; a page where it is loaded already is left alone. */
export function askForConsentApi() {
  if (window.Shopify?.customerPrivacy) return;
  window.Shopify?.loadFeatures?.([{ name: "consent-tracking-api", version: "0.1" }], () => {});
}
