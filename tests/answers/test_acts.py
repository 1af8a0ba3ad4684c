"""The register searched, sorted and told, on the six-event dataset."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

import stances
from stances.answers.act_file import acts_table
from stances.answers.acts import (
    ActQuery,
    act_on,
    act_sentence,
    actors_of,
    acts_headline,
    acts_listed,
    acts_shown,
    acts_subtitle,
    ahead_told,
    around_act,
    covers,
    deadline_words,
    deadlines,
    deadlines_alt,
    deadlines_headline,
    deadlines_subtitle,
    find_acts,
    since,
    standing_words,
    status_words,
)
from stances.answers.typed import to_bytes
from stances.model.register import ENDED, IN_FORCE, NOT_YET
from stances.words import quoted
from tests.folders import Folder

ORDER, PERMIT, RULE = "ARC-roads-order", "BOR-school-permit", "CAL-bridge-rule"
LATE = date(2023, 1, 31)
NAMES = {"ARC": "Republic of Arcadia", "BOR": "Kingdom of Boria", "CAL": "Caldon"}


def found(
    data: stances.Dataset, day: date = LATE, order: str = "name", **asked: object
) -> list[str]:
    query = ActQuery(**asked)  # type: ignore[arg-type]
    return find_acts(data, day, query, order)["act_id"].tolist()


# -- finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "acts"),
    [
        ({}, {ORDER, PERMIT, RULE}),
        ({"actors": ["ARC", "CAL"]}, {ORDER, RULE}),
        ({"actors": []}, set()),
        ({"domain": "schools"}, {PERMIT}),
        ({"scopes": ["bridges"]}, {ORDER, RULE}),
        ({"scopes": ["lessons", "streets"]}, {ORDER, PERMIT}),
        ({"aims": ["size"]}, {RULE}),
        ({"status": "in_force"}, {PERMIT, RULE}),
        ({"status": "ended"}, {ORDER}),
        ({"status": "not_yet"}, set()),
        ({"deadline": "any"}, {PERMIT, RULE}),
        ({"deadline": "removal"}, {RULE}),
        ({"text": "ACME roads"}, {ORDER}),
        ({"text": '"Gazette 1/2020"'}, {ORDER}),
        ({"text": "two refused"}, {ORDER}),
        ({"text": "last such bridge"}, {RULE}),
        ({"text": "bridges", "domain": "schools"}, set()),
    ],
    ids=lambda part: str(part) if isinstance(part, dict) else str(sorted(part)),
)
def test_every_part_of_a_query_narrows(
    six: stances.Dataset, asked: dict[str, object], acts: set[str]
) -> None:
    assert set(found(six, **asked)) == acts


def test_an_act_is_not_found_before_it_was_adopted(six: stances.Dataset) -> None:
    assert found(six, date(2020, 12, 31)) == [ORDER, PERMIT]
    assert found(six, date(2021, 1, 1)) == [ORDER, PERMIT, RULE]
    assert found(six, date(2021, 1, 1), status="not_yet") == [RULE]


def test_acts_come_by_the_names_of_their_actors(six: stances.Dataset) -> None:
    # Arcadia, Boria, Caldon: by the short names that the table shows.
    assert found(six) == [ORDER, PERMIT, RULE]


def test_orders_differ_where_names_and_dates_do(folder: Folder) -> None:
    folder.edit("acts", 2, in_force_from="2022", deadline="2021-03", deadline_kind="lapse")
    folder.edit("acts", 3, deadline="2024")
    data = folder.load()
    assert found(data, order="date") == [ORDER, RULE, PERMIT]
    assert found(data, order="deadline") == [PERMIT, RULE, ORDER]


def test_a_group_stands_for_its_members_of_the_day(six: stances.Dataset) -> None:
    assert actors_of(six, LATE, []) is None
    assert actors_of(six, LATE, ["Pact"]) == ["BOR", "CAL"]
    assert actors_of(six, date(2020, 6, 30), ["Pact"]) == ["ARC", "BOR", "CAL"]
    assert actors_of(six, LATE, ["ARC", "Pact"]) == ["ARC", "BOR", "CAL"]


@pytest.mark.parametrize(
    ("adopted", "in_force_from", "told"),
    [
        ("2020-02", "2021", "2021"),
        # Nothing binds before it is adopted.
        ("2022-06-22", "2022", "2022-06-22"),
        ("", "2021-05", "2021-05"),
        ("2020", "", "2020"),
    ],
)
def test_from_when_an_act_binds_is_told_as_far_as_it_is_known(
    folder: Folder, adopted: str, in_force_from: str, told: str
) -> None:
    folder.edit("acts", 3, adopted=adopted, in_force_from=in_force_from)
    assert since(act_on(folder.load(), LATE, PERMIT)) == told


# -- before and after ----------------------------------------------------------------------------


def test_what_rests_on_the_event_that_ended_an_act_took_its_place(folder: Folder) -> None:
    folder.add(
        "acts", 2, act_id="ARC-softer-order", event_id="ARC-20201027-order-repealed",
        domain="schools", adopted="2021", in_force_from="2021", ended="", ended_how="", ended_by="",
    )  # fmt: skip
    data = folder.load()
    assert around_act(data, ORDER).after == ["ARC-softer-order"]
    assert around_act(data, ORDER).before == []
    assert around_act(data, "ARC-softer-order").before == [ORDER]


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
    assert around_act(folder.load(), ORDER).after == (["ARC-next"] if follows else [])


def test_on_a_day_is_told_what_had_followed_by_then(folder: Folder) -> None:
    blank = dict.fromkeys(("event_id", "in_force_from", "ended", "ended_how", "ended_by"), "")
    folder.add("acts", 2, **{**blank, "act_id": "ARC-next", "adopted": "2020-10-27"})
    data = folder.load()
    for day, after in ((date(2020, 10, 26), []), (date(2020, 10, 27), ["ARC-next"])):
        assert around_act(data, ORDER, day).after == after
        assert around_act(data, "ARC-next", day).before == ([ORDER] if after else [])


def test_an_act_that_has_not_ended_is_followed_by_none(six: stances.Dataset) -> None:
    assert around_act(six, PERMIT).before == around_act(six, PERMIT).after == []


# -- deadlines -----------------------------------------------------------------------------------


def _due(data: stances.Dataset, day: date, **asked: str) -> list[tuple[str, str, str, bool]]:
    rows = find_acts(data, day, ActQuery(**asked))  # type: ignore[arg-type]
    return [
        (each.act.act_id, str(each.start), str(each.end), each.passed)
        for each in deadlines(data.codebook, rows)
    ]


def test_deadlines_come_by_kind_and_end_with_the_last_day_that_is_known(
    six: stances.Dataset,
) -> None:
    rule, permit = (RULE, "2021-07-01", "2022-12-31"), (PERMIT, "2020-02-01", "2021-03-07")
    assert _due(six, LATE) == [(*rule, True), (*permit, True)]
    assert _due(six, date(2022, 12, 31)) == [(*rule, False), (*permit, True)]
    assert _due(six, date(2021, 3, 7)) == [(*rule, False), (*permit, False)]


def test_the_latest_deadline_of_a_kind_comes_first_and_what_has_ended_has_none(
    folder: Folder,
) -> None:
    folder.add("acts", 4, act_id="CAL-later", deadline="2025-03")
    folder.add("acts", 4, act_id="CAL-sooner", deadline="2021-12-01")
    folder.add("acts", 4, act_id="CAL-over", ended="2022-01-01", ended_how="forgotten")
    acts = [act for act, *_ in _due(folder.load(), LATE)]
    assert acts == ["CAL-later", RULE, "CAL-sooner", PERMIT]


def _told(data: stances.Dataset, day: date, group: str = "", among: bool = False) -> str:
    rows = find_acts(data, day, ActQuery())
    due = deadlines(data.codebook, rows)
    return deadlines_headline(data.codebook, due, NAMES, group, among)


def test_one_date_of_removal_is_told_with_whose_it_is(six: stances.Dataset) -> None:
    told = "One act, that of Caldon, sets a date by which Acme must be out: 2022"
    assert _told(six, date(2022, 6, 30)) == told
    assert _told(six, LATE) == f"{told}, which has passed"
    assert _told(six, LATE, among=True).startswith("Of these, one act, that of Caldon, sets a date")


def test_other_kinds_are_not_told_as_removal(six: stances.Dataset) -> None:
    none = "None of these acts sets a date by which Acme must be out"
    assert _told(six, date(2020, 6, 30)) == none


def test_several_dates_are_told_with_the_next(folder: Folder) -> None:
    folder.add("acts", 4, act_id="CAL-later", deadline="2024-06")
    folder.edit("acts", 3, deadline="2024-06", deadline_kind="removal")
    data = folder.load()
    said = "Three acts of two Pact members set a date by which Acme must be out"
    assert _told(data, LATE, "Pact") == (
        f"{said}; the next are those of Kingdom of Boria and Caldon, June 2024"
    )
    assert _told(data, date(2022, 1, 1)) == (
        f"{said.replace('Pact members', 'actors')}; the next is that of Caldon, 2022"
    )
    assert _told(data, date(2024, 7, 1)).endswith("; the last passed in June 2024")
    folder.edit("acts", 3, deadline_kind="lapse")
    assert _told(folder.load(), LATE).startswith("Two acts of Caldon set a date")


def test_what_is_ahead_is_told_without_what_has_passed(folder: Folder) -> None:
    def told(day: date, group: str = "") -> str:
        data = folder.load()
        due = deadlines(data.codebook, find_acts(data, day, ActQuery()))
        return ahead_told(data.codebook, due, NAMES, group)

    boria = "Kingdom of Boria"
    permit = f"One deadline of {boria} is ahead, none for Acme to be out"
    assert told(date(2020, 6, 30)) == f"{permit}; the next is that of {boria}, 7 March 2021"
    rule = "One deadline of Caldon is ahead, for Acme to be out; the next is that of Caldon, 2022"
    assert told(date(2022, 6, 30)) == f"{rule}; one more has passed, and its act is still in force"
    nothing = "No deadline is ahead; two have passed, and their acts are still in force"
    assert told(LATE) == nothing
    folder.add("acts", 3, act_id="BOR-later", deadline="2024-06", deadline_kind="removal")
    folder.add("acts", 4, act_id="CAL-later", deadline="2024-07")
    assert told(LATE, "Pact").startswith(
        "Two deadlines of two Pact members are ahead, two for Acme to be out; the next is that of"
    )


def test_how_many_dates_have_passed_is_told(six: stances.Dataset) -> None:
    def told(day: date) -> str:
        rows = find_acts(six, day, ActQuery())
        return deadlines_subtitle(deadlines(six.codebook, rows), day)

    assert told(date(2021, 3, 7)).endswith("as of 7 March 2021. No deadline has passed.")
    assert told(date(2021, 3, 8)).endswith(
        "Of two deadlines one has passed, and its act stays in force."
    )
    assert told(LATE).endswith("Both deadlines have passed, and their acts stay in force.")


def test_one_deadline_that_has_passed_is_not_one_of_one(six: stances.Dataset) -> None:
    rows = find_acts(six, LATE, ActQuery(domain="schools"))
    assert deadlines_subtitle(deadlines(six.codebook, rows), LATE).endswith(
        "The one deadline has passed, and its act stays in force."
    )


def test_the_alt_text_names_the_rows_in_their_order(six: stances.Dataset) -> None:
    rows = find_acts(six, date(2022, 6, 30), ActQuery())
    due = deadlines(six.codebook, rows)
    alt = deadlines_alt(due, NAMES, date(2022, 6, 30), table=True)
    assert alt == (
        "Two acts from force to deadline, by kind of deadline, the latest first, with a line at "
        "30 June 2022: Caldon, Bridge rule: 2022; Kingdom of Boria, School permit: 7 March 2021 "
        "(passed). All stand in the table below, each with what falls due."
    )
    assert not deadlines_alt(due, NAMES, LATE, table=False).endswith("falls due.")
    assert "; and one more." in deadlines_alt(due * 3, NAMES, LATE, table=False)


# -- in words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "day", "told"),
    [
        (ORDER, date(2020, 1, 1), "In force since 1 January 2020."),
        (ORDER, date(2020, 10, 27), "Ended on 27 October 2020: repealed."),
        (ORDER, date(2019, 12, 31), "Not yet adopted on 31 December 2019."),
        (RULE, date(2021, 6, 30), "Adopted, not yet in force: it binds from July 2021."),
        (RULE, date(2022, 12, 31), "In force since July 2021; deadline 2022."),
        (RULE, date(2023, 1, 1), "In force since July 2021; its deadline, 2022, has passed."),
    ],
)
def test_where_an_act_stands_is_a_sentence(
    six: stances.Dataset, act: str, day: date, told: str
) -> None:
    assert standing_words(six.codebook, act_on(six, day, act), day) == told


def test_an_act_can_be_quoted(six: stances.Dataset) -> None:
    day = date(2022, 6, 30)
    told = act_sentence(six.codebook, act_on(six, day, RULE), "Caldon", day)
    assert told == (
        f"Caldon, {quoted('Bridge rule')}, 30 June 2022: in force since July 2021; deadline 2022. "
        "Bridges by builders as large as Acme must go."
    )


def test_what_an_act_covers_and_when_it_falls_due(six: stances.Dataset) -> None:
    order, rule = act_on(six, LATE, ORDER), act_on(six, LATE, RULE)
    assert covers(six.codebook, order) == "Bridges, Streets"
    assert deadline_words(six.codebook, order) == ""
    assert deadline_words(six.codebook, rule) == (
        "2022 (passed). What stands must go: The last such bridge"
    )


def test_statuses_are_words() -> None:
    assert [status_words(status) for status in ("", NOT_YET, IN_FORCE, ENDED)] == [
        "Not yet adopted", "Not yet in force", "In force", "Ended",
    ]  # fmt: skip
    assert status_words(IN_FORCE, passed=True) == "In force, deadline passed"


IN_FORCE_ONLY = ActQuery(status="in_force")


@pytest.mark.parametrize(
    ("query", "counts", "whose", "told"),
    [
        (IN_FORCE_ONLY, (12, 4), {}, "12 acts of four actors are in force"),
        (IN_FORCE_ONLY, (1, 1), {"group": "Pact"}, "One act of one Pact member is in force"),
        (IN_FORCE_ONLY, (0, 0), {"group": "Pact"}, "No act of Pact members is in force"),
        (IN_FORCE_ONLY, (0, 0), {}, "No act is in force"),
        (IN_FORCE_ONLY, (2, 1), {"named": ["Caldon"]}, "Caldon: two acts are in force"),
        (IN_FORCE_ONLY, (0, 0), {"named": ["Caldon"]}, "Caldon: no act is in force"),
        (
            IN_FORCE_ONLY, (2, 1), {"named": ["A", "B", "C", "D"]},
            "4 actors and groups: two acts are in force",
        ),
        (ActQuery(), (3, 2), {}, "Three acts of two actors are in the register"),
        (ActQuery(status="ended"), (3, 2), {}, "Three acts of two actors have ended"),
        (
            ActQuery(status="not_yet"), (1, 1), {},
            "One act of one actor is adopted and not yet in force",
        ),
        (
            replace(IN_FORCE_ONLY, domain="roads"), (2, 1), {},
            "Two acts of one actor are in force in roads",
        ),
        (
            replace(IN_FORCE_ONLY, text="x"), (0, 0), {},
            "No act is in force and fits the filters",
        ),
        (
            replace(IN_FORCE_ONLY, deadline="any"), (2, 2), {},
            "Two acts of two actors are in force and fit the filters",
        ),
    ],
)  # fmt: skip
def test_the_headline_counts_acts_and_says_whose(
    six: stances.Dataset,
    query: ActQuery,
    counts: tuple[int, int],
    whose: dict[str, object],
    told: str,
) -> None:
    assert acts_headline(six.codebook, query, counts, **whose) == told  # type: ignore[arg-type]


def test_the_line_under_it_has_day_filters_and_the_other_statuses(six: stances.Dataset) -> None:
    others = {"not_yet": 1, "ended": 3}
    assert acts_subtitle(six.codebook, "overall", LATE, ["covering Bridges"], others) == (
        "On 31 January 2023, in all domains; covering Bridges. Besides: one not yet in force and "
        "three ended."
    )
    told = acts_subtitle(six.codebook, "roads", LATE, [], {"ended": 0})
    assert told == "On 31 January 2023, in roads."
    assert acts_shown(1, "name").startswith("One act, by actor and name. Choose a row")
    assert acts_listed(2, 3, "date") == "The first 2 of 3 acts, the newest in force first."


# -- as a file -----------------------------------------------------------------------------------


def test_the_file_has_the_rows_in_their_order_and_the_codes_of_addresses(
    six: stances.Dataset,
) -> None:
    rows = find_acts(six, LATE, ActQuery())
    told = to_bytes(acts_table(six, rows, LATE, {})).decode()
    table = list(csv.DictReader(io.StringIO(told)))
    assert [row["act_id"] for row in table] == [ORDER, PERMIT, RULE]
    assert [row["status"] for row in table] == ["ended", "in_force", "in_force"]
    assert [row["deadline_passed"] for row in table] == ["no", "yes", "yes"]
    whole = {
        row["act_id"]: row for row in csv.DictReader(io.StringIO(six.files["acts.csv"].decode()))
    }
    for row in table:
        assert {name: row[name] for name in whole[row["act_id"]]} == whole[row["act_id"]]
