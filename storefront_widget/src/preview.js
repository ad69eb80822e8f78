import * as card from "./card.js";
import { understand } from "./config.js";
import { locale } from "./embed.js";
import { sentence } from "./wording.js";

/**
 * Shows samples as the page around this frame wants them: nobody else is asked or told, nothing is
 * kept, and a card stays until it is replaced or retracted.
 */
export function rehearse() {
  let config, frame;
  const acts = {
    config: (next) => card.dress((config = understand(next)).style),
    notification: (next) => (frame = next),
    retraction: ({ id }) => (frame = frame?.id === id ? undefined : frame),
  };
  card.mount();
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || origin !== location.origin) return;
    acts[data?.event]?.(data.data);
    const parts = config && frame && sentence(config, frame, locale);
    if (parts) card.show(frame, parts);
    else card.hide();
  });
}
