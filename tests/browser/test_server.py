"""The server as scripts find it: what its answers give away, take in, and how scripts use them."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.browser.view import come_to
from tests.folders import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

DAY = "2019-03-04"
ENDPOINTS = (
    "", "trends", "no/such/page", "static/none.js", "healthz", f"snapshots/{DAY}.csv",
    "snapshots/banana.csv", "tables/none.csv", "feed/XYZ.atom", "geometry/none.json",
    "events.json?scores=x", "openapi.json", "media/none.png", "component/a/b", "app/static/x",
    "..%2f..%2fetc%2fpasswd", "/etc/passwd", "_stcore/health", "_stcore/host-config",
    "_stcore/metrics", "_stcore/stream", "_stcore/upload_file/a/b", "_stcore/bidi-components/x",
)  # fmt: skip


def _ask(
    url: str, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None
) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(url, body, headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers.items()), answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, dict(refused.headers.items()), refused.read().decode()


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", ENDPOINTS)
def test_no_answer_gives_the_server_away(server: Server, path: str, method: str) -> None:
    status, headers, body = _ask(f"{server.origin}/{path}", method)
    assert status < 500
    text = f"{headers}\n{body}"
    assert "Traceback" not in text
    assert str(ROOT) not in text
    assert "site-packages" not in text
    # A name, at most: no version of anything that serves.
    assert not re.search(r"(?i)(uvicorn|streamlit|starlette|python)[ /]v?\d+\.\d", text)
    assert re.fullmatch(r"[a-z]*", headers.get("server", ""))
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "status"),
    [("", 200), ("trends", 200), ("data/", 200), ("tables", 404), ("etc/passwd", 404)],
)
def test_an_address_without_a_page_is_not_said_to_be_found(
    server: Server, path: str, status: int
) -> None:
    result, headers, body = _ask(f"{server.url}{path}")
    assert (result, headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert '<div id="root">' in body


@pytest.mark.parametrize(
    "known", [{"If-None-Match": "*"}, {"If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT"}]
)
def test_a_page_is_never_as_a_client_has_it(server: Server, known: dict[str, str]) -> None:
    status, headers, body = _ask(server.url, headers=known)
    assert (status, "content-security-policy" in headers) == (200, True)
    assert '<meta property="og:title"' in body


def test_the_code_of_a_page_comes_compressed(server: Server) -> None:
    code = set(re.findall(r'(?:href|src)="\./(static/[^"]+\.(?:js|css))"', _ask(server.url)[2]))
    assert code
    for path in code:
        request = urllib.request.Request(server.url + path, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            is_short = int(answer.headers["content-length"]) < 500
            assert is_short or answer.headers["content-encoding"] == "gzip", path


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_no_upload_is_taken_with_a_token_either(server: Server, method: str) -> None:
    _, headers, _ = _ask(f"{server.url}_stcore/health")
    cookie = headers["set-cookie"].partition(";")[0]
    known = {"Cookie": cookie, "X-Xsrftoken": cookie.partition("=")[2]}
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n--x--\r\n'
    sent = {**known, "Content-Type": "multipart/form-data; boundary=x"}
    status, headers, text = _ask(
        f"{server.url}_stcore/upload_file/session/file", method, sent, body
    )
    assert (status, headers["allow"]) == (405, "GET, HEAD")
    assert json.loads(text)["detail"] == f"{method} is not one of: GET, HEAD"


@pytest.mark.slow
def test_a_visit_leaves_no_cookie_but_streamlits_own(page: Page, server: Server) -> None:
    page.context.clear_cookies()
    for view in ("", "trends", "actor", "compare", "events", "data"):
        assert page.request.get(f"{server.url}{view}").ok
        come_to(page, server, view)
    cookies = page.context.cookies()
    assert {cookie["name"] for cookie in cookies} <= {"_streamlit_xsrf"}
    assert {cookie["domain"] for cookie in cookies} <= {"127.0.0.1"}
