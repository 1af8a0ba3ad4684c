"""The same small map on a bare Streamlit page and on a page of Dash, to measure beside.

`streamlit run bare.py` opens the one; `python -m tests.bench.peers PORT` is the other.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import plotly.graph_objects as go

GEOMETRY = Path(__file__).resolve().parents[2] / "data" / "geometry"
START, STEPS, CLASSES = 112, 194, 7


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


def streamlit_page() -> None:
    import streamlit as st

    step = st.slider("As of", 0, STEPS, START, key="as_of_slider")
    config = {"topojsonURL": "geometry/"}
    st.plotly_chart(bare_map(step), key="map", theme=None, config=config)


def dash_page(port: int) -> None:
    from dash import Dash, Input, Output, dcc, html
    from flask import Response, send_from_directory

    app = Dash(__name__)
    slider = dcc.Slider(0, STEPS, 1, value=START, id="as-of", marks=None, updatemode="drag")
    drawn = dcc.Graph(id="map", config={"topojsonURL": "/geometry/"})
    app.layout = html.Div(
        [html.Div(slider, className="st-key-as_of_slider"), html.Div(drawn, className="st-key-map")]
    )

    @app.server.route("/geometry/<name>")
    def outlines(name: str) -> Response:
        return send_from_directory(GEOMETRY, name)

    @app.callback(Output("map", "figure"), Input("as-of", "value"))
    def draw(step: int) -> go.Figure:
        return bare_map(step)

    app.run(port=port)


if __name__ == "__main__":
    dash_page(int(sys.argv[1])) if len(sys.argv) > 1 else streamlit_page()
