"""A row corrected: what it says, when, by whom, and why."""

from __future__ import annotations

import pytest

from stances.dataset.change import BadEntry
from stances.dataset.changelog import CHANGELOG
from stances.dataset.edit import correction
from stances.dataset.faults import BadInput
from tests.folders import TODAY, Folder

EVENT = "BOR-20200511-teachers-doubt"


def corrected(folder: Folder, row_id: str, why: str = "The minutes say so.", **cells: str) -> None:
    correction(folder.load(), row_id, cells, why).write()
    assert folder.faults() == []


def row(folder: Folder, table: str, row_id: str) -> dict[str, str]:
    [found] = [row for row in folder.rows(table) if row_id in row.values()]
    return found


def codings(folder: Folder) -> dict[str, tuple[str, str]]:
    rows = [row for row in folder.rows("codings") if row["event_id"] == EVENT]
    return {row["coder"]: (row["score"], row["why"]) for row in rows}


def test_a_cell_is_corrected_and_the_row_recorded_today(folder: Folder) -> None:
    before = row(folder, "events", EVENT)
    corrected(folder, EVENT, speaker="The King, in council", note="")
    expected = before | {"speaker": "The King, in council", "recorded": str(TODAY)}
    assert row(folder, "events", EVENT) == expected
    assert "review" not in codings(folder)


def test_a_score_gets_the_coding_that_says_why(folder: Folder) -> None:
    corrected(folder, EVENT, score="-2", why='He said "never"')
    assert row(folder, "events", EVENT)["score"] == "-2"
    assert codings(folder)["review"] == ("-2", 'He said "never"')
    assert list(codings(folder))[:3] == ["first", "A", "B"]
    corrected(folder, EVENT, score="", why="It was a guest")
    assert codings(folder)["review"] == ("", "It was a guest")


def test_the_changelog_says_what_and_why(folder: Folder) -> None:
    corrected(folder, EVENT, score="-2", date="2020-05-12")
    told = (folder.path / CHANGELOG).read_text(encoding="utf-8")
    assert "## Next release\n" in told
    expected = f"- `{EVENT}`: score -1 to -2, date 2020-05-11 to 2020-05-12. The minutes say so.\n"
    assert expected in told


def test_an_id_stays_when_the_date_is_corrected(folder: Folder) -> None:
    corrected(folder, EVENT, date="2020-05-12")
    assert row(folder, "events", EVENT)["date"] == "2020-05-12"


def test_sources_and_acts_are_corrected_too(folder: Folder) -> None:
    corrected(folder, "arc-daily", tier="copy")
    assert row(folder, "sources", "http://daily.example/acme?page=2")["tier"] == "copy"
    corrected(folder, "ARC-roads-order", penalty="A fine")
    act = [row for row in folder.rows("acts") if row["act_id"] == "ARC-roads-order"]
    assert [(each["penalty"], each["recorded"]) for each in act] == [("A fine", str(TODAY))]


@pytest.mark.parametrize(
    ("row_id", "cells", "told"),
    [
        ("nobody", {"score": "1"}, "nobody is not the id of an event, a source or an act"),
        (EVENT, {"score": "-1"}, "says so already"),
        (EVENT, {}, "says so already"),
    ],
)
def test_what_changes_nothing_is_refused(
    folder: Folder, row_id: str, cells: dict[str, str], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        correction(folder.load(), row_id, cells, "Why")


def test_every_fault_is_told_at_once(folder: Folder) -> None:
    cells = {
        "score": "9",
        "actor": "XYZ",
        "colour": "red",
        "event_id": "x",
        "recorded": "2020-01-01",
    }
    with pytest.raises(BadEntry) as found:
        correction(folder.load(), EVENT, cells, "two\nlines")
    lines = [line.removeprefix(f"{EVENT}: ") for line in str(found.value).splitlines()]
    assert {line.partition(":")[0] for line in lines} == {*cells, "why"}
    assert "score: 9 is outside -2..2" in lines
    refused = [line for line in lines if "cannot be corrected; allowed are: actor, date," in line]
    assert [line.partition(":")[0] for line in refused] == ["colour", "event_id", "recorded"]
