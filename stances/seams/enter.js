// Takes a day that was typed when Enter is pressed: the field of Streamlit takes it once its calendar
// closes, which Escape does.
//
// Leans on: the test ids stDateInputField and stDateInputCalendar; Escape in a part of the field closing
//   the calendar and keeping the day.
// Fails: Enter does nothing, and the day is taken once the field is left.
// Then: look in DateInput of Streamlit for what commits a value, and press that.
(() => {
  // Before the field itself, which lets no press of Enter out.
  document.addEventListener("keydown", (press) => {
    const part = press.target.closest?.("[data-testid=stDateInputField] [role=spinbutton]");
    if (!part || press.key !== "Enter" || !document.querySelector("[data-testid=stDateInputCalendar]")) return;
    press.preventDefault();
    part.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
  }, { capture: true });
})();
