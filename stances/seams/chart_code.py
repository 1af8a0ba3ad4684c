"""The code that the first chart waits for, so that the browser can be told of it with the page.

Leans on: Streamlit building its charts into files named `static/**/PlotlyChart.<hash>.js`, which
  import others beside them by `from"./name.js"`; on its page naming those that it asks for itself.
Fails: none is found, the browser learns of the code when the first chart comes, a little later.
Then: look in `streamlit/static` for the file that has plotly in it, and name that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import streamlit as st

_IMPORTED = re.compile(r'from"\./([^"]+\.js)"')
# Imports come first in a file of some megabytes.
_HEAD = 20_000


def chart_code() -> list[str]:
    """The addresses of the files, relative to the page: those of the charts, and what these import
    and the page would not ask for before they come. Small as that is, it would stand in line behind
    the code of the controls, and the chart would wait for it.
    """
    static = Path(st.__file__).parent / "static"
    return [
        path.relative_to(static).as_posix()
        for chart in static.rglob("PlotlyChart.*.js")
        for path in (chart, *_imported(chart, static))
    ]


def _imported(chart: Path, static: Path) -> Iterator[Path]:
    page = (static / "index.html").read_text(encoding="utf-8", errors="replace")
    with chart.open(encoding="utf-8", errors="replace") as code:
        names = dict.fromkeys(_IMPORTED.findall(code.read(_HEAD)))
    yield from (chart.with_name(name) for name in names if name not in page)
