// Tells Earshot whether the published theme shows it, which only App Bridge knows: whenever home is
// opened, and whenever the merchant comes back to it, from the theme editor say.

const STATUSES = { active: "on", available: "off", unavailable: "off" };
const BLOCK = "earshot";

const place = () => document.getElementById("standing");

async function tell() {
  const extensions = await window.shopify?.app?.extensions?.().catch(() => undefined);
  if (!extensions || !place()) return;
  const values = { status: statusIn(extensions) };
  await htmx.ajax("POST", "/embed", { source: place(), target: "#standing", swap: "outerMorph", values });
}

function statusIn(extensions) {
  const blocks = extensions
    .filter(({ type }) => type === "theme_app_extension")
    .flatMap(({ activations }) => activations);
  return STATUSES[blocks.find(({ handle }) => handle === BLOCK)?.status] ?? "unknown";
}

if (place()) tell();
document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (detail.ctx.target?.id === "main" && place()) tell();
});
document.addEventListener("visibilitychange", () => !document.hidden && place() && tell());
