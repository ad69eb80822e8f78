import { record } from "./beacon.js";
import * as card from "./card.js";
import { locale } from "./embed.js";
import * as memory from "./memory.js";
import { decide } from "./pacing.js";
import { withFrame, withStored, without } from "./queue.js";
import { choose, compose } from "./wording.js";

/** Where cards come on, one at a time: the queue, the pacing, and the card that is open. */
const TICK = 250;
const SEEN_AFTER = 1_000;
const started = Date.now();
let config, timer, open;
let waiting = [];
let shown = 0;

export const begin = () => card.mount(dismiss, follow, leave);

export function configure(next) {
  config = next;
  card.place(config.corner);
  waiting = withStored(waiting, config.cards);
  plan();
}

/** Forgets all that the shop no longer vouches for: retractions may have been missed. */
export function reset(next) {
  waiting = [];
  if (open && !next.cards.some(({ id }) => id === open.frame.id)) leave();
  configure(next);
}

/** Takes everything off, and waits for nothing. */
export function empty() {
  waiting = [];
  if (open) leave();
}

export function add(frame) {
  if (open?.frame.id === frame.id) revise(frame);
  else waiting = withFrame(waiting, frame);
  plan();
}

export function retract({ id }) {
  memory.see(id);
  waiting = without(waiting, id);
  if (open?.frame.id === id) leave();
}

/** Opens the next card, now or when pacing allows it. Safe to call at any time. */
export function plan() {
  clearTimeout(timer);
  const next = !open && config && !document.hidden && waiting.find(isShowable);
  if (!next) return;
  const history = { ...memory.history(), started, shown };
  const { wait, reason } = decide(config.pacing, history, Date.now());
  if (wait) timer = setTimeout(plan, wait);
  else if (!reason) enter(next.frame);
}

const isShowable = ({ frame }) => !memory.wasSeen(frame.id) && sentence(frame);
const sentence = (frame) => compose(choose(config.rules[frame.rule]?.wording, locale), frame.facts);

function enter(frame) {
  waiting = without(waiting, frame.id);
  shown++;
  memory.countShown();
  memory.see(frame.id);
  card.show(frame, sentence(frame));
  const clock = setInterval(tick, TICK);
  open = { frame, clock, seen: 0, left: config.pacing.duration * 1_000, at: performance.now() };
}

function revise(frame) {
  const parts = frame.revision > open.frame.revision && sentence(frame);
  if (!parts) return;
  open.frame = frame;
  card.draw(frame, parts);
}

/** Time counts only while the page is looked at, and stands still for a pointer or the focus. */
function tick() {
  const now = performance.now();
  const passed = Math.min(now - open.at, 2 * TICK);
  open.at = now;
  if (document.hidden) return;
  card.refresh();
  if (open.seen < SEEN_AFTER && (open.seen += passed) >= SEEN_AFTER) record("impression", open.frame);
  if (!card.isHeld() && (open.left -= passed) <= 0) leave();
}

function dismiss() {
  record("dismissal", open.frame);
  memory.dismiss(Date.now());
  leave();
}

function follow() {
  record("click", open.frame);
  leave();
}

function leave() {
  clearInterval(open.clock);
  open = undefined;
  memory.close(Date.now());
  card.hide();
  plan();
}
