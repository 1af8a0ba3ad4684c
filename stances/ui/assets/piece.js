// What Streamlit loads of a component is a file of its own; the script is the page's.
export { default } from "../../../assets/live.js";
