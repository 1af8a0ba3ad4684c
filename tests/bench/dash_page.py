"""What the dashboard is measured against besides: the same small map on a page that Dash makes.

Run with the port as argument. Dash is a need of this alone: tests/bench/requirements.txt.
"""

import datetime as dt
import logging
import sys

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
from flask import Response, send_from_directory

from stances.dataset.outlines import country_ids
from stances.figures.map import VIEWS
from tests.bench.paths import GEOMETRY

FIRST, STEP, STEPS = dt.date(2010, 1, 31), dt.timedelta(days=30), 194
START = 112
CLASSES = 7

view = VIEWS["europe"]
countries = sorted(country_ids((GEOMETRY / view.geometry_file).read_bytes()))
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
def drawn(step: int) -> go.Figure:
    return go.Figure(
        go.Choropleth(
            locations=countries,
            z=[(place + step) % CLASSES for place in range(len(countries))],
            zmin=0,
            zmax=CLASSES - 1,
            colorscale="RdBu",
            showscale=False,
        ),
        {
            "template": {},
            "height": 430,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "uirevision": "dash",
            "geo": {
                "scope": view.scope,
                "resolution": view.resolution,
                "projection": dict(view.projection),
                "lonaxis": {"range": list(view.lon)},
                "lataxis": {"range": list(view.lat)},
                "fitbounds": False,
                "visible": False,
            },
        },
    )


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app.run(port=int(sys.argv[1]))
