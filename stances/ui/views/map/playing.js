// Play and pause, beside the slider of the date: the map goes through the months by itself. All of it
// runs in the browser; the page comes when it pauses.
(() => {
  const SPEEDS = [["Slow", 700], ["Normal", 260], ["Fast", 110]];
  const WATCH_MS = 300;
  const PLAYING = "drag-playing";
  const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
  const root = document.documentElement, drag = window.stancesDrag;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)");

  let timer = 0;         // set while playing
  // Pressed before the map could follow, or on the page that the live view took the place of.
  let isDue = document.documentElement.dataset.pressed === "play";
  let button = null;
  let speed = null;

  const make = (tag, attributes, parent, text = "") => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.textContent = text;
    parent.append(element);
    return element;
  };

  const show = () => {
    if (!button) return;
    button.textContent = timer ? "❚❚" : "▶";
    button.setAttribute("aria-label", timer ? "Pause" : "Play the map month by month");
    button.title = button.getAttribute("aria-label");
  };

  // The month to which the data reaches: after it nothing follows.
  const end = () => Number(document.querySelector(".playback").dataset.end);

  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    root.classList.remove(PLAYING);
    show();
  };

  const pause = () => {
    stop();
    drag.rest();
  };

  const step = () => {
    const at = drag.at();
    if (!at) return stop();
    if (!button?.isConnected || at.step >= end()) return pause();
    drag.moveTo(at.step + 1);
    timer = setTimeout(step, Number(speed.value));
  };

  // The map that follows may lie below the screen: on a telephone, where another stands over it, it does.
  const bringMap = () => {
    const map = document.querySelector(".st-key-map");
    const { bottom, height } = map.getBoundingClientRect();
    if (bottom - innerHeight > height / 2)
      map.scrollIntoView({ behavior: isCalm.matches ? "auto" : "smooth", block: "center" });
  };

  const play = () => {
    const at = drag.at();
    isDue = !at || !window.stancesFollowing.isReady();
    if (isDue) return;
    if (at.step >= end()) drag.moveTo(0);
    timer = setTimeout(step, Number(speed.value));
    root.classList.add(PLAYING);
    show();
    bringMap();
  };

  const onKey = (key) => {
    const direction = STEPS[key.key], at = drag.at();
    if (!direction || !at) return;
    key.preventDefault();
    stop();
    drag.moveTo(at.step + direction);
  };

  const fill = (place) => {
    // A change of the page while it plays: the page comes for the day of the map.
    if (timer) pause();
    button = make("button", { type: "button", class: "play" }, place);
    speed = make("select", { class: "play-speed", "aria-label": "Speed" }, place);
    SPEEDS.forEach(([name, delay]) => make("option", { value: delay }, speed, name));
    speed.value = SPEEDS[isCalm.matches ? 0 : 1][1];
    button.addEventListener("click", () => (timer ? pause() : play()));
    button.addEventListener("keydown", onKey);
    button.addEventListener("keyup", (key) => { if (STEPS[key.key]) drag.rest(); });
    show();
  };

  // A link may ask to play; who asked for less motion presses the button.
  const begin = (place) => {
    if (place.dataset.play === "1") {
      place.dataset.play = "";
      isDue ||= !isCalm.matches;
    }
    if (isDue && !timer) play();
  };

  // Whoever moves the slider by hand while it plays has it.
  document.addEventListener("pointerdown", (press) => {
    if (timer && press.target.closest(".st-key-as_of_slider")) stop();
  }, true);

  setInterval(() => {
    const place = document.querySelector(".playback");
    if (!place || !drag) return;
    if (!place.hasChildNodes()) fill(place);
    begin(place);
  }, WATCH_MS);
})();
