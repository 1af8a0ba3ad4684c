"""What `streamlit run dashboard.py` opens: the pages of the dashboard and the HTTP routes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from stances.answers.framing import embed_ancestors, frame_ancestors
from stances.dataset.files import data_folder
from stances.dataset.store import store_of
from stances.routes import routes
from stances.routes.code import CodeFiles
from stances.routes.gate import Gate, full
from stances.routes.headers import PageHeaders
from stances.routes.hosts import answered_hosts
from stances.routes.pages import get_ready
from stances.seams.chart_code import chart_code
from stances.seams.code_files import code_files
from stances.seams.connections import connections_watched, held
from stances.seams.log_lines import lines_counted
from stances.seams.memory import memory_given_back
from stances.seams.runs import RunsEnd
from stances.seams.sessions import sessions_in_order
from stances.seams.sockets import sockets_in_order
from stances.seams.surroundings import Discreet
from stances.seams.theme import theme_made_once

_SCRIPT = Path(__file__).resolve().parent / "stances" / "ui" / "app.py"
_BASE_PATH = st.get_option("server.baseUrlPath")

# Read before the first visitor comes: what happens to the files later replaces nothing good.
_STORE = store_of(data_folder())
get_ready(_STORE)


@asynccontextmanager
async def _order(app: st.App) -> AsyncIterator[None]:
    """What holds while the server runs, as its lifespan."""
    async with (
        sockets_in_order(app),
        connections_watched(full),
        sessions_in_order(),
        lines_counted(),
        theme_made_once(),
        memory_given_back(held().many_have_gone),
    ):
        yield


app = st.App(
    _SCRIPT,
    routes=routes(_BASE_PATH),
    lifespan=_order,
    middleware=[
        Middleware(Gate, hosts=answered_hosts(), base_path=_BASE_PATH),
        Middleware(CodeFiles, files=code_files(), base_path=_BASE_PATH),
        Middleware(
            PageHeaders,
            store=_STORE,
            ancestors=frame_ancestors(),
            embeds=embed_ancestors(),
            code=chart_code(),
            base_path=_BASE_PATH,
        ),
        Middleware(RunsEnd),
        Middleware(Discreet, script=_SCRIPT),
    ],
)
