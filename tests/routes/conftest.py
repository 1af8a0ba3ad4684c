"""The routes as an application of their own, on one dataset or another."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from stances.dataset.load import Dataset
from stances.links import view
from stances.routes import middleware, routes


@pytest.fixture
def client_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., TestClient]:
    """Return the client of an application that has a dataset, under a base path."""

    def make(data: Dataset, base_path: str = "") -> TestClient:
        held = SimpleNamespace(data=lambda: data, fault="")
        monkeypatch.setattr(view, "store", lambda: held)
        return TestClient(Starlette(routes=routes(base_path), middleware=middleware()))

    return make


@pytest.fixture
def client(client_of: Callable[..., TestClient], six: Dataset) -> TestClient:
    """The six events, over HTTP."""
    return client_of(six)


@pytest.fixture
def real_client(client_of: Callable[..., TestClient], real: Dataset) -> TestClient:
    """The product's own data, over HTTP."""
    return client_of(real)
