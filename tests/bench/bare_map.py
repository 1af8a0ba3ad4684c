"""The one small map of the pages that the dashboard is measured against."""

import plotly.graph_objects as go

from stances.dataset.outlines import country_ids
from stances.figures.map import VIEWS
from tests.bench.paths import GEOMETRY

CLASSES = 7
VIEW = VIEWS["europe"]
COUNTRIES = sorted(country_ids((GEOMETRY / VIEW.geometry_file).read_bytes()))


def bare_map(step: int) -> go.Figure:
    """The map whose countries change their colours with each step."""
    return go.Figure(
        go.Choropleth(
            locations=COUNTRIES,
            z=[(place + step) % CLASSES for place in range(len(COUNTRIES))],
            zmin=0,
            zmax=CLASSES - 1,
            colorscale="RdBu",
            showscale=False,
        ),
        {
            "template": {},
            "height": 430,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "uirevision": "bare",
            "geo": {
                "scope": VIEW.scope,
                "resolution": VIEW.resolution,
                "projection": dict(VIEW.projection),
                "lonaxis": {"range": list(VIEW.lon)},
                "lataxis": {"range": list(VIEW.lat)},
                "fitbounds": False,
                "visible": False,
            },
        },
    )
