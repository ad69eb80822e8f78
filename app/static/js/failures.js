// A request that fails wipes nothing: what failed is said above the page, with a way to repeat it.

const SENTENCES = {
  401: "Shopify did not confirm who you are. Try again, or reload the page.",
  404: "This is not there any more.",
  413: "That is more than Earshot takes in at once.",
};
const UNREACHABLE = "Earshot could not be reached.";
const KEPT = "Nothing you typed is lost.";
const TYPED = "#main :is(input:not([type=hidden]), textarea)";
// A form that comes back says itself what is wrong.
const FORMS_OWN = [409, 422];

const place = () => document.getElementById("failure");
let failed;

document.addEventListener("htmx:response:error", ({ detail }) => {
  const { ctx } = detail;
  if (!FORMS_OWN.includes(ctx.response.status) && !isQuiet(ctx)) tell(ctx, sentenceOf(ctx));
});

document.addEventListener("htmx:error", ({ detail }) => {
  const { ctx } = detail;
  if (ctx && !ctx.response && !isQuiet(ctx)) tell(ctx, UNREACHABLE);
});

// A request that another script made.
document.addEventListener("earshot:failed", ({ detail }) => {
  tell(detail, detail.response ? sentenceOf(detail) : UNREACHABLE);
});

document.addEventListener("htmx:before:request", ({ detail }) => {
  const { sourceElement, target } = detail.ctx;
  if (failed?.sourceElement === sourceElement || isPage(target)) forget();
});

document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-failure-dismiss]")) forget();
  if (target.closest?.("[data-failure-retry]")) tryAgain();
});

function tell(ctx, sentence) {
  forget();
  failed = ctx;
  const banner = place().querySelector("template").content.cloneNode(true);
  const words = document.querySelector(TYPED) ? `${sentence} ${KEPT}` : sentence;
  banner.querySelector(".banner__text").textContent = words;
  place().append(banner);
}

function forget() {
  failed = undefined;
  place().querySelector(".banner")?.remove();
}

function tryAgain() {
  const { sourceElement, sourceEvent, request, target } = failed;
  forget();
  if (isPage(target)) {
    htmx.trigger(document, "earshot:visit", { address: request.action });
  } else if (sourceElement.isConnected) {
    htmx.trigger(sourceElement, sourceEvent.type);
  }
}

function isPage(target) {
  return target?.id === "main";
}

// What the merchant did not ask for tries again by itself.
function isQuiet({ sourceElement }) {
  return sourceElement.matches?.("[hx-sse\\:connect], [data-quiet]");
}

function sentenceOf({ response, text }) {
  if (SENTENCES[response.status]) return SENTENCES[response.status];
  try {
    return JSON.parse(text).detail;
  } catch {
    return "Something went wrong on our side.";
  }
}
