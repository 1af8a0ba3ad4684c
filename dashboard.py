"""The pages of the dashboard and the HTTP routes, as `streamlit run dashboard.py` opens them."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from stances.answers.framing import embed_ancestors, frame_ancestors
from stances.dataset.files import data_folder
from stances.dataset.store import store_of
from stances.dataset.tables import hold_texts
from stances.routes import routes
from stances.routes.code import UnchangingFiles
from stances.routes.gate import Gate
from stances.routes.headers import PageHeaders
from stances.routes.hosts import answered_hosts
from stances.routes.pages import open_soon
from stances.seams.runs import RunsEnd
from stances.seams.server import send_at_once

_SCRIPT = Path(__file__).resolve().parent / "stances" / "ui" / "app.py"
_BASE_PATH = st.get_option("server.baseUrlPath")

hold_texts()
send_at_once()
# Read before the first visitor comes: what happens to the files later replaces nothing good.
_STORE = store_of(data_folder())
further_pages = open_soon(_STORE)

app = st.App(
    _SCRIPT,
    routes=routes(_BASE_PATH),
    middleware=[
        Middleware(Gate, hosts=answered_hosts(), base_path=_BASE_PATH),
        Middleware(UnchangingFiles),
        Middleware(
            PageHeaders,
            store=_STORE,
            ancestors=frame_ancestors(),
            embeds=embed_ancestors(),
            base_path=_BASE_PATH,
        ),
        Middleware(RunsEnd),
    ],
)
