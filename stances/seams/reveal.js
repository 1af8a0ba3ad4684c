// Brings an event that was just opened to the reader. On a telephone it stands below its table: it is
// scrolled into view, and again while the page still grows, until the reader moves. One that was
// opened by keyboard, in a table, gets the focus, so that its first source is one press of Tab away
// instead of one for each cell that is left in the row. The page names it in an element with the
// attribute data-event, empty while none is open, and shows it in the container with the key event.
//
// Leans on: the test ids stDataFrame, of a table, in which the element with the focus lies, and
//   stMainBlockContainer, of what grows with the page; st.html, which leaves data attributes alone.
// Fails: the event stands in its place, and the reader scrolls or tabs there.
// Then: look in the page for what has taken the place of the two, and name that.
(() => {
  const NARROW_PX = 640;
  const TABLE = "[data-testid=stDataFrame]", GROWING = "[data-testid=stMainBlockContainer]";
  let revealed, growth;

  const holdInView = (event) => {
    growth = new ResizeObserver(() => event.scrollIntoView());
    for (const move of ["wheel", "touchstart", "pointerdown", "keydown"])
      window.addEventListener(move, () => growth.disconnect(), { once: true, passive: true });
    // It reports what it observes once at first.
    growth.observe(document.querySelector(GROWING) ?? document.body);
  };

  const focus = (title) => {
    title.tabIndex = -1;
    title.focus();
  };

  const look = () => {
    const open = document.querySelector("[data-event]")?.dataset.event;
    if (open === undefined || open === revealed) return;
    const event = document.querySelector(".st-key-event"), title = event?.querySelector("article h2");
    if (open && !title) return;
    revealed = open;
    growth?.disconnect();
    if (!open) return;
    if (window.innerWidth <= NARROW_PX) holdInView(event);
    if (document.activeElement?.closest(TABLE)) focus(title);
  };

  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
})();
