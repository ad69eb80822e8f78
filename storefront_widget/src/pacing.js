const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/**
 * Milliseconds until this shopper may be spoken to; without end where that is not on this page.
 * `pacing` is in seconds and days, `quiet` are spans of minutes since 1970 began; `history` holds
 * `shown` (on this page), `inSession`, and the moments `started`, `closed` and `dismissed`
 * (0: never) on the clock that `now` is read from.
 */
export function decide({ pacing, quiet }, history, now) {
  const isDismissed = history.dismissed && now < history.dismissed + pacing.dismissal_days * DAY;
  if (isDismissed || history.shown >= pacing.max_per_page) return Infinity;
  if (history.inSession >= pacing.max_per_session) return Infinity;
  const silent = quiet.find(([from, until]) => from * MINUTE <= now && now < until * MINUTE);
  const delay = left(history.started, pacing.first_delay, now);
  const gap = left(history.closed, pacing.gap, now);
  return Math.max(delay, gap, silent ? silent[1] * MINUTE - now : 0);
}

/** Never longer than the span itself, so that a clock set back cannot silence a shop for hours. */
function left(since, seconds, now) {
  const span = seconds * 1_000;
  return since ? Math.max(0, Math.min(span, since + span - now)) : 0;
}
