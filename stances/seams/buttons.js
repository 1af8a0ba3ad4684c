// Reaches figures that Streamlit keeps to itself, through two hidden buttons that they bring along, by
// which a figure takes the shape that fits its width (labels at the ends of lines, or, on a telephone, in
// a legend below; names of the columns of a matrix, or numbers).
//
// Leans on: plotly's classes js-plotly-plot and updatemenu-button, that a click on such a button does
//   what its arguments say, and that the figure keeps its layout in .layout.
// Fails: a figure stays as wide screens want it.
// Then: look in plotly.js, components/updatemenus/draw.js, for what a button is called; or, once
//   Streamlit hands plotly to scripts, call Plotly.relayout and drop the buttons.
(() => {
  const WATCH_MS = 300;
  // Where a figure does not say, as `meta`, that its shape for wide screens needs less.
  const NARROW_PX = 680;
  const WIDE_BUTTON = 0, NARROW_BUTTON = 1;
  const CHART = ".js-plotly-plot", BUTTON = ".updatemenu-button";

  const press = (button) => button.dispatchEvent(new MouseEvent("click", { cancelable: true }));

  // By showlegend a figure tells which of its two buttons was pressed last.
  const fit = (plot) => {
    const buttons = plot.querySelectorAll(BUTTON);
    if (buttons.length !== 2 || !plot.layout) return;
    const narrow = plot.clientWidth < (plot.layout.meta?.narrowPx ?? NARROW_PX);
    if (narrow !== Boolean(plot.layout.showlegend)) press(buttons[narrow ? NARROW_BUTTON : WIDE_BUTTON]);
  };

  // A rerun may bring another chart, and a turned telephone another width.
  setInterval(() => document.querySelectorAll(CHART).forEach(fit), WATCH_MS);
})();
