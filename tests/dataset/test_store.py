"""The server's dataset: new and valid is taken up, new and invalid never replaces what is held."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

import pytest

from stances import DataFaults
from stances.dataset import store
from stances.dataset.store import Store
from tests.folders import TODAY, Folder

pytestmark = pytest.mark.usefixtures("look_at_once")


def _store(folder: Folder, today: date = TODAY) -> Store:
    return Store(folder.path, lambda: today)


def test_one_dataset_is_held_while_nothing_changes(folder: Folder) -> None:
    held = _store(folder)
    assert held.data() is held.data()
    assert held.holding().faults == ()


def test_new_valid_data_is_taken_up(folder: Folder) -> None:
    held = _store(folder)
    before = held.data()
    folder.edit("events", 2, title="Another title")
    after = held.data()
    assert after.version != before.version
    assert "Another title" in set(after.events["title"])


def test_invalid_data_is_told_and_replaces_nothing(folder: Folder) -> None:
    held = _store(folder)
    before = held.data()
    folder.edit("events", 2, score="5")
    assert held.data() is before
    (fault,) = held.holding().faults
    assert (fault.column, fault.line) == ("score", 2)
    assert str(fault.without_folder()).startswith("events.csv:2 score: 5 is outside")
    folder.edit("events", 2, score="1")
    assert held.holding().faults == ()
    assert held.data() is not before


def test_a_file_cut_off_half_way_replaces_nothing(folder: Folder) -> None:
    held = _store(folder)
    before = held.data()
    events = folder.path / "events.csv"
    whole = events.read_bytes()
    events.write_bytes(whole[: len(whole) // 2])
    assert held.data() is before
    assert held.holding().faults
    events.write_bytes(whole)
    assert held.data().content_hash == before.content_hash
    assert held.holding().faults == ()


def test_a_file_that_still_changes_is_left_until_it_stands_still(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _store(folder)
    before = held.data()
    codings = folder.path / "codings.csv"
    whole = codings.read_bytes() + b"BOR-20200511-teachers-doubt,review,-1,\n"
    # Cut off at the end of a line it is valid, and only its growing tells.
    codings.write_bytes(b"".join(whole.splitlines(keepends=True)[:5]))
    with monkeypatch.context() as copying:
        copying.setattr(store, "sleep", lambda _: codings.write_bytes(whole))
        assert held.data() is before
    after = held.data()
    assert after.files["codings.csv"] == whole
    assert held.holding().faults == ()


def test_a_file_that_is_being_copied_is_told_and_replaces_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _store(folder)
    before = held.data()
    events = folder.path / "events.csv"
    whole = events.read_bytes()
    events.write_bytes(whole[:400])
    with monkeypatch.context() as copying:
        copying.setattr(store, "sleep", lambda _: events.write_bytes(whole[:600]))
        assert held.data() is before
        assert held.holding().faults
    events.write_bytes(whole)
    assert held.data().content_hash == before.content_hash
    assert held.holding().faults == ()


def test_a_copy_of_the_same_file_that_ends_within_a_look_leaves_nothing_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _store(folder)
    held.data()
    events = folder.path / "events.csv"
    whole = events.read_bytes()
    events.write_bytes(whole[:400])
    with monkeypatch.context() as copying:
        copying.setattr(store, "sleep", lambda _: events.write_bytes(whole))
        assert held.holding().faults
    assert held.holding().faults == ()


def test_files_are_told_apart_by_what_is_in_them(folder: Folder) -> None:
    held = _store(folder)
    before = held.data()
    events = folder.path / "events.csv"
    times = events.stat()
    events.touch()
    assert held.data() is before
    folder.replace("events.csv", "Arcadia bars Acme", "Arcadia BARS Acme")
    os.utime(events, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert held.data().version != before.version


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("datapackage.json", b'{"name": ', "not valid JSON"),
        ("CHANGELOG.md", b"\xff\xfe", "the file is not UTF-8"),
        ("about.toml", b"title = ", "not valid TOML"),
        ("codebook.toml", b"[scale", "not valid TOML"),
    ],
)
def test_a_broken_document_replaces_nothing(
    folder: Folder, name: str, content: bytes, told: str
) -> None:
    held = _store(folder)
    before = held.data()
    (folder.path / name).write_bytes(content)
    assert held.data() is before
    assert told in str(held.holding().faults[0])


def test_it_is_told_since_when_a_dataset_is_held(folder: Folder) -> None:
    held = _store(folder)
    first = held.holding().since
    assert first is not None
    assert abs((datetime.now(UTC) - first).total_seconds()) < 60
    folder.edit("events", 2, score="5")
    assert held.holding().since == first


def test_without_valid_data_the_faults_are_raised(folder: Folder) -> None:
    (folder.path / "events.csv").unlink()
    held = _store(folder)
    with pytest.raises(DataFaults, match="the file is missing"):
        held.data()


def test_refused_data_does_not_stop_the_days(folder: Folder) -> None:
    days = [TODAY, date(TODAY.year + 1, 1, 1)]
    held = Store(folder.path, lambda: days[0])
    before = held.data()
    folder.edit("events", 2, score="5")
    assert held.data() is before
    days.pop(0)
    after = held.holding()
    assert after.data is not None
    assert (after.data.today, after.data.version) == (days[0], before.version)
    assert after.data.months[-1] == days[0]
    assert [fault.column for fault in after.faults] == ["score"]


def test_a_new_day_is_a_new_dataset(folder: Folder) -> None:
    days = [TODAY, date(TODAY.year + 1, 1, 1)]
    held = Store(folder.path, lambda: days[0])
    assert held.data().today == days.pop(0)
    assert held.data().today == days[0]
