import { isAnalyticsAllowed } from "./consent.js";

/**
 * What this shopper has seen and waved away. It outlives the session (localStorage) only with
 * consent; where the browser stores nothing at all it lasts as long as the page.
 */
const KEY = "earshot:1";
const NOTHING = { seen: [], shown: 0, closed: 0, dismissed: 0 };
let session;
const inSession = () => (session ??= { ...NOTHING, ...read("sessionStorage") });
const ofPerson = () => ({ ...NOTHING, ...(isAnalyticsAllowed() && read("localStorage")) });

export const wasSeen = (id) => [...inSession().seen, ...ofPerson().seen].includes(id);

export const history = () => ({
  inSession: inSession().shown,
  closed: inSession().closed,
  dismissed: Math.max(inSession().dismissed, ofPerson().dismissed),
});

export const see = (id) => keep({ seen: [...inSession().seen, id].slice(-200) });
export const countShown = () => keep({ shown: inSession().shown + 1 });
export const close = (now) => keep({ closed: now });
export const dismiss = (now) => keep({ dismissed: now });

function keep(changes) {
  write("sessionStorage", Object.assign(inSession(), changes));
  if (!isAnalyticsAllowed()) return;
  const seen = [...new Set([...ofPerson().seen, ...session.seen])].slice(-200);
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
