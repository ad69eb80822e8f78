// The switch changes the preview at once; the storefront changes when the merchant saves.
const byId = (id) => document.getElementById(id);
const switches = [...document.querySelectorAll(".switch")];
const preview = byId("preview");

const isUnsaved = () => switches.some((one) => String(one.checked) !== one.dataset.saved);

function show() {
  const isOn = switches.some((one) => one.checked);
  const address = new URL(byId("template").value);
  address.searchParams.set("embed", isOn ? "on" : "off");
  preview.src = address;
  byId("save").disabled = !isUnsaved();
  if (isUnsaved()) byId("said").textContent = "Unsaved changes";
}

async function save() {
  byId("save").disabled = true;
  const embeds = Object.fromEntries(switches.map((one) => [one.name, one.checked]));
  const response = await fetch(location.pathname, { method: "POST", body: JSON.stringify({ embeds }) });
  const answer = await response.json();
  byId("said").textContent = response.ok ? "Saved" : answer.error;
  if (response.ok) for (const one of switches) one.dataset.saved = String(one.checked);
  else byId("save").disabled = false;
}

for (const one of switches) one.addEventListener("change", show);
byId("template").addEventListener("change", show);
byId("save").addEventListener("click", save);
for (const device of document.querySelectorAll("[name=device]")) {
  device.addEventListener("change", () => {
    preview.parentElement.classList.toggle("is-phone", device.value === "phone");
  });
}
show();
