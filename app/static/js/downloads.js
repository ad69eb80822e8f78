// A link with `data-fetched` leads to a file. The browser would ask for it without the ID token, so
// it is fetched, and then handed over under the name that the link gives it.

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-fetched]");
  if (!link) return;
  event.preventDefault();
  if (link.ariaBusy === "true") return;
  await whileBusy(link, async () => {
    const answer = await fetch(link.href).catch(() => null);
    if (answer?.ok) handOver(await answer.blob(), link.download);
    else await fail(link, answer);
  });
});

async function whileBusy(link, work) {
  const bar = document.getElementById("loading-bar");
  link.ariaBusy = "true";
  bar.classList.add("htmx-request");
  try {
    await work();
  } finally {
    link.ariaBusy = "false";
    bar.classList.remove("htmx-request");
  }
}

function handOver(file, name) {
  const way = document.createElement("a");
  way.href = URL.createObjectURL(file);
  way.download = name;
  way.click();
  setTimeout(() => URL.revokeObjectURL(way.href), 60_000);
}

/** As failures.js tells of any request. */
async function fail(link, answer) {
  const detail = { sourceElement: link, sourceEvent: { type: "click" }, response: answer, text: await answer?.text() };
  document.dispatchEvent(new CustomEvent("earshot:failed", { detail }));
}
