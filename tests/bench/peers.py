"""The same small map on a bare Streamlit page and on a page of Dash, to measure beside.

`streamlit run tests/bench/peers.py` opens the one; `python -m tests.bench.peers` is the other.
"""

from __future__ import annotations

import json

import plotly.graph_objects as go
import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from tests.conftest import REAL

GEOMETRY = REAL / "geometry"
START, STEPS, CLASSES = 112, 194, 7
app = st.App(__file__, routes=[Mount("/geometry", StaticFiles(directory=GEOMETRY))])


def bare_map(step: int) -> go.Figure:
    """Return the map whose countries change their colours with each step."""
    file = json.loads((GEOMETRY / "europe_50m.json").read_text(encoding="utf-8"))
    shapes = [shape for one in file["objects"].values() for shape in one["geometries"]]
    places = sorted({shape["id"] for shape in shapes if shape.get("id")})
    shown = go.Choropleth(
        locations=places,
        z=[(place + step) % CLASSES for place in range(len(places))],
        zmin=0,
        zmax=CLASSES - 1,
        colorscale="RdBu",
        showscale=False,
    )
    geo = {"scope": "europe", "resolution": 50, "fitbounds": False, "visible": False}
    geo |= {"lonaxis": {"range": [-25, 45]}, "lataxis": {"range": [34, 72]}}
    edges = {"l": 0, "r": 0, "t": 0, "b": 0}
    return go.Figure(
        shown, {"template": {}, "height": 430, "margin": edges, "uirevision": "bare", "geo": geo}
    )


def dash_page() -> None:
    from dash import Dash, Input, Output, dcc, html
    from flask import Response, send_from_directory

    dashed = Dash(__name__)
    slider = dcc.Slider(0, STEPS, 1, value=START, id="as-of", marks=None, updatemode="drag")
    drawn = dcc.Graph(id="map", config={"topojsonURL": "/geometry/"})
    dashed.layout = html.Div(
        [html.Div(slider, className="st-key-as_of_slider"), html.Div(drawn, className="st-key-map")]
    )

    @dashed.server.route("/geometry/<name>")
    def outlines(name: str) -> Response:
        return send_from_directory(GEOMETRY, name)

    @dashed.callback(Output("map", "figure"), Input("as-of", "value"))
    def draw(step: int) -> go.Figure:
        return bare_map(step)

    dashed.run()


if __name__ == "__main__" and st.runtime.exists():
    moved = st.slider("As of", 0, STEPS, START, key="as_of_slider")
    outlined = {"topojsonURL": "geometry/"}
    st.plotly_chart(bare_map(moved), key="map", theme=None, config=outlined)
elif __name__ == "__main__":
    dash_page()
