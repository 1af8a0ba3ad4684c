"""The sentences of the comparisons, held against the figures themselves."""

from __future__ import annotations

import math
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from stances import Dataset, words
from stances.answers.directions import UNMOVED, NetMove
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
    move_line,
    move_note,
    move_of,
    moved_most,
    moves,
    moves_alt,
    moves_finding,
    no_move,
)
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


def by(move: Move, *pairs: tuple[str, float]) -> Move:
    """A move with its causes."""
    return Move(**vars(move) | {"parts": move_of(move, causes(*pairs)).parts})


def most(moves: list[Move]) -> list[str]:
    """Whom deeds moved most, where no event is an act."""
    return [move.name for move in moved_most(moves, ())]


def test_those_whom_deeds_moved_most_are_found_without_what_time_did() -> None:
    # Cland went further, but by time alone.
    moves = [
        moved("Aland", 1.0, 0.5, -0.5),
        by(moved("Bland", -2.0, -1.0, 1.0), (changes.CAME_IN, 1.0)),
        moved("Cland", 1.0, -1.0, 0.0),
    ]
    assert most(moves) == ["Bland"]


@pytest.mark.parametrize(
    ("pairs", "done"),
    [
        # Those of one kind are added up, and what went the other way made no move.
        ([(ENDED, 0.5), (REPLACED, 0.4), (changes.SET_ASIDE, 0.3)], 1.2),
        ([(REPLACED, -0.8), (changes.CAME_IN, 1.0)], 0.2),
    ],
)
def test_who_did_something_comes_before_those_whose_act_ended(
    pairs: list[tuple[str, float]], done: float
) -> None:
    ended = by(moved("Aland", -2.0, 0.0, 2.0), (ENDED, 2.0))
    assert most([ended, by(moved("Bland", 0.0, done, done), *pairs)]) == ["Bland"]
    other = by(moved("Bland", 0.0, 0.8, 0.8), (REPLACED, 0.3), (ENDED, 0.5))
    assert most([ended, other]) == ["Aland"]


def test_a_line_tells_what_deeds_and_time_made(six: Dataset) -> None:
    assert label_line(six.codebook, moved("Aland", 1.0, 0.0, -1.2)) == "from Admit to Even"
    assert label_line(six.codebook, moved("Aland", 1.0, 0.9, 0.0)) == "Admit, as before"
    line = move_line(six.codebook, moved("Aland", 1.0, 0.0, -1.2))
    assert line.endswith("a move of \N{MINUS SIGN}1.20, and +0.20 by ageing")
    assert move_line(six.codebook, moved("Aland", 1.0, 0.5, 0.0)).endswith(
        "no move, \N{MINUS SIGN}0.50 by ageing"
    )


def test_those_that_moved_as_far_as_printed_share_their_place() -> None:
    moves = [
        moved("Aland", 1.0, 0.5, -0.5),
        moved("Bland", -2.0, -1.5, 0.5),
        moved("Cland", 1.0, 1.0, 0.0),
    ]
    assert most(moves) == ["Aland", "Bland"]


def test_directions_are_counted_by_actor(tracker_six: Tracker) -> None:
    strict, soft = (("roads", -1.0),), (("schools", 0.2),)
    new = NetMove((), (), ("roads",))
    found = {"A": NetMove(strict, (), ()), "B": NetMove(strict, (), ("schools",)), "C": new}
    first = "took a first position or rule in a field"
    assert directions_text(found) == f"two became stricter, one {first}"
    found |= {"D": NetMove((), soft, ()), "E": NetMove(strict, soft, ())}
    moved = "two became stricter, one softer, one both in different fields"
    still = UNMOVED
    # Each is counted once, so that all of them are told.
    assert directions_text(found) == f"{moved}, one {first}"
    assert directions_text(found | {"F": still}).endswith(", one stayed as it was")
    assert directions_text(found | {"F": still, "G": still}).endswith(", two stayed as they were")
    alone = directions_text({"E": found["E"]})
    assert alone == "one became stricter in one field and softer in another"
    # The chart is of who moved.
    assert moves_finding(tracker_six, found, [])[0] == words.sentence_start(moved)
    assert moves_finding(tracker_six, {"C": new}, [])[0] == f"One {first}"
    assert directions_text({}) == ""
    assert moves_finding(tracker_six, {}, [])[0] == "Nobody did or said anything"


def test_the_way_of_one_actor_is_told_with_its_fields(tracker_six: Tracker) -> None:
    def text(*move: Any) -> str:
        return direction_text(tracker_six, "ARC", NetMove(*move))

    strict, soft = (("roads", -1.0),), (("schools", 0.2),)
    assert text(strict, (), ()) == "Republic of Arcadia became stricter"
    assert text((), soft, ("roads",)) == "Republic of Arcadia became slightly softer"
    assert text(strict, soft, ()) == (
        "Republic of Arcadia became stricter in roads, softer in schools"
    )
    assert text((), (), ("roads", "schools")) == (
        "Republic of Arcadia took a first position or rule in roads and in schools"
    )
    assert text((), (), ()) == "Republic of Arcadia stayed as it was"


def test_a_chart_of_one_is_headed_by_its_way(tracker_six: Tracker) -> None:
    alone = [moved("ARC", 1.0, 0.0, -1.0)]
    found = {"ARC": NetMove((("roads", -1.0),), (), ())}
    assert moves_finding(tracker_six, found, alone) == ("Republic of Arcadia became stricter", "")
    assert moves_finding(tracker_six, {}, alone) == ("Republic of Arcadia did nothing", "")


def test_what_time_did_is_in_no_headline(six: Dataset) -> None:
    faded = [moved("Aland", 1.0, 0.2, 0.0), moved("Bland", 0.0, 0.0, 0.0), *GAINS[-2:]]
    for rows in ([], faded):
        assert most(rows) == []
    text, meant = ageing_texts(faded)
    assert text == "Effect of ageing alone: two"
    assert "that is no move" in meant
    drifts = [drift(six.codebook, move) for move in faded if move.faded]
    assert drifts == ["Admit +1.00 to Even +0.20", "Admit +1.00 to no position"]


def test_a_finding_of_few_agrees_with_its_verb(tracker_six: Tracker) -> None:
    moves = [moved("Aland", 1.0, 1.0, 0.0), moved("Bland", 1.0, 1.0, 0.0), *GAINS[:2]]
    text = [moves_finding(tracker_six, {}, moves[first:])[1] for first in (2, 1, 0)]
    assert "None of two has a position" in text[0]
    assert "One of three has a position" in text[1]
    assert "Two of four have a position" in text[2]


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
    text = [f"{each.label} {each.text}" for each in CAUSE_WORDS.values()]
    assert not [line for line in text if "in force" in line]
    assert CAUSE_WORDS[changes.CONFIRMS].label == "New, in line with what binds"


def test_an_act_that_came_is_told_apart_from_one_that_went() -> None:
    assert cause_words(REPLACED, True) == "took the place of an earlier act"
    assert cause_words(REPLACED, False).startswith("was replaced")


def causes(*pairs: tuple[str, float]) -> list[SimpleNamespace]:
    """Events with their causes and exact parts."""
    return [
        SimpleNamespace(event_id=f"E-{place}", domain="roads", cause=cause, part=part)
        for place, (cause, part) in enumerate(pairs)
    ]


def test_causes_of_one_name_are_one_line() -> None:
    parts = causes((changes.DILUTED, -0.5), (changes.CAME_IN, -0.3), (changes.FREED, 0.2))
    move = move_of(Move("A", "Aland", 1.0, 0.4, HELD), parts)
    assert move.by_label() == [("New", -0.3), ("Reweighted", -0.3)]


def test_causes_in_short_leave_out_what_is_nothing() -> None:
    parts = causes((changes.CAME_IN, -1.2), (FADED, 0.31), (REPLACED, 0.0))
    move = move_of(Move("A", "Aland", 1.0, 0.11, HELD), parts)
    # What time did has a figure of its own.
    assert causes_in_short(move) == "New \N{MINUS SIGN}1.20"
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
    for move, short, text in (
        (gained, "gained", "No position on 1 January 2020; Block on 1 Jan"),
        (lost, "lost", "Admit on 1 January 2020; no position on 1 January 2021, since what"),
        (faded, "too old", "no position on 1 January 2021, since all of it is too old"),
    ):
        assert move_note(move) == short
        assert text in no_move(six.codebook, move, PERIOD)
    assert "none on 1 January 2021" in no_move(six.codebook, never, PERIOD)
    assert causes_in_short(never) == "No position then and now"
    by = move_of(lost, causes((ENDED, NAN), (changes.SET_ASIDE, NAN)))
    assert causes_in_short(by) == ("Lost its position: superseded and ended")
    assert [part.event_id for part in by.parts] == ["E-0", "E-1"]


def test_pair_headline_in_every_state() -> None:
    names, widest = ("Aland", "Bland"), (THEN, -2.5)
    assert pair_headline(names, -0.5, widest, NOW) == (
        "Aland is stricter than Bland; furthest apart on 1 January 2020"
    )
    assert pair_headline(names, -2.5, (NOW, -2.5), NOW) == (
        "Aland is stricter than Bland; they were never further apart in this period"
    )
    assert pair_headline(names, 0.5, widest, NOW).startswith("Bland is stricter than Aland;")
    assert pair_headline(names, 0.004, (NOW, 0.004), NOW) == "Aland and Bland stand alike"
    assert "cannot be compared now" in pair_headline(names, NAN, widest, NOW)
    assert "never had a position" in pair_headline(names, NAN, None, NOW)


def test_gap_and_domains_are_told_without_figures_in_the_alt_text(six: Dataset) -> None:
    names = ("Aland", "Bland")
    alt = gap_alt(names, NAN, (THEN, -2.5))
    assert "Widest on 1 January 2020: Aland is stricter than Bland." in alt
    assert alt.endswith("At the end: Aland and Bland cannot be compared now.")
    assert "never" in gap_alt(names, NAN, None)
    text = domains_alt(six.codebook, names, NOW, [("Roads", 1.0, NAN)])
    label = six.codebook.scale.labels[1]
    assert text.endswith(f"Roads: {label} and no current position.")


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        ("", "B", "Nobody here can be compared with Aland"),
        ("B", "", "B is nearest to Aland; a year before nobody"),
        ("B", "B", "B is nearest to Aland, as it was a year before"),
        ("B", "C", "B is nearest to Aland; a year before C was"),
        ("BC", "CB", "B and C are nearest to Aland, as they were a year before"),
        ("B", "BCDE", "; a year before B, C and two others were"),
    ],
)
def test_nearest_headline(now: str, before: str, text: str) -> None:
    assert text in nearest_headline("Aland", list(now), list(before))


def test_distances_say_what_is_left_blank_and_that_the_domain_is_not_used(six: Dataset) -> None:
    among = among_group("Pact", 3, NOW)
    assert among == "among the three members of Pact on 1 January 2021"
    assert "with a position" in among_group("", 3, NOW)
    nobody = among_group("Pact", 0, NOW)
    assert nobody == "among the members of Pact, which had none on 1 January 2021"
    assert "as it can be" in left_out(["Aland"])
    assert "as they can be" in left_out(["Aland", "Bland"])
    whole = distances_subtitle(six.codebook, among, PERIOD, OVERALL)
    assert "blank: too little in common" in whole
    assert "does not narrow" not in whole
    assert "does not narrow" in distances_subtitle(six.codebook, among, PERIOD, "roads")


def test_what_two_have_in_common_is_named(six: Dataset) -> None:
    assert in_common(six.codebook, ["roads", "schools"]) == "Roads and Schools"
    text, lines = too_little(six.codebook, "Aland", [("Cland", []), ("Bland", ["schools"])])
    assert text == "Too little in common with Aland: two others"
    assert lines == ["Bland: schools", "Cland: nothing"]


def test_matrix_alt_names_the_ends_and_counts_the_blanks() -> None:
    near, far = ("Aland", "Bland", 3), ("Aland", "Cland", 1)
    alt = matrix_alt(near, far, 5, 1)
    assert "six pairs" in alt
    assert "Aland and Bland, as two other pairs; furthest: " in alt
    assert "Aland and Cland. Left" in alt
    assert "Left blank: one pair" in alt
    assert "no two can" in matrix_alt(None, None, 0, 3)


def test_an_overall_gap_says_on_which_domains_it_rests(six: Dataset) -> None:
    rows = [("Roads", -1.0, -0.5), ("Schools", NAN, 1.0)]
    text = pair_rests_on(six.codebook, rows)
    assert text == "Both have a position in one of two fields: roads."
    apart = pair_rests_on(six.codebook, [("Roads", NAN, 1.0), ("Schools", 1.0, NAN)])
    assert apart == "In none of two fields do both have a position."
