"""The causes that made two actors part: rows that add up, sentences that claim no more."""

from __future__ import annotations

from datetime import date

import pytest

from stances.answers import parting
from stances.answers.gaps import widest_words
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.tables.compare import parting_table
from stances.tables.table import rows_csv
from tests.folders import Folder
from tests.golden import Golden

NAN = float("nan")
PAIR = ("ARC", "BOR")
WHOLE = date(2019, 1, 1), date(2021, 1, 31)


def of(before: float, after: float) -> parting.Parting:
    return parting.Parting(
        "ARC-20200101-roads-order", "ARC", date(2020, 1, 1), False, before, after
    )


@pytest.mark.parametrize(
    ("before", "after", "effect", "move"),
    [
        (-1.0, -1.5, parting.OPENED, -0.5),
        (0.0, 1.5, parting.OPENED, 1.5),
        (-1.0, -0.25, parting.CLOSED, 0.75),
        (1.0, 0.0, parting.CLOSED, -1.0),
        (1.0, -2.0, parting.TURNED, -3.0),
        (NAN, -2.0, parting.BEGAN, NAN),
        (-2.0, NAN, parting.LEFT, NAN),
    ],
)
def test_what_an_event_did_to_the_gap(
    before: float, after: float, effect: str, move: float
) -> None:
    event = of(before, after)
    assert event.effect == effect
    assert event.move == pytest.approx(move, nan_ok=True)


def test_what_made_two_part_comes_first_and_what_moved_nothing_is_left_out(
    tracker_six: Tracker,
) -> None:
    result = parting.partings(tracker_six, PAIR, "roads", WHOLE)
    assert [(each.rank, each.event_id[4:12], each.before, each.after) for each in result] == [
        (1, "20200601", pytest.approx(NAN, nan_ok=True), -4.0),
        (2, "20201027", -4.0, -2.0),
    ]
    assert parting.largest(result) == [*result]


def test_the_gap_of_the_other_way_round_has_the_other_sign(tracker_six: Tracker) -> None:
    result = parting.partings(tracker_six, PAIR[::-1], "roads", WHOLE)
    assert [(each.after, each.effect) for each in result] == [
        (4.0, parting.BEGAN),
        (2.0, parting.CLOSED),
    ]


def test_the_course_of_a_gap_adds_up(tracker_six: Tracker) -> None:
    for pair in (PAIR, PAIR[::-1]):
        along = parting.course(tracker_six, pair, "overall", WHOLE)
        assert along is not None
        assert round(along.then + along.done + along.time, 2) == along.now
    assert along.began
    later = parting.course(tracker_six, PAIR, "overall", (date(2020, 6, 1), WHOLE[1]))
    assert later is not None
    assert not later.began
    assert parting.course(tracker_six, PAIR, "roads", (WHOLE[0], date(2022, 1, 31))) is None


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2020, 1, 31), "at the end of January 2020"),
        (date(2020, 2, 1), "in February 2020"),
        (date(2020, 2, 2), ""),
        (date(2020, 5, 31), ""),
    ],
)
def test_a_widest_day_is_no_more_exact_than_the_event_beside_it(
    tracker_six: Tracker, day: date, text: str
) -> None:
    assert widest_words(tracker_six, PAIR, OVERALL, (day, 1.0)) == text


def test_a_gap_that_comes_back_is_told_as_one(folder: Folder) -> None:
    # What both said of the roads had grown too old to count by 2022.
    for line, event in ((3, "ARC-20221201-worried-again"), (7, "BOR-20221202-new-plan")):
        day = f"{event[4:8]}-{event[8:10]}-{event[10:12]}"
        folder.add("events", line, event_id=event, date=day)
    tracker = Tracker(folder.load())
    for first in (WHOLE[0], date(2022, 6, 1)):
        *_, along = parting.parting_lines(tracker, PAIR, "roads", (first, date(2023, 1, 31)))
        assert along.startswith("On 2 December 2022, when both had a position again, ")


def test_the_sentences(golden: Golden, tracker_six: Tracker) -> None:
    def lines(domain: str, first: date, last: date) -> tuple[str, ...]:
        period = first, last
        result = parting.partings(tracker_six, PAIR, domain, period)
        moved = parting.moved_words(tracker_six, result, domain)
        return tuple(
            filter(None, (moved, *parting.parting_lines(tracker_six, PAIR, domain, period)))
        )

    golden(
        {
            "roads": lines("roads", *WHOLE),
            "overall": lines("overall", *WHOLE),
            "from within": lines("overall", date(2020, 6, 1), WHOLE[1]),
            "over the lapse": lines("overall", date(2021, 3, 1), date(2021, 4, 1)),
            "until one fades": lines("roads", WHOLE[0], date(2022, 12, 31)),
            "never together": lines("schools", *WHOLE),
            "an event": [
                parting.parting_line(of(*ends)) for ends in ((-1.0, -1.5), (1.0, -2.0), (NAN, 1.0))
            ],
            "marks": [parting.marks_words(count) for count in (0, 1, 10)],
            "further": parting.further_words(3),
            "under a picture": [
                parting.numbered_event(tracker_six, each)
                for each in parting.partings(tracker_six, PAIR, "overall", WHOLE)[:2]
            ],
        }
    )


def test_the_table_has_what_is_printed(tracker_six: Tracker) -> None:
    result = parting.partings(tracker_six, PAIR, "roads", WHOLE)
    _, began, closed = rows_csv(parting_table(tracker_six), result).decode().splitlines()
    assert began.endswith(",gap begins,,,-4.00")
    assert closed.startswith("Arcadia repeals its order,")
    assert closed.endswith(",closed,2.00,-4.00,-2.00")
