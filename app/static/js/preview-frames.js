// Shows in the preview's frame what /live brings: a draft's look with its sample, or a test card.

const NAMES = { home: "the home page", collection: "collection pages", product: "product pages", cart: "the cart page" };

const preview = () => document.getElementById("preview");
const find = (name) => preview()?.querySelector(`[data-preview-${name}]`);
const frame = () => preview()?.querySelector("iframe");
const shop = () => frame()?.contentDocument;
let of; // the preview that the following is of
let latest; // the newest draft
let card; // what is shown: the draft's sample, or a test card

document.addEventListener("draft", ({ detail }) => {
  const drafted = JSON.parse(detail.data);
  if (latest && drafted.number < latest.number) return;
  latest = drafted;
  card = drafted.card;
  draw();
});

document.addEventListener("test-card", ({ detail }) => {
  ({ card } = JSON.parse(detail.data));
  draw();
});

addEventListener("message", ({ source, origin, data }) => {
  if (source === frame()?.contentWindow && origin === location.origin && data.event === "ready") draw();
});

document.addEventListener("htmx:after:process", () => {
  // Another page, with a preview of its own.
  if (preview() === of) return;
  of = preview();
  latest = card = undefined;
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-preview-device]")) {
    find("stage").dataset.device = target.value;
    note();
  }
  if (target.matches("[data-preview-page]")) draw();
  if (target.matches("[data-preview-language]")) {
    // The widget takes a page's language once, when it begins.
    const address = new URL(frame().src);
    address.searchParams.set("locale", target.value);
    frame().contentWindow.location.replace(address);
  }
});

document.addEventListener("click", ({ target }) => {
  const toggle = target.closest?.("[data-preview-toggle]");
  if (toggle) toggle.ariaExpanded = String(preview().toggleAttribute("data-is-open"));
});

function draw() {
  // The frame says when the widget stands; until then there is nobody to tell.
  if (!latest || !shop()?.querySelector("earshot-card")) return;
  shop().body.dataset.page = find("page").value;
  tell("config", latest.config);
  tell("notification", card);
  const example = document.querySelector("[data-example]");
  if (example) example.textContent = latest.example;
  note();
}

function tell(event, data) {
  frame().contentWindow.postMessage({ event, data }, location.origin);
}

/** Why shoppers on this page would see no card, though the preview shows one. */
function note() {
  const place = find("note");
  place.textContent = latest ? reason(latest.reach) : "";
  place.hidden = !place.textContent;
}

function reason({ paused, pages, devices, languages, fallback }) {
  const page = find("page").value;
  const { device } = find("stage").dataset;
  if (paused) return "All cards are paused: shoppers see none.";
  if (!devices.includes(device)) return `On ${device}s shoppers see no cards.`;
  if (!pages.includes(page)) return `On ${NAMES[page]} shoppers see no cards.`;
  if (!fallback && !languages.includes(find("language").value)) return "In this language shoppers see no cards.";
  return "";
}
