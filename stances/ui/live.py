"""The live view: the pieces of a page under controls of Streamlit, for every page the same way.

What is chosen is written into the address, of which the view is read again; controls are set from
it only where it is not what they wrote (a link, back, forward): a change that is on its way is
never overwritten. What a page says is the markup that it says before any script.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any

import streamlit as st

from stances import words
from stances.charts import live
from stances.charts.plot import Chart
from stances.links import view as links
from stances.links.pages import MAIN, PAGES
from stances.links.view import View
from stances.pages.block import Control
from stances.pages.registry import page_of
from stances.render import page
from stances.seams.component import component

_ASSETS = Path(__file__).parent / "assets"
# The map's drawing stays in the browser: it is not sent again with each day.
_DRAWING = re.compile(r'<svg class="map .*?</svg>', re.DOTALL)
_WIDGETS = ("select", "day", "search")
# px: of a choice, where there are few controls and where there are more; of the others.
_FEW, _WIDE, _CLOSE = 4, 220, 160
_OWN = {"day": 140, "search": 200}
_TOLD, _GO = "_told", "_go"
# Of many visitors one is drawn for at a time: threads that compute hinder each other.
_TURN = Lock()


def main() -> None:
    """Draw the page that the visitor is on."""
    made = [
        st.Page(lambda: None, title=PAGES[path].title, url_path=path, default=not path)
        for path in MAIN
    ]
    path = st.navigation(made, position="hidden").url_path
    site = f"{(st.context.url or '').removesuffix(path).rstrip('/')}/"
    data = links.store().data()
    # Streamlit keeps `embed` from a script, and knows the colours that the reader sees.
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    query |= {"embed": ["true"]} if st.context.is_embedded else {}
    view = links.read(data, path, query, site, links.notice())
    view = replace(view, mode=view.mode or st.context.theme.type or "light")
    st.set_page_config(page_title=view.title, layout="wide")
    with _TURN:
        shown = page_of(view)
        parts = [(n, [*of]) for n, of in groupby(page.pieces(shown, view), _part)]
    for n, (_, sections) in enumerate(parts):
        pieces, is_top = [page_piece(section) for section in sections], sections[0].id == "top"
        _pieces(f"part-{n}", pieces, is_top, view, len(parts))
        if sections[0].live == "trends":
            [block] = [block for block in shown.blocks if block.live == "trends"]
            _chart(view, block.data["chart"])
        if is_top:
            _controls(view, shown.controls)


def _part(section: page.Section) -> str:
    """Return which part of the page a section is in: the masthead, a chart, or the rest."""
    return "top" if section.id == "top" else section.live if section.live == "trends" else ""


def page_piece(section: page.Section) -> tuple[str, str]:
    """Return the id of a section in the page, and its markup without the map's drawing."""
    return f"s-{section.id}", _DRAWING.sub("", section.html)


def _pieces(
    key: str, pieces: Sequence[tuple[str, str]], is_top: bool, view: View, many: int
) -> None:
    data = {
        "pieces": pieces,
        "wrap": not is_top,
        "theme": view["theme"] or "",
        "of": many,
        "go": None if is_top else st.session_state.pop(_GO, None),
    }
    component("piece", _ASSETS, "piece.js")(key=key, data=data)


# -- controls ----------------------------------------------------------------------------------


def _controls(view: View, controls: Sequence[Control]) -> None:
    """Draw the controls of a page in one row, set from the address where that is not theirs."""
    here = view.page, {name: text for name, text in view.texts.items()}
    is_told = st.session_state.get(_TOLD) == here
    widgets = [control for control in controls if control.kind in _WIDGETS]
    for control in widgets:
        if not is_told or _key(view, control) not in st.session_state:
            st.session_state[_key(view, control)] = _value(control)
    st.session_state[_TOLD] = here
    width = _CLOSE if len(widgets) > _FEW else _WIDE
    with st.container(key="controls", horizontal=True, vertical_alignment="center", gap="xsmall"):
        for control in controls:
            if control.kind in _WIDGETS:
                _widget(view, control, width, lambda: _tell(view, widgets))
            else:
                said = page.control_html(view, control)
                st.html(f'<div class="page"><div class="ctl">{said}</div></div>', width="content")
        st.html(f'<div class="page">{page.honesty_html(view)}</div>', width="content")


def _key(view: View, control: Control) -> str:
    # A list to add from has a new key after each that was added: else it went on showing the last.
    adds = control.name == "actor" and view.entry.most > 1
    added = f"-{control.value}" if adds else ""
    return f"{view.page}-{control.name}{added}"


def _value(control: Control) -> Any:
    """Return what a widget holds: a day, else the text of the address."""
    if control.kind != "day":
        return control.value
    return datetime.strptime(control.value, "%d %b %Y").date()


def _widget(view: View, control: Control, width: int, chosen: Callable[[], None]) -> None:
    common: dict[str, Any] = {
        "key": _key(view, control),
        "on_change": chosen,
        "label_visibility": "collapsed",
        "width": width if control.kind == "select" else _OWN[control.kind],
    }
    data = view.tracker.data
    match control.kind:
        case "select":
            names = dict(control.options)
            st.selectbox(
                control.label, list(names), format_func=lambda code: names.get(code, code), **common
            )
        case "day":
            first, last = data.codebook.first_date, data.opening_day
            # With a default, which it never shows, it cannot be emptied.
            usual, common = _value(control), {**common, "format": "YYYY-MM-DD"}
            st.date_input(control.label, usual, first, last, **common)
        case _:
            st.text_input(control.label, placeholder=control.label, **common)


def _tell(view: View, widgets: Sequence[Control]) -> None:
    """Put what all controls hold into the address: the one that came with a quick change may be
    older than the change before it.
    """
    texts = {name: text for name, text in view.texts.items() if name not in ("page", "embed")}
    for control in widgets:
        value = st.session_state.get(_key(view, control))
        is_usual = (words.day(value) if isinstance(value, date) else value or "") == control.default
        texts.pop(control.name, None)
        if value and not is_usual:
            texts[control.name] = str(value)
    st.session_state[_TOLD] = view.page, texts
    st.query_params.from_dict(texts)


# -- the chart that zooms ----------------------------------------------------------------------


def _chart(view: View, chart: Chart) -> None:
    """Draw the lines of Trends by plotly; a press on a dot opens what it is of."""
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
    """Have the browser go where a dot leads, with the next drawing."""
    points = st.session_state["trends"]["selection"]["points"]
    link = points[0].get("customdata") if points else None
    st.session_state[_GO] = link[0] if isinstance(link, list) else link
