// Gives a link to a picture or a brief the view that is shown, the moment it is pressed, focused or pointed at: so the
// link is the same on every day, and no step of the date sends it again. One with the attribute data-view
// takes along the parameters of the address that the attribute names, and is saved under the title of the page.
//
// Leans on: Streamlit keeping what a page has written into the address there, and data attributes of links.
// Fails: the link leads to what shows the view that its page opens with.
// Then: have the server write the parameters into the link, and mind what a step sends.
(() => {
  const fileName = () => document.title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");

  const follow = ({ target }) => {
    const link = target.closest?.("a[data-view]");
    if (!link) return;
    const shown = new URLSearchParams(location.search), place = new URL(link.href);
    for (const name of link.dataset.view.split(" ")) {
      const value = shown.get(name);
      if (value === null) place.searchParams.delete(name);
      else place.searchParams.set(name, value);
    }
    link.href = place.href;
    link.download = `${fileName()}${place.pathname.slice(place.pathname.lastIndexOf("."))}`;
  };

  for (const kind of ["click", "pointerdown", "pointerover", "focusin", "contextmenu"]) {
    document.addEventListener(kind, follow, true);
  }
})();
