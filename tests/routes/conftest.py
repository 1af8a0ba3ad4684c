"""The routes as a client sees them, without the dashboard around them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("httpx2", reason="needs tests/requirements.txt")

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from stances.dataset.files import DATA_VARIABLE
from stances.dataset.store import store_of
from stances.routes import routes
from stances.routes.body import pack
from stances.routes.headers import PageHeaders
from tests.folders import REAL, SIX


def client_of(folder: Path, base_path: str = "", shell: str = "") -> TestClient:
    """A client of all routes over a data folder, with the headers that the dashboard adds. `shell`:
    a page of Streamlit's at every other address.
    """

    async def page(request: Request) -> HTMLResponse:  # noqa: ARG001 - as all routes
        return HTMLResponse(shell)

    headers = Middleware(
        PageHeaders, store=store_of(folder), ancestors="'self'", base_path=base_path
    )
    pages = [Route("/{path:path}", page)] if shell else []
    app = Starlette(routes=[*routes(base_path), *pages], middleware=[headers])
    return TestClient(app, raise_server_exceptions=bool(shell))


@pytest.fixture(autouse=True)
def _packed_lightly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers are compressed as little as can be: to press them hard takes as long as to make them,
    and changes nothing of what they are.
    """
    monkeypatch.setattr(pack, "__defaults__", (1,))


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A client over the real data."""
    monkeypatch.setenv(DATA_VARIABLE, str(REAL))
    with client_of(REAL) as made:
        yield made


@pytest.fixture
def client_six(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A client over the six-event dataset."""
    monkeypatch.setenv(DATA_VARIABLE, str(SIX))
    with client_of(SIX) as made:
        yield made
