// Forms and buttons that name a path of the control JSON: `data-wish="collections/{collection}"`.
// Their fields become the body: empty ones are left out, lists are written with commas.
import { say, send } from "./requests.js";

const order = document.getElementById("order");
const read = {
  list: (text) => text.split(/[\s,]+/).filter(Boolean),
  number: Number,
  text: (text) => text,
};

/** `refresh` is called after each wish. */
export function takeWishes(refresh) {
  document.addEventListener("submit", (event) => {
    if (!event.target.dataset.wish) return;
    event.preventDefault();
    fulfil(event.target, fieldsOf(event.target), refresh);
  });
  document.addEventListener("click", ({ target }) => {
    if (target.matches("button[data-wish]")) fulfil(target, {}, refresh);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("input[data-wish]")) fulfil(target, { [target.name]: target.checked }, refresh);
  });
}

/** What `data-value` names in the state is shown, until somebody types. */
export function showValues(state, shop) {
  for (const field of document.querySelectorAll("[data-value]")) {
    const found = field.dataset.value.split(".").reduce((thing, name) => thing?.[name], { ...state, shop });
    const shown = Array.isArray(found) ? found.join(", ") : String(found ?? "");
    if (field.dataset.shown === shown || field === document.activeElement) continue;
    field.dataset.shown = shown;
    if (field.type === "checkbox") field.checked = shown === "true";
    else field.value = shown;
  }
}

async function fulfil(source, fields, refresh) {
  const { wish, says = "Done." } = source.dataset;
  const body = source.hasAttribute("data-global") ? fields : { shop: order.elements.shop.value, ...fields };
  const answer = await send(wish.replace(/{(\w+)}/g, (_, name) => chosen(name)), body);
  if (answer) say(says);
  await refresh();
}

function chosen(name) {
  return name === "product" ? order.elements.product.value : document.getElementById(name).value;
}

function fieldsOf(form) {
  const named = [...form.elements].filter((field) => field.name && hasWords(field));
  const values = named.map((field) => read[field.dataset.kind ?? "text"](field.value.trim()));
  return Object.fromEntries(named.map((field, index) => [field.name, values[index]]));
}

const hasWords = (field) => field.value.trim() || field.dataset.kind === "list";
