"""The server's dataset: new and valid is taken up, new and invalid never replaces what is held."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from stances import DataFaults
from stances.dataset import descriptions, scan, store
from stances.dataset.store import Store
from tests.depth import each
from tests.folders import TODAY, Folder

pytestmark = pytest.mark.usefixtures("look_at_once")


def _store(folder: Folder, today: date = TODAY) -> Store:
    return Store(folder.path, lambda: today)


def test_one_dataset_is_held_while_nothing_changes(folder: Folder) -> None:
    store = _store(folder)
    assert store.data() is store.data()
    assert store.state().faults == ()


def test_new_valid_data_is_taken_up(folder: Folder) -> None:
    store = _store(folder)
    before = store.data()
    folder.edit("events", 2, title="Another title")
    after = store.data()
    assert after.version != before.version
    assert "Another title" in set(after.events["title"])


def test_invalid_data_is_told_and_replaces_nothing(folder: Folder) -> None:
    store = _store(folder)
    before = store.data()
    folder.edit("events", 2, score="5")
    assert store.data() is before
    (fault,) = store.state().faults
    assert (fault.column, fault.line) == ("score", 2)
    assert str(fault.without_folder()).startswith("events.csv:2 score: 5 is outside")
    folder.edit("events", 2, score="1")
    assert store.state().faults == ()
    assert store.data() is not before


def test_a_file_that_still_changes_is_left_until_it_stands_still(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_store = _store(folder)
    before = folder_store.data()
    codings = folder.path / "codings.csv"
    whole = codings.read_bytes() + b"BOR-20200511-teachers-doubt,review,-1,,,\n"
    # Cut off at the end of a line it is valid, and only its growing tells.
    codings.write_bytes(b"".join(whole.splitlines(keepends=True)[:5]))
    with monkeypatch.context() as copying:
        copying.setattr(store, "sleep", lambda _: codings.write_bytes(whole))
        assert folder_store.data() is before
    after = folder_store.data()
    assert after.files["codings.csv"] == whole
    assert folder_store.state().faults == ()


def test_a_file_that_is_being_copied_is_told_and_replaces_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_store = _store(folder)
    before = folder_store.data()
    events = folder.path / "events.csv"
    whole = events.read_bytes()
    events.write_bytes(whole[:400])
    with monkeypatch.context() as copying:
        copying.setattr(store, "sleep", lambda _: events.write_bytes(whole[:600]))
        assert folder_store.data() is before
        assert folder_store.state().faults
    events.write_bytes(whole)
    assert folder_store.data().content_hash == before.content_hash
    assert folder_store.state().faults == ()


def test_a_copy_of_the_same_file_that_ends_within_a_look_leaves_nothing_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_store = _store(folder)
    folder_store.data()
    events = folder.path / "events.csv"
    whole = events.read_bytes()
    events.write_bytes(whole[:400])
    with monkeypatch.context() as copying:
        copying.setattr(store, "sleep", lambda _: events.write_bytes(whole))
        assert folder_store.state().faults
    assert folder_store.state().faults == ()


def test_files_are_told_apart_by_what_is_in_them(folder: Folder) -> None:
    store = _store(folder)
    before = store.data()
    events = folder.path / "events.csv"
    times = events.stat()
    events.touch()
    assert store.data() is before
    folder.replace("events.csv", "Arcadia bars Acme", "Arcadia BARS Acme")
    os.utime(events, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert store.data().version != before.version


@each(
    ("name", "content", "text"),
    [
        ("datapackage.json", b'{"name": ', "not valid JSON"),
        ("CHANGELOG.md", b"\xff\xfe", "the file is not UTF-8"),
        ("about.toml", b"title = ", "not valid TOML"),
        ("codebook.toml", b"[scale", "not valid TOML"),
    ],
)
def test_a_broken_document_replaces_nothing(
    folder: Folder, name: str, content: bytes, text: str
) -> None:
    store = _store(folder)
    before = store.data()
    (folder.path / name).write_bytes(content)
    assert store.data() is before
    assert text in str(store.state().faults[0])


def test_it_is_told_since_when_a_dataset_is_held(folder: Folder) -> None:
    store = _store(folder)
    first = store.state().since
    assert first is not None
    assert abs((datetime.now(UTC) - first).total_seconds()) < 60
    folder.edit("events", 2, score="5")
    assert store.state().since == first


def test_without_valid_data_the_faults_are_raised(folder: Folder) -> None:
    (folder.path / "events.csv").unlink()
    store = _store(folder)
    with pytest.raises(DataFaults, match="the file is missing"):
        store.data()


def test_refused_data_does_not_stop_the_days(folder: Folder) -> None:
    days = [TODAY, date(TODAY.year + 1, 1, 1)]
    store = Store(folder.path, lambda: days[0])
    before = store.data()
    folder.edit("events", 2, score="5")
    assert store.data() is before
    days.pop(0)
    after = store.state()
    assert after.data is not None
    assert (after.data.today, after.data.version) == (days[0], before.version)
    assert after.data.months[-1] == days[0]
    assert [fault.column for fault in after.faults] == ["score"]


def test_a_clock_before_the_first_day_is_told_and_takes_no_day_away(folder: Folder) -> None:
    days = [TODAY, date(2001, 2, 3)]
    store = Store(folder.path, lambda: days[0])
    before = store.data()
    days.pop(0)
    assert store.data() is before
    (fault,) = store.state().faults
    first = before.codebook.first_date
    text = f'"{first}" is after today, 2001-02-03 by the clock: one of the two is wrong'
    assert (fault.column, fault.message) == ("first_date", text)


def test_a_server_that_starts_with_a_clock_before_the_first_day_tells_so(folder: Folder) -> None:
    with pytest.raises(DataFaults, match=r"first_date: .* 1970-01-01 by the clock"):
        _store(folder, date(1970, 1, 1)).data()


class _Hung:
    """Files that do not answer until they are let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go, self.asked = Event(), 0
        monkeypatch.setattr(store, "scan_folder", self._look_at)
        monkeypatch.setattr(store, "_LONGEST_SECONDS", 0.0)

    def _look_at(self, folder: Path) -> scan.Scan:
        self.asked += 1
        self.go.wait()
        return scan.scan_folder(folder)


def test_files_that_do_not_answer_are_told_and_what_is_held_stays(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = _store(folder)
    before = store.data()
    with monkeypatch.context() as patched:
        hung = _Hung(patched)
        for _ in range(3):
            result = store.state()
            assert result.data is before
            (fault,) = result.faults
            assert str(fault) == f"{folder.path}: a look at the files takes more than 0 s"
        # One look at a time, however many ask, and one line in the log.
        assert hung.asked == 1
        assert caplog.text.count("takes more than") == 1
        hung.go.set()
    _await(lambda: store.state().faults == ())
    assert store.data() is before


def test_a_start_on_files_that_do_not_answer_ends_in_a_fault(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        hung = _Hung(patched)
        store = _store(folder)
        with pytest.raises(DataFaults, match="takes more than 0 s"):
            store.data()
        hung.go.set()
    _await(lambda: store.state().data is not None)


def _await(result: Callable[[], bool]) -> None:
    deadline = monotonic() + 30
    while not result():
        assert monotonic() < deadline


def test_nobody_waits_for_a_look_while_there_is_data(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_store = _store(folder)
    before = folder_store.data()
    monkeypatch.setattr(store, "_PATIENCE_SECONDS", 0.0)
    hung = _Hung(monkeypatch)
    monkeypatch.setattr(store, "_LONGEST_SECONDS", 3600.0)
    assert folder_store.state() == folder_store.fresh()
    assert folder_store.state().data is before
    assert hung.asked == 1
    hung.go.set()


def test_what_is_held_stays_where_no_look_can_be_begun(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _store(folder)
    before = store.data()
    folder.edit("events", 2, title="Another title")

    def no_more(_: object) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr("stances.dataset.store.Thread.start", no_more)
        assert store.data() is before
        with pytest.raises(DataFaults):
            _store(folder).data()
    assert store.data() is not before


@each("broken", ["scan_folder", "check_scan", "differing"])
def test_whatever_goes_wrong_in_a_look_is_a_fault_and_what_is_held_stays(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder_store = _store(folder)
    before = folder_store.data()
    folder.edit("events", 2, title="Another title")

    def breaks(*_: object) -> None:
        raise RecursionError("too deep")

    with monkeypatch.context() as patched:
        patched.setattr(store, broken, breaks)
        assert folder_store.data() is before
        (fault,) = folder_store.state().faults
    assert str(fault) == f"{folder.path}: cannot be used: RecursionError: too deep"
    # Where it went wrong is nowhere else to be found.
    assert "Traceback" in caplog.text
    folder.edit("events", 2, title="A third title")
    assert "A third title" in set(folder_store.data().events["title"])
    assert folder_store.state().faults == ()


def test_a_size_that_is_none_is_a_fault_of_the_folder(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANCES_MAX_FILE", "some")
    with pytest.raises(DataFaults, match="STANCES_MAX_FILE is some; it must be a whole number"):
        _store(folder).data()


def test_files_that_are_not_as_described_are_told(folder: Folder) -> None:
    store = _store(folder)
    descriptions.write(store.data())
    assert store.state().differing == ()
    about = folder.path / "about.toml"
    about.write_bytes(about.read_bytes() + b"\n")
    folder.add("codings", 2, coder="Another")
    rows = len(store.data().codings)
    assert [str(fault) for fault in store.state().differing] == [
        f"codings.csv: has {rows} rows; datapackage.json says {rows - 1}",
        "about.toml: is not the file that datapackage.json describes: it has another hash",
    ]
    assert store.state().faults == ()
    descriptions.write(store.data())
    assert store.state().differing == ()


def test_a_new_day_is_a_new_dataset(folder: Folder) -> None:
    days = [TODAY, date(TODAY.year + 1, 1, 1)]
    store = Store(folder.path, lambda: days[0])
    assert store.data().today == days.pop(0)
    assert store.data().today == days[0]
