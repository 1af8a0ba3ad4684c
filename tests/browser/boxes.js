// What of a page lies where: overlapping and cut texts and controls, as lines of words.
//
// A text is measured line by line, as far as the boxes that scroll or hide let it be seen. Two
// lines of text may touch by the height that a font has above and below its letters.
() => {
  const TOUCH_PX = 4;
  const CONTROLS = "button, input:not([type=range]), select, canvas, .stSelectbox [role=group]";
  // Text on a control is its own.
  const OWN = "button, label, [role=group], [role=combobox], .react-aria-ComboBox, [data-tag]";
  const SKIPPED = "canvas, script, style, [data-testid=stHeader], .st-key-navigation, .st-key-introduction, .modebar";
  // What lies below the window is seen by scrolling.
  const WINDOW = ".stMain, .stAppViewContainer, .stApp";
  // The choice of view lies on the sea of the map by design.
  const ON_THE_SEA = ".st-key-view";
  // The options of this control are the cards that they lie over; their names are texts like others.
  const OVER_CARDS = ".st-key-featured";

  const clipped = (rect, element) => {
    let { left, top, right, bottom } = rect, cut = false;
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.visibility === "hidden" || style.opacity === "0") return null;
      if (style.position === "absolute" && box.offsetWidth <= 1 && box.offsetHeight <= 1) return null;
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      if (box.matches(WINDOW)) continue;
      const edge = box.getBoundingClientRect();
      // What a box hides is lost; what a box scrolls can be scrolled to.
      cut ||= style.overflowX === "hidden" && (right - edge.right > 1 || edge.left - left > 1);
      cut ||= style.overflowY === "hidden" && bottom - edge.bottom > TOUCH_PX;
      left = Math.max(left, edge.left); right = Math.min(right, edge.right);
      top = Math.max(top, edge.top); bottom = Math.min(bottom, edge.bottom);
    }
    return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom, cut } : null;
  };

  // A closed fold is not visible, a hidden part of a picture has no size.
  const drawn = element =>
    element.checkVisibility() && element.getBoundingClientRect().height > 0;

  const found = [];
  const add = (element, rect, name) => {
    const box = clipped(rect, element);
    if (box) found.push({ element, name, ...box });
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement, name = node.textContent.trim();
    if (!name || !element || element.closest(SKIPPED) || !drawn(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) add(element, rect, name.slice(0, 60));
  }
  for (const element of document.querySelectorAll(CONTROLS)) {
    if (!drawn(element) || (element.closest(SKIPPED) && !element.matches("canvas"))) continue;
    // Tabs that do not fit scroll under an arrow of Streamlit's.
    if (element.closest(OVER_CARDS) || element.matches('[aria-label^="Scroll tabs"]')) continue;
    const name = element.getAttribute("aria-label") || element.textContent || element.tagName;
    add(element, element.getBoundingClientRect(), `<${name.trim().slice(0, 40)}>`);
  }

  const overlap = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > TOUCH_PX;
  const related = (one, other) =>
    one.element.contains(other.element) || other.element.contains(one.element) ||
    [OWN, ON_THE_SEA].some(own => {
      const home = one.element.closest(own);
      return home && home === other.element.closest(own);
    });

  const lines = new Set();
  found.forEach((one, index) => found.slice(index + 1).forEach(other => {
    if (overlap(one, other) && !related(one, other)) lines.add(`${one.name} | ${other.name}`);
  }));
  const outside = found
    .filter(one => one.left < -1 || one.right > innerWidth + 1)
    .map(one => one.name);
  const cut = found
    .filter(one => one.cut && one.element.closest("[data-testid=stMarkdownContainer], [data-testid=stHtml], svg"))
    .filter(one => !one.element.closest(OWN))
    .map(one => one.name);
  return { overlapping: [...lines], outside, cut };
}
