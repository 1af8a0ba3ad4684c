"""Another measure of the dashboard: the same small map on a page that Dash makes.

Run with the port as argument. Dash is a need of this alone: tests/bench/requirements.txt.
"""

import logging
import sys

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
from flask import Response, send_from_directory

from tests.bench.bare_map import bare_map
from tests.bench.paths import GEOMETRY

START, STEPS = 112, 194

app = Dash(__name__)
app.layout = html.Div(
    [
        html.Div(
            dcc.Slider(0, STEPS, 1, value=START, id="as-of", marks=None, updatemode="drag"),
            className="st-key-as_of_slider",
        ),
        html.Div(dcc.Graph(id="map", config={"topojsonURL": "/geometry/"}), className="st-key-map"),
    ]
)


@app.server.route("/geometry/<name>")
def outlines(name: str) -> Response:
    return send_from_directory(GEOMETRY, name)


@app.callback(Output("map", "figure"), Input("as-of", "value"))
def draw(step: int) -> go.Figure:
    return bare_map(step)


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app.run(port=int(sys.argv[1]))
