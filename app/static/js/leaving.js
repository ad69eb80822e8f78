// Goes on outside of the frame (templates/auth/leaving.html). Not a module: those have no currentScript.
window.open(document.currentScript.dataset.location, "_top");
