"""The sentences of the comparisons, held against the figures themselves."""

from __future__ import annotations

import math
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from stances import Dataset, words
from stances.answers.happened import (
    CAUSE_WORDS,
    Move,
    cause_words,
    causes_in_short,
    drift,
    happened_headline,
    move_line,
    move_note,
    move_of,
    moved_most_told,
    moves,
    moves_alt,
    moves_finding,
    no_move,
    time_told,
)
from stances.answers.ledger import Span
from stances.answers.nearest import (
    among_group,
    distances_subtitle,
    in_common,
    left_out,
    matrix_alt,
    nearest_headline,
    too_little,
)
from stances.answers.pair import domains_alt, gap_alt, pair_headline, pair_rests_on
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.model import changes
from stances.model.changes import CAUSES, FADED, FADED_AWAY, GAINED, HELD, LOST, NEVER_HAD
from stances.model.distance import FEWEST_PAIRS
from stances.model.lifetimes import ENDED, REPLACED
from tests.test_words import DAYS

NAN = math.nan
THEN, NOW = date(2020, 1, 1), date(2021, 1, 1)
PERIOD = THEN, NOW


@pytest.mark.parametrize("value", [0.0, -0.001, 0.125, 0.375, -1.005, 2.675, -3.0])
def test_a_printed_figure_is_the_one_on_screen(value: float) -> None:
    assert words.figure(words.printed(value), 2) == words.figure(value, 2)
    assert math.copysign(1, words.printed(-0.001)) == 1


def test_a_missing_figure_stays_missing() -> None:
    assert math.isnan(words.printed(NAN))


def moved(name: str, then: float, now: float, done: float, position: str = HELD) -> Move:
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


def found_of(six: Dataset, moves: list[Move]) -> str:
    """What the headline of two days says after who took an act."""
    head = happened_headline(six.codebook, Span(*PERIOD), moves, (), ())
    return head.partition(" took an act that binds; ")[2]


def by(move: Move, *pairs: tuple[str, float]) -> Move:
    """A move with its causes."""
    return Move(**vars(move) | {"parts": move_of(move, causes(*pairs)).parts})


def test_the_headline_names_whom_deeds_moved_most(six: Dataset) -> None:
    # Cland went further, but by time alone.
    moves = [
        moved("Aland", 1.0, 0.5, -0.5),
        by(moved("Bland", -2.0, -1.0, 1.0), (changes.CAME_IN, 1.0)),
        moved("Cland", 1.0, -1.0, 0.0),
    ]
    assert found_of(six, moves) == "Bland moved most by what it said, from Block to Limit"


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (REPLACED, "by its own act"),
        (changes.SET_ASIDE, "by its own act"),
        (ENDED, "as its act ended"),
        (changes.OWN_SCORE, "as its act ended"),
        (changes.CONFIRMS, "by what it said"),
        (changes.DILUTED, "by what was done"),
    ],
)
def test_the_headline_says_by_what(six: Dataset, cause: str, told: str) -> None:
    move = by(moved("Aland", -2.0, -1.0, 1.0), (cause, 1.0))
    assert found_of(six, [move]) == f"Aland moved most {told}, from Block to Limit"


@pytest.mark.parametrize(
    ("pairs", "done", "told"),
    [
        # Its act went the other way, whatever the size of that.
        ([(REPLACED, -0.8), (changes.CAME_IN, 1.0)], 0.2, "by what it said"),
        ([(REPLACED, -0.8), (changes.CAME_IN, 0.6), (ENDED, 0.4)], 0.2, "by what it said"),
        # Those of one kind are added up.
        ([(ENDED, 0.5), (REPLACED, 0.4), (changes.SET_ASIDE, 0.3)], 1.2, "by its own act"),
        ([(REPLACED, 0.9), (changes.SET_ASIDE, -0.6), (ENDED, 0.5)], 0.8, "as its act ended"),
        # No kind went that way.
        ([(REPLACED, -0.4), (changes.DILUTED, 0.6)], 0.2, "by what was done"),
    ],
)
def test_what_went_the_other_way_made_no_move(
    six: Dataset, pairs: list[tuple[str, float]], done: float, told: str
) -> None:
    move = by(moved("Aland", 0.0, done, done), *pairs)
    assert moved_most_told(six.codebook, [move], ()).startswith(f"Aland moved most {told}, ")


def test_who_did_something_is_named_before_those_whose_act_ended(six: Dataset) -> None:
    moves = [
        by(moved("Aland", -2.0, -1.0, 1.0), (ENDED, 1.0)),
        by(moved("Bland", 1.0, 0.4, -0.6), (changes.CAME_IN, -0.6)),
    ]
    assert found_of(six, moves).startswith("Bland moved most by what it said, from Admit to Even")


def test_labels_are_told_only_where_deeds_alone_changed_them(six: Dataset) -> None:
    # Time went the other way, or made a part of the way over the border.
    for then, now, done, told in (
        (-1.0, -0.6, 0.3, "0.30 points towards Promote"),
        (-1.0, 0.0, 0.4, "0.40 points towards Promote"),
        (-0.4, -0.9, -0.3, "0.30 points towards Block"),
    ):
        move = by(moved("Aland", then, now, done), (REPLACED, done))
        assert found_of(six, [move]) == f"Aland moved most by its own act, {told}"


def test_a_line_tells_what_deeds_and_time_made(six: Dataset) -> None:
    line = move_line(six.codebook, moved("Aland", 1.0, 0.0, -1.2))
    assert line.endswith("a move of \N{MINUS SIGN}1.20, and +0.20 by time alone")
    assert move_line(six.codebook, moved("Aland", 1.0, 0.5, 0.0)).endswith(
        "no move, \N{MINUS SIGN}0.50 by time alone"
    )


def test_those_that_moved_as_far_as_printed_share_the_headline(six: Dataset) -> None:
    moves = [
        moved("Aland", 1.0, 0.5, -0.5),
        moved("Bland", -2.0, -1.5, 0.5),
        moved("Cland", 1.0, 1.0, 0.0),
    ]
    assert found_of(six, moves) == "Aland and Bland moved most, by 0.50 points each"
    found = "What was done moved one towards Block and one towards Promote"
    assert moves_finding(six.codebook, moves)[0] == found
    assert moves_finding(six.codebook, [*moves, *GAINS])[0] == (
        f"{found}; two gained a position; one lost one"
    )
    assert moves_finding(six.codebook, GAINS[2:])[0] == "One lost a position"


def test_what_time_did_is_in_no_headline(six: Dataset) -> None:
    faded = [moved("Aland", 1.0, 0.2, 0.0), moved("Bland", 0.0, 0.0, 0.0), *GAINS[-2:]]
    for rows in ([], faded):
        assert found_of(six, rows) == "nothing that was done moved a stance"
        assert moves_finding(six.codebook, rows)[0] == "Nothing that was done moved a stance"
    told, meant = time_told(faded)
    assert told == "Moved by time alone: two actors"
    assert "no move of the actor" in meant
    drifts = [drift(six.codebook, move) for move in faded if move.faded]
    assert drifts == ["Admit +1.00 to Even +0.20", "Admit +1.00 to no position"]


def test_the_headline_counts_positions_gained_and_lost(six: Dataset) -> None:
    assert found_of(six, GAINS) == "two gained a position; one lost one"
    assert found_of(six, GAINS[2:]) == "one lost a position"


def test_a_finding_of_few_agrees_with_its_verb(six: Dataset) -> None:
    moves = [moved("Aland", 1.0, 1.0, 0.0), moved("Bland", 1.0, 1.0, 0.0), *GAINS[:2]]
    told = [moves_finding(six.codebook, moves[first:])[1] for first in (2, 1, 0)]
    assert "None of two actors has a position" in told[0]
    assert "One of three actors has a position" in told[1]
    assert "Two of four actors have a position" in told[2]


def test_a_group_without_members_is_named(six: Dataset) -> None:
    found = happened_headline(six.codebook, Span(*PERIOD, group="Pact"), [], (), ())
    assert found == "Pact has no members on 1 January 2021"


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("domain", [OVERALL, "networks"])
def test_moves_alt_tells_what_happened_in_the_real_data(
    tracker: Tracker, as_of: str, domain: str
) -> None:
    now = tracker.data.today if as_of == "today" else date.fromisoformat(as_of)
    then = max(now - timedelta(days=365), tracker.codebook.first_date)
    rows = [move for move in moves(tracker, then, now, domain) if move.happened]
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
    told = [f"{each.label} {each.told}" for each in CAUSE_WORDS.values()]
    assert not [line for line in told if "in force" in line]
    assert CAUSE_WORDS[changes.CONFIRMS].label == "Confirms what binds"


def test_an_act_that_came_is_told_apart_from_one_that_went() -> None:
    assert cause_words(REPLACED, True) == "took the place of an earlier act"
    assert cause_words(REPLACED, False).startswith("was replaced")


def causes(*pairs: tuple[str, float]) -> list[SimpleNamespace]:
    """Events with their causes and exact parts."""
    return [
        SimpleNamespace(event_id=f"E-{place}", domain="roads", cause=cause, part=part)
        for place, (cause, part) in enumerate(pairs)
    ]


def test_causes_in_short_leave_out_what_is_nothing() -> None:
    parts = causes((changes.CAME_IN, -1.2), (FADED, 0.31), (REPLACED, 0.0))
    move = move_of(Move("A", "Aland", 1.0, 0.11, HELD), parts)
    # What time did has a figure of its own.
    assert causes_in_short(move) == "Came in \N{MINUS SIGN}1.20"
    assert (move.done, move.time, move.size) == (-1.2, 0.31, -0.89)


def test_done_and_time_add_up_as_printed() -> None:
    # -0.004 and -0.0042 are printed 0.00 each, the way between 1.004 and 0.9958 as nothing too.
    move = move_of(
        Move("A", "Aland", 1.0, 0.9918, HELD), causes((REPLACED, -0.004), (FADED, -0.0042))
    )
    assert move.size == -0.01
    assert (move.done, move.time) == (0.0, -0.01)
    assert not move.happened


def test_a_position_gained_or_lost_is_told_with_its_cause(six: Dataset) -> None:
    gained, _, lost, faded, never = GAINS
    assert [move.happened for move in GAINS] == [True, True, True, False, False]
    assert [move.faded for move in GAINS] == [False, False, False, True, False]
    for move, short, told in (
        (gained, "gained", "No position on 1 January 2020; Block \N{MINUS SIGN}2.00 on 1 Jan"),
        (lost, "lost", "Admit +1.00 on 1 January 2020; no position on 1 January 2021, since what"),
        (faded, "faded", "no position on 1 January 2021, since all of it has faded"),
    ):
        assert move_note(move) == short
        assert told in no_move(six.codebook, move, PERIOD)
    assert "none on 1 January 2021" in no_move(six.codebook, never, PERIOD)
    assert causes_in_short(never) == "No position then and now"
    by = move_of(lost, causes((ENDED, NAN), (changes.SET_ASIDE, NAN)))
    assert causes_in_short(by) == (
        "Lost its position: set aside by a later act and act ended or lapsed"
    )
    assert [part.event_id for part in by.parts] == ["E-0", "E-1"]


def test_pair_headline_in_every_state() -> None:
    names, widest = ("Aland", "Bland"), (THEN, -2.5)
    assert pair_headline(names, -0.5, widest, NOW) == (
        "Aland and Bland are 0.50 points apart; furthest on 1 January 2020: 2.50 points"
    )
    assert pair_headline(names, -2.5, (NOW, -2.5), NOW) == (
        "Aland and Bland are 2.50 points apart, the furthest in this period"
    )
    assert "cannot be compared now" in pair_headline(names, NAN, widest, NOW)
    assert "never had a position" in pair_headline(names, NAN, None, NOW)


def test_gap_and_domains_have_their_figures_in_the_alt_text() -> None:
    names = ("Aland", "Bland")
    alt = gap_alt(names, NAN, (THEN, -2.5))
    assert "\N{MINUS SIGN}2.50 on 1 January 2020" in alt
    assert alt.endswith("At the end: none.")
    assert "never" in gap_alt(names, NAN, None)
    told = domains_alt(names, NOW, [("Roads", 1.0, NAN)])
    assert told.endswith("Roads: +1.00 and no position.")


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        ("", "B", "Nobody here can be compared with Aland"),
        ("B", "", "B is nearest to Aland, 0.12 points apart; a year before nobody"),
        ("B", "B", "0.12 points apart, as it was a year before"),
        ("B", "C", "0.12 points apart; a year before C was"),
        ("BC", "CB", "B and C are nearest to Aland, 0.12 points apart, as they were a year before"),
        ("B", "BCDE", "; a year before B, C and two others were"),
    ],
)
def test_nearest_headline(now: str, before: str, told: str) -> None:
    assert told in nearest_headline("Aland", list(now), 0.123, list(before))


def test_distances_say_what_is_left_blank_and_that_the_domain_is_not_used(six: Dataset) -> None:
    among = among_group("Pact", 3, NOW)
    assert among == "among the three members of Pact on 1 January 2021"
    assert "with a position" in among_group("", 3, NOW)
    nobody = among_group("Pact", 0, NOW)
    assert nobody == "among the members of Pact, which had none on 1 January 2021"
    assert "as it can be" in left_out(["Aland"])
    assert "as they can be" in left_out(["Aland", "Bland"])
    whole = distances_subtitle(six.codebook, among, PERIOD, OVERALL, FEWEST_PAIRS)
    assert f"under {words.number(FEWEST_PAIRS)} months and domains in common is left blank" in whole
    assert "does not narrow" not in whole
    assert "does not narrow" in distances_subtitle(
        six.codebook, among, PERIOD, "roads", FEWEST_PAIRS
    )


def test_what_two_have_in_common_is_named(six: Dataset) -> None:
    assert in_common(six.codebook, ["roads", "schools"]) == "Roads and Schools"
    told, lines = too_little(six.codebook, "Aland", [("Cland", []), ("Bland", ["schools"])])
    assert told == "Too little in common with Aland: two actors"
    assert lines == ["Bland: schools", "Cland: nothing"]


def test_matrix_alt_names_the_ends_and_counts_the_blanks() -> None:
    near, far = ("Aland", "Bland", 0.1, 3), ("Aland", "Cland", 2.0, 1)
    alt = matrix_alt(near, far, 5, 1)
    assert "six pairs" in alt
    assert "Aland and Bland, 0.10 points, as two other pairs; furthest: " in alt
    assert "Aland and Cland, 2.00 points. Left" in alt
    assert "Left blank: one pair" in alt
    assert "no two actors" in matrix_alt(None, None, 0, 3)


def test_an_overall_gap_says_on_which_domains_it_rests(six: Dataset) -> None:
    rows = [("Roads", -1.0, -0.5), ("Schools", NAN, 1.0)]
    told = pair_rests_on(six.codebook, rows)
    assert told == "Both have a position in one of two domains: roads (0.50 points apart)."
    apart = pair_rests_on(six.codebook, [("Roads", NAN, 1.0), ("Schools", 1.0, NAN)])
    assert apart == "In none of two domains do both have a position."
