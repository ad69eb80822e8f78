/** Calls `changed(isPresent)`: a hidden page is not present, nor one in the back/forward cache. */
export function watchPresence(changed) {
  const look = () => changed(!document.hidden);
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
  addEventListener("pagehide", () => changed(false));
  look();
}

/** Runs the work when the page has nothing better to do. */
export const whenIdle = (work) => (window.requestIdleCallback ?? setTimeout)(work);
