// The map in the browser: recoloured while its date is dragged, stepped, typed or played, from the days on which
// levels change (`answers.change_points`); it names what is pointed at, and tells once where the date rests, by
// the event "rest". It is the same on a page before scripts, in a frame and in the live view.
const REST_MS = 250, STEP_MS = 60;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

const inWords = (day) => `${Number(day.slice(8))} ${MONTHS[day.slice(5, 7) - 1]} ${day.slice(0, 4)}`;
const monthOf = (day) => 12 * day.slice(0, 4) + Number(day.slice(5, 7)) - 1;
const endOf = (month) => new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toISOString().slice(0, 10);

const records = {};  // by address
const recordAt = (address) => (records[address] ??= fetch(address).then((answer) => answer.json()));

// All marks of an actor: its country or square, its name with the dot (`data-name-of`), and the link around it.
const marksIn = (stage) => {
  const marks = {};
  for (const node of stage.querySelectorAll("[data-actor], [data-name-of]")) {
    const mark = (marks[node.dataset.actor ?? node.dataset.nameOf] ??= { nodes: [] });
    mark.nodes.push([node, [...node.classList].filter((name) => /^(area|spot|sq)$/.test(name)).join(" ")]);
    mark.link ??= node.closest("a");
  }
  return Object.entries(marks);
};

/** Let a stage (map.py) be moved. Returns `ready`, `show`, `accept` (a day that a page brings), `forget`, `isHeld`. */
export const start = (stage) => {
  const part = (selector) => stage.querySelector(selector);
  const range = part("[type=range]"), play = part(".play"), hand = part(".hand"), tip = part(".tip"), now = part(".onmap");
  const marks = marksIn(stage);
  let record, day = stage.dataset.day, resting, playing, isKey = false, isHeld = false;
  let told = null, brought;  // the day that was told, until a page brings it; the day that the page around it tells of

  const on = (code) => record.actors[code].findLast(([since]) => since <= day) ?? record.actors[code][0];
  const classOf = ([, level, isOld, , isUsed]) =>
    `${level === null ? "none" : `l${level}`}${level !== null && isOld ? " old" : ""}${isUsed ? " used" : ""}`;
  const wordsOf = (code) => {
    const [, level, , rests] = on(code), beside = record.rests[rests];
    if (level !== null) return `${record.names[code]}: ${record.labels[level]}, ${beside}`;
    return `${record.names[code]}: ${record.none}${beside ? `; ${beside}` : ""}`;
  };

  const show = (next, isBrought = false) => {
    if (!record) return;
    day = next < record.first ? record.first : next > record.last ? record.last : next;
    if (isBrought) brought = day;
    for (const [code, mark] of marks) {
      const state = on(code);
      if (state === mark.state) continue;
      mark.state = state;
      for (const [node, kind] of mark.nodes) node.setAttribute("class", `${kind} ${classOf(state)}`.trim());
      mark.link?.setAttribute("aria-label", wordsOf(code));
    }
    const [first, last, at] = [record.first, record.last, day].map(Date.parse);
    hand.style.left = `${(100 * (at - first)) / (last - first)}%`;
    range.value = monthOf(day);
    range.setAttribute("aria-valuetext", inWords(day));
    stage.dataset.day = day;
    now.firstChild.textContent = inWords(day);
    stage.toggleAttribute("data-moves", day !== brought);
    stage.toggleAttribute("data-past", day !== record.last);
  };
  // In the last month, the day up to which there is data.
  const showMonth = (month) => show(month >= monthOf(record.last) ? record.last : endOf(month));

  const stop = () => {
    clearTimeout(resting);
    playing = clearInterval(playing);
    play.ariaPressed = "false";
    play.textContent = "▶";
    isHeld = false;
  };
  const hold = () => { stop(); isHeld = true; };
  const tell = () => {
    isHeld = false;
    told = day;
    stage.dispatchEvent(new CustomEvent("rest", { bubbles: true, detail: day === record.last ? null : day }));
  };
  const letGo = () => { hold(); resting = setTimeout(tell, REST_MS); };

  range.oninput = () => { if (record) { hold(); showMonth(Number(range.value)); } };
  // A key that is held down repeats only after half a second: it rests where it comes up.
  range.onkeydown = () => { isKey = true; };
  range.onkeyup = range.onblur = () => { if (isKey && isHeld) letGo(); isKey = false; };
  range.onchange = () => { if (record && !isKey) letGo(); };
  play.onclick = () => {
    if (!record) return;
    if (playing) return letGo();
    hold();
    play.ariaPressed = "true";
    play.textContent = "❚❚";
    if (day >= record.last) show(record.first);
    playing = setInterval(() => { showMonth(monthOf(day) + 1); if (day >= record.last) letGo(); }, STEP_MS);
  };
  now.lastChild.onclick = (press) => { if (record) { press.preventDefault(); show(record.last); letGo(); } };

  // A link in the stage leads to the day that is shown; of who has no position, by way of the field to another.
  const lead = ({ target }) => {
    const link = record && target.closest("a[href]:not(.onmap a)"), code = link?.querySelector("[data-actor]")?.dataset.actor;
    if (!link) return;
    const [path, query] = link.getAttribute("href").split("?"), texts = new URLSearchParams(query);
    if (day === record.last) texts.delete("as_of");
    else texts.set("as_of", day);
    if (code && on(code)[1] === null) texts.set("domain", record.domain);
    link.setAttribute("href", `${path}${texts.size ? `?${texts}` : ""}`);
  };
  const point = (event) => {
    const code = record && event.target.closest("[data-actor]")?.dataset.actor, box = stage.getBoundingClientRect();
    if ((tip.hidden = !code || event.pointerType === "touch")) return;
    tip.textContent = `${wordsOf(code)}${on(code)[1] === null ? `, ${inWords(day).slice(-8)}` : ""}`;
    tip.style.left = `${Math.max(0, Math.min(event.clientX - box.left + 12, box.width - tip.offsetWidth))}px`;
    tip.style.top = `${event.clientY - box.top + 16}px`;
  };
  stage.onpointerover = (event) => { lead(event); point(event); };
  stage.onpointerdown = lead;
  stage.addEventListener("focusin", lead);
  stage.onpointermove = point;
  stage.onpointerleave = () => { tip.hidden = true; };

  const ready = recordAt(stage.dataset.levels).then((read) => { record = read; show(day, true); });
  return {
    ready,
    show: (next) => { show(next); if (record) letGo(); },
    accept: (next) => { if (!isHeld && (told ?? next) === next) { told = null; show(next, true); } },
    forget: () => { stop(); told = null; },
    isHeld: () => isHeld,
    last: () => record?.last,
  };
};
