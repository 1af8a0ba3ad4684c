"""Sentences about one actor, and parts that add up to their whole as it is printed."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest

from stances import Dataset, words
from stances.answers import reasons
from stances.answers.actor_history import label_sentence
from stances.answers.binding import binding
from stances.answers.history import history_alt
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL, Codebook
from tests.folders import Folder
from tests.golden import Golden

DAY, EARLIER, LATER = date(2020, 7, 1), date(2019, 3, 4), date(2021, 1, 15)
NAN = math.nan


def with_cases(codebook: Codebook) -> Codebook:
    """The codebook where what binds on the roads is an open case."""
    roads = replace(codebook.domains["roads"], open_case=True)
    return replace(codebook, domains={**codebook.domains, "roads": roads})


# -- parts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "whole", "decimals", "printed"),
    [
        ([100 / 3] * 3, 100, 1, [33.4, 33.3, 33.3]),
        ([-1.1428, -0.2857, -0.2858], -1.7143, 2, [-1.14, -0.28, -0.29]),
        ([0.004, 0.004, 0.0], 0.008, 2, [0.01, 0.0, 0.0]),
        ([2.0], 2.0, 2, [2.0]),
        ([-0.6, 0.6], 0.0, 0, [-1, 1]),
        ([], 0.0, 2, []),
    ],
)
def test_parts_on_paper(
    values: list[float], whole: float, decimals: int, printed: list[float]
) -> None:
    assert words.parts(values, whole, decimals) == printed


def test_parts_add_up_to_what_is_printed() -> None:
    pytest.importorskip("hypothesis")
    from hypothesis import example, given
    from hypothesis import strategies as st

    figures = st.floats(-3, 3, allow_nan=False)

    @given(st.lists(figures, min_size=1, max_size=40), st.integers(0, 3))
    # Added up as floats, its parts are a little less than 0.
    @example([2.75, 0.125, -1.0625, -1.8125], 1)
    def holds(values: list[float], decimals: int) -> None:
        # A whole is known to four decimals, as stances are.
        whole = round(sum(values), 4)
        printed = words.parts(values, whole, decimals)
        assert round(sum(printed), decimals) == round(whole, decimals)
        unit = 10**-decimals
        assert all(abs(p - v) < unit + 1e-6 for p, v in zip(printed, values, strict=True))

    holds()


def test_parts_keep_their_order_and_their_zeros() -> None:
    pytest.importorskip("hypothesis")
    from hypothesis import given
    from hypothesis import strategies as st

    @given(st.lists(st.integers(0, 1000), min_size=1, max_size=30))
    def holds(weights: list[int]) -> None:
        total = sum(weights) or 1
        shares = [100 * weight / total for weight in weights]
        printed = words.parts(shares, sum(shares), 1)
        by_share = [part for _, part in sorted(zip(shares, printed, strict=True))]
        assert by_share == sorted(by_share)
        assert all(part == 0 for part, weight in zip(printed, weights, strict=True) if not weight)

    holds()


def test_a_percent_has_one_decimal() -> None:
    assert words.percent(57.1) == "57.1 %"
    assert words.percent(100) == "100.0 %"


def test_portions_are_the_same_in_whatever_order_they_come() -> None:
    assert words.portions([98.5, 1.5]) == ["99 %", "1 %"]
    assert words.portions([1.5, 98.5]) == ["1 %", "99 %"]


@pytest.mark.parametrize(
    ("percents", "text"),
    [
        ([100.0], ["100 %"]),
        ([33.5, 33.5, 33.0], ["34 %", "33 %", "33 %"]),
        ([79.9, 20.0, 0.1], ["80 %", "20 %", "less than 1 %"]),
        ([99.4, 0.6, 0.0], ["more than 99 %", "less than 1 %", "less than 1 %"]),
        ([], []),
    ],
)
def test_portions_add_up_and_are_neither_nothing_nor_falsely_all(
    percents: list[float], text: list[str]
) -> None:
    assert words.portions(percents) == text
    assert [words.portion(percent) for percent in percents[:1]] in ([], [*text[:1]])


def test_an_act_that_left_nothing_counts_beside_statements(tracker_six: Tracker) -> None:
    def spent(actor: str, domain: str, day: str) -> bool:
        return reasons.has_spent_act(tracker_six, actor, domain, date.fromisoformat(day))

    # Arcadia's order stood until its repeal.
    assert [spent("ARC", "roads", day) for day in ("2020-10-26", "2020-10-27")] == [False, True]
    assert spent("ARC", OVERALL, "2020-10-27")
    assert not spent("ARC", "schools", "2020-10-27")
    # Boria's permit lapsed: it counts no more.
    assert not spent("BOR", OVERALL, "2021-06-01")


# -- headline and subtitle -----------------------------------------------------------------------


def test_headlines(golden: Golden, six: Dataset) -> None:
    def headline(
        name: str, domain: str, stance: float, *acts: str, book: Codebook = six.codebook
    ) -> str:
        return reasons.actor_headline(book, name, domain, stance, list(acts))

    boria = (six.codebook, "Boria", OVERALL, 0.9195)
    # What binds on the roads is an open case, and no act in force.
    with_case = with_cases(six.codebook)
    cases = {
        "an act in one of two": headline("Boria", OVERALL, 0.9195, "schools"),
        "an act in all": headline("Boria", OVERALL, 0.9195, "roads", "schools"),
        "no act": headline("Boria", OVERALL, 0.9195),
        "an act in its domain": headline("Arcadia", "roads", -2.0, "roads"),
        "no act in its domain": headline("Arcadia", "roads", 0.0),
        "no position": headline("Caldon", OVERALL, NAN),
        "a case": headline("Boria", OVERALL, -2.0, "roads", book=with_case),
        "a case and an act": headline("Boria", OVERALL, -2.0, "roads", "schools", book=with_case),
        "a case in its domain": headline("Boria", "roads", -2.0, "roads", book=with_case),
        "no case in its domain": headline("Boria", "roads", -2.0, book=with_case),
        "an act beside cases": headline("Boria", "schools", -2.0, "schools", book=with_case),
        "rules that are not counted": reasons.actor_headline(*boria, [], ["schools"]),
        "an act, and rules elsewhere": reasons.actor_headline(*boria, ["schools"], ["roads"]),
        "rules in its domain": reasons.actor_headline(
            six.codebook, "Boria", "roads", 0.9, [], ["roads"]
        ),
        # The label does not come from statements alone.
        "rules, and a repeal": reasons.actor_headline(*boria, [], ["schools"], spent=True),
        "rules in its domain, and a repeal": reasons.actor_headline(
            six.codebook, "Boria", "roads", 0.0, [], ["roads"], spent=True
        ),
        "rules on a card": reasons.uncounted_rules(0.9),
        "rules and a repeal on a card": reasons.uncounted_rules(0.0, spent=True),
        "rules and no position on a card": reasons.uncounted_rules(float("nan")),
        "below it": reasons.actor_subtitle(six.codebook, "roads", DAY),
    }
    golden(cases)


def test_since_when_nothing_newer_is_known(golden: Golden) -> None:
    reach, month = "Data to 15 March 2022", words.Dated(DAY, "month")
    cases = {
        "nothing after": reasons.nothing_newer(DAY, [], reach, DAY),
        "nothing after a month": reasons.nothing_newer(month, [], reach, LATER),
        "within its month": reasons.nothing_newer(month, [LATER], reach, DAY),
        "one after": reasons.nothing_newer(EARLIER, [DAY], reach, LATER),
        "two after, none before": reasons.nothing_newer(None, [DAY, LATER], reach, LATER),
        "none at all": reasons.nothing_newer(None, [], reach, LATER),
        "nothing after in a domain": reasons.nothing_newer(DAY, [], reach, DAY, " in roads"),
        "none at all in a domain": reasons.nothing_newer(None, [], reach, DAY, " in roads"),
    }
    golden(cases)


def test_why_there_is_no_position(golden: Golden, six: Dataset) -> None:
    def never(first: date | None) -> str:
        span = (first, None)
        return reasons.no_position(six.codebook, DAY, 0, span, None, "", faded=False, overall=False)

    def no_position_text(
        since: date | None, ended: str, faded: bool, events: int, overall: bool
    ) -> str:
        span = (EARLIER, EARLIER)
        return reasons.no_position(
            six.codebook, DAY, events, span, since, ended, faded=faded, overall=overall
        )

    cases = {
        "no event": never(None),
        "a first event later": never(LATER),
        "faded": no_position_text(DAY, "", True, 2, False),
        "too little overall": no_position_text(DAY, "", False, 2, True),
        "an act ended": no_position_text(DAY, "A permit", False, 2, False),
        "too little": no_position_text(DAY, "", False, 2, False),
        "one event, never enough": no_position_text(None, "", False, 1, False),
    }
    golden(cases)


def test_what_is_said_of_acts_and_events(golden: Golden, six: Dataset) -> None:
    def none(title: str, when: date | None, spent: bool, codebook: Codebook = six.codebook) -> str:
        return reasons.no_act(codebook, "roads", title, when, left_nothing=spent)

    cases = {
        "no act in force": none("", None, False),
        "an act that left none": none("Repeal", DAY, True),
        "an act that lapsed": none("Permit", DAY, False),
        "no open case": none("", None, False, with_cases(six.codebook)),
        "a word that confirms": reasons.confirms_words(-1, -3),
        "a word that confirms a case": reasons.confirms_words(-1, -3, words.OPEN_CASE),
        "one earlier event": reasons.earlier_events(1),
        "24 earlier events": reasons.earlier_events(24),
        "no earlier event": reasons.earlier_events(0),
        "three more events": reasons.more_events(3, (0.5, 4.5, -0.08)),
        "counts": reasons.count_note(16.0, True, True, True),
        "counts for little": reasons.count_note(0.0, True, False, False),
        "set the level": reasons.count_note(None, True, True, True),
        "the level's own": reasons.count_note(None, True, False, True),
        "counts no longer": reasons.count_note(None, True, False, False),
        "never counts": reasons.count_note(None, False, False, False),
    }
    golden(cases)


def test_charts_in_words(golden: Golden, six: Dataset) -> None:
    rows = [("roads", 2, DAY, -2.0, -1.0), ("schools", 0, None, NAN, NAN)]
    timeline = {"roads": (3, 1), "schools": (0, 2)}
    cases = {
        "levels": history_alt(six.codebook, "Arcadia", rows),
        "above a table": words.alt_above_table("A chart."),
        "timeline": reasons.timeline_alt(six.codebook, "Arcadia", timeline),
        "below a timeline": reasons.timeline_subtitle((4, 0), OVERALL, 0),
        "below one of a domain": reasons.timeline_subtitle((14, 1), "roads", 23),
        "ends of the scale": reasons.scale_ends(six.codebook),
        "without events": reasons.without_events(six.codebook, ["roads", "schools"], DAY),
        "events elsewhere": reasons.nothing_here(six.codebook, "roads", 41),
    }
    golden(cases)


def test_a_rule_in_force_under_one_to_come_is_an_act_in_force(folder: Folder) -> None:
    # The level is that of the later order already, the first binds until it begins.
    folder.add("events", 2, event_id="ARC-20200301-second-order", date="2020-03-01", score="-2")
    folder.add(
        "acts", 2, act_id="ARC-second-order", event_id="ARC-20200301-second-order",
        name="Second order", adopted="2020-03-01", in_force_from="2020-09-01",
    )  # fmt: skip
    folder.edit("events", 2, score="-1")
    tracker, day = Tracker(folder.load()), date(2020, 4, 1)
    mine, lines = reasons.standing_of(tracker, "ARC", day), binding(tracker, "ARC", day, OVERALL)
    assert mine["roads"].pending
    text = label_sentence(tracker, mine, OVERALL, day, lines)
    assert text.endswith(", with an act in force in one of two fields.")
