// Gives a figure the shape that fits its width: labels at the ends of lines, or, on a telephone, in a
// legend below; names of the columns of a matrix, or numbers. It brings both as hidden buttons; this
// presses one.
// No tag may be written in this file: the sanitiser of the page drops a script that holds markup.
(() => {
  const WATCH_MS = 300;
  const NARROW_PX = 560;
  const WIDE_BUTTON = 0, NARROW_BUTTON = 1;

  const fitOne = plot => {
    const buttons = plot.querySelectorAll(".updatemenu-button");
    if (buttons.length !== 2) return;
    const narrow = plot.clientWidth < NARROW_PX;
    if (narrow === Boolean(plot.layout.showlegend)) return;
    buttons[narrow ? NARROW_BUTTON : WIDE_BUTTON].dispatchEvent(new MouseEvent("click"));
  };
  const FIGURES = "[class*=st-key-trend] .js-plotly-plot, .st-key-matrix .js-plotly-plot";
  const fit = () => document.querySelectorAll(FIGURES).forEach(fitOne);

  // A rerun brings the script again and may bring another chart; one watch at a time is enough.
  clearInterval(window.stancesFit);
  window.stancesFit = setInterval(fit, WATCH_MS);
})();
