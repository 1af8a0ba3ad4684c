"""Things that a reader takes along from a page: a citation, its link, a frame for other pages, the
source.

A shared link leaves out what is the default. A frame stands in a page of others for years, so its
link has every parameter: a default may be another one tomorrow.
"""

from collections.abc import Mapping

import streamlit as st

from stances import escapes, words
from stances.answers.citing import Citation
from stances.answers.framing import others_may_frame
from stances.answers.tracker import Tracker
from stances.dataset.days import day_at_start
from stances.figures.theme import LIGHT, MODES
from stances.links.parameters import release_texts_of
from stances.links.register import REGISTER, WIDTHS, frame_height
from stances.links.view import View, frame_texts, query_of
from stances.markup.legend import source_html
from stances.markup.links import page_here
from stances.pages.quotation import opened_quotation
from stances.ui import url
from stances.ui.parts.blocks import draw, paragraph
from stances.ui.session import compact, current_view, framed_px, site_before

_OPEN = "share"
_WIDTH = 460
_FRAME, _USUAL = "frame_width", 640
_THEME = "frame_theme"


def view_link(view: View) -> str:
    """Return the link of what a page shows. Host and path are those under which the reader came, so
    a proxy or a base path is in it.
    """
    return _address(view.page, view.shared.texts_of_page)


def _address(page: str, query: Mapping[str, str]) -> str:
    return f"{site_before(page)}{page}?{query_of(query)}"


def embed_code(link: str, title: str, page: str, wide: int, charts: int = 0) -> str:
    """Return markup that shows a link in a frame; `page`, `wide`, `charts`: see `frame_height`."""
    high = frame_height(page, wide, charts)
    return (
        f'<iframe src="{escapes.html(link)}" title="{escapes.html(title)}" width="{wide}" '
        f'height="{high}" style="border:0;max-width:100%" loading="lazy"></iframe>'
    )


def share_control(tracker: Tracker, page: str, title: str) -> None:
    """Draw the control, whose content is made and sent only while it is open. Not a fragment: that
    would send a container of its own with each step of the date.
    """
    control = st.popover("Share", key=_OPEN, on_change="rerun", type="tertiary")
    if not control.open:
        return
    view, data = current_view(page), tracker.data
    link = view_link(view)
    with control:
        day = url.get("as_of")
        what = f"{REGISTER[page].cited} {day}"
        table = Citation(data, day, data.today, tracker.own_settings, what).line
        cited = _address(page, view.cited_texts)
        part("To cite it", opened_quotation(view) or f"{table} {cited}")
        part("Link to this view", link)
        pinned = (
            {} if data.release else release_texts_of(data, current_view(page).shared.texts_of_page)
        )
        if pinned:
            known = words.day(day_at_start(data.version))
            part(f"As known on {known}, whatever comes later", _address(page, pinned))
        others = page_here("data", {"section": "citing"}, "As known on other days: all versions")
        st.html(f'<p class="small">{others}</p>')
        with st.expander("To embed it in a page"):
            _embed_part(tracker, page, title)


def _embed_part(tracker: Tracker, page: str, title: str) -> None:
    wide = st.segmented_control(
        "Width of the frame",
        WIDTHS,
        default=_USUAL,
        required=True,
        format_func=lambda px: f"{px} px",
        key=_FRAME,
        label_visibility="collapsed",
    )
    theme = st.segmented_control(
        "Theme of the frame",
        MODES,
        default=LIGHT.mode,
        required=True,
        format_func=str.capitalize,
        key=_THEME,
        label_visibility="collapsed",
    )
    framed = frame_texts(theme or LIGHT.mode)
    link = _address(page, framed | url.whole_link(tracker, page))
    _code(embed_code(link, title, page, wide or _USUAL, framed_px()))
    paragraph("Add this to fit the height by itself", "small")
    _code(f'<script async src="{escapes.html(site_before(page))}embed.js"></script>')
    if not others_may_frame():
        text = "Here only pages of this server may embed it; its operator can allow more."
        paragraph(text, "small")


def part(name: str, content: str) -> None:
    """Draw a text to be copied under its name."""
    paragraph(name, "part")
    _code(content)


def _code(content: str) -> None:
    st.code(content, language=None, wrap_lines=True, width=_WIDTH)


def foot(tracker: Tracker, page: str) -> None:
    """Draw what stands under a page: the source; in a frame, the way to the whole page.

    The map has its source line in the text of its legend, which a step does not send again.
    """
    markup = source_html(tracker) if page else ""
    if not compact():
        if markup:
            draw(markup)
        return
    link = escapes.html(view_link(current_view(page)))
    whole = f'<p class="source"><a href="{link}" target="_blank">Open the full view</a></p>'
    # In sight however far a table is scrolled in its frame.
    with st.container(key="framed-foot"):
        draw(f"{markup}{whole}")
