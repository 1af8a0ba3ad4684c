"""The pages of sources, asked for at a server of the tests; no other host is asked."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from stances.__main__ import main
from stances.commands import links
from stances.dataset.load import load
from stances.links import view
from stances.render import page
from tests.conftest import TODAY

COPY = "http://web.archive.org/web/2020/https://herald.example/"


class Host(ThreadingHTTPServer):
    """Answers by the path: a status, and another to HEAD where it has two; or as the archive."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str]] = []
        self.times: list[float] = []
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path))
        self.server.times.append(time.monotonic())
        place = urlsplit(self.path)
        content = b"{}"
        status = 200
        if place.path == "/archive":
            query = parse_qs(place.query)
            if "gone" in query["url"][0] and query["timestamp"] == ["20200411"]:
                snapshots = {"closest": {"available": True, "url": COPY, "status": "200"}}
                content = json.dumps({"archived_snapshots": snapshots}).encode()
        else:
            statuses = place.path.strip("/").split("/")
            status = int(statuses[0 if self.command == "GET" else -1])
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    there = Host()
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(links, "ARCHIVE", f"{there.address}/archive")
    monkeypatch.setattr(links, "PAUSE", 0.0)
    yield there
    there.shutdown()
    there.server_close()


@pytest.fixture
def linked(folder: Path, host: Host) -> Path:
    """The six events, whose sources are at the server: one is gone, and one has a copy."""
    file = folder / "sources.csv"
    sources = pd.read_csv(file, dtype=str, keep_default_na=False)
    paths = ["/200", "/404?gone", "/403", "/410"]
    sources["url"] = [host.address + path for path in paths]
    sources.to_csv(file, index=False)
    return folder


@pytest.mark.parametrize(
    ("path", "answer", "methods"),
    [
        ("/200", "page", ["HEAD"]),
        ("/200/405", "page", ["HEAD", "GET"]),
        ("/200/404", "page", ["HEAD", "GET"]),
        ("/404", "missing", ["HEAD", "GET"]),
        ("/410", "missing", ["HEAD", "GET"]),
        ("/403", "refused", ["HEAD", "GET"]),
        ("/503", "error", ["HEAD", "GET"]),
    ],
)
def test_an_address_is_asked_for_its_head_then_for_all(
    host: Host, path: str, answer: str, methods: list[str]
) -> None:
    assert links.answer_of(host.address + path) == answer
    assert [method for method, _ in host.asked] == methods


def test_where_nobody_answers_nothing_came(host: Host) -> None:
    for url in ("http://127.0.0.1:9/", "http://no host/", f"http://127.0.0.1:{'9' * 9}/"):
        assert links.answer_of(url) == "nothing"


def test_a_host_is_asked_once_a_pause(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "PAUSE", 0.2)
    links.answers_of({str(n): f"{host.address}/200?{n}" for n in range(3)})
    gaps = [after - before for before, after in zip(host.times, host.times[1:], strict=False)]
    assert len(gaps) == 2 and min(gaps) > 0.15


def test_it_says_what_came_and_writes_nothing(
    linked: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in linked.iterdir()}
    assert main(["links", "--data", str(linked)]) == 0
    shown = capsys.readouterr().out
    copy = COPY.replace("http:", "https:", 1)
    assert f"arc-daily: missing, {host.address}/404?gone, archived at {copy}\n" in shown
    assert f"cal-notes: missing, {host.address}/410\n" in shown
    assert "arc-gazette" not in shown and "missing         2\n" in shown
    assert shown.endswith("nothing was written\n")
    assert {path.name: path.read_bytes() for path in linked.iterdir()} == before


def test_with_write_sources_have_the_day_the_answer_and_the_copy(linked: Path) -> None:
    assert main(["links", "--write", "--data", str(linked)]) == 0
    data = load(linked)
    sources = data.sources.set_index("source_id")
    assert list(sources["answered"]) == ["page", "missing", "refused", "missing"]
    assert (sources["checked_on"] == pd.Timestamp(data.today)).all()
    copy = COPY.replace("http:", "https:", 1)
    assert list(sources["archived"]) == ["", copy, "", ""]

    query = {"event": "ARC-20200410-minister-worried"}
    html = page.html(view.read(data, "e", query))
    assert f'<a href="{copy}" rel="noopener noreferrer">archived copy</a>' in html
    other = page.html(view.read(data, "e", {"event": "BOR-20200601-ring-road-plan"}))
    assert "archived copy" not in other


def test_ten_runs_of_a_tenth_cover_all() -> None:
    ids = [f"source-{n}" for n in range(37)]
    sources = pd.DataFrame({"source_id": ids, "checked_on": pd.NaT})
    runs: Counter[str] = Counter()
    for _ in range(10):
        share = links.share_of(sources, 0.1)
        assert list(share["source_id"]) == list(links.share_of(sources, 0.1)["source_id"])
        runs.update(share["source_id"])
        is_asked = sources["source_id"].isin(share["source_id"])
        sources.loc[is_asked, "checked_on"] = pd.Timestamp(TODAY)
    assert set(runs) == set(ids)
    assert len(links.share_of(sources, 1.0)) == len(ids)
