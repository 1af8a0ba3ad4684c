// Brings an event that was just opened to the reader. On a telephone it stands below its table: it is
// scrolled into view, and again while the page still grows, until the reader moves. On a wide screen it
// goes along beside the table, whose row is scrolled into view where the head of the event has gone out
// of it, as where what stood above the table comes after it. One that was
// opened by keyboard, by its link in a table, gets the focus, so that its first source is one press of
// Tab away instead of one for each row that is left. The page names it in an element with the attribute
// data-event, empty while none is open, and shows it in the container with the key event.
//
// Leans on: the test id stMainBlockContainer, of what grows with the page; st.html, which leaves data
//   attributes alone.
// Fails: the event stands in its place, and the reader scrolls or tabs there.
// Then: look in the page for what has taken the place of the first, and name that.
(() => {
  const NARROW_PX = 640;
  const LINK = "table.rows a", ROW = "table.rows tr.shown";
  const GROWING = "[data-testid=stMainBlockContainer]";
  let revealed, growth, isByKeyboard = false;

  const bring = (event) => {
    if (window.innerWidth <= NARROW_PX) return event.scrollIntoView();
    const { top } = event.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight)
      (document.querySelector(ROW) ?? event).scrollIntoView({ block: "center" });
  };

  const holdInView = (event) => {
    growth = new ResizeObserver(() => bring(event));
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
    holdInView(event);
    if (isByKeyboard) focus(title);
    isByKeyboard = false;
  };

  // A press of Enter is a click without a count.
  document.addEventListener("click", ({ target, detail }) => {
    isByKeyboard = Boolean(target.closest?.(LINK)) && detail === 0;
  });

  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
})();
