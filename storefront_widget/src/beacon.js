import { isAnalyticsAllowed } from "./consent.js";
import { appAddress } from "./embed.js";

const PAUSE = 4_000;
let items = [];
let timer;

/** Notes an interaction for the next batch. Without consent it is neither kept nor counted. */
export function record(kind, { id, revision, rule }) {
  if (!isAnalyticsAllowed()) return;
  items.push({ kind, notification: id, revision, rule, at: new Date().toISOString() });
  timer ??= setTimeout(flush, PAUSE);
}

export function flush() {
  clearTimeout(timer);
  timer = undefined;
  const batch = items.splice(0);
  if (batch.length && isAnalyticsAllowed()) send(batch);
}

/** Plain text, so that no preflight is asked for; lost rather than repeated when it fails. */
function send(items) {
  try {
    const body = JSON.stringify({ batch: crypto.randomUUID(), items });
    navigator.sendBeacon(appAddress("interactions"), body);
  } catch {
    // a count is not worth an error on a merchant's page
  }
}
