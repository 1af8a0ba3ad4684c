"""The agreement of coders, and that of the dataset with the lists of others."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

import stances
from stances.answers import agreement
from stances.answers.agreement import (
    ACTS,
    BY_ALL,
    BY_DOMAIN,
    BY_FORCE,
    COMPARED,
    NO_POSITION_OF_OURS,
    UNSCORED,
    WORDS,
    alphas_line,
    coder_pairs,
    ordinal_alpha,
)
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput
from stances.model.lifetimes import Floats
from tests.folders import TODAY, Folder
from tests.tables import rows_of

MISSING = np.nan


def oracle_alpha(scores: Floats) -> float:
    """Alpha by an implementation of others; NaN where it says that there is none."""
    krippendorff = pytest.importorskip("krippendorff")
    try:
        return float(krippendorff.alpha(scores, level_of_measurement="ordinal"))
    except ValueError:
        return np.nan


# -- alpha -------------------------------------------------------------------------------------


def test_alpha_worked_out_on_paper() -> None:
    # Coincidences (1,1) 2, (1,2) 1 each way, (2,2) 2: half of n = 6 each. Two values have one
    # distance, so alpha = 1 - (6 - 1) x 2 / (2 x 3 x 3).
    scores = np.array([[1.0, 1.0, 2.0], [1.0, 2.0, 2.0]])
    assert ordinal_alpha(scores) == pytest.approx(1 - 5 * 2 / 18)


def test_alpha_weighs_distance_by_what_stands_between() -> None:
    near = np.array([[-3.0, -2.0, -1.0, 0.0, 1.0], [-3.0, -2.0, -1.0, 0.0, 0.0]])
    far = np.array([[-3.0, -2.0, -1.0, 0.0, 1.0], [-3.0, -2.0, -1.0, 0.0, -3.0]])
    assert ordinal_alpha(far) < ordinal_alpha(near) < 1.0


@pytest.mark.parametrize(
    "scores",
    [
        np.empty((2, 0)),
        np.array([[1.0, MISSING], [MISSING, 2.0]]),
        np.array([[2.0, 2.0], [2.0, 2.0]]),
        np.array([[2.0, 1.0], [2.0, MISSING]]),
    ],
    ids=["no case", "no case of two", "one value", "one value among those of two"],
)
def test_without_anything_to_agree_about_there_is_no_alpha(scores: Floats) -> None:
    assert np.isnan(ordinal_alpha(scores))


def test_a_case_of_one_coder_changes_nothing() -> None:
    scores = np.array([[1.0, 1.0, 2.0], [1.0, 2.0, 2.0]])
    more = np.hstack([scores, [[-3.0, MISSING], [MISSING, MISSING]]])
    assert ordinal_alpha(more) == ordinal_alpha(scores)


def test_alpha_of_three_coders_agrees_with_the_oracle() -> None:
    random = np.random.default_rng(5)
    scores = random.integers(-3, 4, (3, 40)).astype(float)
    scores[random.random(scores.shape) < 0.2] = MISSING
    assert ordinal_alpha(scores) == pytest.approx(oracle_alpha(scores))


def test_alpha_agrees_with_the_oracle_whatever_the_scores_are() -> None:
    pytest.importorskip("hypothesis")
    from hypothesis import given
    from hypothesis import strategies as st

    score = st.sampled_from([MISSING, *range(-3, 4)])

    @given(st.lists(st.tuples(score, score, score), min_size=1, max_size=12))
    def agrees(cases: list[tuple[float, float, float]]) -> None:
        scores = np.array(cases, float).T
        result = ordinal_alpha(scores)
        # The oracle divides by 0 where one value alone was scored twice: no alpha either.
        with np.errstate(all="ignore"):
            expected = oracle_alpha(scores)
        assert result == pytest.approx(expected, nan_ok=True)

    agrees()


# -- coders ------------------------------------------------------------------------------------


def agreement_of(data: stances.Dataset) -> pd.DataFrame:
    return agreement.coder_agreement(data.codings, data.events, data.codebook)


def figures_of(table: pd.DataFrame, one: str, other: str, of: str = OVERALL) -> Any:
    chosen = (table["one"] == one) & (table["other"] == other) & (table["of"] == of)
    [row] = rows_of(table[chosen])
    return row


def test_the_coders_of_the_six_events(six: stances.Dataset) -> None:
    table = agreement_of(six)
    # A and B: five events scored by both, one of them a point apart; A calls one context.
    row = figures_of(table, "A", "B")
    assert (row.by, row.n, row.exact, row.within_one, row.one_context) == (BY_ALL, 5, 0.8, 1.0, 1)
    row = figures_of(table, "A", "first", "schools")
    assert (row.by, row.n, row.exact, row.within_one, row.one_context) == (BY_DOMAIN, 2, 0.5, 1, 0)
    words, acts = (figures_of(table, "A", "B", of) for of in (WORDS, ACTS))
    assert (words.by, words.n, words.one_context, acts.n) == (BY_FORCE, 2, 1, 3)


def test_the_coders_are_those_of_the_data(folder: Folder) -> None:
    data = folder.load()
    assert coder_pairs(data.codings, data.codebook) == [("A", "B"), ("A", "first"), ("B", "first")]
    for line, row in enumerate(folder.rows("codings"), 1):
        if row["coder"] == "A":
            folder.edit("codings", line, coder="Zoe K")
    data = folder.load()
    assert coder_pairs(data.codings, data.codebook) == [
        ("B", "Zoe K"), ("B", "first"), ("Zoe K", "first"),
    ]  # fmt: skip
    row = figures_of(agreement_of(data), "B", "Zoe K")
    assert (row.n, row.exact, row.one_context) == (5, 0.8, 1)


def test_coders_who_share_no_event_are_no_pair(folder: Folder) -> None:
    folder.keep("codings", 2)
    folder.add("codings", 2, event_id="BOR-20200201-school-permit", coder="Maria K")
    folder.add("codings", 2, coder="review")
    data = folder.load()
    assert coder_pairs(data.codings, data.codebook) == []
    assert agreement_of(data).empty
    assert agreement.disagreements(data.codings, data.events, data.codebook).empty


def test_a_review_is_no_coder(folder: Folder) -> None:
    before = agreement_of(folder.load())
    for line, row in enumerate(folder.rows("codings"), 1):
        if row["coder"] == "review":
            folder.edit("codings", line, score="-2")
    pd.testing.assert_frame_equal(agreement_of(folder.load()), before)


def test_all_coders_are_compared_together_with_and_without_the_first(folder: Folder) -> None:
    scores = folder.load().codings.pivot_table(
        index="event_id", columns="coder", values="score", aggfunc="first", dropna=False
    )
    scores = scores.astype("Float64")
    whole, blind = (
        oracle_alpha(scores[coders].to_numpy(np.float64, na_value=np.nan).T)
        for coders in (["first", "A", "B"], ["A", "B"])
    )
    assert agreement.together(folder.load().codings) == pytest.approx((whole, blind))
    folder.edit("codings", 20, coder="review Maria K", score="-2")
    assert agreement.together(folder.load().codings) == pytest.approx((whole, blind))
    folder.keep("codings", 2)
    assert agreement.together_line(agreement.together(folder.load().codings)) == ""


def test_without_codings_there_are_no_figures(folder: Folder) -> None:
    folder.keep("codings", 1)
    data = folder.load()
    assert agreement_of(data).empty
    assert agreement.together_line(agreement.together(data.codings)) == ""
    assert alphas_line([]).startswith("No event was coded twice")
    assert agreement.disagreements(data.codings, data.events, data.codebook).empty


def test_wide_disagreements_are_listed_with_their_reasons(folder: Folder) -> None:
    folder.edit("codings", 4, score="1")
    data = folder.load()
    table = agreement.disagreements(data.codings, data.events, data.codebook)
    assert list(zip(table["one"], table["other"], table["apart"], strict=True)) == [
        ("A", "B", 3.0),
        ("B", "first", 3.0),
    ]
    first = table.iloc[0]
    assert first["event_id"] == "ARC-20200101-roads-order"
    assert (first["score_one"], first["score_other"], first["score"]) == (-2, 1, -2)
    assert (first["why_one"], first["why_other"]) == ("", "an order on roads alone")


# -- lists of others ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-06-03", date(2020, 6, 3)),
        ("2020-02", date(2020, 2, 29)),
        ("2021", date(2021, 12, 31)),
        ("2023-01", TODAY),
        ("2023", TODAY),
    ],
)
def test_a_list_is_held_against_the_last_day_of_its_time(
    folder: Folder, text: str, day: date
) -> None:
    folder.edit("external_codings", 2, as_of=text)
    assert readings_of(folder.load(), "roads")["day"].iloc[0].date() == day


def readings_of(data: stances.Dataset, domain: str = "roads") -> pd.DataFrame:
    return agreement.outside_readings(data.external_codings, data.model, domain, data.today)


def test_the_list_of_the_six_events(six: stances.Dataset) -> None:
    table = readings_of(six).set_index("actor")
    assert table["day"].eq(pd.Timestamp(2020, 6, 30)).all()
    assert table["ours"].to_dict() == pytest.approx(
        {"ARC": -2, "BOR": 2, "DUR": MISSING}, nan_ok=True
    )
    assert table["difference"].to_dict() == pytest.approx(
        {"ARC": 0, "BOR": 1, "DUR": MISSING}, nan_ok=True
    )
    assert table["apart"].to_dict() == {"ARC": False, "BOR": True, "DUR": True}
    assert table["status"].to_dict() == {"ARC": COMPARED, "BOR": COMPARED, "DUR": UNSCORED}


def test_the_level_is_that_of_the_domain_asked_for(six: stances.Dataset) -> None:
    table = readings_of(six, "schools").set_index("actor")
    assert table["status"].to_dict() == {
        "ARC": NO_POSITION_OF_OURS,
        "BOR": COMPARED,
        "DUR": UNSCORED,
    }
    with pytest.raises(BadInput, match="domain rivers is not one of"):
        readings_of(six, "rivers")


def test_an_actor_that_is_not_ours_is_counted_apart(folder: Folder) -> None:
    folder.edit("external_codings", 2, actor="DUR")
    table = agreement.outside_agreement(readings_of(folder.load())).set_index("apart")
    assert (table["n"][False], table["no_position"][False]) == (0, 1)
    assert np.isnan(table["exact"][False])
    assert (table["n"][True], table["unscored"][True]) == (1, 0)


def test_copies_of_a_list_count_an_actor_once(folder: Folder) -> None:
    folder.edit("external_codings", 2, quality="weak")
    folder.add("external_codings", 2, category="kept out", score="-1", quality="")
    folder.add("external_codings", 2, category="out", score="2", quality="")
    table = readings_of(folder.load())
    of_arc = table[table["actor"] == "ARC"]
    # Not the weak copy, and of the others the first.
    assert of_arc[["category", "theirs", "apart"]].to_numpy().tolist() == [
        ["kept out", -1.0, False]
    ]


def test_without_lists_there_are_no_figures(folder: Folder) -> None:
    folder.keep("external_codings", 1)
    table = readings_of(folder.load())
    assert table.empty
    assert agreement.outside_agreement(table).empty
    assert agreement.conflicts(table).empty
    result = agreement.ceiling(table)
    assert result.pairs == 0
    assert np.isnan(result.within_one)


def test_conflicts_show_both_readings(folder: Folder) -> None:
    folder.edit("external_codings", 2, score="1")
    table = agreement.conflicts(readings_of(folder.load()))
    assert table[["actor", "theirs", "ours", "category", "url"]].to_numpy().tolist() == [
        ["ARC", 1.0, -2.0, "barred", "https://roads.example/list"]
    ]
