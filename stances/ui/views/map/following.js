// The map follows the hand: while the date is dragged, stepped through by key or played, it is coloured
// for each day in the browser, and the page comes when the hand rests.
//
// The page has an element of the class `hand` that names the levels of every day, which are asked for once
// the map is drawn, and the lines of the map.
(() => {
  const WATCH_MS = 300, LOOK_MS = 60;
  const AHEAD = "hand-ahead";
  const root = document.documentElement, map = window.stancesMap;

  let told = null;       // the levels: see routes/levels.py
  let asked = "";        // the address that they were asked for under
  let day = null;        // the day that the map is coloured for; null: that of the page
  let drawing = 0;       // set while a colouring waits for the browser's next picture
  let looking = 0;       // set while the page is behind the hand

  const place = () => document.querySelector(".hand");
  const ofPage = () => new URLSearchParams(location.search).get("as_of") ?? told.opens;

  const endOf = ([year, month]) => {
    const last = new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10);
    const reach = last.slice(0, 7) === told.opens.slice(0, 7) ? told.opens : told.last;
    return last < reach ? last : reach;
  };

  const on = (changes, date) => {
    let at = changes.length - 1;
    while (at > 0 && changes[at][0] > date) at -= 1;
    return changes[at];
  };

  const chosen = () => new URLSearchParams(location.search).get("actor");

  const lookOn = (date) => {
    const { lines, markers } = place().dataset, own = chosen();
    const of = (code) => {
      const changes = told.actors[code];
      if (!changes) return null;
      const [, level, fading, , outline] = on(changes, date);
      return { level, fading, line: code === own ? 3 : outline };
    };
    return { of, lines: JSON.parse(lines), markers: JSON.parse(markers) };
  };

  const inWords = (date) => new Date(`${date}T00:00:00Z`)
    .toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  // The date on the map, and how many of those that it shows stand where: large, since the eye is on the map.
  const label = (plot, date) => {
    const seen = map.codes(plot).map((code) => told.actors[code]).filter(Boolean);
    const every = seen.map((changes) => on(changes, date)[1]), levels = every.filter((level) => level !== null);
    const restrict = levels.filter((level) => level <= told.restricting).length;
    const open = levels.filter((level) => level >= told.open).length;
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
      [...map.levels(plot), null].map((level) => every.filter((each) => each === level).length),
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
    map.paint(plot, lookOn(day));
    label(plot, day);
  };

  // One colouring a picture, of the latest day, however fast the hand is.
  const drawSoon = () => { drawing ||= requestAnimationFrame(draw); };

  const settle = () => {
    clearInterval(looking);
    looking = 0;
    day = null;
    root.classList.remove(AHEAD);
    document.querySelectorAll(".map-date, .tally").forEach((each) => each.remove());
  };

  // The page has caught up where it stands on the day of the map.
  const look = () => {
    if (!place()) settle();
    else if (day === ofPage()) settle();
  };

  const follower = {
    isReady: () => Boolean(told && place() && map?.plot()),
    step: (month) => {
      if (day === null && !follower.isReady()) return;
      // Other levels are asked for: the page alone knows them.
      if (!told) return settle();
      // While the page draws its map anew the hand goes on: the page comes for its last day.
      day = endOf(month);
      root.classList.add(AHEAD);
      looking ||= setInterval(look, LOOK_MS);
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
    asked = address;
    told = null;
    try {
      const answer = await fetch(address);
      const found = answer.ok ? await answer.json() : null;
      if (asked === address) told = found;
    } catch {
      // The map follows the server alone; the next watch asks again.
      if (asked === address) asked = "";
    }
  };

  window.stancesHand?.follow(follower);
  // `lookOn(day)`: what the map shows of an actor on any day, for tests too.
  window.stancesFollowing = { isReady: follower.isReady, lookOn };
  setInterval(() => {
    const address = place()?.dataset.levels;
    if (address && address !== asked && map?.plot()) ask(address);
  }, WATCH_MS);
})();
