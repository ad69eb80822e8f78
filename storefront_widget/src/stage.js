import { localPath } from "./addresses.js";
import { record } from "./beacon.js";
import * as card from "./card.js";
import { locale, words } from "./embed.js";
import * as memory from "./memory.js";
import { decide } from "./pacing.js";
import { isPlace } from "./places.js";
import { first, withFrame, withStored, without } from "./queue.js";
import { sentence } from "./wording.js";

/** Where cards come on, one at a time: the queue, the pacing, and the card that is open. */
const TICK = 250;
const SEEN_AFTER = 1_000;
const started = Date.now();
let config, timer, open, clock, seen, left, at;
let waiting = [];
let shown = 0;

export const begin = () => card.mount(dismiss, follow, leave);

export function configure(next) {
  config = next;
  card.dress(config.style);
  waiting = withStored(waiting, config.cards);
  if (open) redraw();
  plan();
}

/** Forgets all that the shop no longer vouches for: retractions may have been missed. */
export function reset(next) {
  waiting = [];
  if (open && !next.cards.find(({ id }) => id === open.id)) leave();
  configure(next);
}

/** Takes everything off, and waits for nothing. */
export function empty() {
  waiting = [];
  if (open) leave();
}

export function add(frame) {
  if (open?.id === frame.id) revise(frame);
  else waiting = withFrame(waiting, frame);
  plan();
}

export function retract({ id }) {
  memory.see(id);
  waiting = without(waiting, id);
  if (open?.id === id) leave();
}

/** Opens the next card, now or when pacing allows it. Safe to call at any time. */
export function plan() {
  clearTimeout(timer);
  const isFree = !open && config && !document.hidden && isHere();
  const next = isFree && first(waiting.filter(isShowable), config.rules, words.product);
  if (!next) return;
  const history = { ...memory.history(), started, shown };
  const wait = decide(config, history, Date.now());
  if (!wait) enter(next);
  else if (wait < Infinity) timer = setTimeout(plan, wait);
}

const isHere = () =>
  isPlace(
    config.where,
    words.page,
    localPath(location.pathname, window.Shopify?.routes?.root),
    (query) => matchMedia(query).matches,
  );
const isShowable = (frame) => !memory.wasSeen(frame.id) && said(frame);
const said = (frame) => sentence(config, frame, locale);

function enter(frame) {
  waiting = without(waiting, frame.id);
  shown++;
  memory.countShown();
  memory.see(frame.id);
  card.show(frame, said(frame));
  open = frame;
  clock = setInterval(tick, TICK);
  seen = 0;
  left = config.pacing.duration * 1_000;
  at = performance.now();
}

function revise(frame) {
  if (frame.revision <= open.revision || !said(frame)) return;
  open = frame;
  redraw();
}

/** The open card as it is now to be, or away with it: the shop may be silent here from now on. */
function redraw() {
  const parts = isHere() && said(open);
  if (parts) card.show(open, parts);
  else leave();
}

/** Time counts only while the page is looked at, and stands still for a pointer or the focus. */
function tick() {
  const now = performance.now();
  const passed = Math.min(now - at, 2 * TICK);
  at = now;
  if (document.hidden) return;
  card.refresh();
  if (seen < SEEN_AFTER && (seen += passed) >= SEEN_AFTER) record("impression", open);
  if (!card.isHeld() && (left -= passed) <= 0) leave();
}

function dismiss() {
  record("dismissal", open);
  memory.dismiss(Date.now());
  leave();
}

function follow() {
  record("click", open);
  leave();
}

function leave() {
  clearInterval(clock);
  open = undefined;
  memory.close(Date.now());
  card.hide();
  plan();
}
