// The map follows the drag of the date: while that is dragged, stepped through by key or played, the map is
// coloured for each day in the browser, and the page comes when the thumb rests.
//
// The page has an element of the class `playback` that names the levels of every day, which come once
// the map is drawn, and the lines of the map.
(() => {
  const WATCH_MS = 300, SCAN_MS = 60;
  const AHEAD = "drag-ahead";
  const root = document.documentElement, map = window.stancesMap;

  let record = null;     // the levels: see routes/levels.py
  let source = "";       // the address that they come from
  let day = null;        // the day that the map is coloured for; null: that of the page
  let drawing = 0;       // set while a colouring waits for the browser's next picture
  let scanning = 0;      // set while the page is behind the map

  const place = () => document.querySelector(".playback");
  const ofPage = () => new URLSearchParams(location.search).get("as_of") ?? record.opens;

  const endOf = ([year, month]) => {
    const last = new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10);
    const reach = last.slice(0, 7) === record.opens.slice(0, 7) ? record.opens : record.last;
    return last < reach ? last : reach;
  };

  const on = (changes, date) => {
    let at = changes.length - 1;
    while (at > 0 && changes[at][0] > date) at -= 1;
    return changes[at];
  };

  const chosen = () => new URLSearchParams(location.search).get("actor");

  const pictureOn = (date) => {
    const { lines, markers } = place().dataset, actor = chosen();
    const of = (code) => {
      const changes = record.actors[code];
      if (!changes) return null;
      const [, level, fading, , outline] = on(changes, date);
      return { level, fading, line: code === actor ? 3 : outline };
    };
    return { of, lines: JSON.parse(lines), markers: JSON.parse(markers) };
  };

  const inWords = (date) => new Date(`${date}T00:00:00Z`)
    .toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  // The date on the map, and how many of those that it shows stand where: large, since the eye is on the map.
  const label = (plot, date) => {
    const records = map.codes(plot).map((code) => record.actors[code]).filter(Boolean);
    const all = records.map((changes) => on(changes, date)[1]), levels = all.filter((level) => level !== null);
    const restrict = levels.filter((level) => level <= record.restricting).length;
    const open = levels.filter((level) => level >= record.open).length;
    let box = plot.querySelector(".map-date");
    if (!box) {
      box = document.createElement("div");
      box.className = "map-date";
      box.setAttribute("aria-hidden", "true");
      box.append(document.createElement("b"), document.createElement("span"));
      plot.append(box);
    }
    box.firstChild.textContent = inWords(date);
    box.lastChild.textContent = `${restrict} restrict · ${open} open`;
    lead(
      `${inWords(date)}: of ${levels.length} with a position on the map, ${restrict} restrict and ${open} are open.`,
      [...map.levels(plot), null].map((level) => all.filter((other) => other === level).length),
    );
  };

  // A row for each colour of the legend: the bar has the colour of its class.
  const rowsOf = (list, count) => {
    [...document.querySelectorAll(".st-key-map-row .legend > span")].slice(0, count).forEach((entry) => {
      const row = document.createElement("li");
      row.append(entry.cloneNode(true), document.createElement("b"), entry.firstChild.cloneNode());
      list.append(row);
    });
  };

  // In place of the headline and what is under it, which are of the day before.
  const lead = (sentence, counts) => {
    const headline = document.querySelector(".st-key-lead");
    if (!headline) return;
    let list = headline.querySelector(".tally");
    if (!list) {
      list = document.createElement("ul");
      list.className = "tally";
      list.setAttribute("aria-hidden", "true");
      rowsOf(list, counts.length);
      headline.append(list);
    }
    list.dataset.ahead = sentence;
    const all = counts.reduce((sum, count) => sum + count, 0);
    [...list.children].forEach((row, at) => {
      row.children[1].textContent = counts[at];
      row.style.setProperty("--part", counts[at] / all);
    });
  };

  const draw = () => {
    drawing = 0;
    const plot = map?.plot();
    if (!plot || !place() || day === null) return;
    map.onDrawn(plot, () => { if (day !== null) drawSoon(); });
    map.paint(plot, pictureOn(day));
    label(plot, day);
  };

  // One colouring a picture, of the latest day, however fast the drag is.
  const drawSoon = () => { drawing ||= requestAnimationFrame(draw); };

  const settle = () => {
    clearInterval(scanning);
    scanning = 0;
    day = null;
    root.classList.remove(AHEAD);
    document.querySelectorAll(".map-date, .tally").forEach((part) => part.remove());
  };

  // The page has caught up where it stands on the day of the map.
  const scan = () => {
    if (!place()) settle();
    else if (day === ofPage()) settle();
  };

  const follower = {
    isReady: () => Boolean(record && place() && map?.plot()),
    step: (month) => {
      if (day === null && !follower.isReady()) return;
      // Other levels are on their way: the page alone knows them.
      if (!record) return settle();
      // While the page draws its map anew the drag goes on: the page comes for its last day.
      day = endOf(month);
      root.classList.add(AHEAD);
      scanning ||= setInterval(scan, SCAN_MS);
      drawSoon();
    },
    back: () => {
      if (day === null) return;
      day = ofPage();
      draw();
      settle();
    },
  };

  const ask = async (address) => {
    source = address;
    record = null;
    try {
      const answer = await fetch(address);
      const levels = answer.ok ? await answer.json() : null;
      if (source === address) record = levels;
    } catch {
      // The map follows the server alone; the next watch asks again.
      if (source === address) source = "";
    }
  };

  window.stancesDrag?.follow(follower);
  // `pictureOn(day)`: what the map has of an actor on any day, for tests too.
  window.stancesFollowing = { isReady: follower.isReady, pictureOn };
  setInterval(() => {
    const address = place()?.dataset.levels;
    if (address && address !== source && map?.plot()) ask(address);
  }, WATCH_MS);
})();
