// A button with `data-opens` opens the dialog of that id; Escape and "Cancel" close it.
for (const opener of document.querySelectorAll("[data-opens]")) {
  opener.addEventListener("click", () => document.getElementById(opener.dataset.opens).showModal());
}
