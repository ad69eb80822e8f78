/**
 * Frames that wait, first to show first unless their rules have ranks. What was heard on the stream
 * (`isLive`) comes before what was stored, and the newest first in each.
 */
export function withFrame(waiting, frame) {
  const known = waiting.find(({ id }) => id === frame.id);
  if (known?.revision > frame.revision) return waiting;
  return [{ ...frame, isLive: true }, ...without(waiting, frame.id)];
}

/** The stored cards replaced by these; what was heard on the stream stays. */
export function withStored(waiting, frames) {
  const live = waiting.filter(({ isLive }) => isLive);
  return live.concat(live.reduce((others, { id }) => without(others, id), frames));
}

/**
 * The one to show first. A rule's rank, where any has one, is what its cards have, what those have
 * besides that are about the product of this page, and how much is left to chance.
 */
export function first(frames, rules, product) {
  const rank = (frame) => {
    const [base, page, chance] = rules[frame.rule].rank ?? [];
    const isOfPage = frame.facts.product?.id === product;
    return base + page * isOfPage + chance * (frame.luck ??= Math.log(Math.random()));
  };
  return frames.sort((one, other) => rank(other) - rank(one))[0];
}

export const without = (waiting, id) => waiting.filter((frame) => frame.id !== id);
