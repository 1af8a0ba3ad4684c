"""The script that Streamlit runs for every visitor: navigation, shared controls, the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from stances.faults import DataFaults
from stances.text import ACTOR, PAGES, escape, plural, window_title
from stances.ui import url
from stances.ui.controls import controls_row, shared_controls
from stances.ui.embed import compact
from stances.ui.session import banner, current
from stances.ui.share import foot, share_control
from stances.ui.shared import Tracker, held, tracker

_GREETED = "_greeted"


def main() -> None:
    """Draw the page that the visitor is on, or what is wrong with the data."""
    pages = [
        st.Page(f"views/{path or 'map'}.py", title=title, url_path=path, default=not path)
        for path, title in PAGES.items()
    ]
    page = st.navigation(pages, position="hidden")
    try:
        published = tracker()
    except DataFaults as faults:
        _show_faults(faults)
        return
    url.sync(published, page.url_path)
    title = _window_title(published, page.url_path)
    st.set_page_config(page_title=title, layout="wide")
    if compact():
        _notices()
        _body(page)
        return
    navigation = st.container(key="navigation", horizontal=True, gap="small")
    _notices()
    links = partial(_links, published, pages, page.url_path, title)
    head = partial(_head, navigation, links, controls_row(), published)
    # Who has been here sees the links and controls already and waits for what is new, the page:
    # it is sent first then. Where it fails, the links still come.
    if st.session_state.setdefault(_GREETED, False):
        try:
            _body(page)
        finally:
            head()
    else:
        st.session_state[_GREETED] = True
        head()
        _body(page)


def _body(page: st.Page) -> None:
    page.run()
    foot(current(), page.url_path)


def _head(
    navigation: DeltaGenerator,
    links: Callable[[], None],
    controls: DeltaGenerator,
    published: Tracker,
) -> None:
    """What stands above every page, in the places kept for it."""
    with navigation:
        links()
    with controls:
        shared_controls(published)


def _links(published: Tracker, pages: list[st.Page], here: str, title: str) -> None:
    """Links to the pages that carry the view along, and what a reader takes along from this one."""
    for page in pages:
        label, _, _ = page.title.partition(" ")
        st.page_link(page, label=label, query_params=url.link(published, page.url_path))
    share_control(published, here, title)


def _notices() -> None:
    """What went wrong with the data or the address, and other settings than the published."""
    _refused_data()
    for line in url.refused():
        _notice(line)
    banner(current())


def _refused_data() -> None:
    """Tell everyone where newer files could not be taken up and what is shown is older."""
    faults = held().holding().faults
    if faults:
        more = f", and {plural(len(faults) - 1, 'more fault')}" if len(faults) > 1 else ""
        first = faults[0].without_folder()
        _notice(f"Newer data was refused; the last valid data is shown. {first}{more}.")


def _notice(line: str) -> None:
    """A line about the address. As markup, since a warning of Streamlit's takes Markdown, and
    words from an address must not become a link.
    """
    st.markdown(f'<p class="notice" role="alert">{escape(line)}</p>', unsafe_allow_html=True)


def _window_title(published: Tracker, page: str) -> str:
    """Names the view; the page of an actor by the actor."""
    data, shown = published.data, PAGES[page]
    if page == ACTOR:
        actor = url.shown_actor(published)
        # A group has no row there, and is its own name.
        shown = published.short_names.get(actor, actor)
    return window_title(data.codebook, shown, url.get("domain"), url.get("as_of"), data.about.title)


def _show_faults(faults: DataFaults) -> None:
    count = plural(len(faults.faults), "fault")
    st.error(f"The data cannot be used: {count}. Nothing is shown until they are mended.")
    st.code("\n".join(str(fault.without_folder()) for fault in faults.faults), language=None)


main()
