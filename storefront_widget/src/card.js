import { checked } from "./addresses.js";
import css from "./card.css";
import { isPreview, locale, words } from "./embed.js";
import { ago } from "./times.js";

const LEAVING = 240;
const SAID = 1_500;
let host, root, tokens, status, card, body, moment, frame, timer, said, hush, dismiss, follow;

/**
 * Puts the one `<earshot-card>` into the page. It stands there empty from the start, with its live
 * region, because a region that arrives together with its words is not read out. A preview wants to
 * know of nothing that is done with it.
 */
export function mount(onDismiss, onFollow, onLeave) {
  dismiss = onDismiss;
  follow = onFollow;
  host = make("earshot-card");
  root = host.attachShadow({ mode: "open" });
  tokens = make("style");
  status = make("p", { class: "status", role: "status" });
  root.append(make("style", {}, css), tokens, status);
  document.body.append(host);
  document.addEventListener("keydown", (event) => {
    if (!frame || event.key !== "Escape" || event.defaultPrevented) return;
    if (root.activeElement) dismiss?.();
    else onLeave?.(); // meant for the page perhaps: the card makes way, and nothing is held against it
  });
}

/** Takes the shop's look on; `style` sets tokens, and a card that is open follows at once. */
export const dress = (style) => (tokens.textContent = style);

/** Opens a card, or draws the open one anew; `parts` are the sentence's. */
export function show(next, parts) {
  const isOpen = frame?.id === next.id;
  frame = next;
  if (!isOpen) open();
  draw(parts);
}

function open() {
  clear();
  body = make("div", { class: "body" });
  const attributes = { class: "card", "aria-labelledby": "sentence", role: "group" };
  card = make("div", attributes, body, closeButton());
  root.append(card);
  host.dataset.state = "open";
  host.dataset.notification = frame.id;
}

function draw(parts) {
  const { url, image } = frame.facts.product ?? {};
  const isFocused = root.activeElement?.href;
  const line = sentence(!isPreview && checked(url), parts);
  body.replaceChildren(...pictured(checked(image)), make("div", { class: "text" }, line, about()));
  if (isFocused) line.focus();
  say(line.textContent);
  refresh();
}

/** Says again how long ago it was. */
export function refresh() {
  const said = ago(frame.occurred_at, Date.now(), locale, words.justNow || "now");
  if (moment.textContent !== said) moment.textContent = said;
}

export function hide() {
  frame = undefined;
  host.dataset.state = "closed";
  delete host.dataset.notification;
  say("");
  clearTimeout(timer);
  timer = setTimeout(clear, LEAVING);
}

/** Touch leaves `:hover` behind on what it touched last, so only a real pointer's counts. */
export const isHeld = () =>
  root.activeElement || (card.matches(":hover") && matchMedia("(hover)").matches);

/** Words that stay in the region would be met once more by whoever reads through the page. */
function say(line) {
  if (said === line) return;
  said = status.textContent = line;
  clearTimeout(hush);
  hush = setTimeout(() => (status.textContent = ""), SAID);
}

function clear() {
  clearTimeout(timer);
  card?.remove();
}

/** The link's own area is stretched over the card (see the stylesheet), with the button above it. */
function sentence(href, parts) {
  const attributes = { class: "sentence", id: "sentence", dir: "auto" };
  const line = make(href ? "a" : "p", attributes, ...parts.map(spoken));
  if (href) {
    line.href = href;
    line.onclick = follow;
  }
  return line;
}

/** A title in the other direction must not turn the sentence around, nor the page's: hence `dir`. */
const spoken = ({ text, fact }) =>
  fact ? make(fact === "product" ? "strong" : "span", { dir: "auto" }, text) : text;

function about() {
  moment = make("time", { class: "ago", datetime: frame.occurred_at });
  const line = make("p", { class: "about" }, moment);
  // What nobody but the shop vouches for says so, and never passes for activity.
  const mark = words[frame.kind] ? frame.kind : "verified";
  if (isPreview) line.prepend(make("span", { class: "sample" }, words.sample));
  else if (words[mark]) line.prepend(make("span", { class: mark }, words[mark]));
  return line;
}

function closeButton() {
  const name = words.close || "Close";
  const button = make("button", { class: "close", type: "button", "aria-label": name }, "×");
  button.onclick = dismiss;
  return button;
}

const pictured = (src) => (src ? [make("img", { alt: "", loading: "lazy", src })] : []);

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  node.append(...children);
  return node;
}
