// window.fetch with an ID token for the app's own origin, and one retry when the app asks for it.
const plainFetch = window.fetch.plain ?? window.fetch;
const RETRY = "X-Shopify-Retry-Invalid-Session-Request";
const REAUTHORIZE = "X-Shopify-API-Request-Failure-Reauthorize-Url";

async function authenticatedFetch(input, init) {
  const request = new Request(input, init);
  if (!isForTheApp(request) || request.headers.has("Authorization")) return plainFetch(request);
  const again = request.clone();
  let response = await plainFetch(withToken(request, await idToken()));
  if (response.status === 401 && response.headers.has(RETRY)) {
    response = await plainFetch(withToken(again, await freshIdToken({ isRetry: true })));
  }
  const elsewhere = response.headers.get(REAUTHORIZE);
  if (elsewhere) tell("leave", { url: new URL(elsewhere, location.href).href });
  return response;
}

function isForTheApp(request) {
  return config.appOrigins.includes(new URL(request.url).origin);
}

function withToken(request, token) {
  request.headers.set("Authorization", `Bearer ${token}`);
  return request;
}

if (!disabledFeatures.includes("fetch")) {
  authenticatedFetch.plain = plainFetch;
  window.fetch = authenticatedFetch;
}
