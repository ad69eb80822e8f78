// The control JSON, with its refusals shown as they are worded.
const message = document.getElementById("message");
let hiding = 0;

export async function send(path, body = {}) {
  const response = await fetch(`/_control/${path}`, { method: "POST", body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) say(answer.error ?? `That did not work (${response.status}).`, true);
  return response.ok ? answer : null;
}

export async function load() {
  const response = await fetch("/_control/state");
  return response.json();
}

/** The status line stays in the page, empty: words in a region that was hidden are not read out. */
export function say(text, isBad = false) {
  message.textContent = text;
  message.classList.toggle("bad", isBad);
  clearTimeout(hiding);
  hiding = setTimeout(() => (message.textContent = ""), isBad ? 6000 : 3500);
}
