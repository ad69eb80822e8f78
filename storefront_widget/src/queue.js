/**
 * Cards that wait: `{frame, isLive}`, first to show first. What was heard on the stream comes
 * before what was stored, and the newest first in each.
 */

export function withFrame(waiting, frame) {
  const known = waiting.find((entry) => entry.frame.id === frame.id);
  if (known?.frame.revision > frame.revision) return waiting;
  return [{ frame, isLive: true }, ...without(waiting, frame.id)];
}

/** The stored cards replaced by these; what was heard on the stream stays. */
export function withStored(waiting, frames) {
  const live = waiting.filter((entry) => entry.isLive);
  const isHeard = (frame) => live.some((entry) => entry.frame.id === frame.id);
  const stored = frames.filter((frame) => !isHeard(frame));
  return [...live, ...stored.map((frame) => ({ frame, isLive: false }))];
}

export const without = (waiting, id) => waiting.filter((entry) => entry.frame.id !== id);
