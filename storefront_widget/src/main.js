import { flush } from "./beacon.js";
import { fetchConfig } from "./config.js";
import { askForConsentApi } from "./consent.js";
import { appAddress, element } from "./embed.js";
import { pause } from "./pauses.js";
import { watchPresence, whenIdle } from "./presence.js";
import * as stage from "./stage.js";
import * as stream from "./stream.js";

let timer;
let attempt = 0;
let resets = 0;
let isPresent = false;
let isFresh = true; // the stream has no position yet, or has lost it
let isOver = false; // the shop does not have Earshot, and is not asked again from this page

try {
  const isTwice = customElements.get("earshot-card");
  if (element && !isTwice && !window.Shopify?.designMode) start();
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
    const config = await fetchConfig(appAddress("config.json"));
    attempt = 0;
    if (!isFresh) return stage.configure(config);
    isFresh = false;
    stream.moveTo(config.position);
    stage.reset(config);
    listen();
  } catch (problem) {
    if (problem === 404) end();
    else loadSoon();
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
        settings: loadSoon,
        reset: startOver,
      });
  });
}

/** Not at once: every page that is open on the shop has heard the same. */
function loadSoon() {
  clearTimeout(timer);
  timer = setTimeout(load, pause(attempt++));
}

/** Each further reset waits longer, so that a stale copy of the config cannot make a storm. */
function startOver() {
  isFresh = true;
  stream.close();
  attempt = resets++;
  loadSoon();
}
