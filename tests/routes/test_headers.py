"""The headers of every answer, and the requests that the server refuses to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from stances import escapes
from stances.dataset.store import Store
from stances.routes.headers import PageHeaders
from tests.folders import HOSTILE, REAL, TODAY

PAGE = (
    "<html><head><title>Streamlit</title><script>start()</script></head>"
    '<body><script src="./static/x.js"></script></body></html>'
)
POLICY = "content-security-policy"


async def _page(addresses: Request) -> Response:  # noqa: ARG001 - as all endpoints
    return HTMLResponse(PAGE)


async def _anything(addresses: Request) -> Response:
    return PlainTextResponse(f"{addresses.method} {len(await addresses.body())}")


@cache
def _store() -> Store:
    return Store(REAL, lambda: TODAY)


def _client(ancestors: str = "'self'") -> TestClient:
    """Pages and what takes any method, with the headers around them."""
    wrapped = Middleware(PageHeaders, store=_store(), ancestors=ancestors)
    taking = Route("/_stcore/upload_file/{name:path}", _anything, methods=["PUT", "DELETE", "POST"])
    app = Starlette(routes=[taking, Route("/{name:path}", _page)], middleware=[wrapped])
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def pages() -> Iterator[TestClient]:
    with _client() as client:
        yield client


def _policy(client: TestClient, path: str = "/") -> dict[str, list[str]]:
    parts = [part.split() for part in client.get(path).headers[POLICY].split(";")]
    return {name: values for name, *values in parts}


def test_the_policy_names_no_other_origin_and_no_eval(pages: TestClient) -> None:
    policy = _policy(pages)
    assert policy["default-src"] == ["'none'"]
    sources = [source for name, values in policy.items() for source in values]
    assert not [source for source in sources if "//" in source or "*" in source]
    assert "'unsafe-eval'" not in sources
    assert policy["style-src"] == ["'self'", "'unsafe-inline'"]
    scripts = set(policy["script-src"]) - {"'self'", "'wasm-unsafe-eval'"}
    assert scripts
    assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", script) for script in scripts)


def test_what_the_data_says_is_no_known_script(monkeypatch: pytest.MonkeyPatch) -> None:
    # Even where the escaping failed, the policy would know no script of a title.
    monkeypatch.setattr(escapes, "html", str)
    store = Store(HOSTILE, lambda: TODAY)
    wrapped = Middleware(PageHeaders, store=store, ancestors="'self'")
    app = Starlette(routes=[Route("/{name:path}", _page)], middleware=[wrapped])
    with TestClient(app) as evil, _client() as good:
        assert "<script>window.hit=1</script>" in evil.get("/").text
        assert _policy(evil) == _policy(good)


@pytest.mark.parametrize("path", ["/", "/trends", "/_stcore/upload_file/x"])
def test_all_answers_have_the_headers_for_all(pages: TestClient, path: str) -> None:
    result = pages.get(path).headers
    assert result["x-content-type-options"] == "nosniff"
    assert result["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in result["permissions-policy"]


def test_head_of_a_page_says_what_get_says(pages: TestClient) -> None:
    plain = {"Accept-Encoding": "identity"}
    got, head = pages.get("/trends", headers=plain), pages.head("/trends", headers=plain)
    assert dict(head.headers) == dict(got.headers)
    assert int(head.headers["content-length"]) == len(got.content) > len(PAGE)
    assert head.content == b""


def test_who_asks_for_little_is_told_so_in_what_the_script_of_a_page_reads(
    pages: TestClient,
) -> None:
    for headers, told in (({"Save-Data": "on"}, "save-data"), ({"Save-Data": "off"}, None)):
        answer = pages.get("/", headers=headers).headers
        assert answer.get("server-timing") == told
        assert "Save-Data" in answer["vary"]


def test_a_part_of_a_page_is_not_given(pages: TestClient) -> None:
    whole, part = pages.get("/"), pages.get("/", headers={"Range": "bytes=3-20"})
    assert (part.status_code, part.content) == (200, whole.content)


def test_layers_that_vary_by_the_same_say_so_once_and_no_part_is_offered() -> None:
    async def answer(addresses: Request) -> Response:  # noqa: ARG001 - as all endpoints
        result = PlainTextResponse("x")
        result.headers["Accept-Ranges"] = "bytes"
        for varies in ("Accept-Encoding", "Accept-Encoding, Cookie"):
            result.headers.append("Vary", varies)
        return result

    wrapped = Middleware(PageHeaders, store=Store(REAL, lambda: TODAY), ancestors="")
    with TestClient(Starlette(routes=[Route("/", answer)], middleware=[wrapped])) as client:
        text = client.get("/").headers
        assert text.get_list("vary") == ["Accept-Encoding, Cookie"]
        assert "accept-ranges" not in text


def test_who_may_frame_the_pages_stands_in_the_policy() -> None:
    with _client("'self' https://example.org") as client:
        assert _policy(client)["frame-ancestors"] == ["'self'", "https://example.org"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH", "TRACE", "OPTIONS", "FOO"])
@pytest.mark.parametrize("path", ["/", "/_stcore/upload_file/session/file"])
def test_nothing_can_be_written(pages: TestClient, method: str, path: str) -> None:
    result = pages.request(method, path, content=b"x" * 100)
    assert (result.status_code, result.headers["allow"]) == (405, "GET, HEAD")
    assert result.headers["content-type"] == "application/problem+json"
    assert result.json()["detail"] == f"{method} is not one of: GET, HEAD"


@pytest.mark.parametrize(
    ("path", "readable"),
    [
        ("/series.csv", True),
        ("/tables/events.csv", True),
        ("/openapi.json", True),
        ("/trends", False),
        ("/healthz", False),
        ("/readyz", False),
    ],
)
def test_pages_of_others_may_read_why_data_is_refused(
    pages: TestClient, path: str, readable: bool
) -> None:
    result = pages.post(path)
    assert result.status_code == 405
    assert ("access-control-allow-origin" in result.headers) is readable


@pytest.mark.parametrize("base", ["", "huawei"])
@pytest.mark.parametrize("name", ["series.csv", "snapshots/latest.json", "openapi.json"])
def test_a_page_of_others_is_told_beforehand_what_it_may_send(name: str, base: str) -> None:
    headers = {
        "Origin": "https://other.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    wrapped = Middleware(PageHeaders, store=_store(), ancestors="", base_path=base)
    with TestClient(Starlette(middleware=[wrapped])) as client:
        result = client.options("/".join(["", *filter(None, [base]), name]), headers=headers)
    assert (result.status_code, result.content) == (204, b"")
    text = {key: result.headers[f"access-control-{key}"] for key in ("allow-origin", "max-age")}
    assert text == {"allow-origin": "*", "max-age": "86400"}
    listed = result.headers["access-control-allow-headers"].lower().split(", ")
    assert {"if-none-match", "if-modified-since", "accept", "range"} <= set(listed)
    assert result.headers["access-control-allow-methods"] == "GET, HEAD"
    assert result.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/healthz", "/geometry/europe_50m.json", "/preview.png"])
def test_of_what_is_not_open_to_all_nothing_is_told_beforehand(
    pages: TestClient, path: str
) -> None:
    result = pages.options(path, headers={"Origin": "https://other.example"})
    assert (result.status_code, result.headers["allow"]) == (405, "GET, HEAD")
    assert not [name for name in result.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        (f"/{'a' * 9000}", {}, 414),
        (f"/?q={'a' * 9000}", {}, 414),
        ("/", {"x-long": "a" * 33000}, 431),
        ("/", {"host": "a" * 261}, 400),
        ("//etc/passwd", {}, 404),
        ("/..%2f..%2fetc/passwd", {}, 404),
        ("/%2e%2e/x", {}, 404),
        ("/..%5cx", {}, 404),
        ("/a%00b", {}, 404),
        ("/%c0%ae%c0%ae/x", {}, 404),
        ("/%252e%252e%252fx", {}, 404),
        ("/%e0%80%af", {}, 404),
        ("/%f0%80%80%af", {}, 404),
        ("/C:%5cwindows", {}, 404),
        ("/snapshots//etc/passwd.csv", {}, 404),
        ("/snapshots/%2fetc%2fpasswd.csv", {}, 404),
    ],
)
def test_what_is_too_long_or_a_trick_is_a_problem(
    pages: TestClient, path: str, sent: dict[str, str], status: int
) -> None:
    result = pages.get(f"http://testserver{path}", headers=sent)
    assert (result.status_code, result.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert result.json()["status"] == status
    # Pages of others may read no more than what is said of data, and it is guarded like all.
    of_data = path.startswith("/snapshots/")
    assert ("access-control-allow-origin" in result.headers) is of_data
    assert result.headers["referrer-policy"] == "strict-origin-when-cross-origin"
