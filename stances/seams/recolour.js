// Colours a drawn map anew in the browser, as plotly would draw it for another day.
//
// Leans on: plotly's class choroplethlocation, of a country, whose code is in __data__.loc, and of a
//   marker .scattergeo .point, whose place among those of its trace is in __data__.i; on plotly keeping
//   what it draws in .data, writing the colour of a country into the attribute fill, and setting all of it
//   again whenever it draws; on its event plotly_afterplot.
// Fails: the map stays as the server sent it, and shows the new day when the page comes.
// Then: look in plotly.js, traces/choropleth/plot.js and style.js, for what a country is called and has.
(() => {
  const COUNTRY = ".choroplethlayer .choroplethlocation", MARKER = ".scattergeo .point";

  const asPlotlyWrites = (hex) => `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(", ")})`;

  // The colours of a trace by class: a scale of steps has each at two ends. First those of the levels, then
  // of no position, of what is not covered, and of the levels again where a position is fading.
  const fillsOf = (trace) => {
    const fills = trace.colorscale.filter((_, at) => at % 2 === 0).map(([, hex]) => asPlotlyWrites(hex));
    const levels = fills.length / 2 - 1, lowest = Math.round(trace.zmin + 0.5);
    return ({ level, fading }) => fills[level === null ? levels : level - lowest + (fading ? levels + 2 : 0)];
  };

  const drawLine = (shape, [colour, width]) => {
    shape.style.stroke = colour;
    shape.style.strokeWidth = `${width}px`;
  };

  const paintCountries = (plot, fillOf, picture) => {
    const rows = [...plot.querySelectorAll(COUNTRY)].map((shape) => [shape, picture.of(shape.__data__?.loc)]);
    for (const [shape, state] of rows) {
      if (!state) continue;
      shape.setAttribute("fill", fillOf(state));
      drawLine(shape, picture.lines[state.line]);
    }
    // As they are drawn: the strongest outlines first, so that neighbours cover the outer half of each; the
    // chosen one last.
    const places = [2, 1, 0, 3], placeOf = ([, state]) => places.indexOf(state?.line ?? 0);
    const order = [...rows].sort((one, other) => placeOf(one) - placeOf(other));
    if (order.some((row, at) => row !== rows[at])) rows[0][0].parentNode.append(...order.map(([shape]) => shape));
  };

  const paintMarkers = (plot, fillOf, picture) => {
    const codes = plot.data[1]?.customdata ?? [];
    for (const shape of plot.querySelectorAll(MARKER)) {
      const state = picture.of(codes[shape.__data__?.i]);
      if (!state) continue;
      shape.style.fill = fillOf(state);
      drawLine(shape, picture.markers[state.line]);
    }
  };

  window.stancesMap = {
    // The map of the page; null while it is not drawn.
    plot: () => {
      const plot = document.querySelector(".st-key-map .js-plotly-plot");
      return plot?.data?.[0]?.colorscale && plot.querySelector(COUNTRY)?.__data__ ? plot : null;
    },
    // `picture`: of(code): level (null: no position), fading and line (0 plain, 1 a power, 2 a rule used,
    // 3 chosen) of an actor, nothing where it is none; lines and markers: colour and width in px of each kind of line.
    paint: (plot, picture) => {
      const fillOf = fillsOf(plot.data[0]);
      paintCountries(plot, fillOf, picture);
      paintMarkers(plot, fillOf, picture);
    },
    // The levels that the map has colours for, from the lowest on.
    levels: (plot) => {
      const { colorscale, zmin } = plot.data[0], lowest = Math.round(zmin + 0.5);
      return Array.from({ length: colorscale.length / 4 - 1 }, (_, at) => lowest + at);
    },
    // The codes of all that the map draws, whatever else there is.
    codes: (plot) => plot.data.slice(0, 2).flatMap((trace) => [...(trace.customdata ?? [])]).filter(Boolean),
    // Calls `follow` whenever plotly has drawn the map.
    onDrawn: (plot, follow) => {
      if (plot.stancesHeard) return;
      plot.stancesHeard = true;
      plot.on?.("plotly_afterplot", follow);
    },
  };
})();
