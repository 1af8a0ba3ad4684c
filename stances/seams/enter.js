// Takes a day that was typed when Enter is pressed: the field of Streamlit takes it once its calendar
// closes, which Escape does. Closes the list of options once Enter or a click chose one of them, for
// it lies over the results. And finds the button of a choice of a few, for who presses what stands for it.
//
// Leans on: the test ids stDateInputField and stDateInputCalendar; Escape in a part of the field closing
//   the calendar and keeping the day; stMultiSelect and stMultiSelectDropdown, and Escape closing that; a
//   choice of a few being buttons in the order of its options, within its key.
// Fails: Enter does nothing, and the day is taken once the field is left; the list stays open; a card is
//   opened by its name alone.
// Then: look in DateInput and Multiselect of Streamlit for what commits a value or closes, and press that;
//   in ButtonGroup for what an option is.
(() => {
  window.stancesChoice = { button: (key, place) => document.querySelectorAll(`.st-key-${key} button`)[place] };
  const escape = (field) =>
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
  // Before the field itself, which lets no press of Enter out.
  document.addEventListener("keydown", (press) => {
    const part = press.target.closest?.("[data-testid=stDateInputField] [role=spinbutton]");
    if (!part || press.key !== "Enter" || !document.querySelector("[data-testid=stDateInputCalendar]")) return;
    press.preventDefault();
    escape(part);
  }, { capture: true });
  document.addEventListener("click", (press) => {
    const field = document.querySelector("[data-testid=stMultiSelect] input[aria-expanded=true]");
    if (field && press.target.closest?.("[data-testid=stMultiSelectDropdown] [role=option]")) setTimeout(() => escape(field));
  }, { capture: true });
  // Once the field has taken the option, and with it what was typed.
  document.addEventListener("keyup", (press) => {
    const field = press.target.closest?.("[data-testid=stMultiSelect] input");
    if (press.key === "Enter" && field?.value === "" && document.querySelector("[data-testid=stMultiSelectDropdown]")) escape(field);
  });
})();
