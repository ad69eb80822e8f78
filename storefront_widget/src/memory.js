import { isAnalyticsAllowed } from "./consent.js";

/**
 * What this shopper has seen and waved away. It outlives the session (localStorage) only with
 * consent; where the browser stores nothing at all it lasts as long as the page.
 */
const KEY = "earshot:1";
const NOTHING = { seen: [], shown: 0, closed: 0, dismissed: 0 };
const session = { ...NOTHING, ...read("sessionStorage") };
const person = () => ({ ...NOTHING, ...(isAnalyticsAllowed() && read("localStorage")) });

export const wasSeen = (id) => session.seen.includes(id) || person().seen.includes(id);

export const history = () => ({
  shownInSession: session.shown,
  closed: session.closed,
  dismissed: Math.max(session.dismissed, person().dismissed),
});

export const see = (id) => keep({ seen: [...session.seen, id].slice(-200) });
export const countShown = () => keep({ shown: session.shown + 1 });
export const close = (now) => keep({ closed: now });
export const dismiss = (now) => keep({ dismissed: now });

function keep(changes) {
  Object.assign(session, changes);
  write("sessionStorage", session);
  if (!isAnalyticsAllowed()) return;
  const seen = [...new Set([...person().seen, ...session.seen])].slice(-200);
  write("localStorage", { seen, dismissed: history().dismissed });
}

function read(storage) {
  try {
    return JSON.parse(window[storage].getItem(KEY));
  } catch {
    return undefined;
  }
}

function write(storage, value) {
  try {
    window[storage].setItem(KEY, JSON.stringify(value));
  } catch {
    // full or forbidden: the page's own memory has to do
  }
}
