// Lets frames of views follow the height of what they show: each tells it to the page around it. For
// pages of others, which need it not: without it a frame keeps the height of its markup, and under a
// policy that takes no style from markup its border and its width, in a column however narrow.
(() => {
  // No view takes up more than so many times what its markup says, which is for one width of four.
  const LEAST_PX = 150, USUAL_PX = 600, TIMES = 3, site = new URL(".", document.currentScript.src).href;
  const mostOf = (frame) => TIMES * Math.max(USUAL_PX, Number(frame.getAttribute("height")) || 0);
  // Of this site alone, and only what the window in the very frame says of itself.
  const isIts = (frame, message) => frame.contentWindow === message.source && frame.src.startsWith(site) && new URL(site).origin === message.origin;
  // Where a policy of the page left the style of the markup out: a script may set it.
  const restyle = (frame) => {
    const style = frame.getAttribute("style");
    if (style && !frame.style.length) frame.style.cssText = style;
  };
  addEventListener("message", (message) => {
    const height = message.data?.stances?.height;
    if (!Number.isFinite(height)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (!isIts(frame, message)) continue;
      restyle(frame);
      frame.style.height = `${Math.max(LEAST_PX, Math.min(mostOf(frame), Math.ceil(height)))}px`;
    }
  });
})();
