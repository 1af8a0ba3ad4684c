"""The sentences of the comparisons, held against the figures themselves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from stances import Dataset, words
from stances.answers import nearest, pair
from stances.answers.directions import UNMOVED, Direction, NetMove
from stances.answers.happened import (
    CAUSE_WORDS,
    Move,
    ageing_texts,
    cause_words,
    causes_in_short,
    direction_text,
    directions_text,
    drift,
    label_line,
    largest_moves,
    move_line,
    move_note,
    move_of,
    moves,
    moves_alt,
    moves_finding,
    no_move,
)
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.model import changes
from stances.model.changes import CAUSES, FADED, FADED_AWAY, GAINED, LASTING, LOST, NEVER_HAD
from stances.model.lifetimes import ENDED, REPLACED
from tests.golden import Golden, Said
from tests.test_words import DAYS

NAN = math.nan
THEN, NOW = date(2020, 1, 1), date(2021, 1, 1)
PERIOD = THEN, NOW


@pytest.mark.parametrize("value", [0.0, -0.001, 0.125, 0.375, -1.005, 2.675, -3.0])
def test_a_printed_figure_is_the_one_on_screen(value: float) -> None:
    assert words.figure(words.two_decimals(value), 2) == words.figure(value, 2)
    assert math.copysign(1, words.two_decimals(-0.001)) == 1


def test_a_missing_figure_stays_missing() -> None:
    assert math.isnan(words.two_decimals(NAN))


def new_move(name: str, then: float, now: float, done: float, position: str = LASTING) -> Move:
    """A move as the page has it: what was not done time did."""
    time = round(now - then - done, 2) + 0.0
    return Move(name, name, then, now, position, done, time)


GAINS = [
    Move("E", "Eland", NAN, -2.0, GAINED),
    Move("F", "Fland", NAN, 1.0, GAINED),
    Move("G", "Gland", 1.0, NAN, LOST),
    Move("H", "Hland", 1.0, NAN, FADED_AWAY),
    Move("I", "Iland", NAN, NAN, NEVER_HAD),
]


def by(move: Move, *pairs: tuple[str, float]) -> Move:
    """A move with its causes."""
    return Move(**vars(move) | {"parts": move_of(move, causes(*pairs)).parts})


def most(moves: list[Move]) -> list[str]:
    """Whom actions moved most, where no event is an act."""
    return [move.name for move in largest_moves(moves, ())]


def test_those_whom_deeds_moved_most_are_found_without_what_time_did() -> None:
    # Cland went further, but by time alone.
    moves = [
        new_move("Aland", 1.0, 0.5, -0.5),
        by(new_move("Bland", -2.0, -1.0, 1.0), (changes.CAME_IN, 1.0)),
        new_move("Cland", 1.0, -1.0, 0.0),
    ]
    assert most(moves) == ["Bland"]


@pytest.mark.parametrize(
    ("pairs", "done"),
    [
        # Those of one kind are added up, and what went the other way made no move.
        ([(ENDED, 0.5), (REPLACED, 0.4), (changes.SUPERSEDED, 0.3)], 1.2),
        ([(REPLACED, -0.8), (changes.CAME_IN, 1.0)], 0.2),
    ],
)
def test_who_did_something_comes_before_those_whose_act_ended(
    pairs: list[tuple[str, float]], done: float
) -> None:
    ended = by(new_move("Aland", -2.0, 0.0, 2.0), (ENDED, 2.0))
    assert most([ended, by(new_move("Bland", 0.0, done, done), *pairs)]) == ["Bland"]
    other = by(new_move("Bland", 0.0, 0.8, 0.8), (REPLACED, 0.3), (ENDED, 0.5))
    assert most([ended, other]) == ["Aland"]


def test_lines_of_moves(golden: Golden, six: Dataset) -> None:
    codebook = six.codebook
    faded = [new_move("Aland", 1.0, 0.2, 0.0), new_move("Bland", 0.0, 0.0, 0.0), *GAINS[-2:]]
    # What time did is in no headline.
    assert most([]) == most(faded) == []
    cases = {
        "to another label": label_line(codebook, new_move("Aland", 1.0, 0.0, -1.2)),
        "to another label, by ageing alone": label_line(codebook, new_move("Aland", 1.0, 0.2, 0.0)),
        "to another label, in part by ageing": label_line(
            codebook, new_move("Aland", 0.6, 0.4, -0.05)
        ),
        "within a label": label_line(codebook, new_move("Aland", 1.0, 0.9, 0.0)),
        "deeds and time": move_line(codebook, new_move("Aland", 1.0, 0.0, -1.2)),
        "time alone": move_line(codebook, new_move("Aland", 1.0, 0.5, 0.0)),
        "what ageing did": ageing_texts(faded),
        "those whom it moved": [drift(codebook, move) for move in faded if move.has_faded],
        "replaced, since": cause_words(REPLACED, True),
        "replaced": cause_words(REPLACED, False),
    }
    golden(cases)


def test_those_that_moved_as_far_as_printed_share_their_place() -> None:
    moves = [
        new_move("Aland", 1.0, 0.5, -0.5),
        new_move("Bland", -2.0, -1.5, 0.5),
        new_move("Cland", 1.0, 1.0, 0.0),
    ]
    assert most(moves) == ["Aland", "Bland"]


def test_directions_are_counted_by_actor(golden: Golden, tracker_six: Tracker) -> None:
    strict, soft = (Direction("roads", -1.0, -2.0),), (Direction("schools", 0.2, -0.5),)
    less, more = (Direction("roads", -1.0, 0.0),), (Direction("schools", 0.2, 0.5),)
    new, still = NetMove((), (), ("roads",)), UNMOVED
    three = {"A": NetMove(strict, (), ()), "B": NetMove(strict, (), ("schools",)), "C": new}
    five = three | {"D": NetMove((), soft, ()), "E": NetMove(strict, soft, ())}
    alone = [new_move("ARC", 1.0, 0.0, -1.0)]
    ended = [by(alone[0], (ENDED, -1.0))]
    # Who did something itself is counted by that.
    acted = by(new_move("BOR", 1.0, 0.0, -1.0), (ENDED, -0.5), (REPLACED, -0.5))
    moves = [new_move("Aland", 1.0, 1.0, 0.0), new_move("Bland", 1.0, 1.0, 0.0), *GAINS[:2]]

    seven = five | {"H": NetMove(less, (), ()), "I": NetMove((), more, ())}
    open_ones = {"H": seven["H"], "I": seven["I"]}

    def heads(
        result: dict[str, NetMove], moves: list[Move], domain: str = OVERALL
    ) -> tuple[str, str]:
        return moves_finding(tracker_six, result, moves, domain)

    cases = {
        "two stricter": directions_text(three),
        # Each is counted once, so that all of them are told.
        "every way": directions_text(five),
        "every way, some of them open": directions_text(seven),
        "open ones alone": directions_text(open_ones),
        "one stayed": directions_text(five | {"F": still}),
        "two stayed": directions_text(five | {"F": still, "G": still}),
        "one alone, both ways": directions_text({"E": five["E"]}),
        "nobody": directions_text({}),
        # The chart is of who moved.
        "above a chart": heads(five, [])[0],
        "above a chart, one new": heads({"C": new}, [])[0],
        "above a chart, nobody": heads({}, [])[0],
        "above a chart of one": heads({"ARC": NetMove(strict, (), ())}, alone),
        "above a chart of one in a field": heads({"ARC": NetMove(less, (), ())}, alone, "roads"),
        "above a chart of one that did nothing": heads({}, alone),
        "above a chart of one whose act ended": heads({}, ended),
        "above a chart, one of whose acts ended": heads({}, [*ended, acted])[0],
        "above a chart, and one whose act ended": heads(three, [*ended, acted])[0],
        "none of two has a position": heads({}, moves[2:]),
        "one of three has one": heads({}, moves[1:]),
        "two of four have one": heads({}, moves),
        "above a chart overall": heads(seven, moves),
        "above a chart in a field": heads(open_ones, moves, "roads"),
    }
    golden(cases)


def test_the_way_of_one_actor_is_told_with_its_fields(golden: Golden, tracker_six: Tracker) -> None:
    def text(*move: Any) -> str:
        return direction_text(tracker_six, "ARC", NetMove(*move))

    strict, soft = (Direction("roads", -1.0, -2.0),), (Direction("schools", 0.2, -0.5),)
    less, more = (Direction("roads", -1.0, 1.0),), (Direction("schools", 0.2, 0.5),)
    cases = {
        "stricter": text(strict, (), ()),
        "less open": text(less, (), ()),
        "more open": text((), more, ()),
        "softer, and new": text((), soft, ("roads",)),
        "both ways": text(strict, soft, ()),
        "new in two": text((), (), ("roads", "schools")),
        "new by an act": text((), (), ("roads",), ("roads",)),
        "new by an act, and by words": text(strict, (), ("roads", "schools"), ("schools",)),
        "no way": text((), (), ()),
    }
    golden(cases)


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("domain", [OVERALL, "networks"])
def test_moves_alt_tells_what_happened_in_the_real_data(
    tracker: Tracker, as_of: str, domain: str
) -> None:
    now = tracker.data.today if as_of == "today" else date.fromisoformat(as_of)
    then = max(now - timedelta(days=365), tracker.codebook.first_date)
    rows = [move for move in moves(tracker, then, now, domain) if move.has_happened]
    alt = moves_alt(tracker.codebook, domain, (then, now), rows)
    assert words.day(then) in alt
    assert words.day(now) in alt
    for move in rows[:10]:
        one, other = (
            "no position" if math.isnan(end) else words.figure(end, 2)
            for end in (move.then, move.now)
        )
        assert f"{move.name} {one} to {other} (" in alt
    assert (f"and {words.number(len(rows) - 10)} more" in alt) == (len(rows) > 10)
    assert ("nobody moved" in alt) == (not rows)


def test_every_cause_has_a_name_and_words() -> None:
    assert set(CAUSE_WORDS) == set(CAUSES)
    for cause in CAUSES:
        for since in (False, True):
            assert cause_words(cause, since)


def test_no_cause_says_in_force_of_what_may_be_an_open_case() -> None:
    text = [f"{each.label} {each.text}" for each in CAUSE_WORDS.values()]
    assert not [line for line in text if "in force" in line]
    assert CAUSE_WORDS[changes.CONFIRMS].label == "New, in line with what binds"


def causes(*pairs: tuple[str, float]) -> list[SimpleNamespace]:
    """Events with their causes and exact parts."""
    return [
        SimpleNamespace(event_id=f"E-{place}", domain="roads", cause=cause, part=part)
        for place, (cause, part) in enumerate(pairs)
    ]


def test_causes_of_one_name_are_one_line() -> None:
    parts = causes((changes.DILUTED, -0.5), (changes.CAME_IN, -0.3), (changes.FREED, 0.2))
    move = move_of(Move("A", "Aland", 1.0, 0.4, LASTING), parts)
    assert move.by_label() == [("New", -0.3), ("Reweighted", -0.3)]


def test_causes_in_short_leave_out_what_is_nothing() -> None:
    parts = causes((changes.CAME_IN, -1.2), (FADED, 0.31), (REPLACED, 0.0))
    move = move_of(Move("A", "Aland", 1.0, 0.11, LASTING), parts)
    # What time did has a figure of its own.
    assert causes_in_short(move) == "New \N{MINUS SIGN}1.20"
    assert (move.done, move.time, move.size) == (-1.2, 0.31, -0.89)


def test_done_and_time_add_up_as_printed() -> None:
    # -0.004 and -0.0042 are printed 0.00 each, the way between 1.004 and 0.9958 as nothing too.
    move = move_of(
        Move("A", "Aland", 1.0, 0.9918, LASTING), causes((REPLACED, -0.004), (FADED, -0.0042))
    )
    assert move.size == -0.01
    assert (move.done, move.time) == (0.0, -0.01)
    assert not move.has_happened


def test_a_position_gained_or_lost_is_told_with_its_cause(golden: Golden, six: Dataset) -> None:
    gained, _, lost, faded, never = GAINS
    assert [move.has_happened for move in GAINS] == [True, True, True, False, False]
    assert [move.has_faded for move in GAINS] == [False, False, False, True, False]
    ended = move_of(lost, causes((ENDED, NAN), (changes.SUPERSEDED, NAN)))
    assert [part.event_id for part in ended.parts] == ["E-0", "E-1"]
    kinds = {"gained": gained, "lost": lost, "faded": faded, "never": never}
    cases: dict[str, Said] = {
        case: (move_note(move), no_move(six.codebook, move, PERIOD)) for case, move in kinds.items()
    }
    cases["never, in short"], cases["lost by two"] = map(causes_in_short, (never, ended))
    golden(cases)


def test_pairs(golden: Golden, six: Dataset) -> None:
    def heads(gap: float, widest: tuple[date, float] | None) -> str:
        return pair.pair_headline(names, gap, widest, NOW)

    def past(gap: float, levels: tuple[str, str], lacking: Sequence[str]) -> str:
        without = pair.without_position(lacking, "in roads")
        return pair.past_headline(names, (THEN, gap), levels, NOW, without)

    names, widest, codebook = ("Aland", "Bland"), (THEN, -2.5), six.codebook
    cases = {
        "one is stricter": heads(-0.5, widest),
        "never further apart": heads(-2.5, (NOW, -2.5)),
        "the other is stricter": heads(0.5, widest),
        "alike": heads(0.004, (NOW, 0.004)),
        "at one level": pair.pair_headline(
            names, 0.2, widest, NOW, levels=pair.levels_of(codebook, -0.9, -1.1)
        ),
        "in doubt at one level": pair.pair_headline(
            names, 0.2, widest, NOW, levels=pair.levels_of(codebook, -0.9, -1.1), in_doubt=True
        ),
        "in doubt at two levels": pair.pair_headline(
            names, 1.2, widest, NOW, pair.levels_of(codebook, -0.9, -2.1), in_doubt=True
        ),
        "one has no position": past(-2.5, ("Bar", "Limit"), names[1:]),
        "neither has": past(2.5, ("Bar", "Bar"), names),
        "stood alike": past(0.0, ("Bar", "Bar"), names),
        "never comparable": heads(NAN, None),
        "chart of the gap": pair.gap_alt(names, NAN, widest),
        "chart of a gap that never was": pair.gap_alt(names, NAN, None),
        "chart of the domains": pair.domains_alt(codebook, names, NOW, [("Roads", 1.0, NAN)]),
        "rests on one": pair.pair_rests_on(
            codebook, [("Roads", -1.0, -0.5), ("Schools", NAN, 1.0)]
        ),
        "rests on none": pair.pair_rests_on(codebook, [("Roads", NAN, 1.0), ("Schools", 1.0, NAN)]),
    }
    golden(cases)


def test_nearest(golden: Golden) -> None:
    states = [("", "B"), ("B", ""), ("B", "B"), ("B", "C"), ("BC", "CB"), ("B", "BCDE")]
    cases = {
        f"now {now or 'nobody'}, before {before or 'nobody'}": nearest.nearest_headline(
            "Aland", list(now), list(before)
        )
        for now, before in states
    }
    golden(cases)


def test_distances(golden: Golden, six: Dataset) -> None:
    codebook, among = six.codebook, nearest.among_group("Pact", 3, NOW)
    near, far = ("Aland", "Bland", 3), ("Aland", "Cland", 1)
    others = [("Cland", []), ("Bland", ["schools"])]
    text, lines = nearest.too_little(codebook, "Aland", others)
    cases = {
        "among three": among,
        "among all": nearest.among_group("", 3, NOW),
        "among nobody": nearest.among_group("Pact", 0, NOW),
        "one left out": nearest.omission_note(["Aland"]),
        "two left out": nearest.omission_note(["Aland", "Bland"]),
        "below": nearest.distances_subtitle(codebook, among, PERIOD, OVERALL),
        # A domain does not narrow.
        "below, with a domain": nearest.distances_subtitle(codebook, among, PERIOD, "roads"),
        "in common": nearest.in_common(codebook, ["roads", "schools"]),
        "too little in common": [text, *lines],
        "who is nearest": nearest.matrix_headline(near, far),
        "who is nearest, as one more": nearest.matrix_headline((*near[:2], 2), far),
        "who is nearest of none": nearest.matrix_headline(None, None),
        "shown": nearest.matrix_subtitle(codebook, "Pact", 3, PERIOD),
        "matrix": nearest.matrix_alt(near, far, 5, 1),
        "matrix of blanks": nearest.matrix_alt(None, None, 0, 3),
    }
    golden(cases)
