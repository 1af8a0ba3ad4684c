// What axe finds on the page at fault, once its script is there: by some rules, or by all of them.
//
// To judge a contrast takes it most of its time. Of texts in the same place of the same boxes, in
// the same ink on the same ground, it judges the first alone: the others are its like, and so are
// those that the page shows later, in a window of another width or in another view.
async rules => {
  // Which of these axe leaves out hangs on more than on how they look.
  const JUDGED_EACH = "label, label *, [disabled], [disabled] *, [aria-disabled], [aria-disabled] *";
  const ALIKE = "data-alike";

  // What the eye passes for the mouse is painted too.
  const reached = new CSSStyleSheet();
  reached.replaceSync("* { pointer-events: auto !important }");

  const remembered = work => {
    const known = new Map();
    return part => {
      if (!known.has(part)) known.set(part, work(part));
      return known.get(part);
    };
  };
  const paint = remembered(part => {
    const style = getComputedStyle(part);
    const painted = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode"];
    if (part instanceof SVGElement) painted.push("fill", "fillOpacity");
    return [part.tagName, ...painted.map(name => style[name])].join();
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

  const sheets = document.adoptedStyleSheets;
  document.adoptedStyleSheets = [...sheets, reached];
  const looks = (window.judgedLooks ??= new Set()), alike = [];
  for (const part of document.body.querySelectorAll("*")) {
    const points = middles(part);
    // What lies on what is not known outside of the window.
    if (!points.length || !points.every(inWindow) || part.matches(JUDGED_EACH)) continue;
    const grounds = points.map(([x, y]) => document.elementsFromPoint(x, y).map(paint).join(" / "));
    const look = [place(part), ink(part), ...new Set(grounds)].join(" | ");
    if (looks.has(look)) alike.push(part);
    looks.add(look);
  }
  document.adoptedStyleSheets = sheets;

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
