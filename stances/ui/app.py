"""The script that Streamlit runs for every visitor: navigation, shared controls, the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from stances.faults import DataFaults
from stances.text import DASH, plural
from stances.ui import url
from stances.ui.controls import shared_controls
from stances.ui.shared import Tracker, tracker

_HERE = Path(__file__).parent
_STYLE = (_HERE / "style.css").read_text(encoding="utf-8")
_PAGES = {
    "": ("views/map.py", "Map"),
    "trends": ("views/trends.py", "Trends"),
    "data": ("views/data.py", "Data"),
}


def main() -> None:
    """Draw the page that the visitor is on, or what is wrong with the data."""
    st.html(f"<style>{_STYLE}</style>")
    pages = [
        st.Page(file, title=title, url_path=path, default=not path)
        for path, (file, title) in _PAGES.items()
    ]
    page = st.navigation(pages, position="hidden")
    try:
        shared = tracker()
    except DataFaults as faults:
        _show_faults(faults)
        return
    st.set_page_config(page_title=_window_title(shared, page.title), layout="wide")
    url.sync(shared, page.url_path)
    _navigation(pages)
    for line in url.refused():
        st.warning(line)
    shared_controls(shared)
    page.run()


def _navigation(pages: list[st.Page]) -> None:
    """Links to the pages that carry the view along: each is a link that can be shared."""
    with st.container(key="navigation", horizontal=True, gap="small"):
        for page in pages:
            st.page_link(page, label=page.title, query_params=url.link(page.url_path))


def _window_title(shared: Tracker, page: str) -> str:
    return f"{page} {DASH} {shared.data.about.title}"


def _show_faults(faults: DataFaults) -> None:
    count = plural(len(faults.faults), "fault")
    st.error(f"The data cannot be used: {count}. Nothing is shown until they are mended.")
    st.code("\n".join(str(fault) for fault in faults.faults), language=None)


main()
