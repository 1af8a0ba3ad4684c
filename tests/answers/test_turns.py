"""The events that moved the lines of a chart most."""

from __future__ import annotations

from datetime import date

from stances.answers.history import known_period
from stances.answers.tracker import Tracker
from stances.answers.turns import turns
from stances.dataset.codebook import OVERALL
from tests.folders import Folder

BOTH = ["ARC", "BOR"]
WHOLE = date(2019, 1, 1), date(2021, 3, 31)


def _ids(tracker: Tracker, codes: list[str], domain: str = OVERALL) -> list[str]:
    return turns(tracker, tuple(codes), domain, WHOLE)["event_id"].tolist()


def test_they_are_of_those_chosen_and_moved_their_lines(tracker_six: Tracker) -> None:
    assert {event[:3] for event in _ids(tracker_six, ["ARC"])} == {"ARC"}
    result = _ids(tracker_six, BOTH)
    assert {event[:3] for event in result} == {*BOTH}
    # With the first event of a line there is a position, which nothing moved.
    first = tracker_six.data.events.groupby("actor")["event_id"].first()
    assert not {*result} & {*first}
    assert _ids(tracker_six, ["BOR"], "roads") == []


def test_their_names_are_whole_and_say_whose_they_are(folder: Folder) -> None:
    title = f"The <b>ministry</b> {'bars Acme ' * 7}".strip()
    for line in range(2, 8):
        folder.edit("events", line, title=title)
    tracker = Tracker(folder.load())
    marks = turns(tracker, tuple(BOTH), OVERALL, WHOLE)
    wanted = title.replace("<", "&lt;").replace(">", "&gt;")
    for name in marks["name"]:
        assert name.count("<br>") == 1
        assert name.replace("<br>", " ") in {f"Arcadia: {wanted}", f"Boria: {wanted}"}


def test_years_before_the_first_position_are_left_out(tracker_six: Tracker) -> None:
    assert known_period(tracker_six, BOTH, OVERALL, WHOLE) == (date(2020, 1, 1), WHOLE[1])
    later = date(2020, 5, 1), WHOLE[1]
    assert known_period(tracker_six, BOTH, OVERALL, later) == later
    nobody = date(2019, 1, 1), date(2019, 12, 31)
    assert known_period(tracker_six, BOTH, OVERALL, nobody) == nobody
