// The control page: forms become JSON, and the state is asked for every second and a half.
import { drawDeliveries, drawOrders } from "./lists.js";
import { load, say, send } from "./requests.js";
import { showValues, takeWishes } from "./wishes.js";

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
  showValues(state, shop());
}

function fillChoices() {
  fill(order.elements.product, shop().products, (one) => [one.handle, `${one.title} (${one.available} left)`]);
  const anybody = { id: "", name: "Anybody", city: "" };
  fill(order.elements.customer, [anybody, ...shop().customers], (one) => [
    one.id, one.city ? `${one.name}, ${one.city}` : one.name,
  ]);
  fill(byId("buyer"), [{ ...anybody, name: "Whoever bought last" }, ...shop().customers], (one) => [one.id, one.name]);
  fill(byId("collection"), shop().collections, (one) => [one.handle, `${one.title} (${one.products})`]);
  if (byId("picture").src !== product().image) byId("picture").src = product().image;
  fillStock();
}

/** Only when there is news, so that a number being typed stays. */
function fillStock() {
  const field = byId("stock").elements.available;
  const { handle, available } = product();
  if (field.dataset.key === `${handle} ${available}`) return;
  field.dataset.key = `${handle} ${available}`;
  field.value = available;
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
  byId("install").classList.toggle("warning", shop().installed);
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
    lost: "lost" in fields,
  });
  if (placed) say(`${placed.name}: ${placed.title} for ${placed.customer.name}`);
});

onSubmit(byId("stock"), async ({ available }) => {
  const wish = { shop: shop().domain, product: product().handle, available: Number(available) };
  const goods = await send("stock", wish);
  if (goods) say(`${goods.title}: ${goods.available} left`);
});

onSubmit(byId("customer"), async (fields) => {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim()));
  const person = await send("customers", { shop: shop().domain, ...given });
  if (person) say(`${person.name} from ${person.city} signed up`);
});

const deeds = {
  seed: async () => (await send("seed")) && say("Both shops are in place."),
  reset: async () => (await send("reset")) && say("As on the first day."),
  status: async () => {
    const status = product().status === "active" ? "draft" : "active";
    const goods = await send(`products/${product().handle}`, { status });
    if (goods) say(`${goods.title} is ${goods.status === "active" ? "published" : "unpublished"}.`);
  },
  embed: async () => {
    const { domain, name, embed_active: isOn } = shop();
    const done = await send("embed", { shop: domain, on: !isOn });
    if (done) say(`The embed of ${name} is ${done.embed_active ? "on" : "off"}.`);
  },
  install: async () => {
    const { domain, name, installed } = shop();
    const done = await send(installed ? "uninstall" : "install", { shop: domain });
    if (done) say(`${name} has ${done.installed ? "installed" : "uninstalled"} the app.`);
  },
};

document.addEventListener("click", async ({ target }) => {
  const deed = deeds[target.dataset?.do];
  if (!deed) return;
  await deed();
  await refresh();
});

order.addEventListener("change", () => { fillChoices(); drawSwitches(); showValues(state, shop()); });
takeWishes(refresh);
byId("busy").addEventListener("change", async ({ target }) => {
  const done = await send("busy", { on: target.checked });
  if (done) say(done.on ? "Both shops live." : "Both shops are quiet.");
});
byId("rude").addEventListener("submit", (event) => event.preventDefault());
byId("rude").addEventListener("change", async ({ target }) => {
  const isSwitch = target.type === "checkbox";
  const done = await send("rude", { [target.name]: isSwitch ? target.checked : Number(target.value) });
  const label = target.closest("label").textContent.trim();
  if (done) say(`${label}: ${isSwitch ? (target.checked ? "on" : "off") : target.value}`);
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
