"""Files that never change: compressed once and kept, and all else passed on."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from stances.routes.code import UnchangingFiles

CODE = b"const label = 'Exclude';\n" * 100
PLACE = "/static/js/chart.js"
FOR_GOOD = {"Cache-Control": "public, immutable, max-age=31536000"}


class Files:
    """An application with a file in pieces, and how often it was asked for anything."""

    def __init__(self, **more: str) -> None:
        self.asked = 0
        self.headers = FOR_GOOD | more

    async def answer(self, request: Request) -> Response:
        self.asked += 1
        if request.url.path == PLACE and request.method == "GET" and "range" not in request.headers:
            pieces = iter([CODE[:1000], CODE[1000:]])
            return StreamingResponse(pieces, 200, self.headers, "text/javascript")
        status = 206 if "range" in request.headers else 200
        return Response(f"{request.method} passed on", status, FOR_GOOD if status == 206 else None)

    def client(self, most_bytes: int = 10_000) -> TestClient:
        every = Route("/{path:path}", self.answer, methods=["GET", "HEAD", "OPTIONS"])
        app = Middleware(UnchangingFiles, most_bytes=most_bytes)
        return TestClient(Starlette(routes=[every], middleware=[app]))


def test_a_file_comes_compressed_and_for_good() -> None:
    sent = Files().client().get(PLACE)
    assert sent.content == CODE
    assert sent.headers["content-encoding"] == "gzip"
    assert int(sent.headers["content-length"]) < len(CODE) / 2
    assert sent.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "max-age=31536000" in sent.headers["cache-control"]


def test_who_takes_no_gzip_has_it_as_it_is() -> None:
    sent = Files().client().get(PLACE, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in sent.headers
    assert sent.content == CODE


def test_a_file_is_asked_for_once() -> None:
    files = Files()
    client = files.client()
    first = client.get(PLACE)
    again = client.get(PLACE)
    assert again.content == CODE
    known = client.get(PLACE, headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert client.head(PLACE).headers["content-length"] == first.headers["content-length"]
    assert files.asked == 1


def test_what_is_kept_is_bounded() -> None:
    files = Files()
    client = files.client(most_bytes=10)
    assert [client.get(PLACE).content for _ in range(2)] == [CODE, CODE]
    assert files.asked == 2


@pytest.mark.parametrize(
    ("more", "encoding"),
    [({"Cache-Control": "no-cache"}, None), ({"Content-Encoding": "identity"}, "identity")],
)
def test_what_may_change_or_is_encoded_is_passed_on(
    more: dict[str, str], encoding: str | None
) -> None:
    files = Files(**more)
    client = files.client()
    for _ in range(2):
        sent = client.get(PLACE)
        assert (sent.content, sent.headers.get("content-encoding")) == (CODE, encoding)
    assert files.asked == 2


def test_all_else_is_passed_on() -> None:
    client = Files().client()
    assert client.get("/static/js/other.js").text == "GET passed on"
    assert client.options(PLACE).text == "OPTIONS passed on"
    assert client.get(PLACE, headers={"Range": "bytes=0-1"}).text == "GET passed on"
    assert "content-encoding" not in client.get(f"{PLACE}?x=1").headers
