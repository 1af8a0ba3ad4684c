"""The register searched, sorted and told, on the six-event dataset."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import stances
from stances.answers import acts
from stances.answers.act_file import acts_table
from stances.answers.events import rows_text
from stances.answers.tracker import Tracker
from stances.answers.typed_table import to_bytes
from stances.model.register import ENDED, IN_FORCE, NOT_YET
from tests.folders import Folder
from tests.golden import Golden

ORDER, PERMIT, RULE = "ARC-roads-order", "BOR-school-permit", "CAL-bridge-rule"
LATE = date(2023, 1, 31)


def act_ids(
    data: stances.Dataset, day: date = LATE, order: str = "name", **filters: object
) -> list[str]:
    query = acts.ActQuery(**filters)  # type: ignore[arg-type]
    return acts.find_acts(data, day, query, order)["act_id"].tolist()


# -- finding -------------------------------------------------------------------------------------


QUERIES: list[dict[str, object]] = [
    {}, {"actors": ["ARC", "CAL"]}, {"actors": []}, {"domain": "schools"}, {"scopes": ["bridges"]},
    {"scopes": ["lessons", "streets"]}, {"aims": ["size"]}, {"status": "in_force"},
    {"status": "ended"}, {"status": "not_yet"}, {"deadline": "any"}, {"deadline": "removal"},
    {"text": "ACME roads"}, {"text": '"Gazette 1/2020"'}, {"text": "two refused"},
    {"text": "last such bridge"}, {"text": "bridges", "domain": "schools"},
]  # fmt: skip


def test_every_part_of_a_query_narrows_and_none_is_found_before_it_was_adopted(
    golden: Golden, six: stances.Dataset
) -> None:
    cases = {str(query): ", ".join(act_ids(six, **query)) for query in QUERIES}
    for day, query in (
        (date(2020, 12, 31), {}), (date(2021, 1, 1), {}), (date(2021, 1, 1), {"status": "not_yet"}),
    ):  # fmt: skip
        cases[f"{query} on {day}"] = ", ".join(act_ids(six, day, **query))
    golden(cases)


def test_orders_differ_where_names_and_dates_do(folder: Folder) -> None:
    folder.keep("deadlines", 1)
    folder.edit("acts", 2, in_force_from="2022", deadline="2021-03", deadline_kind="lapse")
    folder.edit("acts", 3, deadline="2024")
    data = folder.load()
    assert act_ids(data, order="date") == [ORDER, RULE, PERMIT]
    assert act_ids(data, order="deadline") == [PERMIT, RULE, ORDER]


def test_acts_come_by_use_by_status_and_by_aim(folder: Folder) -> None:
    folder.edit("acts", 2, applied="unknown", applied_what="", applied_since="", aim="size")
    data = folder.load()
    assert act_ids(data, order="used") == [PERMIT, ORDER, RULE]
    assert act_ids(data, order="aim") == [PERMIT, ORDER, RULE]
    assert act_ids(data, date(2021, 1, 1), "status") == [PERMIT, RULE, ORDER]


def test_a_group_stands_for_its_members_of_the_day(six: stances.Dataset) -> None:
    assert acts.actors_of(six, LATE, []) is None
    assert acts.actors_of(six, LATE, ["Pact"]) == ["BOR", "CAL"]
    assert acts.actors_of(six, date(2020, 6, 30), ["Pact"]) == ["ARC", "BOR", "CAL"]
    assert acts.actors_of(six, LATE, ["ARC", "Pact"]) == ["ARC", "BOR", "CAL"]


@pytest.mark.parametrize(
    ("adopted", "in_force_from", "text"),
    [
        ("2020-02", "2021", "2021"),
        # Nothing binds before it is adopted.
        ("2022-06-22", "2022", "2022-06-22"),
        ("", "2021-05", "2021-05"),
        ("2020", "", "2020"),
    ],
)
def test_from_when_an_act_binds_is_told_as_far_as_it_is_known(
    folder: Folder, adopted: str, in_force_from: str, text: str
) -> None:
    folder.keep("deadlines", 1)
    folder.edit("acts", 3, adopted=adopted, in_force_from=in_force_from)
    assert acts.since(acts.act_on(folder.load(), LATE, PERMIT)) == text


# -- before and after ----------------------------------------------------------------------------


def test_what_rests_on_the_event_that_ended_an_act_took_its_place(folder: Folder) -> None:
    folder.add(
        "acts", 2, act_id="ARC-softer-order", event_id="ARC-20201027-order-repealed",
        domain="schools", adopted="2021", in_force_from="2021", ended="", ended_how="", ended_by="",
    )  # fmt: skip
    data = folder.load()
    assert acts.around_act(data, ORDER).after == ["ARC-softer-order"]
    assert acts.around_act(data, ORDER).before == []
    assert acts.around_act(data, "ARC-softer-order").before == [ORDER]


@pytest.mark.parametrize(
    ("cells", "follows"),
    [
        ({"adopted": "2020-10-27"}, True),
        ({"adopted": "2020-05", "in_force_from": "2020-10-27"}, True),
        ({"adopted": "2020-10-28"}, False),
        ({"adopted": "2020-10-26"}, False),
        ({"adopted": "2020-10-27", "domain": "schools"}, False),
    ],
)
def test_what_begins_in_a_domain_on_the_day_on_which_an_act_ends_took_its_place(
    folder: Folder, cells: dict[str, str], follows: bool
) -> None:
    blank = dict.fromkeys(("event_id", "in_force_from", "ended", "ended_how", "ended_by"), "")
    folder.add("acts", 2, **{**blank, "act_id": "ARC-next", **cells})
    assert acts.around_act(folder.load(), ORDER).after == (["ARC-next"] if follows else [])


def test_on_a_day_is_told_what_had_followed_by_then(folder: Folder) -> None:
    blank = dict.fromkeys(("event_id", "in_force_from", "ended", "ended_how", "ended_by"), "")
    folder.add("acts", 2, **{**blank, "act_id": "ARC-next", "adopted": "2020-10-27"})
    data = folder.load()
    for day, after in ((date(2020, 10, 26), []), (date(2020, 10, 27), ["ARC-next"])):
        assert acts.around_act(data, ORDER, day).after == after
        assert acts.around_act(data, "ARC-next", day).before == ([ORDER] if after else [])


def test_an_act_that_has_not_ended_is_followed_by_none(six: stances.Dataset) -> None:
    assert acts.around_act(six, PERMIT).before == acts.around_act(six, PERMIT).after == []


# -- in words ------------------------------------------------------------------------------------


IN_FORCE_ONLY = acts.ActQuery(status="in_force")


def test_where_an_act_stands_is_a_sentence(golden: Golden, six: stances.Dataset) -> None:
    def stands(act: str, day: date) -> str:
        return acts.standing_words(six.codebook, acts.act_on(six, day, act), day)

    cases = {
        "in force": stands(ORDER, date(2020, 1, 1)),
        "ended": stands(ORDER, date(2020, 10, 27)),
        "not adopted": stands(ORDER, date(2019, 12, 31)),
        "not yet": stands(RULE, date(2021, 6, 30)),
        "since a month": stands(RULE, date(2022, 12, 31)),
        "after its deadline": stands(RULE, date(2023, 1, 1)),
        "statuses": [acts.status_words(status) for status in ("", NOT_YET, IN_FORCE, ENDED)],
        "deadline passed": acts.status_words(IN_FORCE, passed=True),
        "in doubt": acts.status_words(IN_FORCE, doubt="Nobody knows"),
        "ended, in doubt": acts.status_words(ENDED, doubt="Nobody knows"),
        "covers": acts.covers(six.codebook, acts.act_on(six, LATE, ORDER)),
    }
    golden(cases)


def test_the_headline_counts_acts_and_says_whose(golden: Golden, six: stances.Dataset) -> None:
    def head(
        query: acts.ActQuery, of: tuple[int, int], named: Sequence[str] = (), **more: Any
    ) -> str:
        return acts.acts_headline(six.codebook, six.about, query, acts.ActCount(*of, **more), named)

    called = replace(six.about, actors="towns and leagues", members="towns")

    def towns(*count: Any) -> str:
        return acts.acts_headline(six.codebook, called, IN_FORCE_ONLY, acts.ActCount(*count))

    ended, others = acts.ActQuery(status="ended"), {"in_force": 1, "not_yet": 0}
    cases = {
        "twelve in force": head(IN_FORCE_ONLY, (12, 4)),
        "one of a group": head(IN_FORCE_ONLY, (1, 1), group="Pact"),
        "none of a group": head(IN_FORCE_ONLY, (0, 0), group="Pact"),
        "none": head(IN_FORCE_ONLY, (0, 0)),
        "two of one named": head(IN_FORCE_ONLY, (2, 1), named=["Caldon"]),
        "none of one named": head(IN_FORCE_ONLY, (0, 0), named=["Caldon"]),
        "many named": head(IN_FORCE_ONLY, (2, 1), named=["A", "B", "C", "D"]),
        "others not in force": head(IN_FORCE_ONLY, (3, 2), others={"not_yet": 1, "ended": 25}),
        "ended, others in force": head(ended, (1, 1), others=others),
        "two in doubt": head(IN_FORCE_ONLY, (3, 2), doubted=2, others={"ended": 1}),
        "all in doubt": head(IN_FORCE_ONLY, (2, 1), doubted=2),
        "in doubt as known later": head(IN_FORCE_ONLY, (3, 2), doubted=2, known="2 May 2022"),
        "the one in doubt": head(IN_FORCE_ONLY, (1, 1), doubted=1),
        "of any status": head(acts.ActQuery(), (3, 2)),
        "ended": head(ended, (3, 2)),
        "not yet": head(acts.ActQuery(status="not_yet"), (1, 1)),
        "in a domain": head(replace(IN_FORCE_ONLY, domain="roads"), (2, 1)),
        "none by a filter": head(replace(IN_FORCE_ONLY, text="x"), (0, 0)),
        "two by a filter": head(replace(IN_FORCE_ONLY, deadline="any"), (2, 2)),
        # Those who act are called as the data calls them.
        "actors by another name": towns(3, 2),
        "members by another name": towns(3, 2, "Pact"),
        "one by another name": towns(2, 1),
        "below, with a filter": acts.acts_subtitle(
            six.codebook, "overall", LATE, ["covering Bridges"]
        ),
        "below, in a domain": acts.acts_subtitle(six.codebook, "roads", LATE, []),
        "one listed": rows_text(slice(0, 1), 1, acts.ORDERED["name"], "rule"),
        "two of three listed": rows_text(slice(0, 2), 3, acts.ORDERED["date"], "rule"),
    }
    golden(cases)


# -- as a file -----------------------------------------------------------------------------------


def test_the_file_has_the_rows_in_their_order_and_the_codes_of_addresses(
    six: stances.Dataset,
) -> None:
    rows = acts.find_acts(six, LATE, acts.ActQuery())
    text = to_bytes(acts_table(Tracker(six), rows, LATE, {})).decode()
    table = list(csv.DictReader(io.StringIO(text)))
    assert [row["act_id"] for row in table] == [ORDER, PERMIT, RULE]
    assert [row["status"] for row in table] == ["ended", "in_force", "in_force"]
    assert [row["deadline_passed"] for row in table] == ["no", "yes", "yes"]
    whole = {
        row["act_id"]: row for row in csv.DictReader(io.StringIO(six.files["acts.csv"].decode()))
    }
    for row in table:
        assert {name: row[name] for name in whole[row["act_id"]]} == whole[row["act_id"]]
