"""What the dashboard is measured against: the barest page that Streamlit makes of such a map."""

import streamlit as st
from starlette.routing import Route

from stances.routes.geometry import geometry
from tests.bench.paths import BENCH, GEOMETRY

app = st.App(BENCH / "bare_page.py", routes=[Route("/geometry/{name}", geometry(GEOMETRY.parent))])
