"""The pages of the dashboard and the HTTP routes, as `streamlit run dashboard.py` opens them."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from stances import routes
from stances.links import view
from stances.seams.served_page import Pages

_BASE_PATH = st.get_option("server.baseUrlPath")

app = st.App(
    Path(__file__).resolve().parent / "stances" / "ui" / "app.py",
    routes=routes.routes(_BASE_PATH),
    middleware=[
        *routes.middleware(),
        Middleware(Pages, store=view.store(), base_path=_BASE_PATH),
    ],
)
