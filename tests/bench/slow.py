"""The price of a page on a telephone: 390 px, 1.6 Mbit/s, 150 ms, a processor four times slower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.bench.running import visitor

LINE = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}  # bytes
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
    """Return ms of the first and largest paint, shift, and kB on the wire."""
    with visitor(_OBSERVE, viewport={"width": 390, "height": 844}) as (page, wire, sent):
        if slow:
            wire.send("Network.emulateNetworkConditions", {"offline": False, **LINE})
            wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(address, timeout=90_000)
        before = -1
        while len(sent) != before:
            before = len(sent)
            page.wait_for_timeout(_QUIET_MS)
        return dict(page.evaluate("seen")) | {"kB": sum(size for _, size in sent) / 1000}


def lines(sites: Mapping[str, str], paths: Sequence[str]) -> Iterator[str]:
    """Yield a line for each page of each site, of a site without pages its one."""
    yield f"{'slow line':<22}{'first ms':>10}{'largest':>10}{'shift':>8}{'kB':>9}"
    for name, site in sites.items():
        for path in paths if name.startswith("v") else [""]:
            visit(site + path, slow=False)  # in which the server makes it
            of = visit(site + path)
            yield (
                f"{name + ' ' + (path or 'Map'):<22}{of['paint']:>10.0f}{of['largest']:>10.0f}"
                f"{of['shift']:>8.3f}{of['kB']:>9.0f}"
            )
