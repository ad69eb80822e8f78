// On the bounce page: fetch what `shopify-reload` names, with a token, and become that page.
const reload = new URLSearchParams(location.search).get("shopify-reload");

async function bounce() {
  const target = new URL(reload, location.origin);
  if (target.origin !== location.origin) {
    console.error("App Bridge: shopify-reload leads to another origin.");
    return;
  }
  const headers = { Accept: "text/html", "X-Shopify-Bounce": "1" };
  const response = await authenticatedFetch(target, { headers });
  const html = await response.text();
  const place = response.redirected ? new URL(response.url) : target;
  place.searchParams.delete("id_token");
  history.replaceState(null, "", place);
  document.open();
  document.write(html);
  document.close();
}
