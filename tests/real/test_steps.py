"""The steps of the real acts against an independent reading of the files."""

from __future__ import annotations

import calendar
import csv
import datetime
from pathlib import Path

import pytest

import stances
from stances.answers.steps import next_step, steps
from stances.answers.tracker import Tracker
from stances.charts.deadlines import deadlines_of
from stances.links.view import view_of
from tests.pictures.drawings import svg_of, texts

DATA = Path(__file__).resolve().parents[2] / "data"
DAYS = ["2016-01-01", "2019-03-04", "2022-09-01", "2024-06-30", "2026-07-02"]


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _ends(partial: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a day, month or year."""
    year, month, day = ([int(part) for part in partial.split("-")] + [0, 0])[:3]
    if not month:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if not day:
        last = calendar.monthrange(year, month)[1]
        return datetime.date(year, month, 1), datetime.date(year, month, last)
    return datetime.date(year, month, day), datetime.date(year, month, day)


def _stands(act: dict[str, str], day: datetime.date) -> bool:
    begun = act["adopted"] or act["in_force_from"]
    if act["in_force_from"] and act["adopted"]:
        begun = min(act["adopted"], act["in_force_from"], key=lambda each: _ends(each)[0])
    return _ends(begun)[0] <= day and not (act["ended"] and _ends(act["ended"])[0] <= day)


def _binds(act: dict[str, str], day: datetime.date) -> bool:
    return _ends(act["in_force_from"] or act["adopted"])[0] <= day


@pytest.mark.parametrize("text", DAYS)
def test_the_steps_are_those_of_the_files(real: stances.Dataset, text: str) -> None:
    day = datetime.date.fromisoformat(text)
    acts = {act["act_id"]: act for act in _read("acts.csv") if _stands(act, day)}
    lines = [line for line in _read("deadlines.csv") if line["act_id"] in acts]
    result = steps(Tracker(real), day)
    key = ("act_id", "deadline", "kind", "part", "what")
    own = [(step.act.act_id, step.deadline, step.kind, step.part, step.what) for step in result]
    assert sorted(own) == sorted(tuple(line[name] for name in key) for line in lines)
    ahead = [step for step in result if not step.passed]
    assert list(result[: len(ahead)]) == ahead
    for step in result:
        assert (step.first, step.end) == _ends(step.deadline)
        assert step.passed == (step.end < day)
    ends = [step.end for step in result]
    assert ends[: len(ahead)] == sorted(ends[: len(ahead)])
    assert ends[len(ahead) :] == sorted(ends[len(ahead) :], reverse=True)


@pytest.mark.parametrize("text", DAYS)
def test_the_next_is_the_next_of_all_steps_of_acts_in_force(
    real: stances.Dataset, text: str
) -> None:
    day = datetime.date.fromisoformat(text)
    acts = {act["act_id"]: act for act in _read("acts.csv") if _stands(act, day)}
    ends = [
        _ends(line["deadline"])[1]
        for line in _read("deadlines.csv")
        if line["act_id"] in acts and _binds(acts[line["act_id"]], day)
    ]
    ahead = [end for end in ends if end >= day]
    result = next_step(steps(Tracker(real), day))
    assert (result.end if result else None) == min(ahead, default=None)


def test_every_act_with_a_deadline_has_steps_and_its_own_is_one_of_them() -> None:
    steps_of_acts: dict[str, set[tuple[str, str]]] = {}
    for line in _read("deadlines.csv"):
        steps_of_acts.setdefault(line["act_id"], set()).add((line["deadline"], line["kind"]))
    for act in _read("acts.csv"):
        own = {(act["deadline"], act["deadline_kind"])} - {("", "")}
        assert own <= steps_of_acts.get(act["act_id"], set()), act["act_id"]
        assert bool(own) == (act["act_id"] in steps_of_acts)


@pytest.mark.parametrize("day", DAYS)
def test_the_picture_of_deadlines_says_its_headline_whole(real: stances.Dataset, day: str) -> None:
    view = view_of(real, "acts", {"as_of": day})
    headline = deadlines_of(view).title
    assert headline in " ".join(texts(svg_of(real, "deadlines", as_of=day)))
