// Runs in every frame before its page: keeps what the browser says of layout, paint and interactions.
// Source: web.dev, "Cumulative Layout Shift", "Largest Contentful Paint", "Interaction to Next Paint".
(() => {
  const shifts = [];
  // What follows an input within half a second was asked for. The browser says so itself only in frames
  // of another site, as the app's is in Shopify's admin; here both are on one host.
  let lastInput = -Infinity;
  for (const name of ["pointerdown", "pointerup", "keydown"]) {
    addEventListener(name, ({ timeStamp }) => (lastInput = timeStamp), { capture: true, passive: true });
  }
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => vitals.inputs++, { capture: true });

  const vitals = {
    paint: 0,
    inputs: 0,
    interactions: {},
    // While stylesheets still hold back the first paint, the browser lays out a frame and tells of moves
    // in it that nobody can see.
    get moves() {
      const [firstPaint] = performance.getEntriesByName("first-paint");
      return shifts.filter(({ startTime }) => firstPaint && startTime >= firstPaint.startTime);
    },
    get shift() {
      return vitals.moves.reduce((sum, { value }) => sum + value, 0);
    },
  };
  window.__vitals = vitals;

  const watch = (type, note, options = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...options });
  watch("layout-shift", (entry) => {
    if (entry.hadRecentInput || entry.startTime - lastInput <= 500) return;
    const { value, startTime, sources } = entry;
    const moved = sources.map(({ node, previousRect: from, currentRect: to }) => ({
      node: (node?.outerHTML ?? String(node)).slice(0, 120),
      from: [from.x, from.y, from.width, from.height],
      to: [to.x, to.y, to.width, to.height],
    }));
    shifts.push({ value, startTime, moved });
  });
  watch("largest-contentful-paint", (entry) => {
    vitals.paint = entry.startTime;
  });
  watch(
    "event",
    ({ interactionId, duration, name }) => {
      if (!interactionId) return;
      const slowest = vitals.interactions[interactionId];
      if (!slowest || slowest.duration < duration) vitals.interactions[interactionId] = { duration, name };
    },
    { durationThreshold: 16 },
  );
})();
