// A toast comes as a part of an answer; where App Bridge can show it, the admin does.

const region = document.getElementById("toasts");

new MutationObserver(() => {
  if (!window.shopify?.toast) return;
  for (const toast of region.querySelectorAll(".toast")) {
    toast.remove();
    window.shopify.toast.show(toast.textContent, { isError: toast.hasAttribute("data-error") });
  }
}).observe(region, { childList: true });
