// Brings what was just opened to the reader.
// An event or act beside a table: on a telephone it stands below the table and is scrolled into view,
// and again while the page still grows, until the reader moves. On a wide screen it goes along beside
// the table, whose row is scrolled into view where the head of the event has gone out of it, as where
// what stood above the table comes after it. One that was opened by keyboard, by its link in a table,
// gets the focus, so that its first source is one press of Tab away instead of one for each row that
// is left. The page names it in an element with the attribute data-event, empty while none is open,
// and shows it in the container with the key event.
// The panel of an actor: on a telephone it opens below the screen and the map moves up, so that both
// are seen; or above it, where a card far below was pressed, and is led to; so too once the words of the
// page are gone, if it was pressed on these and the reader awaits it (`render/live.js`). A link under the
// headline leads to it, and gives it the focus. A link that the page was opened by moves nothing. On a
// wide screen it is led to where it opens above the window, as from a row of the table far below.
// Two maps in place of one, or one again: the headline of what they show is led to.
//
// Leans on: the test id stMainBlockContainer, of what grows with the page; the id root, of what
//   Streamlit draws; st.html, which leaves data attributes alone.
// Fails: what was opened stands in its place, and the reader scrolls or tabs there.
// Then: look in the page for what has taken the place of the first two, and name that.
(() => {
  const NARROW_PX = 640, LOW = 0.8, SOON_MS = 5_000;
  const LINK = "table.rows a", ROW = "table.rows tr.shown";
  const GROWING = "[data-testid=stMainBlockContainer]";
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)");
  const page = document.documentElement, root = document.getElementById("root") ?? document.body;
  let lastInput = -SOON_MS;  // when the reader last did something
  const isSoon = () => performance.now() - lastInput <= SOON_MS;
  const isNarrow = () => innerWidth <= NARROW_PX;

  // From further away at once: a slow move ends where it is when the page grows or shrinks.
  const isFar = (part) => Math.abs(part.getBoundingClientRect().top) > innerHeight;
  const moveTo = (part, block = "start") =>
    part?.scrollIntoView({ behavior: isCalm.matches || isFar(part) ? "instant" : "smooth", block });
  const focus = (title, options) => {
    title.tabIndex = -1;
    title.focus(options);
  };

  let eventId, growth, isByKeyboard = false;
  const bring = (event) => {
    if (isNarrow()) return event.scrollIntoView();
    const { top } = event.getBoundingClientRect();
    if (top < 0 || top > innerHeight)
      (document.querySelector(ROW) ?? event).scrollIntoView({ block: "center" });
  };
  const holdInView = (event) => {
    growth = new ResizeObserver(() => bring(event));
    // It reports what it observes once at first.
    growth.observe(document.querySelector(GROWING) ?? document.body);
  };
  const followEvent = () => {
    const open = document.querySelector("[data-event]")?.dataset.event;
    if (open === undefined || open === eventId) return;
    const event = document.querySelector(".st-key-event"), title = event?.querySelector("article h2");
    if (open && !title) return;
    eventId = open;
    growth?.disconnect();
    if (!open) return;
    holdInView(event);
    if (isByKeyboard) focus(title);
    isByKeyboard = false;
  };

  // Lists that the browser keeps, so that the page is not searched at each of its changes.
  const heads = root.getElementsByClassName("st-key-panel-head");
  const days = root.getElementsByClassName("first-days");
  const headOfPanel = () => heads[0]?.querySelector("h2");
  let owner = "";  // whose panel is open; empty: nobody's
  const followPanel = () => {
    const head = headOfPanel(), whose = head?.textContent ?? "", isLed = "leadsToPanel" in page.dataset;
    if (whose === owner || (isLed && document.getElementById("words"))) return;
    owner = whose;
    delete page.dataset.leadsToPanel;
    if (!head || !(isSoon() || isLed)) return;
    const { top } = head.getBoundingClientRect();
    if (top < 0) moveTo(head, isNarrow() ? "start" : "center");
    else if (isNarrow() && top >= innerHeight * LOW) moveTo(document.querySelector(".st-key-map"));
  };

  let areTwo = days.length > 0;  // whether two maps are shown
  const followMaps = () => {
    if (areTwo === days.length > 0) return;
    areTwo = !areTwo;
    if (isSoon()) moveTo(root.querySelector("h1.headline"), "center");
  };

  document.addEventListener("click", (click) => {
    // A press of Enter is a click without a count.
    isByKeyboard = Boolean(click.target.closest?.(LINK)) && click.detail === 0;
    const head = click.target.closest?.("#root .to-panel a") && headOfPanel();
    if (!head) return;
    click.preventDefault();
    moveTo(head);
    focus(head, { preventScroll: true });
  });
  const note = ({ type }) => {
    growth?.disconnect();
    if (type === "pointerdown" || type === "keydown") lastInput = performance.now();
  };
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"])
    addEventListener(kind, note, { capture: true, passive: true });

  // Once a frame, however many changes it holds.
  let isDue = false;
  const watch = new MutationObserver(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      followMaps();
      followPanel();
      followEvent();
    });
  });
  watch.observe(root, { childList: true, subtree: true, characterData: true });
  // Words that go are a child of it.
  watch.observe(document.body, { childList: true });
})();
