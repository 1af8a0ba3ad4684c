// On a telephone the panel of an actor opens below the screen: the map moves up, so that both are seen; or
// above it, where a card far below was pressed: it is led to; and a link under the headline leads to it. Who leaves one map for two, or comes back, is led to what they show.
(() => {
  const NARROW_PX = 640, LOW = 0.8, SOON_MS = 5_000;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)");
  let shown = "";          // whose panel is open; empty: nobody's
  let pressed = -SOON_MS;  // when the reader last did something: a link that opens a panel moves nothing

  // Lists that the browser keeps: to search the page at each of its changes would cost more than to tell them.
  const root = document.getElementById("root");
  const heads = root.getElementsByClassName("st-key-panel-head"), days = root.getElementsByClassName("first-days");
  const headOfPanel = () => heads[0]?.querySelector("h2");
  const areTwo = () => days.length > 0;
  const moveTo = (part, block = "start") =>
    part?.scrollIntoView({ behavior: isCalm.matches ? "auto" : "smooth", block });
  const isSoon = () => performance.now() - pressed <= SOON_MS;

  let maps = areTwo();     // whether two maps are shown
  const lookAtMaps = () => {
    const now = areTwo();
    if (now === maps) return;
    maps = now;
    if (isSoon()) moveTo(document.querySelector("#root h1.headline"), "center");
  };

  const look = () => {
    lookAtMaps();
    const head = headOfPanel(), whose = head?.textContent ?? "";
    if (whose === shown) return;
    shown = whose;
    if (!head || innerWidth > NARROW_PX || !isSoon()) return;
    const { top } = head.getBoundingClientRect();
    if (top < 0) moveTo(head);
    else if (top >= innerHeight * LOW) moveTo(document.querySelector(".st-key-map"));
  };

  document.addEventListener("click", (click) => {
    const head = click.target.closest?.("#root .to-panel a") && headOfPanel();
    if (!head) return;
    click.preventDefault();
    moveTo(head);
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  });
  for (const kind of ["pointerdown", "keydown"])
    document.addEventListener(kind, () => { pressed = performance.now(); }, { capture: true, passive: true });
  // Once a frame, however many changes it holds.
  let isDue = false;
  new MutationObserver(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => { isDue = false; look(); });
  }).observe(root, { childList: true, subtree: true, characterData: true });
})();
