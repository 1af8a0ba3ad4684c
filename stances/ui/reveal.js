// Brings an event that was just opened to the reader. On a telephone it stands below its table: it is
// scrolled into view. One that was opened by keyboard, in a table, gets the focus, so that its first
// source is one press of Tab away instead of one for each cell that is left in the row. No tag may be
// written in this file: the sanitiser of the page drops a script that holds markup.
(() => {
  const NARROW_PX = 640;

  // Empty while none is open.
  const open = document.querySelector("[data-event]")?.dataset.event;
  if (open === window.stancesEvent) return;
  window.stancesEvent = open;
  const event = document.querySelector(".st-key-event");
  if (!open || !event) return;
  if (window.innerWidth <= NARROW_PX) event.scrollIntoView();
  const title = event.querySelector("article h2");
  if (title && document.activeElement?.closest("[data-testid=stDataFrame]")) {
    title.tabIndex = -1;
    title.focus();
  }
})();
