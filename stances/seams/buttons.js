// Reaches figures that Streamlit keeps to itself, through hidden buttons that they bring along: two by
// which a figure takes the shape that fits its width (labels at the ends of lines, or, on a telephone,
// in a legend below; names of the columns of a matrix, or numbers), and one that shows a frame.
//
// Leans on: plotly's classes js-plotly-plot and updatemenu-button, that a click on such a button does
//   what its arguments say, that the button keeps them in __data__.args, the figure its frames in
//   _transitionData._frames, and its layout in .layout.
// Fails: a figure stays as wide screens want it; the time-lapse shows its last month, no controls.
// Then: look in plotly.js, components/updatemenus/draw.js, for what a button is called and keeps; or, once
//   Streamlit hands plotly to scripts, call Plotly.relayout and Plotly.animate and drop the buttons.
(() => {
  const WATCH_MS = 300;
  const NARROW_PX = 560;
  const WIDE_BUTTON = 0, NARROW_BUTTON = 1;
  const CHART = ".js-plotly-plot", BUTTON = ".updatemenu-button";

  const press = (button) => button.dispatchEvent(new MouseEvent("click", { cancelable: true }));

  // By showlegend a figure tells which of its two buttons was pressed last.
  const fit = (plot) => {
    const buttons = plot.querySelectorAll(BUTTON);
    if (buttons.length !== 2 || !plot.layout) return;
    const narrow = plot.clientWidth < NARROW_PX;
    if (narrow !== Boolean(plot.layout.showlegend)) press(buttons[narrow ? NARROW_BUTTON : WIDE_BUTTON]);
  };

  // A rerun may bring another chart, and a turned telephone another width.
  setInterval(() => document.querySelectorAll(CHART).forEach(fit), WATCH_MS);

  window.stancesCharts = {
    // The chart in a part of the page; null while there is none.
    within: (part) => part.querySelector(CHART),
    // The names of its frames, in order.
    frames: (plot) => (plot?._transitionData?._frames ?? []).map((frame) => frame.name),
    // Shows a frame; nothing happens while the button is not drawn.
    show: (plot, frame) => {
      const button = plot?.querySelector(BUTTON);
      if (!button?.__data__?.args) return;
      button.__data__.args[0][0] = frame;
      press(button);
    },
  };
})();
