// A switch for the codes of countries in the menu of the map. What a reader chose is kept in the browser.
//
// Leans on: plotly's classes modebar-group and modebar-btn, of the menu of a chart and its parts, and that
//   it draws the codes as the texts of the last trace of its scatterlayer.
// Fails: the menu has no such switch, and the codes stay on the map.
// Then: look in plotly.js, components/modebar, for what the parts of the menu are called now.
(() => {
  const WATCH_MS = 300;
  const MENU = ".st-key-map .modebar-group:last-of-type", OFF = "codes-off", KEPT = "stances-codes";
  const root = document.documentElement;

  const kept = () => { try { return localStorage.getItem(KEPT); } catch { return null; } };
  const keep = (value) => { try { localStorage.setItem(KEPT, value); } catch { /* for this page alone */ } };

  const tell = (button) => button.setAttribute("aria-pressed", String(!root.classList.contains(OFF)));

  const turn = (button) => {
    keep(root.classList.toggle(OFF) ? "off" : "on");
    tell(button);
  };

  const made = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "modebar-btn codes";
    button.dataset.title = "Country codes";
    button.setAttribute("aria-label", "Country codes");
    button.textContent = "ABC";
    button.addEventListener("click", () => turn(button));
    tell(button);
    return button;
  };

  if (kept() === "off") root.classList.add(OFF);
  // The menu is drawn anew with the map.
  setInterval(() => {
    const menu = document.querySelector(MENU);
    if (menu && !menu.querySelector(".codes")) menu.append(made());
  }, WATCH_MS);
})();
