// Lets frames of views follow the height of what they show: each tells it to the page around it. For
// pages of others, which need it not: without it a frame keeps the height of its markup.
(() => {
  // The longest view in a frame, all rules, has 2,700 px at its narrowest.
  const LEAST_PX = 150, MOST_PX = 4000, site = new URL(".", document.currentScript.src).href;
  // Of this site alone, and only what the window in the very frame says of itself.
  const isIts = (frame, message) => frame.contentWindow === message.source && frame.src.startsWith(site) && new URL(site).origin === message.origin;
  addEventListener("message", (message) => {
    const height = message.data?.stances?.height;
    if (!Number.isFinite(height)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (isIts(frame, message)) frame.style.height = `${Math.max(LEAST_PX, Math.min(MOST_PX, Math.ceil(height)))}px`;
    }
  });
})();
