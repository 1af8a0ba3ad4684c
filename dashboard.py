"""The pages of the dashboard and the HTTP routes, as `streamlit run dashboard.py` opens them."""

from pathlib import Path

import streamlit as st

from stances import routes
from stances.routes import headers
from stances.seams import served_page

# Empty, or the path under which a server that shares its host has the dashboard.
_BASE_PATH = st.get_option("server.baseUrlPath")

app = st.App(
    Path(__file__).resolve().parent / "stances" / "ui" / "app.py",
    routes=routes.routes(_BASE_PATH, served_page.document),
    middleware=routes.middleware(_BASE_PATH),
    lifespan=headers.sent_at_once,
)
