// Begins what the first map waits for: plotly's code is run while the page connects, in place of when the
// map has come, and the outlines are at hand, which plotly would ask for in the midst of drawing.
//
// Leans on: the page naming among what is to be loaded ahead the file of plotly's code, as `chart_code.py`
//   finds it, and that of the outlines; on plotly keeping outlines in `window.PlotlyGeoAssets.topojson` by
//   the names of their files, and asking for those alone that are not there.
// Fails: the code is run once the map has come, and what has come by then is drawn before the map.
// Then: look in plotly.js, plots/geo/geo.js, for what it reads before it fetches.
(() => {
  const outlines = document.querySelector('link[rel=preload][as=fetch][href$=".json"]');
  const code = document.querySelector('link[rel=modulepreload][href*="/PlotlyChart."]');
  if (!outlines || !code) return;
  const name = outlines.href.match(/([^/]+)\.json$/)[1];
  const { topojson } = (window.PlotlyGeoAssets ??= { topojson: {} });
  fetch(outlines.href)
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((found) => { if (found) topojson[name] ??= found; })
    .catch(() => { /* Plotly asks again, and says what is wrong. */ });
  import(code.href).catch(() => { /* So does Streamlit. */ });
})();
