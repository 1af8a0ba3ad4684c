// Tells the page around a frame how high the view in it is, and nothing else: see routes/embed.js.
//
// Leans on: the test id stMainBlockContainer, around all that a page shows.
// Fails: the frame keeps the height of its markup, and what is longer scrolls in it.
// Then: look in the page for what lies around all elements now.
(() => {
  const WATCH_MS = 300;
  if (window.parent === window || new URLSearchParams(location.search).get("embed") !== "true") return;
  let last = 0;
  setInterval(() => {
    const view = document.querySelector("[data-testid=stMainBlockContainer]"), height = view?.scrollHeight;
    // The source line is the last that comes. What is read before tells its own height.
    if (document.getElementById("words") || !height || height === last || !view.querySelector("p.source")) return;
    last = height;
    window.parent.postMessage({ stances: { height } }, "*");
  }, WATCH_MS);
})();
