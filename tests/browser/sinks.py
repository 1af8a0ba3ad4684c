"""A page with each payload in each kind of sink, for `test_escapes.py`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import plotly.graph_objects as go
import streamlit as st

from stances import escapes
from tests.payloads import HEBREW, PAYLOADS


def _tell(text: str) -> str:
    return f'<p class="told" title="{escapes.html(text)}">{escapes.html(text)}</p>'


# Each kind of sink by the first of its keys, and how a text is drawn in it.
SINKS: dict[str, Callable[[str, str], object]] = {
    "pills": lambda text, key: st.pills("l", [text], format_func=escapes.label, key=key),
    "segments": lambda text, key: st.segmented_control(
        "l", [text], format_func=escapes.label, key=key
    ),
    "slider": lambda text, key: st.select_slider(
        "l", [text, "z"], format_func=escapes.label, key=key
    ),
    "button": lambda text, key: st.button(escapes.label(text), key=key),
    "box": lambda text, key: st.selectbox("l", [text], key=key),
    "many": lambda text, key: st.multiselect("l", [text], default=[text], key=key),
    "field": lambda text, key: st.number_input(escapes.spoken_label(text), key=key),
    "html": lambda text, _: st.html(_tell(text)),
}


def chart() -> None:
    """Draw all texts as labels of one chart, by both escapes."""
    places = list(range(len(PAYLOADS)))
    figure = go.Figure(layout={"height": 40 * len(places), "showlegend": False})
    for column, escape in enumerate((escapes.chart, escapes.html)):
        note = [escape(text) for text in PAYLOADS]
        figure.add_scatter(x=[column] * len(note), y=places, mode="text", text=note)
    st.plotly_chart(figure, key="chart", theme=None)


for place, payload in enumerate(PAYLOADS):
    for kind, draw in SINKS.items():
        with st.container(key=f"{kind}-{place}"):
            draw(payload, f"{kind}-of-{place}")
chart()
with st.container(key="name"):
    st.pills("l", [f"{escapes.isolate(HEBREW)} \u22121.50"], key="name-option")
st.html('<p id="end">End</p>')
