// What is typed into a form with `data-draft`, an address, goes there at once. What is wrong with it comes back and
// is said beside its field; what it looks like comes over /live, to preview-frames.js.

const FORM = "form[data-draft]";
const PAUSE = 15; // a picker's many values at once become one
const PATIENCE = 2_000;

const form = () => document.querySelector(FORM);
const preview = () => document.getElementById("preview");
let timer;
let drafted; // the form that was sent last
let number = 0;
let isSending = false;
let isOutdated = false;

document.addEventListener("input", ({ target }) => target.closest(FORM) && sendIn(PAUSE));
document.addEventListener("change", ({ target }) => target.closest(FORM) && sendIn(PAUSE));
document.addEventListener("reset", ({ target }) => target.matches(FORM) && sendIn(PAUSE));
// The stream stands: whatever was drafted before it did was heard by nobody.
document.addEventListener("listening", ({ target }) => target === preview() && sendIn(0));
// Another form, as it was saved or refused; what is swapped beside it changes no draft.
document.addEventListener("htmx:after:swap", () => form() && form() !== drafted && sendIn(PAUSE));

function sendIn(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(send, milliseconds);
}

/** One at a time, the newest last. */
async function send() {
  if (!form() || !preview()) return;
  isOutdated = isSending;
  if (isSending) return;
  isSending = true;
  drafted = form();
  try {
    const answer = await fetch(form().dataset.draft, { method: "POST", body: draft() });
    if (!answer.ok) throw answer.status;
    say(await answer.json());
  } catch {
    if (preview()) htmx.trigger(preview(), "draft-unheard");
    sendIn(PATIENCE);
  }
  isSending = false;
  if (isOutdated) send();
}

function draft() {
  const fields = new URLSearchParams(new FormData(form()));
  fields.set("viewer", preview().dataset.viewer);
  fields.set("number", ++number);
  return fields;
}

function say({ problems, contrasts }) {
  if (Object.keys(problems).length) htmx.trigger(preview() ?? document, "draft-refused");
  for (const place of form()?.querySelectorAll("[data-problem-of]") ?? []) {
    tellProblem(place, problems[place.dataset.problemOf] ?? "");
  }
  for (const place of form()?.querySelectorAll("[data-contrast]") ?? []) {
    tellContrast(place, contrasts[place.dataset.contrast]);
  }
}

function tellProblem(place, sentence) {
  const field = form().querySelector(`[aria-describedby~="${place.id}"]`);
  place.hidden = !sentence;
  place.querySelector("span").textContent = sentence;
  if (sentence) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}

function tellContrast(place, ratio) {
  place.textContent = ratio ? `${ratio} : 1` : "–";
  place.toggleAttribute("data-too-low", ratio < Number(place.dataset.least));
}
