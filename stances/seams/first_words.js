// Lets the dashboard take the place of what the page said before any script (the element with the id
// words): it lies over the dashboard, and goes once that has drawn as much. Where the dashboard never
// comes, the words stay.
//
// Leans on: the test ids stApp, with the state of the run, stElementContainer, stSkeleton and stMain;
//   plotly's classes js-plotly-plot, of a chart, and choroplethlayer, cartesianlayer and heatmaplayer, of
//   what it has drawn; Streamlit keeping a theme that was chosen under stActiveTheme.
// Fails: the words go some seconds after the headline of the dashboard has come; they have the colours of
//   the system.
// Then: look in the page for what tells that a run has ended, and that a chart is drawn.
(() => {
  const PATIENCE_MS = 4_000;
  const PLACE = ".js-plotly-plot";
  const CHART = ".choroplethlayer path[d][fill], .cartesianlayer .trace, .heatmaplayer image";
  const words = document.getElementById("words"), root = document.getElementById("root");
  if (!words || !root) return;
  let patience;
  // Without this script they would go by themselves after a while.
  words.style.animation = "none";

  // A reader who chose a theme of the dashboard has it before it, too.
  const chosen = () => {
    try { return localStorage.getItem(`stActiveTheme-${location.pathname}-v2`) ?? ""; } catch { return ""; }
  };
  words.style.colorScheme = chosen().match(/dark|light/i)?.[0].toLowerCase() ?? "";

  const find = (selector) => root.querySelector(selector);
  const hasEnded = () =>
    find("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
    && find("[data-testid=stElementContainer]") && !find("[data-testid=stSkeleton]")
    && !(find(PLACE) && !find(CHART));

  const goAway = () => {
    watch.disconnect();
    clearTimeout(patience);
    const down = window.scrollY;
    words.remove();
    // The dashboard scrolls in a box of its own.
    if (down) find("[data-testid=stMain]")?.scrollTo(0, down);
  };

  // What stands above and beside a chart comes after it, each part by itself.
  const hasCome = (part) => !words.querySelector(part) || find(part);
  const look = () => {
    const headline = find("h1.headline");
    if (headline) patience ??= setTimeout(goAway, PATIENCE_MS);
    if ((headline && hasCome(".card") && find(CHART)) || hasEnded()) goAway();
  };

  const watch = new MutationObserver(look);
  watch.observe(root, {
    subtree: true, childList: true, attributeFilter: ["d", "fill", "data-test-script-state"],
  });
})();
