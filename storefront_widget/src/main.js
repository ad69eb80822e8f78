import { flush } from "./beacon.js";
import { fetchConfig } from "./config.js";
import { askForConsentApi } from "./consent.js";
import { configAddress, element, isPreview } from "./embed.js";
import { pause } from "./pauses.js";
import { watchPresence, whenIdle } from "./presence.js";
import { rehearse } from "./preview.js";
import * as stage from "./stage.js";
import * as stream from "./stream.js";

let timer;
let newest = 0; // version of the settings, as far as it was announced
let attempt = 0;
let resets = 0;
let isPresent;
let isFresh = true; // the stream has no position yet, or has lost it
let isOver; // the shop does not have Earshot, and is not asked again from this page

try {
  const isTwice = document.querySelector("earshot-card");
  if (element && !isTwice && !window.Shopify?.designMode) (isPreview ? rehearse : start)();
} catch {
  // a browser too old for us sees the shop without cards
}

function start() {
  stage.begin();
  watchPresence(comeOrGo);
  askForConsentApi();
}

function comeOrGo(isHere) {
  if (isOver || isHere === isPresent) return;
  isPresent = isHere;
  if (isHere) {
    if (isFresh) load();
    else listen();
    stage.plan();
  } else {
    stream.close();
    flush();
  }
}

async function load() {
  try {
    const config = await fetchConfig(configAddress(newest));
    attempt = 0;
    if (!isFresh) return stage.configure(config);
    isFresh = false;
    stream.moveTo(config.position);
    stage.reset(config);
    listen();
  } catch (problem) {
    if (problem === 404) end();
    else loadIn(pause(attempt++));
  }
}

function end() {
  isOver = isFresh = true;
  clearTimeout(timer);
  stream.close();
  stage.empty();
}

function listen() {
  whenIdle(() => {
    if (isPresent && !isFresh)
      stream.open({
        notification: stage.add,
        retraction: stage.retract,
        settings: renew,
        reset: startOver,
      });
  });
}

/** Not at once: every page that is open on the shop has heard the same. */
function renew({ version, spread = 1 }) {
  newest = version;
  loadIn(Math.random() * spread * 1_000);
}

function loadIn(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(load, milliseconds);
}

/** Each further reset waits longer, so that a stale copy of the config cannot make a storm. */
function startOver() {
  isFresh = true;
  stream.close();
  loadIn(pause(resets++));
}
