"""What `streamlit run dashboard.py` opens: the pages of the dashboard and the HTTP routes."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from stances.answers.framing import frame_ancestors
from stances.dataset.files import data_folder
from stances.dataset.store import store_of
from stances.routes import routes
from stances.routes.headers import PageHeaders
from stances.seams.chart_code import chart_code
from stances.seams.sockets import sockets_in_order
from stances.seams.surroundings import Discreet

_SCRIPT = Path(__file__).resolve().parent / "stances" / "ui" / "app.py"
_BASE_PATH = st.get_option("server.baseUrlPath")

# Read before the first visitor comes: what happens to the files later replaces nothing good.
_STORE = store_of(data_folder())
_STORE.holding()

app = st.App(
    _SCRIPT,
    routes=routes(_BASE_PATH),
    lifespan=sockets_in_order,
    middleware=[
        Middleware(
            PageHeaders,
            store=_STORE,
            ancestors=frame_ancestors(),
            code=chart_code(),
            base_path=_BASE_PATH,
        ),
        Middleware(Discreet, script=_SCRIPT),
    ],
)
