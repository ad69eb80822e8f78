const DAY = 86_400_000;

/**
 * Milliseconds until this shopper may be spoken to, or the reason why not at all.
 * `pacing` is in seconds and days; `history` holds `shown` (on this page), `shownInSession`, and the
 * moments `started`, `closed` and `dismissed` (0: never) on the clock that `now` is read from.
 */
export function decide(pacing, history, now) {
  if (history.dismissed && now < history.dismissed + pacing.dismissal_days * DAY)
    return { reason: "dismissed" };
  if (history.shown >= pacing.max_per_page) return { reason: "page-limit" };
  if (history.shownInSession >= pacing.max_per_session) return { reason: "session-limit" };
  const delay = left(history.started, pacing.first_delay, now);
  return { wait: Math.max(delay, left(history.closed, pacing.gap, now)) };
}

/** Never longer than the span itself, so that a clock set back cannot silence a shop for hours. */
function left(since, seconds, now) {
  const span = seconds * 1_000;
  return since ? Math.max(0, Math.min(span, since + span - now)) : 0;
}
