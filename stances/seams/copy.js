// Copies a text: a button with the attribute data-copy puts it on the clipboard and says so.
//
// Leans on: the browser letting a page copy after a click, which it does on https and on this machine;
//   elsewhere on execCommand, which no standard promises any more; on texts keeping data attributes.
// Fails: the text is shown beside the button, selected, for the reader to copy.
// Then: take the code block of Streamlit, which has a button of its own.
(() => {
  const SAID_MS = 2_000;

  // A field of its own: what cannot be put on the clipboard stays in it, for the reader to take.
  const byHand = (button) => {
    const field = document.createElement("textarea");
    field.value = button.dataset.copy;
    field.readOnly = true;
    field.className = "copied";
    field.setAttribute("aria-label", "Text to copy");
    button.after(field);
    field.select();
    if (!document.execCommand?.("copy")) return false;
    field.remove();
    return true;
  };

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      return true;
    } catch {
      return byHand(button);
    }
  };

  const say = (button, done) => {
    const before = button.dataset.wording ?? button.textContent;
    button.dataset.wording = before;
    button.textContent = done ? "Copied" : "Select and copy";
    setTimeout(() => { button.textContent = before; }, SAID_MS);
  };

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy]");
    if (button) say(button, await copy(button));
  });
})();
