"""Streamlit's own files from memory: the same bytes, compressed, and all else passed on."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("httpx2", reason="needs tests/requirements.txt")

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from stances.routes.code import CodeFiles

CODE = b"const label = 'Exclude';\n" * 100
PLACE = "static/js/chart.abcd1234.js"


async def _passed_on(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.method} passed on")


def _client(folder: Path, base_path: str = "") -> TestClient:
    (folder / "chart.abcd1234.js").write_bytes(CODE)
    files = {PLACE: folder / "chart.abcd1234.js", "static/js/gone.abcd1234.js": folder / "gone.js"}
    code = Middleware(CodeFiles, files=files, base_path=base_path)
    every = Route("/{path:path}", _passed_on, methods=["GET", "HEAD", "OPTIONS"])
    return TestClient(Starlette(routes=[every], middleware=[code]))


def test_a_file_comes_compressed_and_for_good(tmp_path: Path) -> None:
    sent = _client(tmp_path).get(f"/{PLACE}")
    assert sent.content == CODE
    assert sent.headers["content-encoding"] == "gzip"
    assert int(sent.headers["content-length"]) < len(CODE) / 2
    assert sent.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "max-age=31536000" in sent.headers["cache-control"]


def test_who_takes_no_gzip_has_it_as_it_is(tmp_path: Path) -> None:
    sent = _client(tmp_path).get(f"/{PLACE}", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in sent.headers
    assert sent.content == CODE


def test_a_file_is_read_once(tmp_path: Path) -> None:
    client = _client(tmp_path)
    first = client.get(f"/{PLACE}")
    (tmp_path / "chart.abcd1234.js").unlink()
    again = client.get(f"/{PLACE}")
    assert again.content == CODE
    known = client.get(f"/{PLACE}", headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert client.head(f"/{PLACE}").headers["content-length"] == first.headers["content-length"]


@pytest.mark.parametrize(
    "address", ["/static/js/other.abcd1234.js", "/static/js/gone.abcd1234.js", "/", f"/x/{PLACE}"]
)
def test_all_else_is_passed_on(address: str, tmp_path: Path) -> None:
    assert _client(tmp_path).get(address).text == "GET passed on"


def test_other_methods_are_passed_on(tmp_path: Path) -> None:
    assert _client(tmp_path).options(f"/{PLACE}").text == "OPTIONS passed on"


def test_files_lie_under_the_base_path(tmp_path: Path) -> None:
    client = _client(tmp_path, "/base/")
    assert client.get(f"/base/{PLACE}").content == CODE
    assert client.get(f"/{PLACE}").text == "GET passed on"
