// Shows on the page of a notification, in a frame, the card that it is on pages of the shop. The real
// widget draws it, which says itself when it is ready.

const frame = () => document.getElementById("told-card-frame");

addEventListener("message", ({ source, origin, data }) => {
  if (source === frame()?.contentWindow && origin === location.origin && data.event === "ready") draw();
});
document.addEventListener("htmx:after:swap", draw);
draw(); // the frame may have been quicker than this script

function draw() {
  // Until then there is nobody to tell.
  if (!frame()?.contentDocument?.querySelector("earshot-card")) return;
  const { config, card } = frame().dataset;
  tell("config", config);
  tell("notification", card);
}

function tell(event, json) {
  frame().contentWindow.postMessage({ event, data: JSON.parse(json) }, location.origin);
}
