"""The price of a page on a telephone: 390 px, 1.6 Mbit/s, 150 ms, a processor four times slower."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.bench.running import chromium

LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
_QUIET_MS = 4_000
_OBSERVE = """
window.seen = {paint: 0, largest: 0, shift: 0};
const observe = (type, see) => new PerformanceObserver(list => list.getEntries().forEach(see))
  .observe({type, buffered: true});
observe('paint', e => { if (e.name === 'first-contentful-paint') seen.paint = e.startTime; });
observe('largest-contentful-paint', e => { seen.largest = e.startTime; });
observe('layout-shift', e => { if (!e.hadRecentInput) seen.shift += e.value; });
"""


def visit(address: str, slow: bool = True) -> dict[str, Any]:
    """Open a page without history: ms of the first and largest paint, shift, kB on the wire."""
    with chromium() as browser:
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        wire = page.context.new_cdp_session(page)
        sent: list[float] = []
        wire.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
        wire.send("Network.enable")
        if slow:
            wire.send("Network.emulateNetworkConditions", LINE)
            wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.add_init_script(_OBSERVE)
        page.goto(address, timeout=90_000)
        before = -1
        while len(sent) != before:
            before = len(sent)
            page.wait_for_timeout(_QUIET_MS)
        return dict(page.evaluate("seen")) | {"kB": sum(sent) / 1000}


def lines(sites: dict[str, str], paths: Sequence[str]) -> list[str]:
    """Return a line for each page of each site, of a site without pages its one."""
    told = [f"{'slow line':<22}{'first ms':>10}{'largest':>10}{'shift':>8}{'kB':>9}"]
    for name, site in sites.items():
        for path in paths if name.startswith("v") else [""]:
            visit(site + path, slow=False)  # in which the server makes it
            of = visit(site + path)
            told.append(
                f"{name + ' ' + (path or 'Map'):<22}{of['paint']:>10.0f}{of['largest']:>10.0f}"
                f"{of['shift']:>8.3f}{of['kB']:>9.0f}"
            )
    return [*told, "aims: first 600, largest 800, shift 0.02"]
