// What the app may ask of the admin around it.
import { frame, listen, shop, staff } from "./frames.js";
import { forgetMenu } from "./menus.js";
import { hideSaveBar } from "./save_bars.js";
import "./scopes.js";
import "./toasts.js";

const progress = document.getElementById("progress");

listen("ready", () => {
  progress.hidden = true;
  forgetMenu();
  hideSaveBar();
});

listen("id-token", async ({ isRetry }) => {
  const answer = await getJson("/_admin/id-token", isRetry ? { retry: "1" } : {});
  return { idToken: answer.id_token, reuse: answer.reuse_ms };
});

listen("extensions", () => getJson("/_admin/extensions"));
listen("user", () => getJson("/_admin/user"));
listen("loading", ({ isLoading }) => {
  progress.hidden = !isLoading;
});

// Only now, since the app speaks as soon as it is there and nobody must miss it.
frame.src = frame.dataset.src;

async function getJson(path, query = {}) {
  const response = await fetch(`${path}?${new URLSearchParams({ shop, staff, ...query })}`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}
