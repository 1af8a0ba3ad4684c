"""The run of a visitor: tracker and view, the theme, and the frame that it may be shown in."""

from contextvars import ContextVar

import streamlit as st

from stances.answers.tracker import Tracker, published_tracker, tracker_under
from stances.dataset.tables import Dataset
from stances.links.view import View
from stances.ui import url

# Of the run: newer data may come while it lasts, and a page must not mix the two.
_data: ContextVar[Dataset] = ContextVar("data")
# The heights, in px, of the charts that a frame of the view shows.
_charts: ContextVar[list[int]] = ContextVar("charts")


def begin(page: str) -> Tracker:
    """Return the published tracker of the newest data, or of the release that a page shows, which
    the whole run keeps to. Raises DataFaults.
    """
    data = url.release_here(published_tracker().data, page)
    _data.set(data)
    _charts.set([])
    return tracker_under(data, None)


def current() -> Tracker:
    """Return the tracker of the run under the settings, and on the basis, of the address."""
    return tracker_under(_data.get(), url.get("settings"), url.get("basis"))


def current_view(page: str) -> View:
    """Return the view of the run."""
    published = tracker_under(_data.get(), None)
    refused, site = tuple(url.refusals()), site_before(page)
    return View(page, published, url.values(), refused, compact(), site, mode=current_mode())


def site_before(page: str) -> str:
    """Return the reader's address of the dashboard, proxy and base path in it, from a page's."""
    here = (st.context.url or "").rstrip("/")
    return f"{here.removesuffix(f'/{page}' if page else '')}/" if here else ""


def current_mode() -> str:
    """Return the theme that the reader sees, of MODES."""
    return st.context.theme.type or "light"


def compact() -> bool:
    """Say whether only the chart is wanted, by `embed=true` in the address: no navigation, no
    controls, no tables; every view asks this.
    """
    return bool(st.context.is_embedded)


def note_height(px: int) -> None:
    """Note how high a chart is that a frame of the view shows."""
    _charts.get().append(px)


def framed_px() -> int:
    """Return the height together of the charts that a frame of the view shows."""
    return sum(_charts.get())
