// Starts the live view: by itself on a wide screen with a fast line, elsewhere at the first touch of what
// only it can do. Until then a page loads nothing but itself and its style, and costs the server no session.
(() => {
  // From here on the page lays things side by side; what is narrower is a telephone, or held like one.
  const WIDE = "(min-width: 900px)", FAST = "4g";
  // A press of a mouse that moves further drags; of a finger the browser tells a tap from a scroll by itself.
  const STILL_PX = 10;
  const page = document.documentElement, query = new URLSearchParams(location.search);
  const isFramed = query.get("embed")?.toLowerCase() === "true", isInFrame = parent !== window;
  const theme = isFramed && ["light", "dark"].find((name) => name === query.get("theme"));
  const line = navigator.connection;
  // Some ask for little by a header alone, which only the server reads.
  const timings = performance.getEntriesByType("navigation")[0]?.serverTiming ?? [];
  const isSaving = line?.saveData || timings.some(({ name }) => name === "save-data");
  // A browser that tells nothing of its line is taken to have a fast one.
  const isSlow = isSaving || (line?.effectiveType ?? FAST) !== FAST;
  const startsAlone = matchMedia(WIDE).matches && !isSlow && !isFramed && !isInFrame;
  const isLive = { 0: false, 1: true }[query.get("live")] ?? startsAlone;
  let hasStarted = false, hasFailed = false, pressed = {};

  const whenRead = (run) =>
    document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", run) : run();
  const say = (wording) => {
    const place = document.getElementById("live");
    if (place) place.textContent = wording;
  };

  // The typeface of the live view, where it is at hand at once: one that came later would move what is read.
  const setIn = (font) => {
    if (font) document.fonts.add(new FontFace("Words", `url(${font.href})`, { weight: "200 900", display: "optional" }));
  };

  // Streamlit takes the theme of a frame from an option of its own in the address.
  const tellFramework = () => {
    const { search, hash } = location;
    history.replaceState(history.state, "", `${search}&embed_options=${theme}_theme${hash}`);
  };

  // While the live view begins, what is out of sight is left out of each new layout of the page.
  const leaveOut = (part) =>
    new IntersectionObserver(([{ isIntersecting }]) => part.classList.toggle("unseen", !isIntersecting)).observe(part);

  // What is read stays, and its links lead on by themselves, those of the map too.
  const fail = () => {
    hasFailed = true;
    page.classList.remove("live");
    say("The interactive version did not load. Links and forms go on to work; to try again, reload the page.");
  };
  const start = () => {
    if (hasStarted) return;
    hasStarted = true;
    if (theme) tellFramework();
    const parts = document.getElementById("framework").content.cloneNode(true);
    const scripts = [...parts.querySelectorAll("script")], links = [...parts.querySelectorAll("link")];
    if (isLive) setIn(parts.querySelector("link[as=font]"));
    const style = links.pop();
    document.head.append(...links);
    // Scripts look for places in the page when they begin; the own style wins where it comes last.
    whenRead(() => {
      document.body.append(style);
      document.querySelectorAll(".below").forEach(leaveOut);
      scripts.forEach((script) => script.addEventListener("error", fail));
      document.head.append(...scripts);
    });
  };

  // A search goes through all fields, but where one was chosen for it.
  const widenSearch = ({ q, domain }) => {
    if (q?.value && !q.defaultValue && domain?.selectedOptions[0]?.defaultSelected) domain.value = "overall";
  };

  const textsOf = (form) => `${new URLSearchParams([...new FormData(form)].filter(([, text]) => text))}`;
  // What was chosen in a form and waits for its button, as an address.
  const queryOf = (form) => {
    const before = form.cloneNode(true);
    before.reset();
    widenSearch(form.elements);
    return textsOf(form) !== textsOf(before) && `?${textsOf(form)}`;
  };

  // A press leads to an address, or is named, and the live view goes on from there.
  const askFor = (part) => {
    page.dataset.pressed = part.dataset.live ?? "";
    const href = part.form ? queryOf(part.form) : part.getAttribute("href");
    if (href) {
      const address = new URL(href, location.href);
      if (address.hash) page.dataset.leadsToPanel = "";
      address.hash = "";
      history.pushState(null, "", address);
      dispatchEvent(new PopStateEvent("popstate", { state: null }));
    }
    say("Loading the interactive version …");
    // Once that is seen: to begin keeps a telephone for a tenth of a second.
    requestAnimationFrame(() => setTimeout(start));
  };

  const isDragged = (click) =>
    click.detail && pressed.pointerType === "mouse"
    && Math.hypot(click.clientX - pressed.clientX, click.clientY - pressed.clientY) > STILL_PX;
  addEventListener("pointerdown", (press) => { pressed = press; }, { capture: true, passive: true });
  // Who reads on until it comes is not led to what was pressed: see seams/reveal.js.
  for (const kind of ["touchmove", "wheel", "keydown"])
    addEventListener(kind, () => { delete page.dataset.leadsToPanel; }, { capture: true, passive: true });
  document.addEventListener("click", (click) => {
    const part = click.target.closest?.("#words [data-live]");
    if (!part || hasFailed || click.button || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
    click.preventDefault();
    if (!isDragged(click)) askFor(click.target.closest("a, button, [data-live]") ?? part);
  });

  // A card opens wherever it is pressed, as by its name, and yet its text can be selected: nothing lies over it.
  document.addEventListener("click", (click) => {
    const card = click.target.closest?.(".card");
    if (!card || click.target.closest("a, button") || !getSelection().isCollapsed) return;
    const place = [...card.parentElement.children].indexOf(card);
    const name = card.querySelector("a.card-name") ?? window.stancesChoice?.button("featured", place);
    name?.click();
  });

  // What a search finds in a column that a tablet has folded away would stand under another head: all are opened.
  document.addEventListener("beforematch", ({ target }) => {
    const fold = target.closest("table")?.previousElementSibling;
    if (fold?.matches(".fold") && getComputedStyle(target.closest("tr")).display === "table-row") fold.open = true;
  });

  // Who chooses an actor is led to its panel, where that is below the screen.
  const leadToPanel = (form) => {
    const panel = document.getElementById("country"), [chosen] = form.elements.actor?.selectedOptions ?? [];
    if (!panel || !chosen) return;
    const isLed = chosen.value && !chosen.defaultSelected && panel.getBoundingClientRect().top > innerHeight;
    form.action = isLed ? "./#country" : "./";
  };

  // A field in which nothing is chosen has no part in the link.
  document.addEventListener("submit", (submit) => {
    leadToPanel(submit.target);
    widenSearch(submit.target.elements);
    for (const field of submit.target.elements) field.disabled ||= field.name && !field.value;
  });

  // Of a frame: how high what it says is, until the live view tells its own height.
  const tellHeight = () => {
    const main = document.querySelector("#words > main");
    const tell = () => {
      const height = main.isConnected && Math.ceil(main.getBoundingClientRect().height);
      if (height) parent.postMessage({ stances: { height } }, "*");
    };
    new ResizeObserver(tell).observe(main);
    // The page around may begin to listen later.
    setInterval(tell, 1_000);
  };
  if (isFramed && isInFrame) whenRead(tellHeight);

  if (isLive) {
    page.classList.add("live");
    start();
  }
})();
