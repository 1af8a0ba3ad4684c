"""Groups: who belongs when, and the figures of the members."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import stances
from stances.model import groups
from tests.folders import SIX, Folder, markdown_tables
from tests.tables import rows_of

FIGURES = next(t for t in markdown_tables(SIX / "README.md") if "median" in t[0])


@pytest.mark.parametrize("paper", FIGURES, ids=lambda row: row["as_of"])
def test_the_figures_worked_out_on_paper(six: stances.Dataset, paper: dict[str, str]) -> None:
    day = date.fromisoformat(paper["as_of"])
    arrays = six.model.arrays([day])
    series = groups.group_series(six.memberships, "Pact", six.model, arrays, paper["domain"])
    [row] = rows_of(series)
    for figure in ("mean", "median", "spread", "mean_plain"):
        value = getattr(row, figure)
        assert ("" if np.isnan(value) else f"{value:.4f}") == paper[figure], figure
    for number in ("members", "with_position", "restricting", "open"):
        assert str(getattr(row, number)) == paper[number], number


def test_the_united_kingdom_counts_in_the_eu_until_31_january_2020(real: stances.Dataset) -> None:
    on, after = (groups.members(real.memberships, "EU", date(2020, *d)) for d in ((1, 31), (2, 1)))
    assert set(on) - set(after) == {"GBR"}
    assert len(on) == 28


def test_the_institutions_are_no_members_of_their_union(real: stances.Dataset) -> None:
    institutions = set(real.actors.loc[real.actors["kind"] == "eu_institution", "actor"])
    assert institutions
    assert not institutions & set(groups.members(real.memberships, "EU", real.today))


def test_the_mask_is_the_members_of_each_day(real: stances.Dataset) -> None:
    days = real.months[::24]
    actors = real.position_actors
    for group in groups.group_names(real.memberships):
        mask = groups.membership_mask(real.memberships, group, actors, days)
        for day, row in zip(days, mask, strict=True):
            belonging = [actor for actor, belongs in zip(actors, row, strict=True) if belongs]
            assert belonging == groups.members(real.memberships, group, day)


def test_whoever_comes_back_is_a_member_once(folder: Folder) -> None:
    folder.add("memberships", 2, joined="2021-01-01", left="")
    memberships = folder.load().memberships
    days = [date(year, 12, 31) for year in (2019, 2020, 2021)]
    counts = [groups.members(memberships, "Pact", day).count("ARC") for day in days]
    assert counts == [1, 0, 1]


@pytest.mark.parametrize(
    ("first", "last", "among"),
    [
        (date(2020, 7, 1), date(2022, 1, 1), ["BOR", "CAL"]),
        (date(2020, 6, 30), date(2020, 6, 30), ["ARC", "BOR", "CAL"]),
        (date(2019, 1, 1), date(2020, 2, 29), ["ARC", "CAL"]),
        (date(2018, 1, 1), date(2018, 12, 31), []),
    ],
)
def test_members_of_a_period_are_those_of_any_of_its_days(
    six: stances.Dataset, first: date, last: date, among: list[str]
) -> None:
    assert groups.members_between(six.memberships, "Pact", first, last) == among
    days = [first, last]
    assert {m for day in days for m in groups.members(six.memberships, "Pact", day)} <= set(among)


def test_a_group_stands_for_its_members_of_the_period(six: stances.Dataset) -> None:
    days = date(2020, 7, 1), date(2022, 1, 1)
    who = groups.standing_for(six.memberships, ["ARC", "Pact"], *days)
    assert who == {"ARC": ["ARC"], "Pact": groups.members_between(six.memberships, "Pact", *days)}
    assert "ARC" not in who["Pact"]


def test_an_unknown_group_is_refused_with_those_known(six: stances.Dataset) -> None:
    with pytest.raises(stances.BadInput, match=r"Pakt is not one of: Pact$"):
        groups.members(six.memberships, "Pakt", six.today)


def test_members_without_a_position_are_counted_and_nothing_more(real: stances.Dataset) -> None:
    scale, certainty = real.codebook.scale, np.array([0.0, 1.0, 0.0, 1.0, 1.0])
    figures = groups.group_figures(np.array([np.nan, -2.5, np.nan, 0.6, -1.5]), certainty, scale)
    assert (figures.members, figures.with_position) == (5, 3)
    assert (figures.restricting, figures.open) == (1, 1)
    assert figures.mean == pytest.approx((-2.5 + 0.6 - 1.5) / 3, abs=1e-4)
    assert figures.mean_plain == figures.mean
    nobody = groups.group_figures(np.array([]), np.array([]), scale)
    assert (nobody.members, nobody.with_position) == (0, 0)
    assert np.isnan([nobody.mean, nobody.mean_plain]).all()


def test_a_member_in_doubt_counts_for_little_in_the_mean_and_in_full_in_the_plain_one(
    real: stances.Dataset,
) -> None:
    stances_of, certainty = np.array([-2.0, 1.0, np.nan]), np.array([1.0, 0.25, 0.0])
    figures = groups.group_figures(stances_of, certainty, real.codebook.scale)
    assert (figures.mean, figures.mean_plain) == (-1.4, -0.5)
