// Says aloud what a choice has opened, or what the page finds since: one polite place for all of it, which
// stays in the page, since one that comes with its text is not heard.
(() => {
  const TITLE = ":is(.st-key-event article h2, .st-key-panel-head h2)", FINDING = "h1.headline:not(#words *)";
  const REST_MS = 400;
  const status = document.body.appendChild(document.createElement("p"));
  status.className = "unread";
  status.setAttribute("role", "status");
  let before = null, resting = 0;

  const textOf = (selector) => document.querySelector(selector)?.textContent.trim() ?? "";
  const say = () => {
    window.stancesDrag?.nameOnce();
    const now = { title: textOf(TITLE), finding: textOf(FINDING) };
    if (!now.finding) return;
    const news = [];
    if (before && now.title !== before.title) news.push(now.title ? `Opened: ${now.title}` : "Closed");
    if (before && now.finding !== before.finding) news.push(now.finding);
    if (news.length) status.textContent = news.join(". ");
    before = now;
  };

  // Once the page stands still: what it goes through until then is for nobody.
  new MutationObserver(() => {
    clearTimeout(resting);
    resting = setTimeout(say, REST_MS);
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
})();
