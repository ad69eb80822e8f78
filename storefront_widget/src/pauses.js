/** Milliseconds before the next try: about a second at first, doubling to a minute, each jittered. */
export const pause = (attempt, luck = Math.random()) =>
  Math.min(60_000, 1_000 * 2 ** attempt) * (0.5 + luck / 2);
