// The framed app: who may talk, and how to talk back.
export const frame = document.getElementById("app");
export const { shop, staff } = document.body.dataset;
export const { origin: appOrigin, page: appPage, store: storePage } = frame.dataset;

const heard = new Map();

/** `hear(payload)`; what it returns (or its promise) answers a question of the app's. */
export function listen(type, hear) {
  heard.set(type, hear);
}

export function tell(type, payload = {}) {
  post({ type, payload });
}

addEventListener("message", async ({ source, origin, data }) => {
  const isTheApp = source === frame.contentWindow && origin === appOrigin;
  if (!isTheApp || data?.from !== "app-bridge") return;
  try {
    const payload = await heard.get(data.type)?.(data.payload);
    if (data.id) post({ id: data.id, payload });
  } catch (error) {
    if (data.id) post({ id: data.id, error: String(error.message ?? error) });
  }
});

function post(message) {
  frame.contentWindow.postMessage({ from: "admin", ...message }, appOrigin);
}
