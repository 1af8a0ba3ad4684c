"""What HTTP promises of every answer: tags, forms, bounds, headers, hosts and health."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from stances.dataset.faults import DataFaults, Fault
from stances.dataset.load import Dataset
from stances.links import view
from stances.links.pages import MAIN
from stances.routes import headers, middleware, pages, routes, site
from stances.routes.pool import TEXT, Answer, Maker, Question


def test_what_is_known_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/acts.csv")
    again = client.get("/acts.csv", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = client.get(
        "/acts.csv?as_of=2020-02-01", headers={"If-None-Match": first.headers["etag"]}
    )
    assert other.status_code == 200


def test_an_answer_is_compressed_for_who_takes_it(client: TestClient) -> None:
    plain = client.get("/snapshots/latest.csv", headers={"Accept-Encoding": "identity"})
    packed = client.get("/snapshots/latest.csv", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert packed.content == plain.content
    assert packed.headers["etag"] == plain.headers["etag"]


def test_head_has_the_headers_of_get(client: TestClient) -> None:
    get, head = client.get("/events.csv"), client.head("/events.csv")
    assert head.content == b""
    assert head.headers["etag"] == get.headers["etag"]
    assert client.post("/events.csv").status_code == 405


def test_every_answer_has_the_headers_of_the_table(client: TestClient) -> None:
    for address in ("/acts.csv", "/acts.csv?x=1", "/healthz", "/assets/page.js", "/nothing"):
        sent = client.get(address).headers
        for name, value in headers.COMMON.items():
            assert sent[name] == value, (address, name)
        assert "default-src 'none'" in sent["content-security-policy"]
        assert sent["x-content-type-options"] == "nosniff"
        assert sent["cross-origin-opener-policy"] == "same-origin"
        assert {"referrer-policy", "permissions-policy"} <= {*sent}


def test_a_socket_that_names_no_protocol_sends_without_a_wait() -> None:
    async def begin() -> None:
        async with headers.sent_at_once(Starlette()):
            pass

    with socket.socket() as listener:
        listener.listen()
        assert not listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        asyncio.run(begin())
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def app_of(maker: Maker, handler: Callable[[Dataset, Question], Answer]) -> Starlette:
    page = maker.serve(handler, "", partial(pages.refused, "/", "e"))
    return Starlette(routes=[Route("/slow", maker.serve(handler)), Route("/page", page)])


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, six: Dataset) -> None:
    monkeypatch.setattr(view, "store", lambda: SimpleNamespace(data=lambda: six, fault=""))


@pytest.mark.usefixtures("held")
def test_an_answer_is_made_once() -> None:
    made: list[str] = []

    def handler(_: Dataset, asked: Question) -> Answer:
        made.append(str(asked.query))
        return Answer(b"x", TEXT)

    client = TestClient(app_of(Maker(), handler))
    for query in ("", "", "?a=1", "", "?a=1", "?a=2"):
        client.get(f"/slow{query}")
    assert made == ["{}", "{'a': ['1']}", "{'a': ['2']}"]


@pytest.mark.usefixtures("held")
def test_beyond_the_bound_of_all_a_page_or_file_is_to_come_again() -> None:
    go_on = threading.Event()

    def handler(_: Dataset, asked: Question) -> Answer:
        go_on.wait(10)
        return Answer(b"x", TEXT)

    app = app_of(Maker(at_once=2, waiting=3), handler)

    async def ask(n: int) -> tuple[int, str]:
        told: list[dict[str, object]] = []
        scope = {
            "type": "http", "method": "GET", "path": "/page" if n % 2 else "/slow",
            "query_string": f"n={n}".encode(), "headers": [(b"host", b"testserver")],
            "scheme": "http", "server": ("testserver", 80), "root_path": "", "http_version": "1.1",
        }  # fmt: skip

        async def receive() -> dict[str, str]:
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            told.append(message)
            if told[0]["status"] == 503:
                go_on.set()  # the last has been refused

        await app(scope, receive, send)
        sent = {k.decode(): v.decode() for k, v in told[0]["headers"]}  # type: ignore[attr-defined]
        return told[0]["status"], sent.get("retry-after", "")  # type: ignore[return-value]

    async def all_at_once() -> list[tuple[int, str]]:
        return await asyncio.gather(*(ask(n) for n in range(6)))

    answers = asyncio.run(all_at_once())
    assert sorted(answers) == [(200, "")] * 5 + [(503, "2")]


def test_what_was_not_asked_for_the_longest_is_let_go() -> None:
    maker = Maker(cache_bytes=1000)
    for n in range(4):
        maker.keep(n, Answer(bytes(240), TEXT))
    assert maker.cache.get(0)
    maker.keep(4, Answer(bytes(240), TEXT))
    maker.keep(5, Answer(bytes(600), TEXT))  # more than a quarter of all
    assert 5 not in maker.cache
    assert maker.cache.currsize == 4 * 240
    let_go = [maker.cache.popitem()[0] for _ in range(4)]
    assert let_go == [2, 3, 0, 4]
    assert not maker.cache


def test_without_valid_data_health_and_files_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def data() -> Dataset:
        raise DataFaults([Fault("data/events.csv", "9 is off the scale", line=7, column="score")])

    monkeypatch.setattr(view, "store", lambda: SimpleNamespace(data=data, fault=""))
    client = TestClient(Starlette(routes=routes(), middleware=middleware()))
    assert client.get("/healthz").json() == {"status": "ok"}
    for address in ("/readyz", "/acts.csv"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "data/events.csv:7 score: 9 is off the scale" in answer.json()["detail"]
        assert answer.headers["retry-after"] == "60"


def test_ready_tells_the_data_and_that_newer_files_were_refused(
    monkeypatch: pytest.MonkeyPatch, six: Dataset
) -> None:
    held = SimpleNamespace(data=lambda: six, fault="events.csv:7 score: 9 is off the scale")
    monkeypatch.setattr(view, "store", lambda: held)
    client = TestClient(Starlette(routes=routes()))
    told = client.get("/readyz").json()
    assert told["dataset_version"] == six.version
    assert "off the scale" in told["warning"]


def test_only_named_hosts_are_answered(
    monkeypatch: pytest.MonkeyPatch, client_of: Callable[..., TestClient], six: Dataset
) -> None:
    monkeypatch.setenv("STANCES_HOSTS", "stances.example")
    client = client_of(six)
    assert client.get("/readyz", headers={"Host": "stances.example"}).status_code == 200
    assert client.get("/readyz", headers={"Host": "127.0.0.1:8501"}).status_code == 200
    assert client.get("/readyz", headers={"Host": "evil.example"}).status_code == 400


def test_the_address_of_the_site_is_as_asked_or_as_named(
    monkeypatch: pytest.MonkeyPatch, client: TestClient
) -> None:
    assert (
        "http://other.example/sitemap.xml"
        in client.get("/robots.txt", headers={"Host": "other.example"}).text
    )
    monkeypatch.setenv("STANCES_SITE", "https://stances.example/")
    assert "Sitemap: https://stances.example/sitemap.xml" in client.get("/robots.txt?").text
    monkeypatch.delenv("STANCES_SITE")
    bad = client.get("/feed.atom", headers={"Host": "a.example/<x>"})
    assert "<x>" not in bad.text


@pytest.mark.parametrize(
    ("origin", "is_let_in"),
    [
        ("http://testserver", True),
        ("https://testserver", True),
        ("https://evil.example", False),
        ("https://testserver.evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_sockets_of_pages_of_other_sites_are_refused(origin: str, is_let_in: bool) -> None:
    async def echo(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    client = TestClient(Starlette(routes=[WebSocketRoute("/s", echo)], middleware=middleware()))
    sent = {"origin": origin} if origin else {}
    if is_let_in:
        with client.websocket_connect("/s", headers=sent) as socket:
            assert socket.receive_text() == "hello"
    else:
        with pytest.raises(WebSocketDisconnect), client.websocket_connect("/s", headers=sent):
            pass


def test_a_page_is_compressed_and_keeps_a_policy_of_its_own() -> None:
    def page(_: object) -> PlainTextResponse:
        policy = {"Content-Security-Policy": "default-src 'self'", "Content-Type": "text/html"}
        return PlainTextResponse("<p>" * 1000, headers=policy)

    client = TestClient(Starlette(routes=[Route("/", page)], middleware=middleware()))
    answer = client.get("/")
    assert answer.headers["content-security-policy"] == "default-src 'self'"
    assert answer.headers["content-encoding"] == "gzip"


def test_ready_makes_once_what_the_first_reader_would_wait_for(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(site.page, "html", lambda shown: made.append(shown.page))
    site._warm.cache_clear()
    assert [client.get("/readyz").status_code for _ in range(3)] == [200] * 3
    assert made == [*MAIN]
    site._warm.cache_clear()


def test_the_map_of_the_site_leads_to_pages_that_take_what_it_names(real: Dataset) -> None:
    asked = Question({}, {}, "https://stances.example/")
    found = re.findall(
        r"<loc>https://stances.example/([^<]*)</loc>", site.sitemap(real, asked).content.decode()
    )
    groups = [place for place in found if place.startswith("members?")]
    assert (
        "members?group=Five_Eyes" in groups
        and len(groups) == len(view.read(real, "", {}).tracker.groups) - 1
    )
    for place in found:
        path, _, query = place.partition("?")
        if path in MAIN:
            assert not view.read(real, path, parse_qs(query)).refused, place


def app_of_pages(base_path: str = "") -> Starlette:
    def document(path: str) -> Callable[[Dataset, Question], Answer]:
        return lambda *_: Answer(path.encode(), TEXT)

    async def other(_: object) -> HTMLResponse:
        return HTMLResponse("a page of the framework")

    known = pages.endpoints(Maker(), document, base_path)
    own = [Route(address, endpoint) for address, endpoint in known.items()]
    return Starlette(routes=[*own, Route("/{rest:path}", other)], middleware=middleware(base_path))


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/rules?q=5g", "/acts?q=5g"),
        ("/groups", "/members"),
        ("/countries", "/actor"),
        ("/map", "/"),
        ("/country/bor%20%26", "/actor?actor=bor%20%26"),
        ("/country/BOR?as_of=2020-03-01", "/actor?actor=BOR&as_of=2020-03-01"),
        ("/rule/ARC-roads-order", "/a/ARC-roads-order"),
    ],
)
def test_the_name_of_a_page_leads_to_its_address(address: str, target: str) -> None:
    answer = TestClient(app_of_pages()).get(address, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, target)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("/ruls", '<a href="acts">Rules</a>'),
        ("/trend", '<a href="trends">Trends</a>'),
        ("/boria", '<a href="actor?actor=BOR">Kingdom of Boria</a>'),
        ("/qqqq", ""),
    ],
)
def test_a_missing_page_is_one_of_the_product_and_names_the_nearest(
    address: str, nearest: str
) -> None:
    answer = TestClient(app_of_pages("acme")).get(address)
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.text
    assert '<base href="/acme/">' in answer.text and '<a href="trends">Trends</a>' in answer.text
    assert nearest in answer.text and ("Nearest" in answer.text) == bool(nearest)
    assert 'name="q"' in answer.text
