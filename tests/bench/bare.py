"""The measure of the dashboard: the barest page that Streamlit makes of such a map."""

import streamlit as st
from starlette.requests import Request
from starlette.routing import Route

from stances.routes.answers import DAY, JSON, Answer
from stances.routes.body import pack
from tests.bench.paths import BENCH, GEOMETRY

_OUTLINES = {
    file.name: Answer(pack(file.read_bytes()), JSON, DAY) for file in GEOMETRY.glob("*.json")
}


async def _outlines(request: Request) -> Answer:
    return _OUTLINES[request.path_params["name"]]


app = st.App(BENCH / "bare_page.py", routes=[Route("/geometry/{name}", _outlines)])
