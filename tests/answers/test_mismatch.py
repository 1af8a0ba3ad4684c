"""The register beside the model: which of the two lacks what the other has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from stances.answers.mismatch import mismatch_lines, mismatch_sentence, mismatch_short, mismatches
from stances.answers.tracker import Tracker
from tests.folders import Folder
from tests.golden import Golden

DAY = date(2020, 6, 1)


def _texts(tracker: Tracker, day: date) -> list[str]:
    return [
        f"{apart.line.act_id or apart.line.event_id}: "
        f"{mismatch_short(tracker.codebook, apart)}. {mismatch_sentence(tracker.codebook, apart)}"
        for apart in mismatches(tracker, day)
    ]


def _unscore(folder: Folder) -> None:
    folder.edit("events", 2, score="")
    folder.edit("acts", 2, name="Road rules", obligation="Builders must keep to the rules of roads")


# What is done to the folder, in which the order of Arcadia is in force and sets its level.
CASES: dict[str, Callable[[Folder], object]] = {
    "agreement": lambda _: None,
    "no event": lambda folder: folder.edit("acts", 2, event_id=""),
    "an event without a score, used": lambda folder: (
        _unscore(folder),
        folder.edit("acts", 2, applied="yes", applied_since="2020-02"),
    ),
    "an event without a score, not used": lambda folder: (
        _unscore(folder),
        folder.edit("acts", 2, applied="no", applied_since=""),
    ),
    "an event without a score, nothing known": lambda folder: (
        _unscore(folder),
        folder.edit("acts", 2, applied="unknown", applied_what="", applied_since=""),
    ),
    "words": lambda folder: folder.edit("events", 2, instrument="speech"),
    "another field": lambda folder: folder.edit("acts", 2, domain="schools"),
    "a later day": lambda folder: folder.edit("events", 2, date="2020-07-01"),
    "no level": lambda folder: folder.edit("events", 2, score="0"),
    "a level that has ended": lambda folder: folder.edit("events", 2, end_date="2020-05-01"),
    "no line": lambda folder: folder.add(
        "events", 2, event_id="ARC-20200301-rule", date="2020-03-01", domain="schools"
    ),
    "no line, several events": lambda folder: (
        folder.add("events", 2, event_id="ARC-20200301-rule", date="2020-03-01", domain="schools"),
        folder.add(
            "events",
            2,
            event_id="ARC-20200501-order",
            date="2020-05-01",
            domain="schools",
            title="Arcadia orders Acme out of its schools",
        ),
        # What counts nowhere sets no level.
        folder.add(
            "events",
            2,
            event_id="ARC-20200520-court",
            date="2020-05-20",
            domain="schools",
            score="",
        ),
    ),
    "a line that has ended": lambda folder: folder.edit("acts", 2, ended="2020-05-01", ended_by=""),
}


def test_where_register_and_model_differ_it_is_told_which_it_is(
    golden: Golden, tmp_path_factory: pytest.TempPathFactory
) -> None:
    texts = {}
    for name, change in CASES.items():
        folder = Folder(tmp_path_factory.mktemp("six") / "six")
        change(folder)
        own = [each for each in _texts(Tracker(folder.load()), DAY) if each.startswith("ARC")]
        texts[name] = own or ["(they agree)"]
    golden(texts)


def test_check_has_a_line_for_each_as_of_the_day(tracker_six: Tracker) -> None:
    assert mismatch_lines(tracker_six, DAY) == []
    lines = mismatch_lines(tracker_six, date(2021, 8, 1))
    assert [line.partition(":")[0] for line in lines] == [
        "act BOR-school-permit",
        "act CAL-bridge-rule",
    ]
