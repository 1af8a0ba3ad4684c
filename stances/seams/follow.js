// Follows a link to another view, of this page or another, in place: one with the attribute data-here becomes the
// address, and the page is drawn by it as after a step back. A click that asks for a new tab gets one. The
// link that takes its place gets the focus, so that a keyboard goes on from there.
//
// Leans on: Streamlit reading the address anew when the browser goes back or forward (popstate), and
//   running the script by it; on st.html keeping data attributes.
// Fails: the address changes and the page stays as it was; without this script the link opens the view
//   anew in the same tab.
// Then: take the attribute off, so that it is a link like others.
(() => {
  const wantsTab = ({ button, metaKey, ctrlKey, shiftKey, altKey }) =>
    button !== 0 || metaKey || ctrlKey || shiftKey || altKey;

  // The head of a column leads to another of its orders then.
  const isNext = (link, old) =>
    link.href === old.href || (link.closest("th") && old.closest("th") && link.hash === old.hash);

  let watch;
  const focusOnNext = (old) => {
    // One that nothing took the place of waits no longer.
    watch?.disconnect();
    watch = new MutationObserver(() => {
      const links = [...document.querySelectorAll("a[data-here]")];
      // Another link may lead to the same view, as that of the page in the navigation.
      const link = links.find((next) => next !== old && next.textContent === old.textContent && isNext(next, old));
      if (old.isConnected || !link) return;
      watch.disconnect();
      if (document.activeElement === document.body) link.focus();
    });
    watch.observe(document.body, { childList: true, subtree: true });
  };

  document.addEventListener("click", (click) => {
    const link = click.target.closest?.("a[data-here]");
    if (!link || wantsTab(click)) return;
    click.preventDefault();
    focusOnNext(link);
    // The part of the page that it leads to is for who has no script.
    history.pushState(null, "", link.href.replace(/#.*/, ""));
    window.dispatchEvent(new PopStateEvent("popstate", { state: null }));
  });
})();
