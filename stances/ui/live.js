// The page in the browser: pieces of HTML that are put in anew where the address says another view, fetched from the page
// of that address, later brought by Streamlit, whose nodes take over what was read: nothing flickers or is drawn twice.
import { start } from "./map.js";
import { isoOf } from "./page.js";

const WAIT_MS = 50, MOST_WAITS = 400, WAITS_TO_BEGIN = 4;
const words = document.getElementById("words");
const asked = () => location.pathname + location.search;
const pause = () => new Promise((resolve) => setTimeout(resolve, WAIT_MS));
let isLive = false, hasMoved = false, shown = asked(), arrived = null, asks = 0, told = Promise.resolve();

// -- pieces --------------------------------------------------------------------------------------

const pageAt = async (address) => new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");

const enliven = async (stage) => {
  const crop = stage.querySelector(".crop");
  // Streamlit brings a stage without its drawing, which the page of the same address has.
  if (!crop.querySelector(".map")) crop.prepend((await pageAt(location.href)).querySelector(".map") ?? "");
  stage.map ??= start(stage);
  return stage.map.ready;
};

// Whoever has no mouse goes on from where the focus was, or from what is called alike.
const alike = (node, within) => [...within.querySelectorAll(node.localName)].find((other) => other.textContent === node.textContent);
const refocus = (node, within) => (node?.isConnected ? node : node && alike(node, within))?.focus({ preventScroll: true });

// A map of the same field and part of the world stays, whatever is put in around it.
const put = (piece, html) => {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const stage = fresh.content.querySelector(".stage"), day = stage?.dataset.day;
  const old = [...document.querySelectorAll(".stage")].find((other) => other.dataset.key === stage?.dataset.key);
  const open = [...piece.querySelectorAll("[id]:has(> [open])")].map((part) => part.id);
  const focused = piece.contains(document.activeElement) ? document.activeElement : null;
  if (old) stage.replaceWith(old);
  piece.replaceChildren(fresh.content);
  for (const id of open) piece.querySelector(`[id="${id}"] > details`)?.setAttribute("open", "");
  refocus(focused, piece);
  if (old?.map) old.map.accept(day);
  else if (stage) enliven(old ?? stage);
};

// Nothing moves under the hand: the map stays where it is, whatever lines the headline above it takes.
const steadily = (change) => {
  const top = () => document.querySelector(".stage")?.getBoundingClientRect().top ?? NaN;
  const before = top(), high = document.querySelector("h1")?.offsetHeight;
  change();
  if (Number.isNaN(top() - before)) return;
  document.querySelector("h1").style.minHeight = `${high}px`;
  scrollBy(0, top() - before);
};

// -- the address is the only state ---------------------------------------------------------------

const follow = async () => {
  hasMoved = true;
  const address = (shown = asked()), page = await pageAt(address);
  if (isLive || address !== asked()) return;
  steadily(() => words.querySelectorAll("[data-follows]").forEach((piece) => {
    const fresh = page.getElementById(piece.id);
    if (fresh && fresh.innerHTML !== piece.innerHTML) put(piece, fresh.innerHTML);
  }));
  document.title = page.title;
};
// Streamlit is told of the last address when it has read another to its end. Until it has set its controls nobody can
// press them (live.css): they would write the old address.
const read = async () => { while (document.querySelector("[data-test-script-state=running]")) await pause(); };
const tell = () => {
  const mine = (asks += 1);
  told = told.then(read).then(async () => {
    if (mine !== asks) return;
    document.documentElement.dataset.tells = "";
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
    for (let waits = 0; waits < WAITS_TO_BEGIN; waits += 1) await pause();
    await read();
    delete document.documentElement.dataset.tells;
  });
};
const go = (address) => {
  history.pushState(null, "", address);
  (isLive ? tell : follow)();
};
addEventListener("popstate", (event) => {
  if (!event.isTrusted) return;
  document.querySelector(".stage")?.map?.forget();
  if (isLive) { event.stopImmediatePropagation(); tell(); }
  else if (asked() !== shown) follow();
}, true);

document.addEventListener("rest", ({ detail: day }) => {
  const address = new URL(location), typed = words?.querySelector("input[name=as_of]");
  if (day) address.searchParams.set("as_of", day);
  else address.searchParams.delete("as_of");
  if (typed) typed.value = document.querySelector(".stage [type=range]").getAttribute("aria-valuetext");
  if (address.href !== location.href) go(address);
});
document.addEventListener("change", (event) => {
  const map = document.querySelector(".stage")?.map, day = isoOf(event.target.value ?? "");
  if (!map || !event.target.matches(".ctl input[name=as_of]") || !/^\d{4}-\d\d-\d\d$/.test(day)) return;
  event.stopPropagation();
  map.show(day);
}, true);

// Streamlit would load the page of a link anew: pages are one name without an ending; files and records are left.
const isPage = (href) => /^(\.\/)?[a-z]*(\?[^#]*)?(#.*)?$/.test(href) && !href.startsWith("#");
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]:not([target], [download])"), href = link?.getAttribute("href") ?? "#";
  const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (event.defaultPrevented || button || metaKey || ctrlKey || shiftKey || altKey || !isPage(href)) return;
  if (!isLive && !link.matches("[data-here]")) return;
  event.preventDefault();
  const before = location.pathname, [address, anchor] = href.split("#");
  go(address);
  if (location.pathname !== before || anchor) arrived = { anchor };
});

// -- Streamlit's view ----------------------------------------------------------------------------

const waiting = new Map();  // places that have come, with what stands there, until all are there

const draw = (place, pieces, known = () => null) => {
  const frame = place.querySelector(".page > :first-child");
  const nodes = pieces.map(([id, digest, html]) => {
    let piece = [...frame.children].find((child) => child.id === id);
    if (!piece) {
      piece = known(id) ?? Object.assign(document.createElement("div"), { id, className: "sec", ariaLive: id === "s-headline" ? "polite" : null });
      if (piece.isConnected) piece.said = digest;
    }
    // What was sent before is not sent again; where it never came (a faster change), the page of the address has it.
    if (piece.said !== digest && html === null) pageAt(location.href).then((page) => put(piece, page.getElementById(id)?.innerHTML ?? ""));
    else if (piece.said !== digest) put(piece, html);
    piece.said = digest;
    return piece;
  });
  [...frame.children].filter((child) => !nodes.includes(child)).forEach((child) => child.remove());
  nodes.forEach((piece, at) => { if (frame.children[at] !== piece) frame.insertBefore(piece, frame.children[at] ?? null); });
  if (arrived && pieces.length > 1) {
    const { anchor } = arrived, at = anchor && document.getElementById(anchor);
    arrived = null;
    at ? at.scrollIntoView() : scrollTo(0, 0);
  }
};

// Who is in a form, whose letters would be lost, is waited for; else all that Streamlit draws, and whoever holds the map.
// Its fields come one after the other, and first without a value; choices always have one.
const isInForm = () => document.activeElement?.closest("#words form");
const filled = (fields) => [...document.querySelectorAll(fields)].filter((field) => field.value || field.matches("select")).length;
const isReady = () => !document.querySelector("#root .stSkeleton, #root .st-key-chart:not(:has(svg))")
  && filled("#root :is(.stTextInput, .stSelectbox) input") >= filled("#words form.head :is(select, input:is([type=text], [type=search], :not([type])))")
  && document.querySelectorAll("#root .honesty").length === words.querySelectorAll(".honesty").length
  && !document.querySelector(".stage")?.map?.isHeld();
const takeOver = async () => {
  for (let waits = 0; isInForm() || (!isReady() && waits < MOST_WAITS); waits += 1) await pause();
  const isSame = shown === asked(), focused = document.activeElement;
  if (words) for (const [place, pieces] of waiting) draw(place, pieces, (id) => isSame && words.querySelector(`[id="${id}"]`));
  isLive = true;
  words?.remove();
  refocus(focused, document);
  document.documentElement.dataset.live = "live";
  // What Streamlit has drawn may be of the address that it began with.
  if (hasMoved) tell();
};

/** Show pieces of a page, as a component of Streamlit. `data`: pieces as [id, digest, html], how many places
 * there are, and where to go instead. */
export default ({ parentElement: place, data: { pieces, wrap, theme, of, go: link } }) => {
  if (link) return location.assign(link);
  place.firstElementChild?.classList.contains("page") || place.replaceChildren(document.createElement("div"));
  place.firstElementChild.className = `page ${theme}`;
  if (!place.firstElementChild.firstElementChild) {
    place.firstElementChild.append(Object.assign(document.createElement("div"), { className: wrap ? "wrap" : "" }));
  }
  if (isLive) steadily(() => draw(place, pieces));
  else if (waiting.set(place, pieces).size === of) takeOver();
};

// Streamlit, which keeps a browser busy, begins when the map can be moved (start.js).
Promise.allSettled([...document.querySelectorAll(".stage")].map(enliven)).then(() => document.dispatchEvent(new Event("moves")));
