// ID tokens live a minute. One serves all requests that come close together; the admin says for how
// long it may be used again.
let latest = null;
let asking = null;

async function idToken() {
  if (latest && performance.now() < latest.until) return latest.idToken;
  return freshIdToken();
}

function freshIdToken({ isRetry = false } = {}) {
  if (isRetry || !asking) asking = askForToken(isRetry);
  return asking;
}

async function askForToken(isRetry) {
  try {
    const { idToken, reuse } = await ask("id-token", { isRetry });
    latest = { idToken, until: performance.now() + reuse };
    return idToken;
  } finally {
    asking = null;
  }
}
