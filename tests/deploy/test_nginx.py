"""deploy/nginx.conf as it is shipped, with a real nginx before two stand-ins of replicas: who asks
too much is slowed down, and nobody else.
"""

from __future__ import annotations

import contextlib
import http.client
import shutil
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.deploy import shipped

ROOT = Path(__file__).resolve().parents[2]

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CONF = ROOT / "deploy" / "nginx.conf"
GREEDY, OTHER = "127.0.0.2", "127.0.0.3"

pytestmark = pytest.mark.skipif(not Path(shipped.NGINX).exists(), reason="needs nginx")


class Replica(ThreadingHTTPServer):
    """Answers at once, but at /series.csv after a while; keeps sockets open; counts requests."""

    daemon_threads = True
    request_queue_size = 300

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.is_down = False
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Replica

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.server.is_down:
            self.close_connection = True
            return
        if self.path.startswith("/_stcore/stream"):
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "upgrade")
            self.end_headers()
            time.sleep(5)
            return
        if self.path.startswith("/series.csv"):
            time.sleep(1)
        content = f"{self.path} {self.headers['X-Forwarded-For']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def replicas() -> Iterator[list[Replica]]:
    both = [Replica(), Replica()]
    yield both
    for replica in both:
        replica.shutdown()


@pytest.fixture(scope="module")
def port(replicas: list[Replica], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    ports = [replica.server_port for replica in replicas]
    with shipped.running(tmp_path_factory.mktemp("nginx"), ports) as secure:
        yield secure


Told = tuple[int, dict[str, str], str]
_TLS = ssl._create_unverified_context()


def connect(port: int, source: str) -> http.client.HTTPSConnection:
    return http.client.HTTPSConnection(
        "127.0.0.1", port, timeout=15, source_address=(source, 0), context=_TLS
    )


def get(port: int, path: str, source: str = OTHER, **headers: str) -> Told:
    with contextlib.closing(connect(port, source)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode()


def at_once(port: int, asked: list[tuple[str, str]]) -> list[Told]:
    """Ask for paths, each from an address, all at once."""
    told: list[Told] = []
    threads = [threading.Thread(target=lambda of=one: told.append(get(port, *of))) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_it_hands_on_what_is_asked_and_by_whom(port: int) -> None:
    status, headers, text = get(port, "/trends?actor=POL", GREEDY)
    assert (status, text) == (200, f"/trends?actor=POL {GREEDY}")
    assert "max-age=31536000" in headers["strict-transport-security"]


@pytest.mark.parametrize(
    "path", ["/acts?q=1", "/series.csv?q=1", "/static/js/x.js", "/assets/page.js"]
)
def test_what_many_ask_for_is_asked_of_a_replica_once(
    port: int, replicas: list[Replica], path: str
) -> None:
    many = 20 if ".csv" in path else 1  # a file may be heavy: who asks meanwhile waits for it
    told = at_once(port, [(path, f"127.0.1.{n}") for n in range(1, many + 1)])
    assert {status for status, _, _ in told} == {200}
    assert sum(replica.asked.count(path) for replica in replicas) == 1
    assert get(port, path)[1]["x-cache-status"] == "HIT"
    # Each form is kept for itself.
    assert get(port, path, **{"Accept-Encoding": "gzip, br"})[1]["x-cache-status"] == "MISS"


def test_a_feed_and_its_page_are_kept_apart(port: int) -> None:
    browser = "text/html,application/xhtml+xml,*/*;q=0.8"
    reader = "application/atom+xml, text/html;q=0.4"
    for accept, kept in ((browser, "MISS"), ("*/*", "MISS"), (browser, "HIT"), (reader, "HIT")):
        assert get(port, "/feed.atom?n=1", Accept=accept)[1]["x-cache-status"] == kept


@pytest.mark.parametrize("path", ["/readyz", "/_stcore/health", "/huawei/healthz"])
def test_health_is_asked_every_time(port: int, replicas: list[Replica], path: str) -> None:
    for _ in range(3):
        assert get(port, path)[0] == 200
    assert sum(replica.asked.count(path) for replica in replicas) == 3


def test_what_streamlit_counts_is_for_nobody_outside(port: int) -> None:
    assert get(port, "/_stcore/metrics")[0] == 404


def test_one_address_that_takes_heavy_answers_is_not_felt_by_others(port: int) -> None:
    heavy: list[Told] = []
    begun, asked = time.monotonic(), [(f"/series.csv?{n}", GREEDY) for n in range(30)]
    asking = threading.Thread(target=lambda: heavy.extend(at_once(port, asked)))
    asking.start()
    time.sleep(0.3)
    waited = time.monotonic()
    assert get(port, "/acts.csv?q=other", OTHER)[0] == 200
    assert get(port, "/trends?q=other", OTHER)[0] == 200
    assert time.monotonic() - waited < 0.7
    asking.join()
    made = [told for told in heavy if told[0] == 200]
    refused = [told for told in heavy if told[0] == 429]
    assert 4 <= len(made) <= 8
    assert len(made) + len(refused) == 30
    _, headers, text = refused[0]
    assert headers["retry-after"] == "1"
    assert headers["content-type"] == "application/problem+json"
    assert '"status": 429' in text
    assert time.monotonic() - begun < 10


def test_one_address_that_opens_sockets_is_not_felt_by_others(port: int) -> None:
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade"}
    with contextlib.ExitStack() as opened:

        def open_one(source: str) -> int:
            connection = opened.enter_context(contextlib.closing(connect(port, source)))
            connection.request("GET", "/_stcore/stream", headers=upgrade)
            return connection.getresponse().status

        statuses = [open_one(GREEDY) for _ in range(70)]
        assert statuses.count(101) == 60
        assert statuses.count(429) == 10
        assert open_one(OTHER) == 101


def test_where_a_replica_is_gone_the_other_answers(port: int, replicas: list[Replica]) -> None:
    # By address each visitor has one of the two.
    asked = [len(replica.asked) for replica in replicas]
    assert get(port, "/acts.csv?whose=1")[0] == 200
    down = replicas[int(len(replicas[1].asked) > asked[1])]
    down.is_down = True
    try:
        assert get(port, "/acts.csv?down=1")[0] == 200
        assert get(port, "/trends?down=1")[0] == 200
    finally:
        down.is_down = False


def test_what_is_too_large_is_refused(port: int) -> None:
    status, headers, text = get(port, f"/acts?q={'x' * 9000}")
    assert status == 414
    assert headers["content-type"] == "application/problem+json"
    assert "too long" in text
