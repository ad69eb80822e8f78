// Says how long a test card took, from the press of the button to the preview. It may be there before
// the answer that it is on its way.

const STATE = "#test-card";
const arrived = new Map(); // by the card's id
let sent = 0;

document.addEventListener("htmx:before:request", ({ detail }) => {
  if (detail.ctx.sourceElement.matches?.("[data-test-card]")) sent = performance.now();
});

document.addEventListener("test-card", ({ detail }) => {
  const { card } = JSON.parse(detail.data);
  arrived.set(card.id, Math.round(performance.now() - sent));
  tell();
});

document.addEventListener("htmx:after:process", ({ target }) => target.matches?.(STATE) && tell());

function tell() {
  const state = document.querySelector(STATE);
  const took = arrived.get(state?.dataset.card);
  if (took === undefined) return;
  // In place of the old one, which then asks no more where the card is.
  const told = document.createElement("p");
  Object.assign(told, { id: state.id, className: "success" });
  told.textContent = `Arrived in ${took} ms, by way of Postgres, Kafka and Redis.`;
  state.replaceWith(told);
  arrived.clear();
}
