"""Sentences about one actor, and parts that add up to their whole as it is printed."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest

from stances import Dataset, words
from stances.answers.history import history_alt
from stances.answers.reasons import (
    actor_headline,
    actor_subtitle,
    confirms_words,
    counted_now,
    earlier_events,
    more_events,
    no_act,
    no_position,
    nothing_here,
    nothing_newer,
    scale_ends,
    timeline_alt,
    timeline_subtitle,
    without_events,
)
from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook

DAY, EARLIER, LATER = date(2020, 7, 1), date(2019, 3, 4), date(2021, 1, 15)
MINUS = "\N{MINUS SIGN}"
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


# -- headline and subtitle -----------------------------------------------------------------------


def test_a_headline_counts_the_domains_with_an_act(six: Dataset) -> None:
    def found(acts: list[str]) -> str:
        return actor_headline(six.codebook, "Boria", OVERALL, 0.9195, acts)

    assert found(["schools"]) == ("Boria: Admit, with an act in force in one of two fields")
    assert found(["roads", "schools"]).endswith("with an act in force in every field")
    assert found([]) == "Boria: Admit, with no act in force"


def test_what_binds_in_justice_is_an_open_case_and_no_act_in_force(six: Dataset) -> None:
    def found(domain: str, acts: list[str]) -> str:
        return actor_headline(with_cases(six.codebook), "Boria", domain, -2.0, acts)

    stands = "Boria: Block, with"
    assert found(OVERALL, ["roads"]) == f"{stands} an open case"
    assert found(OVERALL, ["roads", "schools"]) == (
        f"{stands} an act in force in one of two fields and an open case"
    )
    assert found("roads", ["roads"]).endswith(", with an open case")
    assert found("roads", []).endswith(", with no open case")
    assert found("schools", ["schools"]).endswith(", with an act in force")


def test_a_headline_of_a_domain_or_of_no_position(six: Dataset) -> None:
    book = six.codebook
    assert actor_headline(book, "Arcadia", "roads", -2.0, ["roads"]) == (
        "Arcadia in roads: Block, with an act in force"
    )
    assert actor_headline(book, "Arcadia", "roads", 0.0, []) == (
        "Arcadia in roads: Even, with no act in force"
    )
    assert actor_headline(book, "Caldon", OVERALL, NAN, []) == (
        "Caldon: no current position on Acme in all fields"
    )


def test_a_subtitle_says_what_is_shown_and_as_of_when(six: Dataset) -> None:
    shown = actor_subtitle(six.codebook, "roads", DAY)
    assert shown == "Position on Acme in roads, 1 July 2020."


def test_since_when_nothing_newer_is_known() -> None:
    reach = "Data to 15 March 2022"
    assert nothing_newer(DAY, [], reach) == ("Latest event: 1 July 2020. Data to 15 March 2022.")
    month = words.Dated(DAY, "month")
    assert nothing_newer(month, [], reach).startswith("Latest event: July 2020.")
    assert nothing_newer(EARLIER, [DAY], reach) == (
        "The last event known on that day is of 4 March 2019. One later event is in the data."
    )
    assert nothing_newer(None, [DAY, LATER], reach) == (
        "No event is known up to that day. Two later events are in the data, the first of "
        "1 July 2020."
    )
    assert nothing_newer(None, [], reach).startswith("No event is in the data")
    assert nothing_newer(DAY, [], reach, " in roads").startswith(
        "Latest event in roads: 1 July 2020."
    )
    assert nothing_newer(None, [], reach, " in roads") == (
        "No event in roads is in the data; choose another field."
    )


# -- why there is no position, or no act ---------------------------------------------------------


def test_why_there_never_was_a_position(six: Dataset) -> None:
    def text(first: date | None) -> str:
        return no_position(
            six.codebook, DAY, 0, (first, None), None, "", faded=False, overall=False
        )

    assert text(None) == f"{NO_POSITION}: no scored event up to 1 July 2020."
    assert text(LATER) == (
        f"{NO_POSITION}: no scored event up to 1 July 2020; the first is of 15 January 2021."
    )


def test_why_there_is_no_position_any_more(six: Dataset) -> None:
    def text(
        since: date | None, ended: str, *, faded: bool, events: int = 2, overall: bool = False
    ) -> str:
        span = (EARLIER, EARLIER)
        return no_position(
            six.codebook, DAY, events, span, since, ended, faded=faded, overall=overall
        )

    faded = text(DAY, "", faded=True)
    assert faded == (
        f"{NO_POSITION}. The last of two scored events was on 4 March 2019; too old to count "
        "since 1 July 2020."
    )
    overall = text(DAY, "", faded=False, overall=True)
    assert overall.endswith(
        "since 1 July 2020 what counts is above the minimum of 0.375 in no field."
    )
    ended = text(DAY, "A permit", faded=False)
    assert "On 1 July 2020 an act ended or lapsed, \u201cA permit\u201d" in ended
    assert "too old" not in ended
    assert "too old" not in text(DAY, "", faded=False)
    never = text(None, "", faded=False, events=1)
    assert "The only scored event was on 4 March 2019" in never
    assert "never been above the minimum of 0.375" in never


def test_why_no_act_is_in_force(six: Dataset) -> None:
    def text(title: str, when: date | None, spent: bool, codebook: Codebook = six.codebook) -> str:
        return no_act(codebook, "roads", title, when, left_nothing=spent)

    assert text("", None, False) == "No act is in force; the label rests on statements."
    assert "left none on 1 July 2020" in text("Repeal", DAY, True)
    assert "ended or lapsed on 1 July 2020" in text("Permit", DAY, False)
    assert text("", None, False, with_cases(six.codebook)).startswith("No case is open; ")


def test_a_word_that_confirms_says_so() -> None:
    assert confirms_words(-1, -3) == (
        f"in line with the act in force; counted with it ({MINUS}1 as {MINUS}3)"
    )
    assert "in line with the open case" in confirms_words(-1, -3, words.OPEN_CASE)


def test_counts_of_events_that_count_no_more() -> None:
    assert earlier_events(0) == ""
    assert earlier_events(1).startswith("One earlier event no longer counts")
    assert earlier_events(24).startswith("24 earlier events no longer count")
    text = more_events(3, (0.5, 4.5, -0.08))
    assert text == f"Three more events: weight 0.50, 4.5 % of it all, {MINUS}0.08 of the position"


@pytest.mark.parametrize(
    ("share", "scored", "setter", "is_shown", "text"),
    [
        (16.0, True, True, True, "16 % of its field"),
        (0.0, True, False, False, "less than 1 % of its field"),
        (None, True, True, True, "Set the level that holds"),
        (None, True, False, True, "Shown for the level that holds"),
        (None, True, False, False, "No longer"),
        (None, False, False, False, "Context, never"),
    ],
)
def test_whether_an_event_counts(
    share: float | None, scored: bool, setter: bool, is_shown: bool, text: str
) -> None:
    assert counted_now(share, scored, setter, is_shown) == text


# -- charts --------------------------------------------------------------------------------------


def test_alts_hold_their_figures(six: Dataset) -> None:
    rows = [("roads", 2, DAY, -2.0, -1.0), ("schools", 0, None, NAN, NAN)]
    worst, bad = (six.codebook.scale.labels[level] for level in (-2, -1))
    assert history_alt(six.codebook, "Arcadia", rows) == (
        "Policy level of Arcadia on Acme over time, by field. Roads: two acts, the last "
        f"at {worst} on 1 July 2020, position at the end {bad}; Schools: no acts, no position."
    )
    assert words.alt_above_table("A chart.", table=False) == "A chart."
    assert words.alt_above_table("A chart.", table=True).endswith("stand in the table below.")
    alt = timeline_alt(six.codebook, "Arcadia", {"roads": (3, 1), "schools": (0, 2)})
    assert "Roads: 3 scored, 1 context (not counted); Schools: 0 scored, 2 context" in alt


def test_a_timeline_says_what_it_leaves_out() -> None:
    assert timeline_subtitle((4, 0), OVERALL, 0) == "Four scored events."
    shown = timeline_subtitle((14, 1), "roads", 23)
    assert shown.startswith("14 scored events and one context event, not counted; 23 in other")


def test_scale_ends_and_domains_without_events(six: Dataset) -> None:
    assert scale_ends(six.codebook) == (f"{MINUS}2 Block", "+2 Promote")
    assert without_events(six.codebook, ["roads", "schools"], DAY) == (
        "No scored event up to 1 July 2020 in roads or schools."
    )
    assert "41 in other fields" in nothing_here(six.codebook, "roads", 41)
