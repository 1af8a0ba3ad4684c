"""Who is let in: by the host that is asked for, and while there is room."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from streamlit import net_util
from streamlit.web.server.server_util import is_url_from_allowed_origins
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from stances.dataset import descriptions
from stances.dataset.files import DATA_VARIABLE
from stances.links.site import SITE_VARIABLE, named_site
from stances.queues.runs import RunQueue
from stances.routes import gate
from stances.routes.capacity import Bounds, Capacity, taken_bytes
from stances.routes.gate import Gate
from stances.routes.hosts import HOSTS_VARIABLE, answered_hosts
from tests.browser.app import HOST, serve
from tests.folders import SIX, Folder
from tests.routes.conftest import client_of

NAME = "stances.example.org"
STREAM = "/_stcore/stream"
# Of a page that this server has sent.
OWN = {"Origin": "http://testserver"}


@pytest.fixture
def capacity(monkeypatch: pytest.MonkeyPatch) -> Capacity:
    """The capacity of a process that has room for two pages."""
    made = Capacity(Bounds(100, pages=2, silent=2, requests=2))
    # The package has a function of the same name as its module.
    for module in (gate, sys.modules["stances.routes.health"]):
        monkeypatch.setattr(module, "capacity", lambda: made)
    return made


async def _anything(request: Request) -> Response:  # noqa: ARG001 - as all endpoints
    return PlainTextResponse("let in")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("let in")
    await socket.close()


def _client(*hosts: str, base_path: str = "") -> TestClient:
    before = Middleware(Gate, hosts=frozenset(hosts), base_path=base_path)
    base = f"/{base_path}" if base_path else ""
    routes = [WebSocketRoute(f"{base}{STREAM}", _socket), Route("/{any:path}", _anything)]
    return TestClient(Starlette(routes=routes, middleware=[before]))


def _reply(client: TestClient, path: str) -> str:
    with client.websocket_connect(path, headers=OWN) as socket:
        socket.send_text("a run")
        return socket.receive_text()


@pytest.mark.parametrize("path", ["/", "/trends", "/series.csv", "/healthz", "/static/x.js"])
def test_any_host_is_answered_to_where_none_is_named(capacity: Capacity, path: str) -> None:  # noqa: ARG001 - so that there is room
    with _client() as client:
        assert client.get(path, headers={"Host": "evil.example"}).text == "let in"


@pytest.mark.parametrize(
    "host", [NAME, f"{NAME}:8501", NAME.upper(), f"{NAME}.", "[fd00::2]:443", "[FD00::2]"]
)
@pytest.mark.usefixtures("capacity")
def test_a_named_host_is_answered_to_at_any_port(host: str) -> None:
    with _client(NAME, "[fd00::2]") as client:
        assert client.get("/", headers={"Host": host}).text == "let in"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "", f"evil.{NAME}", f"{NAME}.evil.example", f"{NAME}:x"]
)
@pytest.mark.usefixtures("capacity")
def test_another_host_is_refused_on_pages_routes_and_sockets(host: str) -> None:
    with _client(NAME) as client:
        for path in ("/", "/series.csv", STREAM):
            result = client.get(path, headers={"Host": host})
            assert result.status_code == 421
            assert result.headers["content-type"] == "application/problem+json"
            assert result.json()["detail"].endswith(f"is not one of: {NAME}")
        with pytest.raises(WebSocketDenialResponse) as refused:
            client.websocket_connect(STREAM, headers={"Host": host}).__enter__()
        assert refused.value.status_code == 421


@pytest.mark.parametrize("base", ["", "huawei"])
@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1:8501", 200), ("0.0.0.0:8501", 200), ("[::1]:8501", 200), ("localhost", 200),
     ("evil.example", 421)],
)  # fmt: skip
@pytest.mark.usefixtures("capacity")
def test_health_is_told_to_what_asks_by_an_address(base: str, host: str, status: int) -> None:
    with _client(NAME, base_path=base) as client:
        path = f"/{base}/healthz" if base else "/healthz"
        assert client.get(path, headers={"Host": host}).status_code == status


@pytest.mark.parametrize("base", ["", "huawei"])
@pytest.mark.parametrize("path", ["_stcore/metrics", "_stcore/metrics/", "_stcore/%6detrics"])
@pytest.mark.usefixtures("capacity")
def test_the_metrics_are_told_to_nobody(base: str, path: str) -> None:
    with _client(base_path=base) as client:
        result = client.get(f"/{base}/{path}" if base else f"/{path}")
        assert result.status_code == 404
        assert result.json()["detail"] == "there is nothing at this address"


def test_where_there_is_no_room_pages_and_sockets_are_refused_and_data_is_not(
    capacity: Capacity,
) -> None:
    capacity.pages = 2
    with _client() as client:
        for path in ("/", "/trends"):
            result = client.get(path)
            assert result.status_code == 503
            assert result.headers["retry-after"] == "30"
            assert "ask again in 30 seconds" in result.json()["detail"]
        for path in ("/series.csv", "/healthz", "/static/x.js"):
            assert client.get(path).text == "let in"
        with pytest.raises(WebSocketDenialResponse) as refused:
            client.websocket_connect(STREAM, headers=OWN).__enter__()
    assert refused.value.status_code == 503
    assert refused.value.headers["retry-after"] == "30"


def test_silent_sockets_keep_nobody_out(capacity: Capacity) -> None:
    capacity.pages = 1
    with _client() as client, client.websocket_connect(STREAM, headers=OWN):
        assert client.get("/").text == "let in"
        assert _reply(client, STREAM) == "let in"


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        (NAME, f"https://{NAME}"),
        (f"{NAME}:8501", f"http://{NAME}:8501"),
        ("localhost:8501", "http://localhost:8501"),
        ("[fd00::2]:443", "https://[fd00::2]:443"),
    ],
)
@pytest.mark.usefixtures("capacity")
def test_a_socket_of_an_own_page_is_let_in(host: str, origin: str) -> None:
    with (
        _client() as client,
        client.websocket_connect(STREAM, headers={"Host": host, "Origin": origin}) as socket,
    ):
        socket.send_text("a run")
        assert socket.receive_text() == "let in"


FOREIGN = [
    "https://evil.example", "null", "", "x", f"https://{NAME}.evil.example", f"https://{NAME}:1",
    f"ftp://{NAME}", f"https://a@{NAME}", f"https://{NAME}/", "http://localhost", "http://127.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("origin", [None, *FOREIGN])
@pytest.mark.usefixtures("capacity")
def test_a_socket_of_any_other_page_is_refused(origin: str | None) -> None:
    headers = {"Host": NAME, **({} if origin is None else {"Origin": origin})}
    with _client() as client, pytest.raises(WebSocketDenialResponse) as refused:
        client.websocket_connect(STREAM, headers=headers).__enter__()
    assert refused.value.status_code == 403
    text = refused.value.json()["detail"]
    assert text.endswith(f"is not that of the host {NAME}" if origin is not None else "has none")


def test_where_too_much_is_being_answered_the_next_is_told_when_to_ask_again(
    capacity: Capacity,
) -> None:
    async def working(scope: Scope, receive: Receive, send: Send) -> None:
        capacity.answering = 3
        await PlainTextResponse("let in")(scope, receive, send)

    assert capacity.bounds.requests == 2
    client = TestClient(Gate(working, frozenset()))
    assert client.get("/series.csv").text == "let in"
    result = client.get("/series.csv")
    assert (result.status_code, result.headers["retry-after"]) == (503, "30")
    assert "too many requests are being answered" in result.json()["detail"]
    assert client.get("/healthz").text == "let in"


# Tells of each name that the process has looked up.
_RECORDER = """
import socket
look_up = socket.getaddrinfo
def getaddrinfo(host, *more, **options):
    print("looked up:", host, flush=True)
    return look_up(host, *more, **options)
socket.getaddrinfo = getaddrinfo
"""


def test_no_origin_makes_the_server_ask_outside(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_RECORDER, encoding="utf-8")
    server = serve(tmp_path / "log", env={"PYTHONPATH": str(tmp_path), DATA_VARIABLE: str(SIX)})
    try:
        stream = server.url.replace("http:", "ws:") + "_stcore/stream"
        for origin in (None, *FOREIGN):
            of = None if origin is None else Origin(origin)
            with pytest.raises(InvalidStatus) as refused, connect(stream, origin=of):
                pass
            assert refused.value.response.status_code == 403
        with connect(stream, origin=Origin(server.origin)):
            pass
    finally:
        server.stop()
    lines = server.log.read_text(encoding="utf-8").splitlines()
    names = {line.partition(": ")[2] for line in lines if line.startswith("looked up")}
    assert names == {HOST}


def test_the_framework_would_ask_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it no longer does, the gate need not look at origins."""
    urls: list[str] = []

    def fetch(address: str, **_: object) -> None:
        urls.append(address)

    monkeypatch.setattr(net_util, "_make_blocking_http_get", fetch)
    monkeypatch.setattr(net_util, "_external_ip", None)
    assert not is_url_from_allowed_origins("https://evil.example")
    assert urls


# -- health ---------------------------------------------------------------------------------------


@pytest.fixture
def asking(capacity: Capacity) -> Iterator[TestClient]:  # noqa: ARG001 - whose health it is
    with client_of(SIX) as client:
        yield client


def test_health_tells_what_is_taken_and_of_how_much(capacity: Capacity, asking: TestClient) -> None:
    capacity.pages = 1
    result = asking.get("/healthz")
    text = result.json()
    assert (result.status_code, text["status"]) == (200, "ok")
    assert (text["taken"]["sockets"], text["most"]) == (1, {"sockets": 2, "descriptors": 100})
    if taken_bytes() is None:
        pytest.skip("there is no /proc here")
    assert 3 <= text["taken"]["descriptors"] < 10_000
    assert 10_000_000 < text["taken"]["memory_bytes"] < 10_000_000_000


def test_health_is_503_where_a_new_visitor_would_be_refused(
    capacity: Capacity, asking: TestClient
) -> None:
    capacity.pages = 2
    result = asking.get("/healthz")
    assert (result.status_code, result.json()["status"]) == (503, "full")
    assert "each socket is taken" in result.json()["reason"]
    capacity.pages = 0
    assert asking.get("/healthz").status_code == 200
    capacity.answering = capacity.bounds.requests + 1
    result = asking.get("/healthz")
    assert (result.status_code, result.json()["status"]) == (503, "full")
    assert "too many requests" in result.json()["reason"]


def test_a_server_whose_pages_wait_is_alive_and_not_ready(
    asking: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RunQueue, "waiting_seconds", lambda _: 4.26)
    assert [asking.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    monkeypatch.setattr(RunQueue, "waiting_seconds", lambda _: 5.26)
    alive, ready = (asking.get(path) for path in ("/healthz", "/readyz"))
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert alive.json()["status"] == ready.json()["status"] == "busy"
    assert alive.json()["waiting_seconds"] == 5.3


# -- the setting ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "hosts"),
    [
        ("", set()),
        (f" {NAME}  www.example.org. ", {NAME, "www.example.org"}),
        ("EXAMPLE.org [FD00::2] 10.0.0.2", {"example.org", "[fd00::2]", "10.0.0.2"}),
    ],
)
def test_hosts_are_named_between_blanks(
    monkeypatch: pytest.MonkeyPatch, setting: str, hosts: set[str]
) -> None:
    monkeypatch.setenv(HOSTS_VARIABLE, setting)
    assert answered_hosts() == hosts


@pytest.mark.parametrize("site", ["https://stances.example.org", "HTTP://10.0.0.2:8501/", ""])
def test_a_site_is_a_scheme_and_a_host(monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    monkeypatch.setenv(SITE_VARIABLE, site)
    assert named_site() == site.lower().rstrip("/")


@pytest.mark.parametrize(
    "site", ["example.org", "https://a.org/huawei", "ftp://a.org", "https://a.org:x", "https://a b"]
)
def test_what_is_no_site_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    monkeypatch.setenv(SITE_VARIABLE, site)
    with pytest.raises(SystemExit, match=r"^STANCES_SITE: .* is no scheme and host, such as"):
        client_of(SIX)


def test_what_names_its_address_names_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SITE_VARIABLE, "https://stances.example.org")
    with client_of(SIX) as client:
        for path in ("/feed.atom", "/deadlines.ics"):
            text = client.get(path, headers={"Host": "evil.example"}).text
            assert "evil.example" not in text, path
        assert "https://stances.example.org/" in client.get("/feed.atom").text


@pytest.mark.parametrize("setting", ["https://example.org", "a.org,b.org", "a.org:80", "*", "a..b"])
def test_what_is_no_host_is_told_at_the_start(
    monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv(HOSTS_VARIABLE, setting)
    with pytest.raises(SystemExit, match=r"^STANCES_HOSTS: .* is not the name of a host"):
        answered_hosts()


# -- whoever watches a server is told where its files are not what their description says ----------


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
