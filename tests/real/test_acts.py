"""The register of the real data: its statuses by its dates, and what pages tell of them.

The statuses are derived here a second time, from the texts of the dates alone: an ISO date that is
known in part is before a whole day where its last day is.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

import stances
from stances.answers.acts import ActQuery, acts_on, around_act, find_acts, since
from stances.answers.events import fold

ONE_DAY = timedelta(days=1)


@cache
def _first(text: str) -> date:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


@cache
def _last(text: str) -> date:
    parts = [*map(int, text.split("-"))]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def _expectation(act: Any, day: date) -> tuple[str, bool] | None:
    """Status and whether the deadline has passed; None: it was not adopted yet."""
    begins = [_first(text) for text in (act.adopted, act.in_force_from) if text]
    if day < (_first(act.adopted) if act.adopted else begins[0]):
        return None
    if act.ended and day >= _last(act.ended):
        return "ended", False
    if day < max(begins):
        return "not yet", False
    return "in force", bool(act.deadline) and day > _last(act.deadline)


def _rows(data: stances.Dataset) -> list[Any]:
    return list(data.acts.itertuples(index=False))


def _turning_days(data: stances.Dataset) -> list[date]:
    """The day before, on and after each date of each act, as far as they are known today."""
    known = [
        edge(text)
        for act in _rows(data)
        for text in (act.adopted, act.in_force_from, act.deadline, act.ended)
        if text
        for edge in (_first, _last)
    ]
    around = {day + step * ONE_DAY for day in known for step in (-1, 0, 1)}
    return sorted(around)


@pytest.mark.slow
def test_every_status_is_right_around_each_of_its_dates(real: stances.Dataset) -> None:
    acts, terms = _rows(real), set()
    for day in _turning_days(real):
        result = {
            act.act_id: (act.status, act.deadline_passed) for act in acts_on(real, day).itertuples()
        }
        expected = {act.act_id: _expectation(act, day) for act in acts}
        assert result == {act: at for act, at in expected.items() if at is not None}, day
        terms |= set(result.values())
    assert terms == {
        ("not yet", False), ("in force", False), ("in force", True), ("ended", False),
    }  # fmt: skip


def test_every_act_is_found_under_each_of_its_own_words(real: stances.Dataset) -> None:
    for act in _rows(real):
        query = ActQuery(
            text=act.name, actors=[act.actor], domain=act.domain, aims=[act.aim],
            scopes=[act.scope.split(";")[-1]], deadline=act.deadline_kind or "all",
        )  # fmt: skip
        assert act.act_id in set(find_acts(real, real.today, query)["act_id"]), act.act_id


@pytest.mark.parametrize("order", ["name", "date", "deadline"])
def test_the_orders_are_those_of_names_and_days(real: stances.Dataset, order: str) -> None:
    rows = find_acts(real, real.today, ActQuery(), order)
    names = real.actors.set_index("actor")["short_name"]
    keys: dict[str, list[Any]] = {
        "name": [(fold(names[act.actor]), fold(act.name)) for act in rows.itertuples(index=False)],
        "date": [-_first(since(act)).toordinal() for act in rows.itertuples(index=False)],
        "deadline": [_next_first(real, act) for act in rows.itertuples(index=False)],
    }
    assert keys[order] == sorted(keys[order])


def _next_first(data: stances.Dataset, act: Any) -> tuple[int, int]:
    """An act by the next of its steps, then by the last that passed, then without one."""
    own = data.deadlines.loc[data.deadlines["act_id"] == act.act_id, "deadline"]
    days = [_last(step).toordinal() for step in own]
    ahead = [day for day in days if day >= data.today.toordinal()]
    if act.status == "ended" or not days:
        return 2, 0
    return (0, min(ahead)) if ahead else (1, -max(days))


def test_statuses_part_the_register_on_any_day(real: stances.Dataset) -> None:
    for day in (date(2012, 6, 30), date(2020, 7, 14), date(2023, 1, 1), real.today):
        every = set(find_acts(real, day, ActQuery())["act_id"])
        parts = [
            set(find_acts(real, day, ActQuery(status=code))["act_id"])
            for code in ("in_force", "not_yet", "ended")
        ]
        assert sum(map(len, parts)) == len(every)
        assert set().union(*parts) == every


def test_what_follows_an_act_comes_after_it(real: stances.Dataset) -> None:
    acts, links = {act.act_id: act for act in _rows(real)}, 0
    for act in acts.values():
        around = around_act(real, act.act_id)
        assert act.act_id not in around.before + around.after
        for later in around.after:
            assert act.ended
            assert act.act_id in around_act(real, later).before
            assert acts[later].actor == act.actor
            links += 1
    assert links
