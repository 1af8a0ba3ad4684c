// On a telephone the event that is open stands below the table: bring it into view when it is
// another one than before. No tag may be written in this file: the sanitiser of the page drops a
// script that holds markup.
(() => {
  const NARROW_PX = 640;

  // Empty while none is open.
  const open = document.querySelector("[data-event]")?.dataset.event;
  if (open === window.stancesEvent) return;
  window.stancesEvent = open;
  if (!open || window.innerWidth > NARROW_PX) return;
  document.querySelector(".st-key-event")?.scrollIntoView();
})();
