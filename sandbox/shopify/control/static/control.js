// The control page: forms become JSON, and the state is asked for every second and a half.
import { drawDeliveries, drawOrders } from "./lists.js";
import { load, say, send } from "./requests.js";

const byId = (id) => document.getElementById(id);
const order = byId("order");
let state = null;

const shop = () => state.shops.find((one) => one.domain === order.elements.shop.value);
const product = () => shop().products.find((one) => one.handle === order.elements.product.value);

async function refresh() {
  state = await load();
  fillChoices();
  const goods = state.shops.flatMap((one) => one.products);
  const pictures = new Map(goods.map((one) => [one.handle, one.image]));
  drawOrders(byId("orders"), state.orders, pictures, refresh);
  drawDeliveries(byId("deliveries"), state.deliveries);
  drawSwitches();
}

function fillChoices() {
  fill(order.elements.product, shop().products, (one) => [one.handle, `${one.title} (${one.available} left)`]);
  const anybody = { id: "", name: "Anybody", city: "" };
  fill(order.elements.customer, [anybody, ...shop().customers], (one) => [
    one.id, one.city ? `${one.name}, ${one.city}` : one.name,
  ]);
  if (byId("picture").src !== product().image) byId("picture").src = product().image;
}

function fill(select, things, describe) {
  const chosen = select.value;
  const key = JSON.stringify(things);
  if (select.dataset.key === key) return;
  select.dataset.key = key;
  select.replaceChildren(...things.map((one) => new Option(...describe(one).reverse())));
  if ([...select.options].some((option) => option.value === chosen)) select.value = chosen;
}

function drawSwitches() {
  byId("busy").checked = state.busy;
  for (const input of byId("rude").elements) {
    if (input === document.activeElement) continue;
    if (input.type === "checkbox") input.checked = state.rude[input.name];
    else input.value = state.rude[input.name];
  }
  byId("status").textContent = `${product().status === "active" ? "Unpublish" : "Publish"} product`;
  byId("embed").textContent = `Switch embed ${shop().embed_active ? "off" : "on"}`;
  byId("install").textContent = `${shop().installed ? "Uninstall" : "Install"} app`;
}

function onSubmit(form, act) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await act(Object.fromEntries(new FormData(form)));
    await refresh();
  });
}

onSubmit(order, async (fields) => {
  const placed = await send("orders", {
    shop: fields.shop,
    product: fields.product,
    ...(fields.customer ? { customer: fields.customer } : {}),
    quantity: Number(fields.quantity),
    paid: "paid" in fields,
    test: "test" in fields,
  });
  if (placed) say(`${placed.name}: ${placed.title} for ${placed.customer.name}`);
});

onSubmit(byId("stock"), ({ available }) =>
  send("stock", { shop: shop().domain, product: product().handle, available: Number(available) }));

onSubmit(byId("customer"), async (fields) => {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim()));
  const person = await send("customers", { shop: shop().domain, ...given });
  if (person) say(`${person.name} from ${person.city} signed up`);
});

const deeds = {
  seed: async () => (await send("seed")) && say("Both shops are in place."),
  reset: async () => (await send("reset")) && say("As on the first day."),
  status: () => {
    const status = product().status === "active" ? "draft" : "active";
    return send(`products/${product().handle}`, { status });
  },
  embed: () => send("embed", { shop: shop().domain, on: !shop().embed_active }),
  install: () => send(shop().installed ? "uninstall" : "install", { shop: shop().domain }),
};

document.addEventListener("click", async ({ target }) => {
  const deed = deeds[target.dataset?.do];
  if (!deed) return;
  await deed();
  await refresh();
});

order.addEventListener("change", () => { fillChoices(); drawSwitches(); });
byId("busy").addEventListener("change", ({ target }) => send("busy", { on: target.checked }));
byId("rude").addEventListener("submit", (event) => event.preventDefault());
byId("rude").addEventListener("change", ({ target }) => {
  const value = target.type === "checkbox" ? target.checked : Number(target.value);
  send("rude", { [target.name]: value });
});

async function watch() {
  try {
    if (!document.hidden) await refresh();
  } catch {
    say("The stand-in does not answer.", true);
  }
  setTimeout(watch, 1500);
}
watch();
