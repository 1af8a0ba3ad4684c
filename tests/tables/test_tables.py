"""The columns that tables declare are there, each of its kind, in every frame they describe."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from stances import tables
from stances.answers import acts, agreement, changes, events, export, members, stance
from stances.answers.tracker import Tracker
from stances.tables.col import KINDS, Col

DAY, YEAR_BEFORE = date(2020, 8, 19), date(2019, 8, 19)
Make = Callable[[Tracker], pd.DataFrame]
FRAMES: dict[str, Make] = {
    "AGREEMENT": agreement.agreement,
    "ACTS": lambda t: acts.find(t, date(2021, 8, 1)),
    "BINDS": lambda t: acts.binds(t, "CAL", date(2021, 8, 1)),
    "DEADLINES": lambda t: acts.deadlines(t, date(2021, 8, 1)),
    "MEMBERS": lambda t: members.members(t, "Pact", DAY, "roads"),
    "EVENTS": lambda t: events.find(t, "acme"),
    "WHY": lambda t: stance.why(t, "ARC", "roads", DAY),
    "CHANGES": lambda t: changes.done(t, YEAR_BEFORE, DAY, "overall"),
}
LISTS: dict[str, list[Col]] = {name: getattr(tables, name) for name in tables.__all__}


@pytest.mark.parametrize("name", FRAMES)
def test_an_answer_has_the_columns_declared(tracker_six: Tracker, name: str) -> None:
    frame = FRAMES[name](tracker_six)
    assert len(frame)
    rows = export.json_rows(frame, LISTS[name])
    assert len(rows) == len(frame)
    assert all(list(row) == [col.name for col in LISTS[name]] for row in rows)


@pytest.mark.parametrize("ending", export.FORMATS)
@pytest.mark.parametrize("name", FRAMES)
def test_every_table_is_a_file_of_every_kind(tracker_six: Tracker, name: str, ending: str) -> None:
    frame = FRAMES[name](tracker_six)
    for rows in (frame, frame.iloc[:0]):
        assert export.FORMATS[ending][1](rows, LISTS[name], {"count": 1})


@pytest.mark.parametrize("name", LISTS)
def test_columns_are_declared_once_and_described(name: str) -> None:
    names = [col.name for col in LISTS[name]]
    assert len(names) == len(set(names))
    assert all(col.about and col.kind in KINDS for col in LISTS[name])
    assert all(col.markup for col in LISTS[name] if col.head)


def test_no_file_has_lost_or_renamed_a_column(golden: Callable[[str, str], None]) -> None:
    lines = [f"{name}: {' '.join(f'{c.name}({c.kind})' for c in of)}" for name, of in LISTS.items()]
    golden("columns.txt", "\n".join(lines))


def test_a_level_stays_a_whole_number(tracker_six: Tracker) -> None:
    rows = export.json_rows(FRAMES["MEMBERS"](tracker_six), tables.MEMBERS)
    assert [row["level"] for row in rows] == [2, None]
    assert isinstance(rows[0]["level"], int)


def test_the_real_data_fits_too(tracker: Tracker) -> None:
    day = tracker.data.opening_day
    for name, frame in {
        "ACTS": acts.register(tracker, day),
        "DEADLINES": acts.deadlines(tracker, day),
        "EVENTS": events.find(tracker),
        "MEMBERS": members.members(tracker, "all", day, "overall"),
    }.items():
        assert len(export.csv(frame, LISTS[name]).splitlines()) >= len(frame)
