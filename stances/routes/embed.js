// Lets frames of views follow the height of what they show: each tells it to the page around it.
(() => {
  const site = new URL(".", document.currentScript.src);
  addEventListener("message", (message) => {
    const height = Math.ceil(message.data?.stances?.height);
    if (message.origin !== site.origin || !(height > 0)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === message.source && frame.src.startsWith(site.href))
        frame.style.height = `${Math.min(Math.max(height, 150), 3000)}px`;
    }
  });
})();
