const UNITS = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
];

/**
 * How long ago `since` (ISO 8601) was, in the page's language and never more exact than a minute.
 * Empty when the moment cannot be read or the browser cannot say it.
 */
export function ago(since, now, locale, justNow) {
  const seconds = (now - Date.parse(since)) / 1_000;
  const [size, unit] = UNITS.find(([size]) => seconds >= size) ?? [];
  try {
    if (unit) return new Intl.RelativeTimeFormat(locale).format(-Math.floor(seconds / size), unit);
    return seconds < 60 ? justNow : "";
  } catch {
    // no such language, or no Intl: better no time than a wrong one
    return "";
  }
}
