// On a telephone the panel of an actor opens below the screen: the map moves up, so that both are seen; and
// a link under the headline leads to it.
(() => {
  const NARROW_PX = 640, LOW = 0.8, SOON_MS = 5_000;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)");
  let shown = "";          // whose panel is open; empty: nobody's
  let pressed = -SOON_MS;  // when the reader last did something: a link that opens a panel moves nothing

  const HEAD = ".st-key-panel-head h2";
  const moveTo = (part) => part?.scrollIntoView({ behavior: isCalm.matches ? "auto" : "smooth" });

  const look = () => {
    const head = document.querySelector(HEAD), whose = head?.textContent ?? "";
    if (whose === shown) return;
    shown = whose;
    if (!head || innerWidth > NARROW_PX || performance.now() - pressed > SOON_MS) return;
    if (head.getBoundingClientRect().top < innerHeight * LOW) return;
    moveTo(document.querySelector(".st-key-map"));
  };

  document.addEventListener("click", (click) => {
    const head = click.target.closest?.("#root .to-panel a") && document.querySelector(HEAD);
    if (!head) return;
    click.preventDefault();
    moveTo(head);
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  });
  for (const kind of ["pointerdown", "keydown"])
    document.addEventListener(kind, () => { pressed = performance.now(); }, { capture: true, passive: true });
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
})();
