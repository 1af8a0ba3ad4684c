"""The script that Streamlit runs for every visitor: navigation, shared controls, the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from stances import escapes, words
from stances.answers.introduction import beyond
from stances.answers.tracker import Tracker, store_of_folder
from stances.dataset.faults import MOST_FAULTS, DataFaults, some_left_out
from stances.links.register import OF_RELEASE, PAGES, page_titles
from stances.links.view import View
from stances.markup.links import introduction_html, page_here
from stances.markup.notices import refused_data, release_notice_html, settings_notice_html
from stances.queues.rotation import client_at
from stances.queues.runs import runs
from stances.seams.order import page_first
from stances.ui import url
from stances.ui.pages import pages
from stances.ui.parts.blocks import draw, notice
from stances.ui.parts.controls import controls_row, shared_controls
from stances.ui.parts.share import foot, share_control
from stances.ui.parts.watch import watch_control
from stances.ui.session import begin, compact, current, current_view

_WAITS = "Many ask for this at once: the page waits its turn, and goes on by itself."
# Of faults, where there is nothing else to show; the log has all that are told.
_MOST_LINES = MOST_FAULTS


def main() -> None:
    """Draw the page that the visitor is on, or what is wrong with the data."""
    entries = pages()
    page = st.navigation(entries, position="hidden")
    try:
        published = begin(page.url_path)
    except DataFaults as faults:
        _show_faults(faults)
        return
    with url.take_settings(published, page.url_path):
        surround = _surroundings(published, entries, page.url_path)
        page_first(partial(_body, page), surround)


def _body(page: st.Page) -> None:
    page.run()
    foot(current(), page.url_path)


def _surroundings(published: Tracker, entries: list[st.Page], here: str) -> Callable[[], None]:
    """Keep the places of what stands above a page, tell what went wrong, and return what fills the
    places and names the view to the browser.
    """
    title = current_view(here).title
    if compact():
        _notices(here)
        return partial(_name_view, published, here, title)
    navigation = st.container(key="navigation", horizontal=True, gap="small")
    introduced = st.container(key="introduction")
    _notices(here)
    controls = controls_row()

    def fill() -> None:
        _name_view(published, here, title)
        with navigation:
            _links(published, entries, here, title)
        with introduced:
            # The same on every day, so that no step sends it again.
            draw(introduction_html(current()))
        with controls:
            shared_controls(current(), here)

    return fill


def _name_view(published: Tracker, here: str, title: str) -> None:
    """Set the address and the title of the window."""
    url.tell(published, here)
    st.set_page_config(page_title=title, layout="wide")


def _links(published: Tracker, entries: list[st.Page], here: str, title: str) -> None:
    """Draw the name of the tracker, links to the pages that carry the view along, and what a reader
    takes along from this one. The links are one piece of markup: as elements of their own they were
    a tenth of what a step of the date costs.
    """
    site = f'<p class="site">{escapes.html(published.data.about.title)}</p>'
    titles = page_titles(published.data)
    links = "".join(
        page_here(page.url_path, query, titles[page.url_path], page.url_path == here)
        for page, query in zip(entries, url.links(published, PAGES), strict=True)
    )
    pages_bar = f'<div class="bar">{site}<nav class="pages" aria-label="Pages">{links}</nav></div>'
    st.html(pages_bar, width="content")
    share_control(current(), here, title)
    watch_control(current(), here)


def _notices(here: str) -> None:
    """Show what is wrong with data or address, a reader's settings, and that it is a release."""
    later = beyond(current().data, url.get("as_of"))
    for line in filter(None, (*refused_data(store_of_folder().state()), *url.refusals(), later)):
        notice(line)
    _release_banner(current_view(here))
    _banner(current())


def _banner(tracker: Tracker) -> None:
    """Say on every page that settings are not the published; in a frame its source line does."""
    if tracker.settings is None or compact():
        return
    with st.container(key="banner"):
        text, back = st.columns([5, 1], vertical_alignment="center")
    with text:
        draw(settings_notice_html(tracker))
    with back:
        st.button("Back to published", on_click=url.put, args=("settings", None))


def _release_banner(view: View) -> None:
    """Say on every page that what is shown is a release, and lead to the data of today."""
    if view.published.data.release and not view.embedded:
        draw(release_notice_html(view))


def _show_faults(faults: DataFaults) -> None:
    """Show what is wrong, in so many lines as a page can take."""
    every = faults.faults
    count = f"{words.plural(len(every), 'fault')}{' or more' if some_left_out(every) else ''}"
    st.error(f"The data cannot be used: {count}. Nothing is shown until that is mended.")
    lines = [str(fault.without_folder()) for fault in every[:_MOST_LINES]]
    if len(every) > _MOST_LINES:
        lines.append(f"and {len(every) - _MOST_LINES:,} more")
    st.code("\n".join(lines), language=None)


def _say_that_it_waits() -> None:
    st.toast(_WAITS, duration="long")


# The address may come before what was chosen, and the other way round.
_has_changes = any(
    st.query_params.get(name) or st.session_state.get(name) for name in ("settings", *OF_RELEASE)
)
with runs.slot(client_at(st.context.ip_address or ""), _has_changes, _say_that_it_waits):
    main()
