import { streamAddress } from "./embed.js";
import { pause } from "./pauses.js";

const CLOSED = 2;
const PATIENCE = 3;
let source, timer, position;
let attempt = 0;

/**
 * Opens the shop's stream of server-sent events, `handlers` by event name. The browser itself comes
 * back after a cut, with Last-Event-ID; where it gives up (any answer but 200) we come back, asking
 * for what came after the last event heard. It does not say which answer that was: after a few of
 * them we begin anew, as after a reset, since config.json says whether to come back at all.
 */
export function open(handlers) {
  close();
  source = new EventSource(streamAddress + (position ? "?after=" + encodeURIComponent(position) : ""));
  source.onopen = () => (attempt = 0);
  source.onerror = () => {
    if (source?.readyState !== CLOSED) return;
    if (attempt < PATIENCE) timer = setTimeout(open, pause(attempt++), handlers);
    else handlers.reset();
  };
  for (const name in handlers)
    source.addEventListener(name, ({ data, lastEventId }) => {
      position = lastEventId || position;
      try {
        handlers[name](JSON.parse(data));
      } catch {
        // a frame that cannot be read is skipped, the stream goes on
      }
    });
}

export function close() {
  clearTimeout(timer);
  source?.close();
  source = undefined;
}

/** Where the next opening begins. */
export const moveTo = (place) => (position = place);
