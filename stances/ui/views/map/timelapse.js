// The controls of the time-lapse: play and pause, month, speed. Plotly's own cannot be reached by
// keyboard, so these are HTML; everything runs in the browser, without the server.
//
// In the container with the key timelapse the page has an empty element of the class
// timelapse-controls and the chart. Both come and go with the switch on the page; another chart may
// take the place of the first (other view, other theme); a slow watch notices.
(() => {
  const SPEEDS = [["Slow", 600], ["Normal", 250], ["Fast", 100]];
  const WATCH_MS = 300;
  const YEARS_APART = 4;

  // The controls in an empty place, for the chart that stands in the same container.
  const control = (place) => {
    const container = place.closest(".st-key-timelapse"), charts = window.stancesCharts;

    let months = [];       // names of the frames, such as 2019-03
    let month = -1;        // place of the month shown
    let shownIn = null;    // the chart that shows it
    let timer = null;      // set while playing
    let drawing = 0;       // set while a draw waits for the browser's next picture

    const make = (tag, attributes, parent, text = "") => {
      const element = document.createElement(tag);
      Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
      element.textContent = text;
      parent.append(element);
      return element;
    };

    const play = make("button", { type: "button", class: "timelapse-play" }, place, "Play");
    const label = make("span", { class: "timelapse-month", "aria-hidden": "true" }, place);
    const track = make("div", { class: "timelapse-track" }, place);
    const range = make("input",
      { type: "range", min: 0, max: 0, step: 1, "aria-label": "Month of the time-lapse" }, track);
    const years = make("div", { class: "timelapse-years", "aria-hidden": "true" }, track);
    const speed = make("select", { class: "timelapse-speed", "aria-label": "Speed" }, place);
    SPEEDS.forEach(([name, delay]) => make("option", { value: delay }, speed, name));
    speed.value = SPEEDS[1][1];
    place.hidden = true;

    const inWords = (name) => {
      const [year, number] = name.split("-").map(Number);
      const first = new Date(year, number - 1, 1);
      return first.toLocaleDateString("en-GB", { month: "long", year: "numeric" });
    };

    const chart = () => charts.within(container);

    const draw = () => {
      drawing = 0;
      const plot = chart();
      if (charts.frames(plot).length === months.length) charts.show(plot, months[month]);
    };

    const show = (index) => {
      month = index;
      range.value = index;
      const words = inWords(months[index]);
      label.textContent = words;
      range.setAttribute("aria-valuetext", words);
      // One draw a picture, of the latest month, however fast the slider is dragged.
      drawing ||= requestAnimationFrame(draw);
    };

    const pause = () => {
      clearTimeout(timer);
      timer = null;
      play.textContent = "Play";
    };

    const step = () => {
      if (!place.isConnected || month >= months.length - 1) return pause();
      show(month + 1);
      timer = setTimeout(step, Number(speed.value));
    };

    const start = () => {
      play.textContent = "Pause";
      if (month >= months.length - 1) show(0);
      timer = setTimeout(step, Number(speed.value));
    };

    const markYears = () => {
      years.replaceChildren();
      months.forEach((name, index) => {
        const [year, number] = name.split("-").map(Number);
        if (number !== 1 || (year - Number(months[0].slice(0, 4))) % YEARS_APART !== 0) return;
        const left = (100 * index) / Math.max(months.length - 1, 1);
        make("span", { style: `left:${left}%` }, years, String(year));
      });
    };

    // A chart starts at its last month; one that replaces another goes on at the month shown.
    const meet = (plot) => {
      const names = charts.frames(plot);
      if (names.length === 0) return;
      const known = names.indexOf(months[month]);
      const fresh = month < 0 || known < 0;
      if (names.join() !== months.join()) {
        months = names;
        range.max = months.length - 1;
        markYears();
      }
      place.hidden = false;
      shownIn = plot;
      show(fresh ? months.length - 1 : known);
    };

    play.addEventListener("click", () => (timer === null ? start() : pause()));
    range.addEventListener("input", () => { pause(); show(Number(range.value)); });

    const watch = setInterval(() => {
      if (!place.isConnected) { clearInterval(watch); return pause(); }
      const plot = chart();
      if (plot && plot !== shownIn) meet(plot);
    }, WATCH_MS);
  };

  setInterval(() => {
    const place = document.querySelector(".st-key-timelapse .timelapse-controls:empty");
    if (place) control(place);
  }, WATCH_MS);
})();
