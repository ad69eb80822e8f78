// Says so while the browser has no network.

function refresh() {
  document.getElementById("offline").hidden = navigator.onLine;
}

addEventListener("online", refresh);
addEventListener("offline", refresh);
refresh();
