"""Answers are kept by their whole address, for one dataset, in a bounded room."""

from __future__ import annotations

import gc
import tracemalloc
from random import Random
from typing import Any

import pytest
from starlette.testclient import TestClient

from stances.dataset.files import DATA_VARIABLE
from stances.dataset.store import Store, store_of
from stances.routes.answers import CSV, Answer
from stances.routes.body import pack
from stances.routes.cache import AnswerCache, cache_of, held_bytes
from tests.folders import TODAY, Folder
from tests.routes.conftest import client_of

LATEST = "/snapshots/latest.csv"


def request_scope(path: str, query: str = "", method: str = "GET") -> dict[str, Any]:
    """The scope of a request, as far as an address goes."""
    return {"method": method, "path": path, "query_string": query.encode()}


def answer(size: int) -> Answer:
    """An answer with a body of so many bytes, too short to be compressed."""
    return Answer(pack(b"x" * size), CSV, 0)


@pytest.fixture
def store(folder: Folder) -> Store:
    """A store that has just looked at its folder."""
    store = Store(folder.path, lambda: TODAY)
    store.state()
    return store


def test_an_answer_is_found_by_its_whole_address(store: Store) -> None:
    cache = AnswerCache(store)
    cache.put(request_scope("/a", "b=1"), store.data(), answer(10))
    assert cache.get(request_scope("/a", "b=1")) == answer(10)
    assert cache.get(request_scope("/a", "b=1", method="HEAD")) == answer(10)
    others = [
        request_scope("/a"),
        request_scope("/b", "b=1"),
        request_scope("/a", "b=1", method="POST"),
    ]
    assert [cache.get(other) for other in others] == [None] * len(others)


def test_the_longest_unused_goes_where_the_room_is_short(store: Store) -> None:
    each = held_bytes(answer(100)) + 1_000
    cache = AnswerCache(store, most_bytes=3 * each)
    for path in ("/a", "/b", "/c"):
        cache.put(request_scope(path), store.data(), answer(100))
    assert cache.get(request_scope("/a"))
    cache.put(request_scope("/d"), store.data(), answer(100))
    assert [bool(cache.get(request_scope(path))) for path in ("/a", "/b", "/c", "/d")] == [
        True,
        False,
        True,
        True,
    ]
    cache.put(request_scope("/d"), store.data(), answer(90))
    assert cache.get(request_scope("/a"))
    huge = pack(Random(1).randbytes(4 * each))
    cache.put(request_scope("/huge"), store.data(), Answer(huge, CSV, 0))
    assert not cache.get(request_scope("/huge"))


def test_what_is_held_takes_no_more_memory_than_is_counted(store: Store) -> None:
    """Long addresses of short answers too: their keys and headers are most of it."""
    most = 2_000_000
    cache, data = AnswerCache(store, most), store.data()
    gc.collect()
    tracemalloc.start()
    try:
        for number in range(1_500):
            named = answer(number % 700)
            cache.put(
                request_scope(f"/{number}", f"q={'a' * (number * 7 % 3_900)}{number}"), data, named
            )
        gc.collect()
        memory = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert 0.6 * most < memory < 1.1 * most


def test_another_dataset_starts_with_nothing(store: Store, folder: Folder) -> None:
    cache = AnswerCache(store)
    cache.put(request_scope("/a"), store.data(), answer(10))
    other = Store(folder.path, lambda: TODAY)
    assert other.data() is not store.data()
    cache.put(request_scope("/b"), other.data(), answer(10))
    assert not cache.get(request_scope("/a"))
    assert not cache.get(request_scope("/b"))
    cache.put(request_scope("/c"), store.data(), answer(10))
    assert cache.get(request_scope("/c"))


@pytest.fixture
def quiet_client(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client of a server that looks at its files once only."""
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    monkeypatch.setattr("stances.dataset.store._RELOAD_SECONDS", 3600.0)
    return client_of(folder.path)


def test_the_server_gives_what_is_kept(quiet_client: TestClient, folder: Folder) -> None:
    first = quiet_client.get(LATEST)
    again = quiet_client.get(LATEST)
    assert (again.content, again.headers) == (first.content, first.headers)
    store = store_of(folder.path)
    cache_of(store).put(request_scope(LATEST), store.data(), answer(7))
    assert quiet_client.get(LATEST).content == answer(7).body.content
    assert quiet_client.head(LATEST).content == b""


def test_what_is_kept_is_refused_like_all_else(quiet_client: TestClient) -> None:
    assert quiet_client.get(LATEST).status_code == 200
    assert quiet_client.get(LATEST, headers={"X": "x" * 40_000}).status_code == 431
    assert quiet_client.post(LATEST).status_code == 405


def test_a_client_that_holds_the_bytes_gets_no_others(quiet_client: TestClient) -> None:
    plain = quiet_client.get(LATEST, headers={"Accept-Encoding": "identity"})
    zipped = quiet_client.get(LATEST, headers={"Accept-Encoding": "gzip"})
    assert plain.content == zipped.content
    assert "content-encoding" not in plain.headers
    for result, encoding in ((plain, "identity"), (zipped, "gzip")):
        asking = {"Accept-Encoding": encoding, "If-None-Match": f'W/"0", {result.headers["etag"]}'}
        known = quiet_client.get(LATEST, headers=asking)
        assert (known.status_code, known.content) == (304, b"")
        assert known.headers["etag"] == result.headers["etag"]
        assert "content-type" not in known.headers
    crossed = {"Accept-Encoding": "gzip", "If-None-Match": plain.headers["etag"]}
    assert quiet_client.get(LATEST, headers=crossed).status_code == 200
