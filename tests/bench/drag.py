"""How a map follows its slider: time and bytes, beside the same small map of two peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.running import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

STEPS, COLD, DRAG = 20, 5, 30
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


def opened(page: Page, link: str) -> None:
    """Open a page whose map is drawn, and put the focus on its slider."""
    page.add_init_script(WATCH)
    page.goto(link)
    for _ in range(300):
        if page.evaluate("stamps.live"):
            break
        page.wait_for_timeout(100)
    page.locator(SLIDER).first.focus()


def steps(links: Sequence[str]) -> list[float]:
    """Return the median ms from key press to changed map of each page, in turns."""
    with chromium() as browser:
        pages = [browser.new_context(bypass_csp=True).new_page() for _ in links]
        for page, link in zip(pages, links, strict=True):
            opened(page, link)
            page.wait_for_timeout(2 * _REST_MS)
        times: list[list[float]] = [[] for _ in links]
        for _ in range(STEPS):
            for page, found in zip(pages, times, strict=True):
                page.bring_to_front()
                page.wait_for_timeout(_DRAWN_MS)
                page.evaluate("() => { stamps = {live: 1, map: 1, before: fills()}; }")
                page.keyboard.press("ArrowRight")
                page.wait_for_timeout(_DRAWN_MS)
                took = page.evaluate("stamps.changed ? stamps.changed - stamps.pressed : null")
                found.extend([] if took is None else [took])
    return [median(each) if each else float("nan") for each in times]


def cold(links: Sequence[str]) -> list[tuple[float, float]]:
    """Return median ms until a map is seen, and until it lives, in turns, each in a new browser."""
    visits: list[list[tuple[float, float]]] = [[] for _ in links]
    for _ in range(COLD):
        for link, into in zip(links, visits, strict=True):
            with chromium() as browser:
                page = browser.new_context(bypass_csp=True).new_page()
                opened(page, link)
                seen = page.evaluate("Math.max(stamps.map, stamps.paint ?? 0)")
                into.append((seen, page.evaluate("stamps.live")))
    return [(median(s for s, _ in of), median(live for _, live in of)) for of in visits]


def weighed(link: str) -> tuple[float, float]:
    """Return kB of scripts on the way to a live map, and of all that a drag by keys brings."""
    with chromium() as browser:
        page = browser.new_context(bypass_csp=True).new_page()
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        kinds: dict[str, str] = {}
        sent: list[tuple[str, float]] = []
        wire.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
        wire.on(
            "Network.loadingFinished",
            lambda e: sent.append((kinds.get(e["requestId"], ""), e["encodedDataLength"])),
        )
        for way in ("Received", "Sent"):  # their bytes are told in base64
            frame = f"Network.webSocketFrame{way}"
            wire.on(frame, lambda e: sent.append(("", len(e["response"]["payloadData"]) * 0.75)))
        opened(page, link)
        page.wait_for_timeout(2 * _REST_MS)
        scripts = sum(size for kind, size in sent if kind == "Script")
        sent.clear()
        for _ in range(DRAG):
            page.keyboard.down("ArrowRight")
            page.wait_for_timeout(30)
        page.keyboard.up("ArrowRight")
        page.wait_for_timeout(_REST_MS)
        return scripts / 1000, sum(size for _, size in sent) / 1000


def lines(links: Mapping[str, str]) -> list[str]:
    """Return the table: a column for each page by its name, ours first, then the ratios."""
    maps, presses = cold([*links.values()]), steps([*links.values()])
    sizes = [weighed(link) for link in links.values()]
    rows = {
        "map seen, cold browser, ms": [seen for seen, _ in maps],
        "live map, cold browser, ms": [live for _, live in maps],
        "key press to changed map, ms": presses,
        "scripts on the wire, kB": [scripts for scripts, _ in sizes],
        f"a drag of {DRAG} steps, kB": [drag for _, drag in sizes],
    }
    names = [*links]
    told = [f"{'':<32}" + "".join(f"{name:>12}" for name in names)]
    told += [f"{what:<32}" + "".join(f"{one:>12.1f}" for one in row) for what, row in rows.items()]
    bare, dashed = names.index("bare"), names.index("Dash")
    told.append(f"live map: {maps[0][1] / maps[bare][1]:.2f} of the bare page's (at most 0.7)")
    told.append(f"key press: {presses[0] / presses[dashed]:.2f} of Dash's (at most 0.5)")
    return told
