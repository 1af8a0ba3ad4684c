// What a page does in the browser: forms that send themselves, tables that sort by a press on a
// header, menus, copying, printing, anchors that open their fold. Everything listens on the
// document, so pieces of a page may be put in anew at any time; without it the page still works.

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const on = (type, act, more) => document.addEventListener(type, act, more);

// -- days as they are typed: 2 Jul 2026, July 2026, 2026-07-02 -----------------------------------
/** Return a typed day or month in ISO form, or the text as it is: the server reads more. */
export function isoOf(text) {
  const match = /^(?:(\d{1,2})[. ]+)?([A-Za-z]{3})[a-z]*\.? (\d{4})$/.exec(text.trim());
  const month = match ? MONTHS.findIndex((name) => name.toLowerCase() === match[2].toLowerCase()) : -1;
  if (month < 0) return text.trim();
  const two = (number) => String(number).padStart(2, "0");
  return `${match[3]}-${two(month + 1)}${match[1] ? `-${two(match[1])}` : ""}`;
}

// -- forms: only what is other than usual stands in the address ----------------------------------
function send(form) {
  const query = new URLSearchParams();
  for (const field of form.elements) {
    if (!field.name || field.value === (field.dataset.default ?? "")) continue;
    query.set(field.name, field.classList.contains("day") ? isoOf(field.value) : field.value);
  }
  const fold = document.querySelector("[id^=why-] > [open]"); // it stays open when the day changes
  if (fold) query.set("domain", fold.parentNode.id.slice(4));
  const said = String(query).replaceAll("%2C", ",");
  location.href = form.getAttribute("action").split("?")[0] + (said ? `?${said}` : "");
}

on("change", (event) => {
  const form = event.target.form;
  if (form?.matches("form[data-plain]") && event.target.name) send(form);
});
on("submit", (event) => {
  if (!event.target.matches("form[data-plain]")) return;
  event.preventDefault();
  send(event.target);
});

// -- tables: a press on a header sorts, a second turns it over ----------------------------------
function keyOf(row, column) {
  const cell = row.cells[column], text = (cell.dataset.sort ?? cell.textContent).trim();
  const number = Number(text.replace(/[,%+]/g, "").replace("\u2212", "-"));
  return text === "" ? null : Number.isNaN(number) ? text.toLowerCase() : number;
}

function sort(header) {
  const table = header.closest("table"), column = header.cellIndex;
  const turn = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
  table.classList.add("sorted"); // what is not repeated is said again in another order
  for (const body of table.tBodies) {
    const rows = [...body.rows].filter((row) => !row.classList.contains("sub"));
    const keyed = rows.map((row) => [keyOf(row, column), row]);
    keyed.sort(([one], [other]) => {
      if (one === null || other === null) return (one === null) - (other === null); // stays last in either order
      if (typeof one === "number" && typeof other === "number") return turn * (one - other);
      return turn * String(one).localeCompare(other); // a year alone stands among days
    });
    body.append(...keyed.map(([, row]) => row));
  }
}

// -- presses -------------------------------------------------------------------------------------
async function copy(link, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    window.prompt("Copy", text); // no permission, or no secure address
    return;
  }
  const words = link.textContent;
  link.textContent = "Copied";
  setTimeout(() => (link.textContent = words), 1500);
}

const shut = (kept) => document.querySelectorAll(".menu[open]").forEach((menu) => { menu.open = menu.contains(kept); });
on("focusin", (event) => shut(event.target)); // the keyboard goes on
on("click", (event) => {
  const press = (selector) => event.target.closest(selector);
  shut(event.target);
  const copied = press("[data-copy]");
  if (copied) {
    event.preventDefault();
    copy(copied, copied.dataset.copy);
  } else if (press("[data-print]")) {
    event.preventDefault();
    shut(null);
    window.print();
  } else if (press(".page th button")) {
    sort(press("th"));
  }
});
on("keydown", (event) => {
  const summary = event.key === "Escape" && document.querySelector(".menu[open] summary");
  if (summary) { shut(null); summary.focus(); }
});

// -- an address with an anchor opens what is folded there ----------------------------------------
function unfold() {
  const named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = named && (named.matches("details") ? named : named.querySelector("details"));
  if (fold) fold.open = true;
}
addEventListener("hashchange", unfold);
unfold();

// -- in a frame of another page: tell it the height of what is shown (routes/embed.js) ------------
if (parent !== window) {
  const tell = () => parent.postMessage({ stances: { height: document.documentElement.offsetHeight } }, "*");
  new ResizeObserver(tell).observe(document.body);
}
