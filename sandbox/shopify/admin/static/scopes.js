// Optional scopes that the app asks for while it is open: the merchant decides in a dialog.
import { listen, shop } from "./frames.js";

const dialog = document.getElementById("scopes");

listen("scopes", () => call("GET"));
listen("scopes-revoke", async ({ scopes }) => ({ detail: await call("DELETE", scopes) }));

listen("scopes-request", async ({ scopes }) => {
  const { words, missing } = await call("GET", scopes);
  const isAgreed = !missing.length || (await ask(words));
  const detail = isAgreed ? await call("POST", scopes) : await call("GET");
  return { result: isAgreed ? "granted-all" : "declined-all", detail };
});

function ask(words) {
  dialog.querySelector("ul").replaceChildren(...words.map(entry));
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "allow"), { once: true });
  });
}

function entry({ verb, name, what }) {
  const item = document.createElement("li");
  const title = document.createElement("strong");
  const more = document.createElement("span");
  title.textContent = `${verb} ${name.toLowerCase()}`;
  more.textContent = what;
  item.append(title, more);
  return item;
}

async function call(method, scopes = []) {
  const query = new URLSearchParams([["shop", shop], ...scopes.map((name) => ["scope", name])]);
  const response = await fetch(`/_admin/scopes?${query}`, { method });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
