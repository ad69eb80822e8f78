// The latest orders and webhooks, drawn from the state.
import { say, send } from "./requests.js";

const TONES = {
  paid: "good", accepted: "good", pending: "wait", waiting: "wait", retrying: "wait", refunded: "bad",
  partially_refunded: "wait", voided: "bad", cancelled: "bad", refused: "bad",
};

const DONE = {
  pay: "paid", edit: "edited", fulfill: "fulfilled", cancel: "cancelled", refund: "refunded",
};

export function drawOrders(list, orders, pictures, refresh) {
  redraw(list, orders, "No orders yet.", (order) => {
    const item = document.createElement("li");
    const more = order.lines.length > 1 ? ` and ${order.lines.length - 1} more` : "";
    const picture = Object.assign(new Image(52, 52), { src: pictures.get(order.product) ?? "" });
    picture.alt = "";
    const words = element("div", "what");
    words.append(
      element("strong", "", order.name),
      ` ${order.lines[0].quantity} × ${order.title}${more}`,
      element("div", "who", `${order.customer.name}, ${order.customer.city}`),
    );
    item.append(picture, words, badgesOf(order), verbsOf(order, refresh));
    return item;
  });
}

export function drawDeliveries(list, deliveries) {
  redraw(list, deliveries, "Nothing sent yet.", (delivery) => {
    const item = document.createElement("li");
    const tries = delivery.attempts.length > 1 ? `, ${delivery.attempts.length} tries` : "";
    const tone = delivery.forged ? (delivery.status === 401 ? "good" : "bad") : TONES[delivery.state];
    const answer = badge(`${delivery.status ?? delivery.state}${tries}`, tone);
    answer.title = delivery.attempts.at(-1)?.note ?? "";
    item.append(
      element("time", "", new Date(delivery.triggered_at).toLocaleTimeString("en-GB")),
      element("code", "", delivery.topic + (delivery.forged ? " (forged)" : "")),
      element("span", "shop", delivery.shop.replace(".myshopify.com", "")),
      answer,
    );
    return item;
  });
}

function redraw(list, things, emptyText, draw) {
  const key = JSON.stringify(things);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...things.map(draw));
  if (!things.length) list.append(element("li", "empty", emptyText));
}

function badgesOf(order) {
  const badges = element("div", "badges");
  badges.append(badge(order.financial_status.replace("_", " "), TONES[order.financial_status]));
  if (order.cancelled) badges.append(badge("cancelled", "bad"));
  if (order.fulfillment_status) badges.append(badge(order.fulfillment_status));
  if (order.test) badges.append(badge("test"));
  badges.append(badge(order.shop.replace(".myshopify.com", "")));
  return badges;
}

function verbsOf(order, refresh) {
  const isPaid = !["pending", "voided"].includes(order.financial_status);
  const isOpen = !order.cancelled;
  const possible = {
    pay: isOpen && !isPaid,
    edit: isOpen,
    fulfill: isOpen && !order.fulfillment_status,
    cancel: isOpen && !order.fulfillment_status,
    refund: isPaid && order.financial_status !== "refunded",
  };
  const verbs = element("div", "verbs");
  for (const verb of Object.keys(possible).filter((name) => possible[name])) {
    const button = element("button", "", verb[0].toUpperCase() + verb.slice(1));
    button.setAttribute("aria-label", `${button.textContent} ${order.name}`);
    button.addEventListener("click", async () => {
      if (await send(`orders/${order.id}/${verb}`)) say(`${order.name} is ${DONE[verb]}.`);
      refresh();
    });
    verbs.append(button);
  }
  return verbs;
}

function badge(text, tone = "") {
  return element("span", `badge ${tone}`, text);
}

function element(name, className = "", text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}
