"""The register over HTTP: filtered like the page of acts, and the same rows as there."""

from __future__ import annotations

import csv
import io
import re
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd
import pytest
from starlette.testclient import TestClient

import stances
from stances.answers.act_file import act_columns
from stances.answers.acts import STATUSES, ActQuery, doubt_words, find_acts
from stances.answers.introduction import known_later
from stances.answers.obligations import obligation_on
from stances.answers.practice import PRACTICE_WORDS
from stances.words import partial_date, short_day
from tests.cases import GROUP, ONE
from tests.golden import Golden
from tests.ui.pages import markup, open_page, register

DAY = "2023-01-31"


def _acts(client: TestClient, **query: str) -> list[dict[str, Any]]:
    result = client.get(f"/acts.json?{urlencode(query)}").json()
    assert result["count"] == len(result["acts"])
    acts: list[dict[str, Any]] = result["acts"]
    return acts


def _csv(client: TestClient, **query: str) -> list[dict[str, str]]:
    answer = client.get(f"/acts.csv?{urlencode(query)}")
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


NARROWED = [
    "", "as_of=2020-03-01", "actor=ARC,CAL", "group=Pact", "group=Pact&actor=ARC,BOR",
    "group=Pact&actor=ARC", "domain=schools", "domain=overall", "scope=streets,lessons",
    "aim=named", "status=in_force", "status=ended", "status=not_yet&as_of=2021-03-01",
    "deadline=removal", "deadline=any", "q=builders acme", "applied=yes", "applied=no,unknown",
    # Whether it had been used on the day before its first known use is not known.
    "applied=eased", "applied=no&as_of=2020-01-31", "applied=unknown&as_of=2020-01-31",
    "applied=power&as_of=2020-01-31", "applied=power&as_of=2020-02-01",
    "applied=yes&as_of=2020-02-01", "actor=ACME",
]  # fmt: skip


def test_every_filter_narrows_both_forms(client_six: TestClient, golden: Golden) -> None:
    result = {}
    for query in NARROWED:
        filters = {"as_of": DAY, **dict(parse_qsl(query))}
        acts = [act["act_id"] for act in _acts(client_six, **filters)]
        assert [act["act_id"] for act in _csv(client_six, **filters)] == acts
        result[query or "none"] = ", ".join(acts)
    golden(result)


@pytest.mark.parametrize("day", ["2020-01-31", "2020-03-01", DAY])
def test_json_has_every_cell_of_the_csv(
    client_six: TestClient, six: stances.Dataset, day: str
) -> None:
    acts, rows = _acts(client_six, as_of=day), _csv(client_six, as_of=day)
    assert list(rows[0]) == [column.name for column in act_columns(six)]
    for act, row in zip(acts, rows, strict=True):
        assert {name: _cell(act[name]) for name in row} == row
        assert {source["source_id"] for source in act["sources"]} == set(act["source_ids"])


def _cell(value: Any) -> str:
    """A value of JSON as CSV writes it."""
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value or ""


def test_an_act_has_all_that_is_known_of_it(client_six: TestClient, golden: Golden) -> None:
    filters = {
        "a rule": {"as_of": DAY, "actor": "CAL"},
        # All of the kind that is asked for, as on screen.
        "a rule by a kind of deadline": {"as_of": DAY, "actor": "CAL", "deadline": "lapse"},
        "before its deadline": {"as_of": "2022-12-31", "actor": "CAL"},
        "before it was used": {"as_of": "2020-01-31", "actor": "ARC"},
        "once it was used": {"as_of": "2020-02-01", "actor": "ARC"},
    }
    result = {case: _acts(client_six, **query) for case, query in filters.items()}
    for acts in result.values():
        for act in acts:
            act["sources"] = [source["tier"] for source in act["sources"]]
    golden(
        {
            case: [f"{k}: {v}" for act in acts for k, v in act.items()]
            for case, acts in result.items()
        }
    )


def test_the_answer_says_of_which_day_and_data_it_is(
    client_six: TestClient, six: stances.Dataset
) -> None:
    result = client_six.get(f"/acts.json?as_of={DAY}").json()
    assert (result["as_of"], result["dataset_version"]) == (DAY, six.version)
    saved = client_six.get(f"/acts.csv?as_of={DAY}").headers["content-disposition"]
    assert saved.endswith(f'_acts_{DAY}.csv"')


@pytest.mark.parametrize("whose", ["ARC", "CAL,BOR", "Pact"])
def test_whose_acts_is_asked_as_the_links_of_the_page_do(
    client_six: TestClient, whose: str
) -> None:
    result = [_acts(client_six, as_of=DAY, **{name: whose}) for name in ("actor", "who")]
    assert result[0] == result[1]
    assert 0 < len(result[0]) < len(_acts(client_six, as_of=DAY))


VIEWS = [
    ({}, {"status": "all"}),
    # Without more in its address the page shows what is in force.
    ({"status": "in_force"}, {}),
    ({"group": GROUP, "status": "in_force"}, {"who": GROUP}),
    ({"actor": ONE}, {"who": ONE, "status": "all"}),
    (
        {"domain": "networks", "deadline": "removal", "as_of": "2024-06-30"},
        {"domain": "networks", "deadline": "removal", "as_of": "2024-06-30", "status": "all"},
    ),
    ({"applied": "yes,eased"}, {"applied": "yes,eased", "status": "all"}),
    ({"q": "network", "status": "ended"}, {"q": "network", "status": "ended"}),
]


def _pages(view: dict[str, str]) -> range:
    """The numbers of the pages of the table."""
    result = re.search(r"The first 100 of ([0-9]+) rules", markup(open_page("acts", **view)))
    return range(1, -(-int(result[1]) // 100) + 1) if result else range(1, 2)


@pytest.mark.parametrize(("query", "view"), VIEWS, ids=str)
def test_page_routes_and_file_have_the_same_rows(
    client: TestClient, real: stances.Dataset, query: dict[str, str], view: dict[str, str]
) -> None:
    table = pd.concat([register(open_page("acts", page=str(n), **view)) for n in _pages(view)])
    acts, rows = _acts(client, **query), _csv(client, **query)
    assert acts
    assert list(table["Name"]) == [act["name"] for act in acts] == [row["name"] for row in rows]
    shown = [word.partition(",")[0] for word in table["Status"]]
    words = {"in_force": "In force", "not_yet": "Not yet in force", "ended": "Ended"}
    assert shown == [words[act["status"]] for act in acts]
    assert [row["status"] for row in rows] == [act["status"] for act in acts]
    used = [word.partition(",")[0] for word in table[f"Applied to {real.codebook.subject}"]]
    assert used == [PRACTICE_WORDS[act["applied"]] for act in acts]
    passed = ["passed" in word for word in table["Status"]]
    assert passed == [act["deadline_passed"] for act in acts]
    assert passed == [row["deadline_passed"] == "yes" for row in rows]
    # On a day past the page says as of when it tells what has no day of its own.
    day = real.day(view.get("as_of", real.opening_day))
    known = known_later(real, day)
    before, text = f"By {known}: " if known else "", table["In practice"].fillna("")
    assert all(cell.startswith(before) for cell in text if cell)
    cells = [cell.removeprefix(before) or None for cell in text]
    assert cells == [act["applied_what"] for act in acts]
    assert cells == [row["applied_what"] or None for row in rows]
    # And what an act asks in the time of the day, which files have as the register does.
    assert [act["obligation"] for act in acts] == [row["obligation"] for row in rows]
    registered = [SimpleNamespace(**{**act, "ended": act["ended"] or ""}) for act in acts]
    asks = [obligation_on(act, day) or act.name for act in registered]
    assert list(table["What it does"]) == asks
    assert [row["doubt"] or None for row in rows] == [act["doubt"] for act in acts]
    assert list(table["In doubt"]) == [doubt_words(row["doubt"], known) for row in rows]
    # The table has the next step of an act, or each of the kind that is looked for; its line in the
    # register has the last. In brackets stand what is passed and whose reckoning it is.
    written = real.deadlines["deadline"].map(lambda partial: short_day(partial_date(partial)))
    steps = written.groupby(real.deadlines["act_id"]).agg(set).to_dict()
    for cell, act in zip(table["Deadline"].fillna(""), acts, strict=True):
        days = {day for day in re.sub(r" \([^)]*\)", "", cell).split(", ") if day}
        assert bool(days) == bool(act["deadline"])
        assert days <= steps.get(act["act_id"], set())


def test_rows_and_sources_are_those_of_the_tables(
    client: TestClient, real: stances.Dataset
) -> None:
    rows = find_acts(real, real.today, ActQuery())
    acts = _acts(client)
    assert [act["act_id"] for act in acts] == rows["act_id"].tolist()
    assert {STATUSES[act["status"]] for act in acts} == set(rows["status"])
    tiers = list(real.codebook.tiers)
    for act in acts:
        ranks = [tiers.index(source["tier"]) for source in act["sources"]]
        assert ranks == sorted(ranks)
        assert ranks
