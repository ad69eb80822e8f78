// Messages between the framed app and the admin around it; both sides check the origin.
const asked = new Map();
const listeners = new Map();
let surface = null;

function tell(type, payload = {}, id = null) {
  if (isFramed) window.parent.postMessage({ from: "app-bridge", type, id, payload }, adminOrigin);
}

function ask(type, payload = {}) {
  if (!isFramed) return Promise.reject(new Error("App Bridge works inside the admin only."));
  const id = crypto.randomUUID();
  const answer = new Promise((resolve, reject) => asked.set(id, { resolve, reject }));
  tell(type, payload, id);
  return answer;
}

function listen(type, hear) {
  listeners.set(type, hear);
}

window.addEventListener("message", ({ source, origin, data }) => {
  const isAdmin = source === window.parent && origin === adminOrigin && data?.from === "admin";
  // A page that the bounce wrote into this window has an App Bridge of its own.
  if (!isAdmin || window.shopify !== surface) return;
  const question = asked.get(data.id);
  if (!question) {
    listeners.get(data.type)?.(data.payload);
    return;
  }
  asked.delete(data.id);
  if (data.error) question.reject(new Error(data.error));
  else question.resolve(data.payload);
});
