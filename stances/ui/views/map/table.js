// The map as a table, which its page names by an address: it comes once the map is drawn, and costs a step of
// the date nothing. It is asked for at once where it is in sight, else when the page rests. At first it is that of
// the page before scripts (`seams/first_words.js`).
(() => {
  const WATCH_MS = 100, REST_MS = 300, AGAIN_MS = 5_000;
  let wanted = "", due = 0;
  let isUnfolded = false;  // whether a telephone has its cards unfolded: a table that comes later has, too

  const addressIn = (selector) => document.querySelector(`${selector} [data-table]`)?.dataset.table ?? "";
  const addressOfPage = () => addressIn(".st-key-lead");
  // Whether the table is of another view than its page, or of an earlier state of the data; for tests too.
  const isOlder = () => addressIn(".table-place") !== addressOfPage();
  window.stancesTable = { isOlder };
  const isInSight = (place) => place.getBoundingClientRect().top < innerHeight;

  const put = (place, html) => {
    place.innerHTML = html;
    place.querySelector(".fold")?.toggleAttribute("open", isUnfolded);
  };

  // The line above the table, empty while there is nothing to say.
  const say = (place, text) => {
    const line = place.previousElementSibling;
    if (line && line.textContent !== text) line.textContent = text;
  };
  const sayFailure = (place) => {
    const older = place.firstChild ? "; the pale one below is older" : "";
    say(place, `The table for this view did not load${older}. The page tries again by itself.`);
  };

  // The table at an address; null: it does not come.
  const tableAt = async (address) => {
    try {
      // New data may have come since it was asked for last.
      const answer = await fetch(address, { cache: "no-cache" });
      return answer.ok ? await answer.text() : null;
    } catch {
      return null;
    }
  };

  const ask = async (place, address) => {
    due = performance.now() + AGAIN_MS;
    const html = await tableAt(address);
    if (address !== wanted) return;
    if (html !== null) put(place, html);
    // What is older stays, faded, until it is asked for again.
    else sayFailure(place);
  };

  const watch = () => {
    const place = document.querySelector(".table-place"), now = performance.now();
    if (!place || document.getElementById("words")) return;
    const address = addressOfPage(), mustCome = isOlder();
    if (address !== wanted) [wanted, due] = [address, now];
    // Where a notice above has gone the page has the place anew, with no table in it.
    isUnfolded = place.querySelector(".fold")?.open ?? isUnfolded;
    place.setAttribute("aria-busy", mustCome);
    if (!mustCome) say(place, "");
    else if (now >= due + (isInSight(place) ? 0 : REST_MS)) ask(place, wanted);
  };
  setInterval(watch, WATCH_MS);
})();
