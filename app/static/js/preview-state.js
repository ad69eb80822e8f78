// Says whether the preview follows what is typed, and if not, why.

const WORDS = {
  follows: "Follows every change",
  invalid: "Shows the last version that can be saved",
  away: "Reconnecting…",
};

const preview = () => document.getElementById("preview");

function tell(state) {
  const place = preview()?.querySelector("[data-preview-state]");
  if (place && place.textContent !== WORDS[state]) place.textContent = WORDS[state];
}

for (const event of ["htmx:sse:error", "htmx:response:error", "htmx:error"]) {
  document.addEventListener(event, ({ target }) => target === preview() && tell("away"));
}
document.addEventListener("listening", () => tell("follows"));
document.addEventListener("draft-refused", () => tell("invalid"));
document.addEventListener("draft-unheard", () => tell("away"));
document.addEventListener("draft", () => tell("follows"));
