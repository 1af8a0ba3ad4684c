"""The causes that moved the gap between two actors, event by event, and ageing for the rest."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import stances
from stances.dataset.codebook import OVERALL
from stances.model.parting import PARTING_COLUMNS, parting
from stances.model.stance import ACTS, Model

PAIR = ("ARC", "BOR")
WHOLE = date(2019, 1, 1), date(2022, 1, 31)
ORDER, WORRIED, REPEALED, PERMIT, DOUBT, PLAN = (
    "ARC-20200101-roads-order", "ARC-20200410-minister-worried", "ARC-20201027-order-repealed",
    "BOR-20200201-school-permit", "BOR-20200511-teachers-doubt", "BOR-20200601-ring-road-plan",
)  # fmt: skip


def rows_of(table: pd.DataFrame) -> list[tuple[object, ...]]:
    """Event, whether it ended, and the three stances to four decimals; None for no position."""
    figures = table[["before", "after", "other"]].round(4).astype(object)
    figures = figures.where(figures.notna(), None)
    return [
        (event, ended, *row)
        for event, ended, row in zip(
            table["event_id"], table["ended"], figures.itertuples(index=False), strict=True
        )
    ]


@pytest.fixture(scope="module")
def model(six: stances.Dataset) -> Model:
    return six.model


def test_each_event_is_held_against_its_day_without_it(model: Model) -> None:
    result = parting(model, PAIR, "roads", WHOLE)
    assert tuple(result) == PARTING_COLUMNS
    assert rows_of(result) == [
        (ORDER, False, None, -2.0, None),
        (WORRIED, False, -2.0, -2.0, None),
        (PLAN, False, None, 2.0, -2.0),
        (REPEALED, False, -2.0, 0.0, 2.0),
    ]


def test_an_act_that_lapses_is_no_event_of_its_day(model: Model) -> None:
    result = parting(model, PAIR, "schools", WHOLE)
    assert [row[:2] for row in rows_of(result)] == [(PERMIT, False), (DOUBT, False), (PERMIT, True)]
    # The permit and a speech of 300 days; the speech alone is under the minimum.
    assert rows_of(result)[-1][2:] == (round((3 - 0.125) / 3.125, 4), None, None)
    assert result["date"].iloc[-1] == pd.Timestamp("2021-03-07")


def test_ageing_is_no_part_of_an_event(model: Model) -> None:
    # The day before the lapse the plan weighed more than on it: that is ageing.
    day = date(2021, 3, 7)
    [lapse] = rows_of(parting(model, PAIR, OVERALL, (date(2021, 3, 6), day)))
    plan, speech = 2 * 0.5 ** (279 / 200) / 1.5, 0.125
    schools = (3 - speech) / (3 + speech)
    without = (3 * plan * 2 + schools) / (3 * plan + 1)
    assert lapse[2] == round(without, 4)
    assert lapse[3] == 1.8442


def test_the_period_begins_after_its_first_day(model: Model) -> None:
    result = parting(model, PAIR, "roads", (date(2020, 1, 1), date(2020, 6, 1)))
    assert result["event_id"].tolist() == [WORRIED, PLAN]
    assert parting(model, PAIR, "roads", (date(2020, 6, 1), date(2020, 6, 2))).empty


def test_on_acts_alone_words_have_no_effect(model: Model) -> None:
    result = parting(model.on(ACTS), PAIR, "roads", WHOLE)
    assert rows_of(result)[1] == (WORRIED, False, -2.0, -2.0, None)
    assert rows_of(result)[-1] == (REPEALED, False, -2.0, None, None)


def test_two_events_of_a_day_follow_each_other(six: stances.Dataset) -> None:
    """Put the plan on the day of the repeal, and a speech of Arcadia after the repeal."""
    events = six.model.events.copy()
    repeal = events.loc[events["event_id"] == REPEALED]
    speech = repeal.assign(event_id="ARC-20201027-worried-still", instrument="speech", score=-2.0)
    events.loc[events["event_id"] == PLAN, "date"] = repeal["date"].iloc[0]
    model = Model(six.codebook, six.model.actors, pd.concat([events, speech]))
    day = date(2020, 10, 27)
    result = rows_of(parting(model, PAIR, "roads", (date(2020, 10, 26), day)))
    assert [(row[0], row[2], row[3]) for row in result] == [
        (REPEALED, -2.0, 0.0),
        (speech["event_id"].iloc[0], 0.0, round(-2 * 1 / 2.5, 4)),
        (PLAN, None, 2.0),
    ]
    assert result[-1][4] == result[1][3]


@pytest.mark.parametrize("domain", ["networks", OVERALL])
def test_without_it_is_the_stance_of_all_that_came_before(
    real: stances.Dataset, domain: str
) -> None:
    result = parting(real.model, ("DEU", "HUN"), domain, (date(2018, 1, 1), real.today))
    column = real.model.column(domain)
    alone = result[~result["ended"] & ~result.duplicated(["actor", "date"], keep=False)]
    assert len(alone) > 20
    for row in alone.itertuples():
        events = real.model.events
        earlier = events[events["date"] < row.date]
        model = Model(real.codebook, (row.actor,), earlier)
        before = model.arrays([row.date.date()]).stance[0, 0, column]
        assert row.before == pytest.approx(before, nan_ok=True)
        after = real.model.arrays([row.date.date()]).stance[0, real.model.place(row.actor), column]
        assert row.after == pytest.approx(after, nan_ok=True)
