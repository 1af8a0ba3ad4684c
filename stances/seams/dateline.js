// A line across a drawn chart at a date, while the hand moves that date.
//
// Leans on: plotly keeping the axes of a figure in _fullLayout, the pairs of them in _subplots.cartesian,
//   and of each axis its offset, its length and d2p, which turns a date into px.
// Fails: no line follows the hand, and the chart comes with the page as before.
// Then: look in plotly.js, plots/cartesian/axes.js, for what turns a value into px.
(() => {
  const LINE = "date-line";

  const pairs = (plot) => (plot?._fullLayout?._subplots?.cartesian ?? [])
    .map((id) => id.match(/^(x\d*)(y\d*)$/)?.slice(1).map((name) => plot._fullLayout[`${name[0]}axis${name.slice(1)}`]))
    .filter((axes) => axes?.every(Boolean) && axes[0].type === "date" && axes[0].d2p);

  const hide = (plot) => plot?.querySelectorAll(`.${LINE}`).forEach((line) => line.remove());

  const show = (plot, date, words) => {
    hide(plot);
    pairs(plot).forEach(([across, up], at) => {
      const left = across.d2p(date);
      // Beyond the period that is drawn it would tell a wrong date.
      if (left < 0 || left > across._length) return;
      const line = document.createElement("div");
      line.className = LINE;
      line.setAttribute("aria-hidden", "true");
      line.style.cssText = `left:${across._offset + left}px;top:${up._offset}px;height:${up._length}px`;
      if (at === 0) line.append(words);
      if (left > across._length / 2) line.classList.add("at-the-end");
      plot.append(line);
    });
  };

  window.stancesDateLine = {
    // The chart of dates in a part of the page; null while there is none.
    plot: (part) => [document.querySelector(`${part} .js-plotly-plot`)].find((plot) => pairs(plot).length) ?? null,
    show, // at a date (2019-03-31), with words beside it
    hide,
  };
})();
