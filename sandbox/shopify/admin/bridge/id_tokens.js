// ID tokens live a minute; one is used again while it has more than five seconds left.
const SPARE_SECONDS = 5;
let latest = null;

async function idToken() {
  if (!latest || secondsLeft(latest) <= SPARE_SECONDS) return freshIdToken();
  return latest;
}

async function freshIdToken({ isRetry = false } = {}) {
  latest = (await ask("id-token", { isRetry })).idToken;
  return latest;
}

function secondsLeft(token) {
  const [, claims] = token.split(".");
  const text = atob(claims.replaceAll("-", "+").replaceAll("_", "/"));
  return JSON.parse(text).exp - Date.now() / 1000;
}
