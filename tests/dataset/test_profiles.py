"""Profiles: on which days the written sentence on an actor holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import stances
from stances.dataset.profiles import ended_lines, profile_on
from tests.folders import TODAY, Folder

NO_WORD_AFTER = date(2021, 4, 1)


def holding_bounds(data: stances.Dataset, actor: str, first: date) -> list[date]:
    """The days from `first` to today on which a profile of the actor holds, as their bounds."""
    days = [first + timedelta(days=number) for number in range((TODAY - first).days + 1)]
    holding = [day for day in days if profile_on(data, actor, day)]
    return [holding[0], holding[-1]] if holding else []


def test_a_profile_holds_from_its_day_to_the_end_of_a_step(folder: Folder) -> None:
    data = folder.load()
    # Caldon's first step is due in September 2021; nothing of Boria comes after its own.
    assert holding_bounds(data, "CAL", date(2020, 1, 1)) == [date(2021, 8, 1), date(2021, 9, 30)]
    assert holding_bounds(data, "BOR", date(2020, 1, 1)) == [NO_WORD_AFTER, TODAY]
    assert holding_bounds(data, "ARC", date(2020, 1, 1)) == []
    result = profile_on(data, "BOR", TODAY)
    assert result is not None
    assert result.name == "BOR@2021-04-01"
    assert result.act_ids == ("BOR-school-permit",)
    assert result.event_ids == ("BOR-20200601-ring-road-plan",)


@pytest.mark.parametrize(
    ("as_of", "cells", "last"),
    [
        ("2020-06-01", {}, date(2020, 12, 31)),
        ("2021-01-01", {}, date(2021, 6, 30)),
        ("2021-07-01", {}, date(2021, 9, 30)),
        ("2021-07-01", {"ended": "2021-08-02", "ended_how": "forgotten"}, date(2021, 8, 1)),
        ("2021-06-30", {"in_force_from": "2021", "adopted": "2021-07-02"}, date(2021, 7, 1)),
    ],
)
def test_a_profile_ends_with_a_turn_of_an_act(
    folder: Folder, as_of: str, cells: dict[str, str], last: date
) -> None:
    folder.edit("profiles", 3, as_of=as_of)
    folder.edit("acts", 4, **cells)
    first = date.fromisoformat(as_of)
    assert holding_bounds(folder.load(), "CAL", first) == [first, last]


def test_a_profile_ends_with_an_event(folder: Folder) -> None:
    folder.edit("profiles", 2, as_of="2020-05-10")
    assert holding_bounds(folder.load(), "BOR", date(2020, 5, 1)) == [date(2020, 5, 10)] * 2


def test_a_profile_holds_on_no_day_where_a_row_was_recorded_after_it(folder: Folder) -> None:
    folder.edit("events", 6, recorded="2022-02-01")
    data = folder.load()
    assert holding_bounds(data, "BOR", date(2021, 4, 1)) == []
    event_id = folder.rows("events")[5]["event_id"]
    text = (
        f"profile BOR@2021-04-01 holds no longer: {event_id} was recorded on 2022-02-01, after it"
    )
    assert text in [*ended_lines(data)]


def test_the_newest_profile_that_holds_is_told(folder: Folder) -> None:
    folder.add("profiles", 3, as_of="2021-08-15", text="Caldon takes bridges down.")
    data = folder.load()
    before, after = (profile_on(data, "CAL", date(2021, 8, day)) for day in (14, 15))
    assert before is not None
    assert after is not None
    assert (before.as_of, after.text) == (date(2021, 8, 1), "Caldon takes bridges down.")


def test_what_ended_the_newest_profile_is_told(folder: Folder) -> None:
    ended = "profile CAL@2021-08-01 holds no longer: a step of CAL-bridge-rule ended with 2021-09"
    assert [*ended_lines(folder.load())] == [ended]
    folder.add("profiles", 3, as_of="2022-01-31", text="Caldon takes bridges down.")
    [text] = ended_lines(folder.load())
    assert text.startswith("profile CAL@2022-01-31 holds no longer: ")


def test_what_ends_after_the_sources_were_looked_through_is_not_told(folder: Folder) -> None:
    folder.replace("about.toml", "[licence]", "covered_to = 2021-09-30\n\n[licence]")
    assert [*ended_lines(folder.load())] == []
    folder.replace("about.toml", "2021-09-30", "2021-10-01")
    assert len([*ended_lines(folder.load())]) == 1
