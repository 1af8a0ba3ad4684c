// Lets frames of views follow the height of what they show: each tells it to the page around it. For
// pages of others, which need it not: without it a frame keeps the height of its markup.
(() => {
  const LEAST_PX = 120, MOST_PX = 20000;
  addEventListener("message", (message) => {
    const height = message.data?.stances?.height;
    if (!Number.isFinite(height)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      const isIts = frame.contentWindow === message.source && new URL(frame.src, location).origin === message.origin;
      if (isIts) frame.style.height = `${Math.max(LEAST_PX, Math.min(MOST_PX, Math.ceil(height)))}px`;
    }
  });
})();
