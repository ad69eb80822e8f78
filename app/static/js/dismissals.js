// A thing with data-dismissible goes when something with data-dismiss in it is pressed.

document.addEventListener("click", ({ target }) => {
  const dismissed = target.closest?.("[data-dismiss]")?.closest("[data-dismissible]");
  if (!dismissed) return;
  const form = dismissed.closest("form");
  dismissed.remove();
  const next = form?.querySelector("input:not([type=hidden]), select, textarea");
  (next ?? document.querySelector("h1")).focus({ preventScroll: !next });
});
