"""The live view: the pieces of a page under controls of Streamlit, for every page the same way.

What is chosen is written into the address, of which the view is read again; controls are set from
it only where it is not what they wrote (a link, back, forward): a change that is on its way is
never overwritten. What a page says is the markup that it says before any script.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any

import streamlit as st

from stances import words
from stances.charts import live
from stances.charts.plot import Chart
from stances.dataset.faults import BadInput
from stances.links import view as links
from stances.links.pages import MAIN, PAGES
from stances.links.parameters import PARAMETERS
from stances.links.view import View
from stances.pages.block import Block, Control
from stances.pages.registry import page_of
from stances.render import page
from stances.seams.component import component

_ASSETS = Path(__file__).parent / "assets"
# The map's drawing never comes this way: the browser has it from the page before scripts, or takes
# it from the page of the address (`live.js`).
_DRAWING = re.compile(r'<svg class="map .*?</svg>', re.DOTALL)
# px by kind of the controls that are widgets, as of the fields before scripts (style.css).
_WIDTHS = {"select": 184, "day": 112, "search": 200}
# In the session: the page and texts that controls wrote last, the digests of what was sent last by
# id, and where the browser is to go.
_WRITTEN = "_written"
_SENT = "_sent"
_GO = "_go"
# Of many visitors one is drawn for at a time: threads that compute hinder each other.
_TURN = Lock()


def main() -> None:
    """Draw the page that the visitor is on."""
    # Streamlit answers the addresses of these; what they show is drawn below, for all alike.
    navigation = []
    for path in MAIN:
        entry = st.Page(
            lambda: None,
            title=PAGES[path].title,
            url_path=path,
            default=not path,
        )
        navigation.append(entry)
    path = st.navigation(navigation, position="hidden").url_path
    # Only in tests there is no address.
    address = st.context.url or ""
    site = address.removesuffix(path).rstrip("/")

    # Streamlit keeps `embed` from a script, and knows the colours that the reader sees. A page in a
    # frame has no masthead and no controls.
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    if st.context.is_embedded:
        query["embed"] = ["true"]
    view = links.read(links.store().data(), path, query, f"{site}/", links.notice())
    view = replace(view, mode=view.mode or st.context.theme.type or "light")
    st.set_page_config(page_title=view.title, layout="wide")

    with _TURN:
        content = page_of(view)
        sections = page.pieces(content, view)
    # Widgets and the chart of plotly stand between sections: those before, between and behind them
    # are a component each, whose script (`piece.js`) puts them into one page again.
    parts = [list(part) for _, part in groupby(sections, _part)]
    sent_before = st.session_state.get(_SENT, {})
    sent: dict[str, str] = {}
    # Filled on the way: a run that another breaks off has noted no more than it sent.
    st.session_state[_SENT] = sent
    for number, part in enumerate(parts):
        is_top = part[0].id == "top"
        pieces = [_piece(section, sent_before) for section in part]
        data = {
            "pieces": pieces,
            # The masthead is as wide as the window, all else stands in the column of the page.
            "wrap": not is_top,
            "theme": view["theme"] or "",
            # How many there are: `live.js` takes over from the page before scripts when it has all.
            "of": len(parts),
            # Where a press on a dot leads, once: the first part goes there.
            "go": st.session_state.pop(_GO, None),
        }
        draw = component("piece", _ASSETS, "piece.js")
        draw(key=f"part-{number}", data=data)
        for name, digest, _ in pieces:
            sent[name] = digest

        # What is drawn here is a part of its own, below the markup of its block: print and
        # telephones have that drawing, all others this one (`live.css`).
        live_name = part[0].live
        if live_name in DRAWN:
            [block] = [block for block in content.blocks if block.live == live_name]
            DRAWN[live_name](view, block)
        if is_top:
            _controls(view, content.controls)


def _part(section: page.Section) -> str:
    """Return which part of the page a section is in: the masthead, what is drawn here, or the
    rest.
    """
    if section.id == "top":
        return "top"
    return section.live if section.live in DRAWN else ""


def _piece(section: page.Section, sent: Mapping[str, str]) -> tuple[str, str, str | None]:
    """Return the id of a section in the page, the digest of its markup, and the markup without the
    map's drawing; None: the browser has it. `sent`: the digests of the drawing before, by id.
    """
    name = f"s-{section.id}"
    html = _DRAWING.sub("", section.html)
    digest = sha256(html.encode()).hexdigest()[:16]
    is_known = sent.get(name) == digest
    return name, digest, None if is_known else html


# -- controls ----------------------------------------------------------------------------------


def _controls(view: View, controls: Sequence[Control]) -> None:
    """Draw the controls of a page in one row, set from the address where that is not theirs."""
    widgets = [control for control in controls if control.kind in _WIDTHS]
    state = st.session_state
    address = (view.page, dict(view.texts))
    # An address from elsewhere (a link, back) sets all widgets anew.
    is_written_by_controls = state.get(_WRITTEN) == address
    for control in widgets:
        key = _key(view, control)
        if not is_written_by_controls or key not in state:
            state[key] = control.value
    state[_WRITTEN] = address

    with st.container(key="controls", horizontal=True, vertical_alignment="center", gap="xsmall"):
        for control in controls:
            if control.word:
                _html(f'<span class="word">{control.word}</span>')
            if control in widgets:
                _widget(view, control, partial(_write, view, widgets))
            else:
                _html(f'<div class="ctl">{page.control_html(view, control)}</div>')
        _html(page.provenance_html(view))


def _html(html: str) -> None:
    """Draw markup in the style of pages, as wide as it is."""
    st.html(f'<div class="page">{html}</div>', width="content")


def _key(view: View, control: Control) -> str:
    """Return the key of a widget in the session."""
    key = f"{view.page}-{control.name}"
    # Such a control adds to those that the address has, which are its value (`DEU,FRA`). After each
    # that was added it needs a new key: by the old one Streamlit went on showing the last. On pages
    # of one actor, or of any number (0), what is chosen takes the place of what was.
    if control.name == "actor" and view.entry.most_actors > 1:
        key += f"-{control.value}"
    return key


def _widget(view: View, control: Control, on_change: Callable[[], None]) -> None:
    """Draw the widget of a control."""
    label = control.label
    common: dict[str, Any] = {
        "key": _key(view, control),
        "on_change": on_change,
        "label_visibility": "collapsed",
        "width": _WIDTHS[control.kind],
    }
    if control.kind == "select":
        names = dict(control.options)
        # The session may hold a choice that is no longer among the options.
        st.selectbox(label, list(names), format_func=lambda code: names.get(code, code), **common)
    else:
        # A day too: Streamlit's field for dates has no form for 2 Jul 2026.
        placeholder = label if control.kind == "search" else None
        st.text_input(label, placeholder=placeholder, **common)


def _write(view: View, widgets: Sequence[Control]) -> None:
    """Put what all controls hold into the address, not that of the changed one alone: the address
    that Streamlit has may lag behind quick changes.
    """
    texts = dict(view.texts)
    # Another choice begins at the first part of its table.
    texts.pop("page", None)
    for control in widgets:
        texts.pop(control.name, None)
        text = st.session_state.get(_key(view, control))
        if control.kind == "day":
            text = _day(view, control, text)
        if text and text != control.default:
            texts[control.name] = text

    st.session_state[_WRITTEN] = (view.page, texts)
    st.query_params.from_dict(texts)


def _day(view: View, control: Control, text: str | None) -> str:
    """Return what the address has of a typed day, empty where it is the usual one, and let its
    field show it in words. What is no day is left as it is: the page says why.
    """
    text = text if text else control.default
    try:
        day = PARAMETERS[control.name].read(view.tracker, text)
    except BadInput:
        return text
    in_words = words.day(day)
    st.session_state[_key(view, control)] = in_words
    return "" if in_words == control.default else str(day)


# -- the chart that zooms ----------------------------------------------------------------------


def _chart(view: View, block: Block) -> None:
    """Draw the lines of Trends by plotly; a press on a dot opens what it is of."""
    chart: Chart = block.data["chart"]
    with st.container(key="chart"):
        st.plotly_chart(
            live.plotly_figure(chart, view.mode),
            key="trends",
            theme=None,
            on_select=_pressed,
            selection_mode="points",
            config={"displaylogo": False, "displayModeBar": False},
            alt=chart.alt,
        )


def _pressed() -> None:
    """Send the browser where a dot leads, with the next drawing."""
    points = st.session_state["trends"]["selection"]["points"]
    link = points[0].get("customdata") if points else None
    # A dot has its link as a text, or as a list of one.
    if isinstance(link, list):
        link = link[0]
    st.session_state[_GO] = link


# What is drawn in the place of blocks, by the `live` of these.
DRAWN: dict[str, Callable[[View, Block], None]] = {"trends": _chart}
