// Says whether the live connection stands, and opens it again if its very first request failed
// (hx-sse repeats only connections that once stood).

const PATIENCE = 1_500; // a planned reconnection is over by then and need not be mentioned
const RETRY_FIRST = 1_000;
const RETRY_LONGEST = 30_000;

let mention;
let retry = RETRY_FIRST;

function show(state) {
  for (const word of document.querySelectorAll("#live-state [data-state]")) {
    word.hidden = word.dataset.state !== state;
  }
}

function stands() {
  clearTimeout(mention);
  mention = undefined;
  retry = RETRY_FIRST;
  show("live");
}

function isAway() {
  mention ??= setTimeout(show, PATIENCE, "away");
}

function openLater(list) {
  setTimeout(() => list.isConnected && htmx.trigger(list, "reopen"), retry * (0.7 + 0.6 * Math.random()));
  retry = Math.min(retry * 2, RETRY_LONGEST);
}

function whenLive(event, act) {
  document.addEventListener(event, ({ target, detail }) => {
    if (target.matches?.("[data-live]")) act(target, detail);
  });
}

whenLive("htmx:sse:after:connection", stands);
whenLive("htmx:sse:before:connection", (_list, { connection }) => connection.attempt && isAway());
whenLive("htmx:sse:error", isAway);
for (const event of ["htmx:response:error", "htmx:error"]) {
  whenLive(event, (list) => {
    isAway();
    openLater(list);
  });
}
