"""Whatever is done to the files of a running server, it answers, and with what was valid."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from stances import DataFaults, Dataset
from stances.dataset import descriptions, store
from stances.dataset.faults import inline
from stances.dataset.files import DATA_VARIABLE, OUTLINES
from stances.dataset.scan import Scan, scan_folder
from stances.dataset.tables import check_scan, load
from tests import breaking
from tests.folders import REAL, SIX, every_call_looks
from tests.routes.conftest import client_of

PATHS = (
    "/events.json", "/snapshots/latest.csv", "/members.json", "/tables/codings.csv",
    "/tables/about.toml", "/geometry/europe_50m.json", "/feed.atom", "/openapi.json",
)  # fmt: skip

_PATIENCE_SECONDS = 30.0
# The files as they were, and those of the last faults.
_REMEMBERED = 4

# By path, each as `told` has it.
Answers = dict[str, set[str]]


def text(answer: Response) -> str:
    """An answer, shortly: what is not there is told by its status, and no other is right."""
    assert answer.status_code in (200, 404), answer.text
    return f"{answer.status_code} {sha256(answer.content).hexdigest()}"


class Server:
    """A server whose files are broken, and what it may answer: what it held, and what is valid as
    it lies there now.
    """

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.whole = place / "six", place / "whole"
        self._monkeypatch = monkeypatch
        self.client = self._client_of(self.folder)
        self._first = self._answers()
        self._known = {scan_folder(self.folder).signature: self._first}
        self.ever = {path: set(right) for path, right in self._first.items()}
        self.now = self._first

    def _client_of(self, folder: Path) -> TestClient:
        with self._monkeypatch.context() as there:
            there.setenv(DATA_VARIABLE, str(folder))
            client = client_of(folder)
        # What an answer is packed in is not what is asked here, and takes as long as the answer.
        client.headers["Accept-Encoding"] = "identity"
        return client

    def _answers(self, client: TestClient | None = None) -> Answers:
        client = client or self.client
        return {path: {text(client.get(path))} for path in PATHS}

    def allow_what_lies(self) -> None:
        """Allow what another server, that knows no other files, would answer."""
        scan = scan_folder(self.folder)
        if scan.signature not in self._known:
            self._known[scan.signature] = self._answers_from(scan)
        right = self._known[scan.signature]
        self.now = {path: self.now[path] | right[path] for path in PATHS}
        for path in PATHS:
            self.ever[path] |= right[path]

    def _answers_from(self, scan: Scan) -> Answers:
        try:
            store.check_scan(scan, date.today())
        except DataFaults:
            return {path: set() for path in PATHS}
        with tempfile.TemporaryDirectory() as place:
            (Path(place) / "geometry").mkdir()
            for name, content in scan.files.items():
                (Path(place) / name).write_bytes(content)
            for name, content in scan.outlines.items():
                (Path(place) / "geometry" / name).write_bytes(content)
            other = self._client_of(Path(place))
            return self._answers(other)

    def ask(self, *paths: str) -> Answers:
        """Return the words of the server now. Its health must be that of one that holds data."""
        health = self.client.get("/healthz")
        assert (health.status_code, health.json()["status"]) == (200, "ok")
        return {path: {text(self.client.get(path))} for path in paths}

    def mend(self) -> None:
        """Bring the files back, and wait until a look has found them: one that began before may be
        of files that lack one which need not be there, and warn of nothing.
        """
        breaking.restore(self.folder, self.whole)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while "warning" in (health := self.client.get("/healthz").json()) or wrong(
            self._answers(), self._first
        ):
            assert time.monotonic() < deadline, health
        self.now = self._first


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server of a copy of the six-event dataset with outlines of its own, described; it runs
    without the rights of root.
    """
    every_call_looks(monkeypatch)
    _check_once(monkeypatch)
    place = Path(tempfile.mkdtemp())
    folder, locked = place / "six", place / "locked"
    shutil.copytree(SIX, folder)
    (folder / "geometry").mkdir()
    for name in OUTLINES:
        shutil.copy(REAL / "geometry" / name, folder / "geometry" / name)
    descriptions.write(load(folder))
    shutil.copytree(folder, place / "whole")
    locked.mkdir()
    (locked / "file").write_text("locked")
    breaking.give_away(place)
    # Nobody may be kept from what Python reads when it is first used, and would not find it again.
    assert inline("\0") == r"\x00"
    assert Server(place, monkeypatch).ask(*PATHS)
    with breaking.without_privileges():
        locked.chmod(0)
        server = Server(place, monkeypatch)
        with server.client:
            yield server
        breaking.clear(place)


def _check_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files that were checked a moment ago, here or in another folder, be what they were found
    to be: most of the time goes into checking what a server before, or this one, has seen.
    """
    verdicts: dict[str, Dataset | DataFaults] = {}
    lock = threading.Lock()

    def verdict_on(scan: Scan, today: date) -> Dataset | DataFaults:
        try:
            return verdicts.pop(scan.signature, None) or check_scan(scan, today)
        except DataFaults as refused:
            return refused

    def check(scan: Scan, today: date) -> Dataset:
        # Who comes while another checks waits for what that finds.
        with lock:
            verdict = verdicts[scan.signature] = verdict_on(scan, today)
            for forgotten in list(verdicts)[:-_REMEMBERED]:
                del verdicts[forgotten]
        if isinstance(verdict, DataFaults):
            raise DataFaults(verdict.faults)
        # What is derived of a dataset is kept with it.
        is_there = verdict.folder == scan.folder
        return verdict if is_there else replace(verdict, folder=scan.folder)

    monkeypatch.setattr(store, "check_scan", check)


def wrong(result: Answers, right: Answers) -> dict[str, set[str]]:
    """The answers that are none of the right ones."""
    return {path: result[path] - right[path] for path in result if result[path] - right[path]}


def break_and_ask(server: Server, rounds: int) -> None:
    """Break the files again and again, mend them now and then, and ask all the while."""
    seed = 0 if os.environ.get("CI") else Random().randrange(10**6)
    random, done = Random(seed), threading.Event()
    heard: Answers = {"/events.json": set(), "/tables/codings.csv": set()}

    def ask_all_the_while() -> None:
        while not done.wait(0.1):
            for path, result in server.ask(*heard).items():
                heard[path] |= result

    with ThreadPoolExecutor() as aside:
        reader = aside.submit(ask_all_the_while)
        try:
            for number in range(rounds):
                harm = breaking.break_one(random, server.folder)
                server.allow_what_lies()
                result = wrong(server.ask(*PATHS), server.now)
                assert not result, f"seed {seed}, round {number}, {harm}"
                if random.random() < 0.5:
                    server.mend()
        finally:
            done.set()
        reader.result()
    assert not wrong(heard, server.ever), f"seed {seed}"


@pytest.mark.slow
def test_any_faults_at_random_spoil_no_answer(server: Server) -> None:
    break_and_ask(server, 120)
