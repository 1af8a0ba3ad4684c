"""A shared figure is shown as it is, and each showing leaves it as it was."""

from __future__ import annotations

import copy
import json
from typing import Any

import plotly.graph_objects as go
from streamlit.testing.v1 import AppTest

from stances.seams.shared_figure import shared

SPEC: dict[str, Any] = {
    "data": [{"type": "scatter", "y": [1, 2, 3]}],
    "layout": {"title": {"text": "Three"}},
}


def _page(figure) -> None:  # type: ignore[no-untyped-def]  # run apart from this file
    import streamlit as st

    st.plotly_chart(figure, key="chart", theme=None)


def _shown(figure: go.Figure) -> Any:
    app = AppTest.from_function(_page, args=(figure,)).run()
    assert not app.exception
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def test_it_is_shown_like_any_other() -> None:
    assert _shown(shared(go.Figure(SPEC))) == _shown(go.Figure(SPEC))


def test_showing_it_changes_nothing_in_it() -> None:
    figure = shared(go.Figure(SPEC))
    before = copy.deepcopy(figure.to_dict())
    first = _shown(figure)
    assert figure.to_dict() == before == go.Figure(SPEC).to_dict()
    assert _shown(figure) == first


def test_it_is_taken_apart_once() -> None:
    figure = shared(go.Figure(SPEC))
    assert figure.to_dict() is figure.to_dict()
