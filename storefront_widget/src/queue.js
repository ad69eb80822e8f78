/**
 * Frames that wait, first to show first. What was heard on the stream (`isLive`) comes before what
 * was stored, and the newest first in each.
 */

export function withFrame(waiting, frame) {
  const known = waiting.find(({ id }) => id === frame.id);
  if (known?.revision > frame.revision) return waiting;
  return [{ ...frame, isLive: true }, ...without(waiting, frame.id)];
}

/** The stored cards replaced by these; what was heard on the stream stays. */
export function withStored(waiting, frames) {
  const live = waiting.filter(({ isLive }) => isLive);
  return live.concat(frames.filter((frame) => !live.some(({ id }) => id === frame.id)));
}

export const without = (waiting, id) => waiting.filter((frame) => frame.id !== id);
