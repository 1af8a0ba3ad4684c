// Lets the dashboard take the place of what the page said before any script (the element with the id
// words): it lies over the dashboard, and goes once that has drawn as much. Where the dashboard never
// comes, the words stay.
//
// Leans on: the test ids stApp, with the state of the run, stElementContainer, stSkeleton, stMain and
//   stPlotlyChart, which stands before plotly has begun; plotly's classes choroplethlayer, cartesianlayer,
//   heatmaplayer and annotation-text, of what it has drawn; Streamlit keeping a theme that was chosen under
//   stActiveTheme.
// Fails: the words go some seconds after the headline of the dashboard has come; they have the colours of
//   the system.
// Then: look in the page for what tells that a run has ended, and that a chart is drawn.
(() => {
  // Where nothing tells of an end: so long after the last that was drawn, and after the headline at most.
  const PATIENCE_MS = 8_000, MOST_MS = 16_000, REST_MS = 120;
  const PLACE = "[data-testid=stPlotlyChart]";
  // Of a chart with nothing to draw there are axes and a text that says so, which comes after all else.
  const CHART = ".choroplethlayer path[d][fill], .cartesianlayer .trace, .heatmaplayer image, "
    + `${PLACE}:has(.cartesianlayer .subplot) .annotation-text`;
  const words = document.getElementById("words"), root = document.getElementById("root");
  if (!words || !root) return;
  let arrival, patience, rest, fingers = 0;
  root.inert = true;

  // A reader who chose a theme of the dashboard has it before it, too.
  const chosen = () => {
    try { return localStorage.getItem(`stActiveTheme-${location.pathname}-v2`) ?? ""; } catch { return ""; }
  };
  words.style.colorScheme = words.dataset.theme ?? chosen().match(/dark|light/i)?.[0].toLowerCase() ?? "";

  const find = (selector) => root.querySelector(selector);
  const hasEnded = () =>
    find("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
    && find("[data-testid=stElementContainer]") && !find("[data-testid=stSkeleton]")
    && !(find(PLACE) && !find(CHART));

  // Who pressed for the live view by keyboard goes on from where it begins to tell; who let the map play,
  // whose headline then changes at once, from what makes it pause.
  const focusOnNext = () => {
    const play = document.documentElement.dataset.pressed === "play" && find("button.play");
    const next = play || find("h1");
    if (!next) return;
    if (next !== play) next.tabIndex = -1;
    next.focus({ preventScroll: true });
  };

  // A table that the dashboard leaves to a script is here already; where it is of another view that script
  // tells, and asks for it.
  const leaveTable = () => {
    const table = words.querySelector(".below");
    if (table) find(".table-place")?.replaceChildren(...table.childNodes);
  };

  const goAway = () => {
    // Never under the finger of one who scrolls.
    if (fingers) return;
    watch.disconnect();
    clearTimeout(patience);
    clearTimeout(rest);
    const down = window.scrollY, hadFocus = words.contains(document.activeElement);
    leaveTable();
    words.remove();
    root.inert = false;
    if (hadFocus) focusOnNext();
    // The dashboard scrolls in a box of its own.
    if (down) find("[data-testid=stMain]")?.scrollTo(0, down);
  };

  // It takes their place once it is whole and stands still: what came after would move what is read.
  const scan = () => {
    if (find("h1.headline")) {
      arrival ??= performance.now();
      clearTimeout(patience);
      patience = setTimeout(goAway, Math.min(PATIENCE_MS, arrival + MOST_MS - performance.now()));
    }
    clearTimeout(rest);
    if (hasEnded()) rest = setTimeout(goAway, REST_MS);
  };

  const count = ({ touches }) => {
    fingers = touches.length;
    scan();
  };
  const watch = new MutationObserver(scan);
  for (const kind of ["touchstart", "touchend", "touchcancel"]) words.addEventListener(kind, count, { passive: true });
  watch.observe(root, {
    subtree: true, childList: true, attributeFilter: ["d", "fill", "data-test-script-state"],
  });
})();
