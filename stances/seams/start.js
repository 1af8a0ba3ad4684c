// Begins the live view: by itself on a wide screen with a fast line, elsewhere where the address asks for it.
window.__streamlit = { BACKEND_BASE_URL: new URL("./", location.href).href };
(() => {
  const query = new URLSearchParams(location.search), page = document.documentElement, line = navigator.connection;
  const isFramed = query.has("embed") || parent !== window;
  const isSlow = "saves" in page.dataset || line?.saveData || (line?.effectiveType ?? "4g") !== "4g";
  const isWide = matchMedia("(min-width: 900px)").matches;
  if (!(page.dataset.begins ? page.dataset.begins === "1" : isWide && !isSlow && !isFramed)) return;
  page.dataset.live = "begun";
  const loads = [...document.getElementById("framework").content.cloneNode(true).children];
  const load = () => requestAnimationFrame(() => setTimeout(() => document.head.append(...loads.splice(0))));
  // What is read is painted and can be moved first; at the latest some time after it is there.
  document.addEventListener("moves", load);
  document.addEventListener("DOMContentLoaded", () => setTimeout(load, 1000));
})();
