// What axe finds on the page at fault, once its script is there: by some rules, or by all of them.
//
// To judge a contrast takes it most of its time. Of texts in the same place of the same boxes, in
// the same ink on the same ground, it judges the first alone: the others are its like, and so are
// those that the page shows later, in a window of another width or in another view.
async rules => {
  // Which of these axe leaves out hangs on more than on how they look.
  const JUDGED_EACH = "label, label *, [disabled], [disabled] *, [aria-disabled], [aria-disabled] *";
  const ALIKE = "data-alike";

  const remembered = work => {
    const known = new Map();
    return part => {
      if (!known.has(part)) known.set(part, work(part));
      return known.get(part);
    };
  };
  const PAINTS = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode"];
  const CLEAR = "rgba(0, 0, 0, 0),none,1,none,normal";
  const paint = remembered(part => {
    const style = getComputedStyle(part), look = PAINTS.map(name => style[name]).join();
    const isDrawn = part instanceof SVGElement || part.matches("img, canvas");
    if (!isDrawn && look === CLEAR) return "";
    const how = ["visibility", "position", "zIndex", "fill", "fillOpacity"];
    return [part.tagName, look, ...how.map(name => style[name])].join();
  });
  const place = remembered(part => {
    const above = part.parentElement ? place(part.parentElement) : "";
    return `${above} > ${part.getAttribute("class")} ${paint(part)}`;
  });
  const ink = part => {
    const style = getComputedStyle(part);
    return ["color", "fontSize", "fontWeight", "textShadow", "stroke"].map(name => style[name]).join();
  };

  // The middles of the lines of an element's own text.
  const range = document.createRange();
  const middles = part => [...part.childNodes]
    .filter(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
    .flatMap(node => {
      range.selectNodeContents(node);
      return [...range.getClientRects()].map(box => [box.x + box.width / 2, box.y + box.height / 2]);
    });
  const inWindow = ([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;

  // All that paints, by the bands of the page that it reaches: to ask the browser what lies under a
  // point takes it through the whole page.
  const BAND_PX = 64;
  const bands = [];
  for (const part of document.body.querySelectorAll("*")) {
    if (!paint(part)) continue;
    const { left, top, right, bottom } = part.getBoundingClientRect();
    const last = Math.min(bottom, innerHeight) / BAND_PX;
    for (let band = Math.max(0, Math.floor(top / BAND_PX)); band <= last; band++)
      (bands[band] ??= []).push({ part, left, top, right, bottom });
  }
  const groundOf = ([x, y]) => (bands[Math.floor(y / BAND_PX)] ?? [])
    .filter(box => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)
    .map(box => paint(box.part)).join(" / ");

  const looks = (window.judgedLooks ??= new Set()), alike = [];
  for (const part of document.body.querySelectorAll("*")) {
    const points = middles(part);
    // What lies on what is not known outside of the window.
    if (!points.length || !points.every(inWindow) || part.matches(JUDGED_EACH)) continue;
    const look = [place(part), ink(part), ...new Set(points.map(groundOf))].join(" | ");
    if (looks.has(look)) alike.push(part);
    looks.add(look);
  }

  // Axe leaves the size of what is pressed alone unless it is asked.
  const contrast = { id: "color-contrast", selector: `*:not([${ALIKE}])` };
  axe.configure({ rules: [contrast, { id: "target-size", enabled: true }] });
  alike.forEach(part => part.setAttribute(ALIKE, ""));
  try {
    const some = rules.length ? { runOnly: { type: "rule", values: rules } } : {};
    // What it would ask for anew first is sound and film, and there is none.
    const options = { resultTypes: ["violations"], preload: false, ...some };
    return (await axe.run(document, options)).violations;
  } finally {
    alike.forEach(part => part.removeAttribute(ALIKE));
  }
}
