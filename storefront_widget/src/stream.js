import { streamAddress } from "./embed.js";
import { pause } from "./pauses.js";

const CLOSED = 2;
let source, timer, position;
let attempt = 0;

/**
 * Opens the shop's stream of server-sent events, `handlers` by event name. The browser itself comes
 * back after a cut, with Last-Event-ID; where it gives up (any answer but 200) we come back, asking
 * for what came after the last event heard.
 */
export function open(handlers) {
  close();
  source = new EventSource(streamAddress + (position ? `?after=${encodeURIComponent(position)}` : ""));
  source.onopen = () => (attempt = 0);
  source.onerror = () => {
    if (source?.readyState === CLOSED) timer = setTimeout(open, pause(attempt++), handlers);
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
