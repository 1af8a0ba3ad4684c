// Begins the live view: by itself on a wide screen with a fast line, elsewhere when it is asked for.
window.__streamlit = { BACKEND_BASE_URL: new URL("./", location.href).href };
(() => {
  const query = new URLSearchParams(location.search), page = document.documentElement, line = navigator.connection;
  const isFramed = query.has("embed") || parent !== window;
  const isSlow = "saves" in page.dataset || line?.saveData || (line?.effectiveType ?? "4g") !== "4g";
  const isWide = matchMedia("(min-width: 900px)").matches;
  const begin = () => {
    const parts = document.getElementById("framework")?.content.cloneNode(true);
    document.getElementById("framework")?.remove();
    if (!parts) return;
    page.dataset.live = "begun";
    const loads = [...parts.children], load = () => requestAnimationFrame(() => setTimeout(() => document.head.append(...loads.splice(0))));
    // What is read is painted and can be moved first; at the latest some time after it is there.
    const soon = () => setTimeout(load, 1000), state = document.readyState;
    document.addEventListener("moves", load);
    if (state === "loading") document.addEventListener("DOMContentLoaded", soon);
    else (state === "complete" ? load : soon)();
  };
  document.addEventListener("click", (click) => {
    if (click.target.closest?.("[data-live]:not(html)")) { click.preventDefault(); begin(); }
  });
  if (page.dataset.begins ? page.dataset.begins === "1" : isWide && !isSlow && !isFramed) begin();
})();
