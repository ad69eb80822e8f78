// Stands in for Shopify's Customer Privacy API.
// ?consent=ask shows a banner, =yes and =no decide; the choice is kept. Without any, the visitor is
// in a region that needs no banner, where everything is allowed.
(() => {
  const KEY = "consent";
  const asked = new URLSearchParams(location.search).get(KEY);
  if (["ask", "yes", "no"].includes(asked)) remember(asked);

  function remember(choice) {
    try { localStorage.setItem(KEY, choice); } catch { /* storage is off */ }
  }
  function choice() {
    try { return localStorage.getItem(KEY) ?? "none"; } catch { return "none"; }
  }
  const isAllowed = () => choice() === "yes" || choice() === "none";

  function setTrackingConsent(wanted, done) {
    remember(wanted.analytics ? "yes" : "no");
    document.querySelector(".consent")?.remove();
    const detail = {
      analyticsAllowed: isAllowed(),
      marketingAllowed: isAllowed(),
      preferencesAllowed: isAllowed(),
      saleOfDataAllowed: isAllowed(),
    };
    document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail }));
    done?.();
  }

  const customerPrivacy = {
    analyticsProcessingAllowed: isAllowed,
    marketingAllowed: isAllowed,
    preferencesProcessingAllowed: isAllowed,
    saleOfDataAllowed: isAllowed,
    currentVisitorConsent() {
      const word = { yes: "yes", no: "no" }[choice()] ?? "";
      return { marketing: word, analytics: word, preferences: word, sale_of_data: word };
    },
    setTrackingConsent,
  };

  window.Shopify.loadFeatures = (features, done) => {
    setTimeout(() => {
      if (features.some((feature) => feature.name === "consent-tracking-api")) {
        window.Shopify.customerPrivacy = customerPrivacy;
      }
      done?.();
    });
  };

  addEventListener("DOMContentLoaded", () => {
    if (choice() !== "ask") return;
    const banner = document.createElement("section");
    banner.className = "consent";
    banner.setAttribute("aria-label", "Cookies");
    banner.innerHTML = `<p>May we count your visit?</p>
      <button class="button quiet" data-answer="no">No</button>
      <button class="button" data-answer="yes">Yes</button>`;
    banner.addEventListener("click", (event) => {
      const answer = event.target.dataset?.answer;
      const allowed = answer === "yes";
      if (answer) setTrackingConsent({ analytics: allowed, marketing: allowed });
    });
    document.body.append(banner);
  });
})();
