"""Whoever watches a server is told where its files are not what their description says."""

from __future__ import annotations

import pytest

from stances.dataset import descriptions
from stances.dataset.files import DATA_VARIABLE
from tests.folders import Folder
from tests.routes.conftest import client_of


@pytest.mark.usefixtures("look_at_once")
def test_health_tells_what_is_not_as_described(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    client = client_of(folder.path)
    descriptions.write(folder.load())
    assert "warning" not in client.get("/healthz").json()
    for name in ("about.toml", "codebook.toml"):
        path = folder.path / name
        path.write_bytes(path.read_bytes() + b"\n")
    other = "is not the file that datapackage.json describes: it has another hash"
    differs = f"not as described: codebook.toml: {other}, about.toml: {other}"
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["warning"]) == (200, differs)
    (folder.path / "events.csv").unlink()
    refused = "newer data was refused (1 fault): events.csv: the file is missing"
    assert client.get("/healthz").json()["warning"] == f"{refused}; {differs}"
