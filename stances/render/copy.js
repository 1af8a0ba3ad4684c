// Copies a text with its citation: a link of the class copy leads to it as plain text, which goes on the
// clipboard instead; or it has the text itself in data-copy (of a details the text that lies there) and leads
// to the place that is named behind it. Where neither works the link is followed, or the text is shown
// beside it, selected, for the reader to copy. A row of a table goes with what its table says of all (data-origin).
// It runs before the live view and in it.
(() => {
  const NOTE_MS = 2_000;

  const textOf = async (link) => {
    const text = link.dataset.copy;
    if (text === "") return link.closest("details").querySelector(".to-copy").innerText;
    const origin = link.closest("[data-origin]")?.dataset.origin;
    // Brackets stand in them as in addresses: the live view drops an attribute with what looks like markup.
    if (text) return [...[text, origin].filter(Boolean).map(decodeURIComponent), link.href].join(" ");
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return (await answer.text()).trim();
  };

  // A field of its own: what cannot be put on the clipboard stays in it, for the reader to take.
  const byHand = (link, text) => {
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.className = "copy-field";
    field.setAttribute("aria-label", "Text to copy");
    link.after(field);
    field.select();
    if (!document.execCommand?.("copy")) return false;
    field.remove();
    return true;
  };

  const copy = async (link) => {
    const text = textOf(link);
    try {
      // Some browsers let a page copy only while it answers a click, and take what comes later as a promise.
      const blob = text.then((content) => new Blob([content], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      return true;
    } catch {
      try {
        await navigator.clipboard.writeText(await text);
        return true;
      } catch {
        return byHand(link, await text);
      }
    }
  };

  const say = (link, done) => {
    const before = link.dataset.wording ?? link.textContent;
    link.dataset.wording = before;
    link.textContent = done ? "Copied" : "Select and copy";
    setTimeout(() => { link.textContent = before; }, NOTE_MS);
  };

  // A text that opens to be copied comes into sight.
  const show = (part) => { if (part.open && part.matches(".report")) part.scrollIntoView({ block: "nearest" }); };
  document.addEventListener("toggle", ({ target }) => show(target), { capture: true });

  document.addEventListener("click", async (click) => {
    const link = click.target.closest?.(".copy");
    if (!link || click.button || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
    click.preventDefault();
    try {
      say(link, await copy(link));
    } catch {
      location.assign(link.href);
    }
  });
})();
