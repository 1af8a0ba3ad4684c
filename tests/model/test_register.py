"""Status of an act on a day: before, on and after each of its dates."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import stances
from stances.dataset.days import first_day, last_day
from stances.model.register import ENDED, IN_FORCE, NO_ACT_YET, NOT_YET, Register
from tests.folders import SIX, markdown_tables
from tests.golden import Golden

ONE_DAY = timedelta(days=1)
PAPER = next(t for t in markdown_tables(SIX / "README.md") if "status" in t[0])


def status_of(day: str, **dates: str) -> tuple[str, bool]:
    """Status, and whether the deadline has passed, of an act with some dates."""
    row = dict.fromkeys(("adopted", "in_force_from", "deadline", "ended"), "") | dates
    register, on = Register(pd.DataFrame([row])), date.fromisoformat(day)
    [status], [passed] = register.status(on), register.deadline_passed(on)
    return status, bool(passed)


# What is known of an act, and days of which its status is asked: of each of its dates the day
# before, the day itself and the day after.
STATUSES = {
    "adopted=2020-01-10 in_force_from=2020-02-01 ended=2020-03-05":
        "2020-01-09 2020-01-10 2020-01-11 2020-01-31 2020-02-01 2020-02-02 2020-03-04 2020-03-05 "
        "2020-03-06",
    # Without a beginning of its own it binds from its adoption.
    "adopted=2020-01-10": "2020-01-09 2020-01-10 2020-01-11",
    # Months count from their first day and end with their last.
    "adopted=2019-12 in_force_from=2020-02 ended=2020-02":
        "2019-11-30 2019-12-01 2020-01-31 2020-02-01 2020-02-28 2020-02-29",
    "adopted=2020 in_force_from=2021 ended=2022":
        "2019-12-31 2020-01-01 2020-12-31 2021-01-01 2022-12-30 2022-12-31",
    # Nothing binds before it is adopted.
    "adopted=2023-06-22 in_force_from=2023": "2023-06-21 2023-06-22 2024-01-01",
    # Of an act whose adoption is not known the beginning is.
    "in_force_from=2020-02": "2020-01-31 2020-02-01",
    # What ended before it began was never in force.
    "adopted=2020-01-01 in_force_from=2021-01-01 ended=2020-06-01":
        "2020-05-31 2020-06-01 2021-01-01",
    # Nothing is known of its beginning, so nothing is told.
    "ended=2020-06-01": "2020-05-31 2020-06-01",
}  # fmt: skip


def test_the_status_on_a_day(golden: Golden) -> None:
    cases = {}
    for dates, days in STATUSES.items():
        act = dict(date.split("=") for date in dates.split())
        cases[dates] = [f"{day}: {status_of(day, **act)[0] or 'none'}" for day in days.split()]
    golden(cases)


@pytest.mark.parametrize(
    ("deadline", "passed"),
    [
        ("2022-07-01", {"2022-06-30": False, "2022-07-01": False, "2022-07-02": True}),
        ("2022-07", {"2022-07-01": False, "2022-07-31": False, "2022-08-01": True}),
        ("2022", {"2022-01-01": False, "2022-12-31": False, "2023-01-01": True}),
    ],
)
def test_a_deadline_passes_and_the_act_stays_in_force(
    deadline: str, passed: dict[str, bool]
) -> None:
    result = {day: status_of(day, adopted="2020-01-01", deadline=deadline) for day in passed}
    assert result == {day: (IN_FORCE, gone) for day, gone in passed.items()}


def test_a_deadline_is_told_only_of_what_is_in_force() -> None:
    ended = {"adopted": "2020-01-01", "deadline": "2021-01-01", "ended": "2022-01-01"}
    assert status_of("2021-06-01", **ended) == (IN_FORCE, True)
    assert status_of("2022-01-01", **ended) == (ENDED, False)
    early = {"adopted": "2020-01-01", "in_force_from": "2023", "deadline": "2021"}
    assert status_of("2022-06-01", **early) == (NOT_YET, False)


@pytest.mark.parametrize("paper", PAPER, ids=lambda row: f"{row['as_of']} {row['act']}")
def test_the_acts_worked_out_on_paper(six: stances.Dataset, paper: dict[str, str]) -> None:
    register, day = Register(six.acts), date.fromisoformat(paper["as_of"])
    row = six.acts["act_id"].tolist().index(paper["act"])
    text = paper["status"], paper["deadline passed"] == "yes"
    assert (register.status(day)[row], register.deadline_passed(day)[row]) == text


def test_every_act_goes_one_way(real: stances.Dataset) -> None:
    """No act is before an earlier status once it has a later one, and each changes on its dates."""
    register, order = Register(real.acts), [NO_ACT_YET, NOT_YET, IN_FORCE, ENDED]
    for row, act in enumerate(real.acts.itertuples(index=False)):
        dates = [first_day(text) for text in (act.adopted, act.in_force_from) if text]
        dates += [last_day(act.ended)] if act.ended else []
        around = sorted({day + step for day in dates for step in (-ONE_DAY, 0 * ONE_DAY, ONE_DAY)})
        ranks = [order.index(register.status(day)[row]) for day in around]
        assert ranks == sorted(ranks), act.act_id
        assert ranks[0] == 0, act.act_id
        assert order[ranks[-1]] == (ENDED if act.ended else IN_FORCE), act.act_id
        moves = {day for day, step in zip(around[1:], np.diff(ranks), strict=True) if step}
        assert moves <= set(dates), act.act_id
