"""How a map follows its slider: time and bytes, beside the same small map of two peers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from tests.bench.running import table, visitor

TURNS, PRESSES, DRAG = 5, 4, 30
# Until a step has been drawn, and until all that it brings has come.
_DRAWN_MS, _REST_MS = 700, 2_500
SLIDER = (
    ".stage input[type=range], .st-key-as_of_slider input[type=range], "
    ".st-key-as_of_slider [role=slider]"
)
# The colours of all countries: classes on ours, fills on a map of plotly.
WATCH = """
window.fills = () => [...document.querySelectorAll('.map [data-actor], .choroplethlayer path[d]')]
  .map(path => path.dataset.actor ? path.className.baseVal ?? path.className
    : path.__data__?.loc + path.getAttribute('fill')).sort().join();
window.stamps = {};
new PerformanceObserver(list => { stamps.paint ??= list.getEntries()[0].startTime; })
  .observe({type: 'paint', buffered: true});
const watch = {subtree: true, childList: true, attributeFilter: ['class', 'fill']};
new MutationObserver(() => {
  const now = fills(), usable = document.querySelector('SLIDER');
  if (now && !stamps.map) stamps.map = performance.now();
  if (now && usable && document.querySelector('#root .stApp, #react-entry-point')
      && !document.querySelector('#words')) stamps.live ??= performance.now();
  if (now && stamps.before && now !== stamps.before) stamps.changed ??= performance.now();
}).observe(document, watch);
document.addEventListener('keydown', () => { stamps.pressed ??= performance.now(); }, true);
""".replace("SLIDER", SLIDER)


def visit(link: str) -> dict[str, float]:
    """Open a page, press a key of its slider some times, then hold it: the figures of the table."""
    with visitor(WATCH) as (page, _, sent):
        page.goto(link)
        page.wait_for_function("stamps.live", polling=100)
        seen, live = page.evaluate("[Math.max(stamps.map, stamps.paint ?? 0), stamps.live]")
        page.locator(SLIDER).first.focus()
        page.wait_for_timeout(2 * _REST_MS)
        scripts = sum(size for kind, size in sent if kind == "Script")
        took = []
        for _ in range(PRESSES):
            page.evaluate("() => { stamps = {live: 1, map: 1, before: fills()}; }")
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(_DRAWN_MS)
            took.append(page.evaluate("stamps.changed && stamps.changed - stamps.pressed"))
        page.wait_for_timeout(_REST_MS)
        sent.clear()
        for _ in range(DRAG):
            page.keyboard.down("ArrowRight")
            page.wait_for_timeout(30)
        page.keyboard.up("ArrowRight")
        page.wait_for_timeout(_REST_MS)
        return {
            "map seen, cold browser, ms": seen,
            "live map, cold browser, ms": live,
            "key press to changed map, ms": median([one for one in took if one] or [float("nan")]),
            "scripts on the wire, kB": scripts / 1000,
            f"a drag of {DRAG} steps, kB": sum(size for _, size in sent) / 1000,
        }


def lines(links: Mapping[str, str]) -> Iterator[str]:
    """Yield the table: a column for each page by its name; they are visited in turns."""
    turns = [[visit(link) for link in links.values()] for _ in range(TURNS)]
    rows = {
        what: [median(one[what] for one in of) for of in zip(*turns, strict=True)]
        for what in turns[0][0]
    }
    yield from table(links, rows)
