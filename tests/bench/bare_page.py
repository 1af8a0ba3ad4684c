"""The bare page: a slider and one small map that changes its colours with each step."""

import datetime as dt

import streamlit as st

from tests.bench.bare_map import bare_map

FIRST, LAST, START = dt.date(2010, 1, 31), dt.date(2026, 1, 31), dt.date(2019, 3, 31)
STEP = dt.timedelta(days=30)

as_of = st.slider("As of", FIRST, LAST, START, STEP, key="as_of_slider")
figure = bare_map((as_of - FIRST) // STEP)
st.plotly_chart(figure, key="map", theme=None, config={"topojsonURL": "geometry/"})
