// The line of the shared date follows the hand, and the page comes when the hand rests.
(() => {
  const PART = ".st-key-trend", AHEAD = "hand-ahead", LOOK_MS = 60;
  const line = window.stancesDateLine;
  let looking = 0;       // set while the page is behind the hand
  let shown = null;      // the chart that has the line
  let before = "";       // the address before the hand moved

  const settle = () => {
    clearInterval(looking);
    looking = 0;
    line.hide(shown);
    document.documentElement.classList.remove(AHEAD);
  };

  const follower = {
    isReady: () => Boolean(line?.plot(PART)),
    step: ([year, month]) => {
      const plot = line?.plot(PART);
      if (!plot) return;
      shown = plot;
      const last = new Date(Date.UTC(year, month + 1, 0));
      const words = last.toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
      line.show(shown, last.toISOString().slice(0, 10), words);
      document.documentElement.classList.add(AHEAD);
      if (looking) return;
      before = location.search;
      looking = setInterval(() => { if (location.search !== before || !shown.isConnected) settle(); }, LOOK_MS);
    },
    back: settle,
  };
  window.stancesHand?.follow(follower);
})();
