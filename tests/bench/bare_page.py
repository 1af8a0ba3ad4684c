"""The bare page: a slider and one small map that changes its colours with each step."""

import datetime as dt

import plotly.graph_objects as go
import streamlit as st

from stances.dataset.outlines import country_ids
from stances.figures.map import VIEWS
from tests.bench.paths import GEOMETRY

FIRST, LAST, START = dt.date(2010, 1, 31), dt.date(2026, 1, 31), dt.date(2019, 3, 31)
STEP = dt.timedelta(days=30)
CLASSES = 7

view = VIEWS["europe"]
countries = sorted(country_ids((GEOMETRY / view.geometry_file).read_bytes()))
as_of = st.slider("As of", FIRST, LAST, START, STEP, key="as_of_slider")
step = (as_of - FIRST) // STEP
figure = go.Figure(
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
        "uirevision": "bare",
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
st.plotly_chart(figure, key="map", theme=None, config={"topojsonURL": "geometry/"})
