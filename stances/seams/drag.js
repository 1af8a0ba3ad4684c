// The drag of the slider of the date: heard at every step, and moved without asking the server. While a
// key stays down the page asks nothing either, and once it rests it asks for where it stands.
//
// Leans on: the slider having its name and, by aria-labelledby, that of the group that it is alone in, which
//   is the same; it being an input of type range whose aria-valuetext changes at every step, a pointer's
//   too, which Streamlit sends only when it is let go, as data-dragging tells; on React taking an input
//   event for a step that is not sent, and a key for one that is.
// Fails: the month is said twice; pages ask the server at every step of a key, as they do by themselves, and
//   nothing else follows.
// Then: look in Streamlit's Slider for what a step does, and at what its end is sent.
(() => {
  const SLIDER = ".st-key-as_of_slider input[type=range]";
  // Where a key leads from a step, of so many: a page is a tenth of the way, as it is to Streamlit.
  const KEYS = {
    ArrowLeft: (step) => step - 1, ArrowDown: (step) => step - 1,
    ArrowRight: (step) => step + 1, ArrowUp: (step) => step + 1,
    PageDown: (step, last) => step - Math.round(last / 10), PageUp: (step, last) => step + Math.round(last / 10),
    Home: () => 0, End: (_, last) => last,
  };
  const REST_MS = 120;
  const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;

  const followers = [];
  let current = null;   // the step that followers know
  let origin = null;    // the step that the page stands on, while the thumb is elsewhere
  let resting = 0;      // set while the thumb may rest

  const slider = () => document.querySelector(SLIDER);
  const number = (input, name) => Number(input[name]);
  const stepOf = (input) => Math.round((number(input, "value") - number(input, "min")) / number(input, "step"));
  const lastOf = (input) => Math.round((number(input, "max") - number(input, "min")) / number(input, "step"));

  // The month of a step, as [year, month from 0]: a stop lies in the middle of its month, in microseconds.
  const monthOf = (input, step) => {
    const middle = new Date((number(input, "min") + step * number(input, "step")) / 1000);
    return [middle.getUTCFullYear(), middle.getUTCMonth()];
  };

  const set = (input, step) => {
    put.call(input, String(number(input, "min") + step * number(input, "step")));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const notify = (input) => {
    const step = stepOf(input);
    if (step === current) return;
    origin ??= current;
    current = step;
    followers.forEach((follower) => follower.step(monthOf(input, step)));
  };

  const moveTo = (step) => {
    const input = slider();
    if (!input) return;
    set(input, Math.max(0, Math.min(lastOf(input), step)));
    notify(input);
  };

  // Ask for where the thumb stands: a step beside it and, by a key, back is one that Streamlit sends.
  const rest = () => {
    clearTimeout(resting);
    resting = 0;
    const input = slider();
    if (!input || origin === null) return;
    const step = stepOf(input), away = origin;
    origin = null;
    if (step === away) return followers.forEach((follower) => follower.back());
    const beside = step > 0 ? step - 1 : step + 1;
    set(input, beside);
    input.dispatchEvent(new KeyboardEvent("keydown", { key: beside < step ? "ArrowRight" : "ArrowLeft", bubbles: true, cancelable: true }));
  };

  // A thumb that moves goes on moving while a chart that follows it is drawn anew.
  const isFollowed = () => origin !== null || followers.some((follower) => follower.isReady());

  document.addEventListener("keydown", (key) => {
    const input = slider(), move = KEYS[key.key];
    if (!key.isTrusted || key.target !== input || !move || key.altKey || key.ctrlKey || key.metaKey || key.shiftKey || !isFollowed()) return;
    key.preventDefault();
    key.stopImmediatePropagation();
    clearTimeout(resting);
    resting = 0;
    moveTo(move(stepOf(input), lastOf(input)));
  }, true);

  document.addEventListener("keyup", (key) => {
    if (key.target === slider() && KEYS[key.key] && origin !== null) resting = setTimeout(rest, REST_MS);
  }, true);
  document.addEventListener("focusout", (blur) => { if (blur.target.matches(SLIDER)) rest(); }, true);

  // Streamlit itself sends where a pointer ends.
  const endPointer = (input) => {
    const away = origin;
    origin = null;
    if (away !== null && stepOf(input) === away) followers.forEach((follower) => follower.back());
  };

  // A pointer's steps; those of the page itself, when it comes with another date, are none.
  new MutationObserver((changes) => {
    const input = slider();
    if (!input || !changes.some((change) => change.target.contains(input))) return;
    if (input.closest("[data-dragging]")) notify(input);
    else if (changes.some((change) => change.attributeName === "data-dragging")) endPointer(input);
    else if (origin === null) current = stepOf(input);
  }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["aria-valuetext", "data-dragging"] });

  window.stancesDrag = {
    // `follower`: isReady(), step([year, month]) at every step, back() where the thumb came back to the date
    // of the page.
    follow: (follower) => followers.push(follower),
    moveTo,
    rest,
    // Have the slider named once, and not as its group too.
    nameOnce: () => slider()?.removeAttribute("aria-labelledby"),
    // The step of the thumb and the last one; null without a slider.
    at: () => (slider() ? { step: stepOf(slider()), last: lastOf(slider()) } : null),
  };
})();
