"""The code that the first chart waits for, so that the browser can be told of it with the page.

Leans on: Streamlit building its charts into files named `static/**/PlotlyChart.<hash>.js`.
Fails: none is found, the browser learns of the code when the first chart comes, a little later.
Then: look in `streamlit/static` for the file that has plotly in it, and name that.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st


def chart_code() -> list[str]:
    """The addresses of the files, relative to the page."""
    static = Path(st.__file__).parent / "static"
    return [path.relative_to(static).as_posix() for path in static.rglob("PlotlyChart.*.js")]
