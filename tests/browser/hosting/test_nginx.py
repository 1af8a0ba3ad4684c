"""The dashboard behind the shipped nginx: kept answers, visitors that stay, a replica that dies."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from tests.browser.app import HOST, dead_port
from tests.browser.controls import address, fills, headline, notices, page_link
from tests.browser.hosting.conftest import Hosting
from tests.browser.hosting.nginx import SHIPPED, Answer, Front, front, kill, start_replica, trusting
from tests.browser.view import await_map, settle

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

# Two replicas and a server before them take long to start.
pytestmark = pytest.mark.slow

LINK = "?as_of=2019-03-04&domain=networks"
CONNECTED = "[data-test-connection-state=CONNECTED]"
STATUS = "x-cache-status"
# Each test of one limit asks from an address of its own.
HASTY = "127.0.0.200"


@pytest.fixture
def served(hosting: Hosting) -> Front:
    return hosting.front


# -- data -----------------------------------------------------------------------------------------


def test_an_answer_is_kept_and_is_that_of_the_replica(hosting: Hosting) -> None:
    path = "snapshots/2015-05-05.csv"
    first, second = (hosting.front.ask(f"/{path}") for _ in range(2))
    assert (first.status, first.headers[STATUS]) == (200, "MISS")
    assert (second.status, second.headers[STATUS]) == (200, "HIT")
    for replica in hosting.replicas.values():
        with urllib.request.urlopen(replica.url + path) as answer:
            assert first.body == second.body == answer.read()
            assert answer.headers["ETag"] == first.headers["etag"] == second.headers["etag"]


def test_the_compressed_and_the_plain_answer_are_kept_apart(served: Front) -> None:
    def ask(encodings: str | None) -> Answer:
        headers = {} if encodings is None else {"Accept-Encoding": encodings}
        return served.ask("/snapshots/2015-06-06.csv", headers)

    zipped, plain = ask("gzip"), ask(None)
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(zipped.body) == plain.body
    assert zipped.headers["etag"] != plain.headers["etag"]
    assert zipped.headers[STATUS] == plain.headers[STATUS] == "MISS"
    for encodings, same in [
        ("gzip, deflate, br, zstd", zipped), ("br, GZIP;q=0.5", zipped), ("gzip;q=0.05", zipped),
        ("br", plain), ("identity", plain), ("gzip;q=0, br", plain), ("gzip; q=0.0", plain),
        ("gzip ;q=0", plain),
    ]:  # fmt: skip
        again = ask(encodings)
        assert (again.body, again.headers[STATUS]) == (same.body, "HIT"), encodings


@pytest.mark.parametrize("encodings", ["gzip", ""])
def test_who_has_the_answer_is_told_so(served: Front, encodings: str) -> None:
    path, headers = "/series.csv", {"Accept-Encoding": encodings}
    etag = served.ask(path, headers).headers["etag"]
    known = served.ask(path, {**headers, "If-None-Match": etag})
    assert (known.status, known.body, known.headers[STATUS]) == (304, b"", "HIT")
    assert known.headers["etag"] == etag
    other = served.ask(path, {**headers, "If-None-Match": '"other"'})
    assert (other.status, bool(other.body)) == (200, True)


def test_an_answer_past_its_time_is_asked_for_anew_by_its_tag(
    hosting: Hosting, tmp_path: Path
) -> None:
    with front(tmp_path / "nginx", list(hosting.replicas), retention="1s") as quick:
        first = quick.ask("/snapshots/2015-08-08.csv")
        again = _past_its_time(quick, "/snapshots/2015-08-08.csv")
    assert (again.status, again.headers[STATUS]) == (200, "REVALIDATED")
    assert again.body == first.body


def test_an_old_answer_is_given_only_while_no_replica_answers(
    nginx: None,  # noqa: ARG001 - asked for what it skips
    tmp_path: Path,
) -> None:
    path = "/snapshots/latest.csv"
    with ExitStack() as stack:
        with _changing_replica() as port:
            ports = [port, stack.enter_context(dead_port())]
            quick = stack.enter_context(front(tmp_path / "nginx", ports, retention="1s"))
            first = quick.ask(path)
            changed = _past_its_time(quick, path)
            assert changed.headers[STATUS] == "EXPIRED"
            assert changed.body != first.body
        old = _past_its_time(quick, path)
    assert (old.status, old.headers[STATUS], old.body) == (200, "STALE", changed.body)


class _Changing(BaseHTTPRequestHandler):
    """Another answer each time."""

    def do_GET(self) -> None:
        body = str(time.monotonic_ns()).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("ETag", f'"{body.decode()}"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@contextmanager
def _changing_replica() -> Iterator[int]:
    """The port of what stands in for a replica with new data, for the time of a `with` block."""
    with HTTPServer((HOST, 0), _Changing) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


def _past_its_time(quick: Front, path: str) -> Answer:
    """The first answer that is not given from what is kept and holds."""
    deadline = time.monotonic() + 60
    while (answer := quick.ask(path)).headers[STATUS] == "HIT":
        assert time.monotonic() < deadline
        time.sleep(0.2)  # slower than the limit
    return answer


@pytest.mark.parametrize(
    "path", ["/series.json", "/acts.csv", "/acts.json", "/members.csv", "/happened.json",
             "/happened.csv", "/events.json", "/feed.atom", "/openapi.json", "/acts.xlsx",
             "/series.parquet", "/series/groups.csv", "/events.csv", "/positions.html",
             "/changes.json", "/citations/map.txt", "/releases.json"],
)  # fmt: skip
def test_all_data_is_kept(served: Front, path: str) -> None:
    served.ask(path)
    assert served.ask(path).headers[STATUS] == "HIT"


def test_what_others_may_send_is_told_beforehand(served: Front) -> None:
    headers = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    answer = served.ask("/series.csv", headers, method="OPTIONS")
    assert (answer.status, answer.body) == (204, b"")
    assert "If-None-Match" in answer.headers["access-control-allow-headers"]


@pytest.mark.parametrize("path", ["/", "/trends", "/healthz", "/_stcore/health"])
def test_pages_and_health_are_never_kept(served: Front, path: str) -> None:
    for _ in range(2):
        answer = served.ask(path)
        assert answer.status == 200
        assert STATUS not in answer.headers


def test_a_refusal_is_not_kept(served: Front) -> None:
    for _ in range(2):
        answer = served.ask("/snapshots/2015-13-13.csv")
        assert (answer.status, answer.headers[STATUS]) == (400, "MISS")
        assert answer.headers["content-type"] == "application/problem+json"


def test_the_parts_of_the_page_are_kept_and_compressed(served: Front) -> None:
    page = served.ask("/", {"Accept-Encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    code = gzip.decompress(page.body).decode().partition('src="./')[2].partition('"')[0]
    for path in (f"/{code}", "/geometry/europe_50m.json", "/style.css"):
        served.ask(path, {"Accept-Encoding": "gzip"})
        again = served.ask(path, {"Accept-Encoding": "gzip"})
        assert (again.status, again.headers[STATUS]) == (200, "HIT"), path
        assert again.headers["content-encoding"] == "gzip", path


# -- visitors -------------------------------------------------------------------------------------


def test_visitors_are_spread_and_each_stays(hosting: Hosting) -> None:
    chosen = set()
    for number in range(2, 26):
        replicas = {hosting.front.replica_of(f"/healthz?{n}", f"127.0.0.{number}") for n in "12"}
        assert len(replicas) == 1
        chosen |= replicas
    assert chosen == set(hosting.replicas)


def test_who_asks_too_much_is_slowed_alone(served: Front) -> None:
    # Several at a time, fewer than are let in together: one by one a busy machine is slow enough.
    with ThreadPoolExecutor(8) as pool:
        paths = ["/snapshots/2016-01-01.csv"] * 150
        answers = list(pool.map(partial(served.ask, visitor=HASTY), paths))
    assert {answer.status for answer in answers} == {200, 429}
    refused = next(answer for answer in answers if answer.status == 429)
    assert "too many requests" in _detail(refused)
    assert refused.headers["retry-after"] == "1"
    assert refused.headers["access-control-allow-origin"] == "*"
    assert served.ask("/snapshots/2016-01-01.csv").status == 200


@pytest.mark.parametrize(
    ("path", "headers", "status", "text"),
    [
        (f"/series.csv?actor={'A' * 20_000}", {}, 414, "more than 4000 characters"),
        (f"/series.csv?actor={'A' * 10_000}", {}, 414, "more than 4000 characters"),
        ("/series.csv", {"X-Long": "a" * 20_000}, 431, "more than 16000 bytes in one line"),
        ("/healthz", {f"X-{n}": "a" * 7_000 for n in range(6)}, 431, "more than 32000 bytes"),
    ],
    ids=["address", "address for the replica", "header", "headers for the replica"],
)
def test_what_is_too_long_has_the_form_of_all_problems(
    served: Front, path: str, headers: dict[str, str], status: int, text: str
) -> None:
    answer = served.ask(path, headers)
    assert answer.status == status
    assert text in _detail(answer)


@pytest.mark.parametrize(
    "path",
    ["/..%2f..%2fetc/passwd", "/snapshots/..%2f..%2f..%2fetc/passwd", "/tables/events.csv%00",
     "/snapshots/%2e%2e/%2e%2e/x", "/tables/%c0%ae%c0%ae/x", "/snapshots//etc/passwd.csv", "/%zz",
     "/_stcore/metrics", "/huawei/_stcore/metrics?families=x"],
)  # fmt: skip
def test_tricks_and_what_is_for_nobody_outside_find_nothing(served: Front, path: str) -> None:
    answer = served.ask(path)
    assert answer.status == 404
    assert "there is nothing at this address" in _detail(answer)


@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        (("--data-binary", "@{file}"), 413, "nothing is uploaded"),
        (("--request", "TRACE"), 405, "not one of: GET, HEAD"),
    ],
    ids=["upload", "trace"],
)
def test_what_nginx_refuses_has_the_form_of_all_problems(
    served: Front, tmp_path: Path, version: str, arguments: tuple[str, ...], status: int, text: str
) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("there is no curl")
    file = tmp_path / "large"
    file.write_bytes(b"0" * 100_000)
    parts = [part.format(file=file) for part in arguments]
    shown = ["-w", "\n%{http_code} %{content_type} %header{allow}"]
    command = [curl, "-sSk", version, *parts, *shown, f"{served.url}snapshots/latest.csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    body, _, line = done.stdout.rpartition("\n")
    code, kind, *allowed = line.split(maxsplit=2)
    assert (int(code), kind) == (status, "application/problem+json")
    assert text in json.loads(body)["detail"]
    assert allowed == (["GET, HEAD"] if status == 405 else [])


def test_where_no_replica_lives_a_script_gets_a_problem_and_a_reader_a_page(tmp_path: Path) -> None:
    with dead_port() as one, dead_port() as other, front(tmp_path / "nginx", [one, other]) as alone:
        for path in ("/snapshots/latest.csv", "/healthz", "/geometry/europe_50m.json"):
            answer = alone.ask(path)
            assert answer.status == 502
            assert "cannot be reached" in _detail(answer)
        assert alone.ask("/").headers["content-type"] == "text/html"


def _detail(answer: Answer) -> str:
    """Return the words of a problem; its form must be that of the others."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["strict-transport-security"]
    text = json.loads(answer.body)
    assert text["status"] == answer.status
    return str(text["detail"])


def test_plain_http_leads_to_tls(served: Front) -> None:
    opener = urllib.request.build_opener(_Stay())
    answer = opener.open(f"http://127.0.0.1:{served.plain_port}/data?as_of=2019-03-04")
    assert answer.status == 308
    assert answer.headers["Location"] == "https://127.0.0.1/data?as_of=2019-03-04"


@pytest.mark.parametrize(
    ("path", "status"), [("/data", 308), ("/.well-known/acme-challenge/none", 404)]
)
def test_plain_http_does_not_tell_what_serves_it(served: Front, path: str, status: int) -> None:
    opener = urllib.request.build_opener(_Stay())
    answer = opener.open(f"http://127.0.0.1:{served.plain_port}{path}")
    assert answer.status == status
    assert "nginx/" not in f"{answer.headers}{answer.read().decode()}"


def test_http_2_is_spoken_in_the_way_that_older_nginx_knows(served: Front) -> None:
    # Read by nginx before 1.25.1 as a directive that there is not.
    assert not re.search(r"^\s*http2 ", SHIPPED.read_text(encoding="utf-8"), flags=re.MULTILINE)
    context = trusting()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection((HOST, served.port)) as plain,
        context.wrap_socket(plain, server_hostname=HOST) as agreed,
    ):
        assert agreed.selected_alpn_protocol() == "h2"


class _Stay(urllib.request.HTTPErrorProcessor):
    """Takes any answer as it is."""

    def http_response(self, request: object, response: object) -> object:  # noqa: ARG002 - theirs
        return response


@pytest.mark.parametrize("path", ["/healthz", "/%00", "/snapshots/..%2f..%2fetc/passwd"])
def test_no_answer_tells_what_serves_it(served: Front, path: str) -> None:
    answer = served.ask(path)
    text = f"{dict(answer.headers)} {answer.body.decode()}"
    assert answer.status in (200, 404)
    assert "nginx/" not in text
    assert "uvicorn" not in text
    assert answer.headers["strict-transport-security"]


# -- what is open at the same time ----------------------------------------------------------------


class _Busy(BaseHTTPRequestHandler):
    """Works on a request until all are let go, and then ends without an answer."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.server.let_go.wait(30)  # type: ignore[attr-defined]

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


class _Replica(ThreadingHTTPServer):
    """Takes all connections at once; with a short queue many would try again, ever more slowly."""

    request_queue_size = 256


@contextmanager
def _busy_replica(*, works: bool) -> Iterator[ThreadingHTTPServer]:
    """A stand-in for a replica that works on each request, or ends each at once."""
    with _Replica((HOST, 0), _Busy) as server:
        server.asked, server.let_go = [], threading.Event()  # type: ignore[attr-defined]
        if not works:
            server.let_go.set()  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever).start()
        try:
            yield server
        finally:
            server.let_go.set()  # type: ignore[attr-defined]
            server.shutdown()


@pytest.mark.parametrize(
    ("path", "most"),
    [("/series.csv", 16), ("/trends", 40), ("/_stcore/stream", 100)],
    ids=["answers", "pages", "sockets"],
)
def test_one_address_has_so_much_open_and_another_is_not_touched(
    nginx: None,  # noqa: ARG001 - asked for what it skips
    tmp_path: Path,
    path: str,
    most: int,
) -> None:
    with (
        _busy_replica(works=True) as busy,
        front(tmp_path / "nginx", [busy.server_port, busy.server_port]) as alone,
        ThreadPoolExecutor(most + 1) as pool,
    ):
        paths: list[str] = busy.asked  # type: ignore[attr-defined]
        opened = [pool.submit(alone.ask, f"{path}?{number}") for number in range(most)]
        _wait_until(lambda: len(paths) == most)
        time.sleep(1)  # or it would be too many in a second
        refused = alone.ask(f"{path}?more")
        assert (refused.status, refused.headers["retry-after"]) == (429, "1")
        other = pool.submit(alone.ask, f"{path}?other", visitor=HASTY)
        _wait_until(lambda: f"{path}?other" in paths)
        busy.let_go.set()  # type: ignore[attr-defined]
        assert {each.result().status for each in [*opened, other]} == {502}


@pytest.mark.parametrize("path", ["/", "/series.csv", "/healthz", "/geometry/europe_50m.json"])
def test_what_a_replica_was_working_on_is_not_given_to_the_next(
    nginx: None,  # noqa: ARG001 - asked for what it skips
    tmp_path: Path,
    path: str,
) -> None:
    with (
        _busy_replica(works=False) as one,
        _busy_replica(works=False) as other,
        front(tmp_path / "nginx", [one.server_port, other.server_port]) as alone,
    ):
        assert alone.ask(path).status == 502
        assert [*one.asked, *other.asked] == [path]  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/", "/series.csv", "/healthz", "/geometry/europe_50m.json"])
def test_what_found_no_replica_is_given_to_the_next(
    nginx: None,  # noqa: ARG001 - asked for what it skips
    tmp_path: Path,
    path: str,
) -> None:
    with _changing_replica() as lives, dead_port() as dead:
        for number, ports in enumerate([[lives, dead], [dead, lives]]):
            with front(tmp_path / str(number), ports) as alone:
                visitors = [f"127.0.0.{last}" for last in range(2, 12)]
                assert {alone.ask(path, visitor=each).status for each in visitors} == {200}


# -- a replica dies -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_replica_is_killed_and_nobody_notices(
    hosting: Hosting, page: Page, root: Path, tmp_path: Path
) -> None:
    front, replicas = hosting.front, hosting.replicas
    _open(page, front.url + LINK)
    before = (headline(page), address(page), fills(page))
    port = front.replica_of("/healthz?page")
    with _asking(front, _one_visitor_of_each(hosting)) as statuses:
        with page.expect_websocket():
            kill(replicas[port])
            since = len(statuses)  # what was under way may fail
        page.wait_for_selector(CONNECTED)
        settle(page)
        _wait_until(lambda: len(statuses) >= since + 6)
    assert (headline(page), address(page), fills(page)) == before
    assert notices(page) == []
    assert set(statuses[since:]) == {200}

    # The visitor goes on, and files are found when the first replica has come back.
    page_link(page, "Data").click()
    page.wait_for_url("**/data?*")
    settle(page)
    assert address(page)["as_of"] == "2019-03-04"
    replicas[port] = start_replica(tmp_path / "again.log", port, root)
    _wait_until(lambda: front.replica_of("/healthz?back") == port)
    with page.expect_download() as download:
        page.get_by_role("button", name="Snapshot as CSV").click()
    assert download.value.path().read_bytes() == front.ask("/snapshots/2019-03-04.csv").body


def _open(page: Page, url: str) -> None:
    page.goto(url)
    settle(page)
    await_map(page)


def _one_visitor_of_each(hosting: Hosting) -> list[str]:
    """Addresses of visitors, one for each replica."""
    result: dict[int, str] = {}
    for number in range(30, 60):
        visitor = f"127.0.0.{number}"
        result.setdefault(hosting.front.replica_of("/healthz?each", visitor), visitor)
        if len(result) == len(hosting.replicas):
            break
    return list(result.values())


@contextmanager
def _asking(front: Front, visitors: list[str]) -> Iterator[list[int | str]]:
    """Ask for snapshots, each of another day, one after the other, for the time of a `with` block.

    Gives the list of the statuses, as it grows: a fault of the connection in words, and nothing
    yet for what is under way.
    """
    statuses: list[int | str] = []
    done = threading.Event()

    def ask() -> None:
        day = date(2012, 1, 1)
        for visitor in cycle(visitors):
            day += timedelta(days=1)
            statuses.append("")
            try:
                statuses[-1] = front.ask(f"/snapshots/{day}.csv", visitor=visitor).status
            except OSError as error:
                statuses[-1] = str(error)
            if done.wait(0.1):  # slower than the limit
                return

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        _wait_until(lambda: len(statuses) > len(visitors))
        yield statuses
    finally:
        done.set()
        asking.join()


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
