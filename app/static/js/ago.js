// Keeps the words of every <time data-ago> true while the page stays open.

const STEPS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });

function ago(then, now) {
  const seconds = (now - then) / 1000;
  const step = STEPS.find(([, length]) => seconds >= length);
  return step && words.format(-Math.floor(seconds / step[1]), step[0]);
}

function refresh() {
  if (document.hidden) return;
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-ago]")) {
    // Under a minute nothing is said here: the server's own "just now" stands.
    const text = ago(Date.parse(time.dateTime), now);
    if (text && text !== time.textContent) time.textContent = text;
  }
}

setInterval(refresh, 15_000);
document.addEventListener("visibilitychange", refresh);
