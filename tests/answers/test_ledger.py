"""The ledger of acts and statements: on six events by hand, its sentences, its file."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from stances import words
from stances.answers.happened import happened_subtitle, happened_told, moves_among
from stances.answers.ledger import (
    LEDGER_COLUMNS,
    Deed,
    Span,
    effect_words,
    kind_words,
    ledger,
    ledger_finding,
    ledger_name,
    ledger_shown,
    ledger_table,
    quoted,
    records,
    sentence,
)
from stances.answers.tracker import Tracker
from stances.answers.typed import to_bytes
from stances.model.settings import Settings
from stances.model.stance import ACTS, rounded
from stances.words import Dated
from tests.folders import Folder

NAN = math.nan
YEAR = Span(date(2019, 12, 31), date(2020, 12, 31))
DAY = Dated(date(2020, 4, 10), "day")
MINUS = "\N{MINUS SIGN}"
# What each of the six events changed (see tests/data/six/README.md), the newest first.
BY_HAND = [
    ("ARC-20201027-order-repealed", f"Roads: from Block {MINUS}2.00 to Even 0.00"),
    ("BOR-20200601-ring-road-plan", "Roads: from no position to Promote +2.00"),
    ("BOR-20200511-teachers-doubt", "Schools: from Admit +1.00 to Even +0.50"),
    ("ARC-20200410-minister-worried", "Roads: Block, as before"),
    ("BOR-20200201-school-permit", "Schools: from no position to Admit +1.00"),
    ("ARC-20200101-roads-order", f"Roads: from no position to Block {MINUS}2.00"),
]


def told(tracker: Tracker, span: Span, order: str = "newest") -> list[tuple[str, str]]:
    deeds = ledger(tracker, span, order)
    return [(deed.event_id, effect_words(tracker.codebook, deed)) for deed in deeds]


def ids(tracker: Tracker, span: Span, order: str = "newest") -> list[str]:
    return [deed.event_id for deed in ledger(tracker, span, order)]


def deed_of(before: float, after: float, **more: Any) -> Deed:
    return replace(Deed("E", "A", DAY, "roads", "order", True, "T", "S.", before, after, 0), **more)


def test_the_six_events_change_what_they_do_on_paper(tracker_six: Tracker) -> None:
    assert told(tracker_six, YEAR) == BY_HAND


def test_by_effect_moves_come_first_then_positions_gained_then_what_changed_nothing(
    tracker_six: Tracker,
) -> None:
    places = (0, 2, 1, 4, 5, 3)
    assert told(tracker_six, YEAR, "effect") == [BY_HAND[place] for place in places]


@pytest.mark.parametrize(
    ("narrowing", "places"),
    [
        ({"domain": "schools"}, [2, 4]),
        ({"only": "acts"}, [0, 4, 5]),
        # Boria came on 1 March and Arcadia left on 1 July.
        ({"group": "Pact"}, [1, 2, 3, 5]),
        ({"group": "Pact", "then": date(2020, 7, 1)}, []),
        # What is of the first day stood then already; what is of the last is told.
        ({"then": date(2020, 5, 11)}, [0, 1]),
        ({"now": date(2020, 5, 11)}, [2, 3, 4, 5]),
    ],
)
def test_a_ledger_can_be_narrowed(
    tracker_six: Tracker, narrowing: dict[str, Any], places: list[int]
) -> None:
    span = replace(YEAR, **narrowing)
    assert told(tracker_six, span) == [BY_HAND[place] for place in places]


def test_where_acts_alone_count_words_are_left_out(tracker_six: Tracker) -> None:
    acts = Tracker(tracker_six.data, basis=ACTS)
    assert [event_id for event_id, _ in told(acts, YEAR)] == ids(
        tracker_six, replace(YEAR, only="acts")
    )
    # Nothing is left in force, and words are no position then.
    assert told(acts, YEAR)[0][1] == f"Roads: from Block {MINUS}2.00 to no position"


def test_context_is_in_no_ledger(folder: Folder) -> None:
    folder.edit("events", 3, score="")
    assert "ARC-20200410-minister-worried" not in ids(Tracker(folder.load()), YEAR)


def test_those_of_one_day_share_what_they_changed(folder: Folder) -> None:
    event = "ARC-20200410-order-milder"
    folder.add("events", 2, event_id=event, date="2020-04-10", score="-1", title="Milder order")
    for line in (2, 3, 4):
        folder.add("codings", line, event_id=event, score="-1")
    tracker = Tracker(folder.load())
    shared = [deed for deed in ledger(tracker, YEAR) if deed.beside]
    assert {deed.event_id for deed in shared} == {event, "ARC-20200410-minister-worried"}
    for deed in shared:
        assert (deed.before, deed.after) == (-2.0, -1.0)
        assert effect_words(tracker.codebook, deed).endswith(
            f"to Limit {MINUS}1.00, with another of that day"
        )
    # Whichever part of them is told.
    [act] = [deed for deed in ledger(tracker, replace(YEAR, only="acts")) if deed.beside]
    assert act.event_id == event
    # But words that are left out change nothing.
    acts = Tracker(tracker.data, basis=ACTS)
    assert [deed.beside for deed in ledger(acts, YEAR) if deed.event_id == event] == [0]


def test_moves_of_a_group_are_those_of_its_members_on_the_last_day(tracker_six: Tracker) -> None:
    def moved(**narrowing: Any) -> set[str]:
        return {move.actor for move in moves_among(tracker_six, replace(YEAR, **narrowing))}

    assert moved() == {"ARC", "BOR", "CAL"}
    assert moved(group="Pact") == {"BOR", "CAL"}
    assert moved(group="Pact", now=date(2020, 6, 30)) == {"ARC", "BOR", "CAL"}


# -- in words ----------------------------------------------------------------------------------

NAMES = ("Kingdom of Boria", "KoB")


@pytest.mark.parametrize(
    ("title", "speaker", "found"),
    [
        ("King doubts", "", "On 10 April 2020, Kingdom of Boria: King doubts."),
        ("King doubts", "The King", "On 10 April 2020, Kingdom of Boria: King doubts (The King)."),
        # Whom the title names at its beginning acts in it.
        ("Kingdom of Boria's king doubts", "", "On 10 April 2020: Kingdom of Boria's king doubts."),
        ("KoB doubts", "", "On 10 April 2020: KoB doubts."),
        ("KoB-Pact body doubts", "", "On 10 April 2020, Kingdom of Boria: KoB-Pact body doubts."),
        ("KoBold doubts", "", "On 10 April 2020, Kingdom of Boria: KoBold doubts."),
        ("The King doubts", "The King", "On 10 April 2020, Kingdom of Boria: The King doubts."),
        ("It ends.", "", "On 10 April 2020, Kingdom of Boria: It ends."),
        ("...", "", "On 10 April 2020, Kingdom of Boria: ...."),
        ("Does it end?", "", "On 10 April 2020, Kingdom of Boria: Does it end?"),
        (
            "King doubts",
            "Court (the king)",
            "On 10 April 2020, Kingdom of Boria: King doubts (Court [the king]).",
        ),
    ],
)
def test_a_sentence_is_made_from_the_row(title: str, speaker: str, found: str) -> None:
    assert sentence(NAMES, DAY, title, speaker) == found


def test_a_short_name_that_is_a_part_of_the_name_may_be_anybodys() -> None:
    found = sentence(("Council of Boria", "Council"), DAY, "Council doubts", "")
    assert found == "On 10 April 2020, Council of Boria: Council doubts."


def test_a_day_is_told_no_more_exactly_than_it_is_known(tracker_six: Tracker) -> None:
    [permit] = [deed for deed in ledger(tracker_six, YEAR) if deed.instrument == "permit"]
    assert permit.sentence == (
        "In February 2020, Kingdom of Boria: Boria lets Acme teach in its schools (School Board)."
    )


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (-2.0, -2.0, "Block, as before"),
        (-2.0, -2.004, "Block, as before"),
        (-1.0, -1.2, f"Limit, from {MINUS}1.00 to {MINUS}1.20"),
        (-1.2, -2.0, f"from Limit {MINUS}1.20 to Block {MINUS}2.00"),
        # Two decimals would put both on one side of the border.
        (-1.499, -1.501, f"from Limit {MINUS}1.50 to Block {MINUS}1.5010"),
        (NAN, 1.0, "from no position to Admit +1.00"),
        (1.0, NAN, "from Admit +1.00 to no position"),
        (NAN, NAN, "no position, as before"),
    ],
)
def test_an_effect_has_its_label_before_its_figure(
    tracker_six: Tracker, before: float, after: float, found: str
) -> None:
    deed = deed_of(before, after)
    assert effect_words(tracker_six.codebook, deed) == f"Roads: {found}"


def test_what_leaves_its_domain_as_before_may_move_the_whole(tracker_six: Tracker) -> None:
    told = [
        effect_words(tracker_six.codebook, deed_of(-1.0, after, overall=overall))
        for after, overall in ((-1.0, 0.2), (-1.0, 0.0), (-1.0, NAN), (-1.2, 0.2))
    ]
    as_before = "Roads: Limit, as before"
    assert told[:3] == [f"{as_before}; overall +0.20 that day", as_before, as_before]
    assert told[3] == f"Roads: Limit, from {MINUS}1.00 to {MINUS}1.20"


def test_the_move_of_the_whole_is_that_of_the_day(tracker_six: Tracker) -> None:
    for deed in ledger(tracker_six, Span(date(2019, 1, 1), date(2023, 1, 31))):
        days = [deed.when.day - timedelta(days=1), deed.when.day]
        place = tracker_six.model.actors.index(deed.actor)
        before, after = tracker_six.model.arrays(days).stance[:, place, 0]
        moved = words.printed_move(float(rounded(before)), float(rounded(after)))
        assert deed.overall == pytest.approx(moved, abs=1e-9, nan_ok=True)


def test_it_is_told_whether_it_is_an_act(tracker_six: Tracker) -> None:
    codebook = tracker_six.codebook
    assert kind_words(codebook, deed_of(1, 1)) == "Act (order)"
    assert kind_words(codebook, deed_of(1, 1, instrument="plan", binds=False)) == "Statement (plan)"


def test_a_ledger_says_how_much_of_it_is_shown(tracker_six: Tracker) -> None:
    deeds = ledger(tracker_six, YEAR)
    assert ledger_finding(deeds) == "Three acts and three statements"
    assert ledger_finding(deeds[:1]) == "One act"
    assert "choose an earlier day" in ledger_finding([])
    assert "show statements too" in ledger_finding([], "acts")
    # Statements may well be recorded then.
    assert ledger_finding([], basis=ACTS) == (
        "No act of these days is recorded: count words too, or choose an earlier day"
    )
    assert ledger_shown(2, 6).startswith("The first 2 of 6.")
    assert ledger_shown(6, 6).startswith("All 6.")


def test_a_quotation_names_the_best_source(tracker_six: Tracker) -> None:
    repeal = ledger(tracker_six, YEAR)[0]
    found = quoted(tracker_six, repeal)
    assert found.startswith(f"{repeal.sentence} (Source: Arcadian Gazette, ")
    assert tracker_six.data.version in found


# -- the headline ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "found"),
    [
        (YEAR,
         "In twelve months two of three actors took an act that binds; two gained a "
         "position"),
        (Span(date(2020, 7, 19), date(2020, 10, 27), "roads"),
         "From 19 July 2020 to 27 October 2020 one of three actors took an act that binds; "
         "Republic of Arcadia moved most by its own act, from Block to Even"),
        (Span(date(2020, 4, 1), date(2020, 6, 30), group="Pact"),
         "In 90 days none of three Pact members took an act that binds; Kingdom of Boria moved "
         "most by what it said, from Admit to Promote"),
        # Boria took its act before it came, and Arcadia was no member any more.
        (replace(YEAR, group="Pact"),
         "In twelve months none of two Pact members took an act that binds; one gained a "
         "position"),
        # It lapsed; that was not time, though nobody did anything.
        (Span(date(2021, 3, 1), date(2021, 3, 31)),
         "In 30 days none of three actors took an act that binds; Kingdom of Boria moved most as "
         "its act ended, 0.30 points towards Promote"),
        (Span(date(2021, 3, 1), date(2021, 3, 31), "schools"),
         "In 30 days none of three actors took an act that binds; one lost a position"),
        # The position of Arcadia faded out.
        (Span(date(2022, 1, 31), date(2023, 1, 31)),
         "In twelve months none of three actors took an act that binds; nothing that was done "
         "moved a stance"),
    ],
)  # fmt: skip
def test_a_headline_tells_deeds(tracker_six: Tracker, span: Span, found: str) -> None:
    assert happened_told(tracker_six, span) == found


def test_what_is_told_is_said_under_the_headline(tracker_six: Tracker) -> None:
    span = replace(YEAR, domain="roads")
    assert happened_subtitle(tracker_six.codebook, span, ledger(tracker_six, span)) == (
        "After 31 December 2019 and up to 31 December 2020, in roads: two acts and two statements "
        "on Acme by two actors."
    )
    nothing = replace(YEAR, then=date(2020, 12, 1))
    found = happened_subtitle(tracker_six.codebook, nothing, ledger(tracker_six, nothing))
    assert found.endswith("in all domains: no act or statement on Acme.")
    assert happened_subtitle(tracker_six.codebook, nothing, [], ACTS).endswith(": no act on Acme.")


# -- the file ----------------------------------------------------------------------------------


def test_the_file_has_the_rows_of_the_records(tracker_six: Tracker) -> None:
    deeds = ledger(tracker_six, YEAR)
    told = to_bytes(ledger_table(tracker_six, deeds, YEAR)).decode()
    rows = list(csv.DictReader(io.StringIO(told, newline="")))
    assert tuple(rows[0]) == LEDGER_COLUMNS
    for row, record in zip(rows, records(tracker_six, deeds), strict=True):
        assert set(record) == set(row)
        for name, value in record.items():
            shown = f"{value:.4f}" if isinstance(value, float) else str(value)
            assert row[name] == ("" if value is None else shown), name
    nothing = to_bytes(ledger_table(tracker_six, [], YEAR)).decode()
    assert nothing == f"{','.join(LEDGER_COLUMNS)}\n"


def test_the_name_of_the_file_says_what_is_in_it(tracker_six: Tracker) -> None:
    span = replace(YEAR, group="Pact", domain="roads", only="acts")
    assert ledger_name(tracker_six, YEAR) == "acme-stances_happened_2019-12-31_2020-12-31"
    assert ledger_name(tracker_six, span).endswith("_2020-12-31_pact_roads_only-acts")
    # Other figures are another file.
    settings = Settings.chosen(tracker_six.codebook, {"roads": 1})
    own = Tracker(tracker_six.data, settings, ACTS)
    assert ledger_name(own, YEAR).endswith("_2020-12-31_acts_own-settings")
