// What of a page lies where a reader cannot see it, as lines of words: texts and fields outside of the
// window, cut by a box that hides, or on other words. A text is measured line by line.
() => {
  const SILENT = "script, style, template, noscript, option, title, .modebar, [data-a11y-ignore]";
  const TOUCH = 4, wide = document.documentElement.clientWidth;
  const isShown = (part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const lines = [];
  const add = (part, box, name) => {
    if (box.width < 2 || box.height < 2) return;
    const one = { part, name, left: box.left, top: box.top, right: box.right, bottom: box.bottom };
    for (let around = part; around && around !== document.body; around = around.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(around), edge = around.getBoundingClientRect();
      if (position === "absolute" && edge.width <= 1) return;  // for ears alone
      if (around.localName === "svg" ? around.closest(".crop") : false) return;  // a map is cropped
      if (overflowX !== "visible") one.isCut ||= one.right - edge.right > 1 || edge.left - one.left > 1;
      if (overflowY !== "visible" && !around.matches("html, .stMain")) one.isCut ||= one.bottom - edge.bottom > TOUCH;
    }
    lines.push(one);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const part = node.parentElement, name = node.data.trim().slice(0, 50);
    if (!name || part.closest(SILENT) || !isShown(part)) continue;
    if (part.closest("details:not([open])") && !part.closest("summary")) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) add(part, box, name);
  }
  for (const part of document.querySelectorAll("input:not([type=range], [type=hidden]), select, button")) {
    if (isShown(part) && !part.closest(SILENT)) add(part, part.getBoundingClientRect(), `<${part.ariaLabel || part.textContent}>`);
  }
  const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > TOUCH;
  // Rows slide under the bar at the foot of the window.
  const isOf = (a, b) => [a, b].some((one) => one.part.closest(".parts")) || a.part.contains(b.part) || b.part.contains(a.part)
    || ["button", "[role=group]", ".react-aria-ComboBox"].some((own) => a.part.closest(own)?.contains(b.part));
  const said = new Set();
  if (document.documentElement.scrollWidth > wide) said.add(`the page scrolls to ${document.documentElement.scrollWidth}`);
  lines.sort((one, other) => one.top - other.top).forEach((one, at) => {
    if (one.left < -1 || one.right > wide + 1) said.add(`outside: ${one.name}`);
    if (one.isCut) said.add(`cut: ${one.name}`);
    for (let next = at + 1; next < lines.length && lines[next].top < one.bottom; next += 1) {
      const other = lines[next];
      if (overlap(one, other) && !isOf(one, other)) said.add(`on one another: ${one.name} | ${other.name}`);
    }
  });
  return [...said];
}
