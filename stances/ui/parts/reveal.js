// Brings an event that was just opened to the reader. On a telephone it stands below its table: it is
// scrolled into view, and again while the page still grows, until the reader moves. One that was
// opened by keyboard, in a table, gets the focus, so that its first source is one press of Tab away
// instead of one for each cell that is left in the row. No tag may be written in this file: the
// sanitiser of the page drops a script that holds markup.
(() => {
  const NARROW_PX = 640;

  const holdInView = (event) => {
    const growth = new ResizeObserver(() => event.scrollIntoView());
    window.stancesGrowth = growth;
    for (const move of ["wheel", "touchstart", "pointerdown", "keydown"])
      window.addEventListener(move, () => growth.disconnect(), { once: true, passive: true });
    // It reports what it observes once at first.
    growth.observe(document.querySelector("[data-testid=stMainBlockContainer]"));
  };

  // Empty while none is open.
  const open = document.querySelector("[data-event]")?.dataset.event;
  if (open === window.stancesEvent) return;
  window.stancesEvent = open;
  window.stancesGrowth?.disconnect();
  const event = document.querySelector(".st-key-event");
  if (!open || !event) return;
  if (window.innerWidth <= NARROW_PX) holdInView(event);
  const title = event.querySelector("article h2");
  if (title && document.activeElement?.closest("[data-testid=stDataFrame]")) {
    title.tabIndex = -1;
    title.focus();
  }
})();
