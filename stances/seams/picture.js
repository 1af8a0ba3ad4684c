// Completes the picture that a chart's own menu saves, or a button below it that names it. On the page
// title, date, legend and source stand around a chart; a file that leaves the page must carry them, so
// they go into margins of the picture.
//
// This script hears the press on the camera first, gives the chart a completed layout for that moment,
// and takes it back. What it writes it reads from the page, so picture and page cannot disagree and
// nothing more has to be sent.
//
// Leans on: plotly's classes js-plotly-plot and modebar-btn, the title of its camera, that it copies a
//   figure's layout and _context the moment the camera is pressed, and the sizes in _fullLayout.
//   Streamlit's classes stMain, around what the page says, and stApp, which has its colours.
// Fails: the chart is saved as it is, without title, date, legend and source.
// Then: look in plotly.js, components/modebar/buttons.js and snapshot/, for what the camera does.
(() => {
  const SCALE = 2, EDGE_PX = 16, GAP_PX = 6, LINE = 1.3;
  const CAMERA = '.modebar-btn[data-title^="Download plot"]';
  const PARTS = "h1.headline, h2.finding, h3, p.subtitle, p.small, div.legend, .js-plotly-plot";
  const CLEAR = "rgba(0,0,0,0)";  // as figures write it, and, with blanks, styles

  const plain = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const textOf = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const pen = document.createElement("canvas").getContext("2d");

  // Pieces of `{words, markup}` as lines that fit, joined by `glue`.
  const lines = (pieces, glue, font, width) => {
    pen.font = font;
    const found = [];
    let words = "", markup = "";
    for (const piece of pieces) {
      const longer = words ? words + glue + piece.words : piece.words;
      if (words && pen.measureText(longer).width > width) {
        found.push(markup);
        [words, markup] = [piece.words, piece.markup];
      } else {
        [words, markup] = [longer, markup ? markup + glue + piece.markup : piece.markup];
      }
    }
    return words ? [...found, markup] : found;
  };

  const inWords = (text) => text.split(" ").map((words) => ({ words, markup: plain(words) }));

  // An item of a legend with its mark as a character: full in its colour, else its edge.
  const item = (element) => {
    const words = textOf(element), mark = element.querySelector(".swatch, .dot, .mark, .way");
    if (!mark) return { words, markup: plain(words) };
    const style = getComputedStyle(mark), full = style.backgroundColor.replaceAll(" ", "") !== CLEAR;
    const round = style.borderRadius.endsWith("%");
    const signs = round ? "●○" : mark.matches(".way") ? "▬▭" : "■□", sign = signs[full ? 0 : 1];
    const color = full ? style.backgroundColor : style.borderTopColor;
    return { words: `${sign} ${words}`, markup: `<span style="color:${color}">${sign}</span> ${plain(words)}` };
  };

  // What the page says of a chart: the heading above it and what follows that, and its legend.
  const told = (plot) => {
    const parts = [...(document.querySelector(".stMain") ?? document).querySelectorAll(PARTS)];
    const at = parts.indexOf(plot);
    let title = null, shown = null, more = [];
    for (const part of parts.slice(0, at)) {
      if (part.matches("h1.headline, h2.finding")) [title, shown, more] = [part, null, []];
      else if (part.matches("p.subtitle") || (title && part === title.nextElementSibling)) shown ??= part;
      else if (part.matches("h3")) more = [part];
      else if (part.matches("p.small")) more.push(part);
    }
    const legend = [parts[at + 1], parts[at - 1]].find((part) => part?.matches("div.legend"));
    return { title, shown, more, legend };
  };

  const completed = (plot) => {
    const { layout, _fullLayout: full } = plot, size = full._size;
    const page = getComputedStyle(document.querySelector(".stApp") ?? document.body);
    const notes = [];
    // Rows of text one below another, from so many px under (y 0) or over (y 1) the plot.
    const stack = (rows, y, start) => rows.reduce((down, { pieces, glue, px, bold }) => {
      const font = `${bold ? "600 " : ""}${px}px sans-serif`;
      const found = lines(pieces, glue, font, full.width);
      if (found.length === 0) return down;
      const text = found.join("<br>");
      notes.push({
        text: bold ? `<b>${text}</b>` : text, font: { size: px, color: page.color },
        x: 0, xref: "paper", xanchor: "left", xshift: -size.l,
        y, yref: "paper", yanchor: "top", yshift: -down, align: "left", showarrow: false, borderpad: 0,
      });
      return down + found.length * px * LINE + GAP_PX;
    }, start);

    const { title, shown, more, legend } = told(plot);
    const row = (element, px, bold) => ({ pieces: inWords(textOf(element)), glue: " ", px, bold });
    const head = [row(title, 17, true), row(shown, 12.5), ...more.map((part) => row(part, 12.5))];
    const view = document.title.slice(0, document.title.lastIndexOf(" – "));
    const source = textOf(document.querySelector(".source span"));
    const foot = [
      { pieces: [...(legend?.children ?? [])].map(item), glue: "   ", px: 12.5 },
      { pieces: inWords(`${view}. ${source}`), glue: " ", px: 11.5 },
    ];
    const bottom = stack(foot, 0, size.b + 2 * GAP_PX) + GAP_PX;
    // Its height is known once it is made, so it is made from its own top and then lifted.
    const first = notes.length;
    const top = stack(head, 1, EDGE_PX) + GAP_PX;
    notes.slice(first).forEach((note) => { note.yshift += size.t + top; });
    return {
      ...layout,
      annotations: [...(layout.annotations ?? []), ...notes],
      width: full.width + 2 * EDGE_PX,
      height: full.height + top + bottom - size.b,
      margin: { ...layout.margin, l: size.l + EDGE_PX, r: size.r + EDGE_PX, t: size.t + top, b: bottom },
      paper_bgcolor: full.paper_bgcolor === CLEAR ? page.backgroundColor : full.paper_bgcolor,
      // A picture has no other typeface at hand: what is measured is what will be drawn.
      font: { ...layout.font, family: "sans-serif" },
      // Hidden buttons by which scripts of the page reach a figure.
      updatemenus: [],
    };
  };

  // Set while a button has the camera pressed for it.
  let asked = "png";

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("button[data-chart]");
    if (!button) return;
    asked = button.dataset.form;
    document.querySelector(`.st-key-${button.dataset.chart} .js-plotly-plot ${CAMERA}`)?.click();
    asked = "png";
  });

  const fileName = () => document.title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");

  document.addEventListener("click", (event) => {
    const plot = event.target.closest?.(CAMERA)?.closest(".js-plotly-plot");
    if (!plot) return;
    const { layout, _context: config } = plot;
    plot.layout = completed(plot);
    const { width, height } = plot.layout;
    const options = { format: asked, scale: SCALE, width, height, filename: fileName() };
    plot._context = { ...config, toImageButtonOptions: options };
    setTimeout(() => Object.assign(plot, { layout, _context: config }));
  }, true);
})();
