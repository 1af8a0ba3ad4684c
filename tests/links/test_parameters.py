"""The content of a link: every setting read, written and refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput
from stances.links.parameters import (
    MOST_LINES,
    PARAMETERS,
    PartlyBad,
    default_on,
    link_to,
    subjects,
    take_value,
)
from stances.links.register import ACTOR, PAGE_PARAMETERS
from tests.cases import GROUP, ONE
from tests.folders import Folder
from tests.golden import Golden

EVERY_PARAMETER = pytest.mark.parametrize("name", PARAMETERS)
# Links that people keep must go on to work: a name or a value may be added, none goes.
FROZEN = {
    "as_of": "2019-03-04",
    "domain": "networks",
    "view": "world",
    "actor": "POL",
    "actors": "EU-COM,EU,USA,POL,CAN",
    "from": "2018-01-01",
    "play": "1",
    "layout": "small",
}
JUNK = [
    "", " ", "banana", "-1", "0x1", "nan", "1e309", "9" * 400, "null", "None", "%", ",,,", ":",
    "a:b:c", "2019-02-30", "2019-W10-1", "20190304", "1..2..3", "../../etc/passwd", "<b>x</b>",
    "\x00", "\u202e", "\N{DUCK}", "'; drop table events; --",
]  # fmt: skip


@pytest.fixture(params=["tracker", "tracker_six"])
def any_tracker(request: pytest.FixtureRequest) -> Tracker:
    """The tracker of each dataset in turn."""
    result: Tracker = request.getfixturevalue(request.param)
    return result


@pytest.mark.parametrize(("name", "value"), FROZEN.items())
def test_links_that_people_keep_go_on_to_work(tracker: Tracker, name: str, value: str) -> None:
    parameter = PARAMETERS[name]
    assert parameter.write(parameter.read(tracker, value)) == value


def test_pages_of_old_links_keep_their_settings() -> None:
    assert {"as_of", "domain", "view", "actor", "play"} <= set(PAGE_PARAMETERS[""])
    assert {"as_of", "domain", "actors", "from", "layout"} <= set(PAGE_PARAMETERS["trends"])
    assert {"as_of", "domain"} <= set(PAGE_PARAMETERS["data"])
    for names in PAGE_PARAMETERS.values():
        assert set(names) <= set(PARAMETERS)
        assert len(set(names)) == len(names)


@EVERY_PARAMETER
def test_a_default_can_be_linked_to(any_tracker: Tracker, name: str) -> None:
    parameter = PARAMETERS[name]
    value = parameter.default(any_tracker)
    if value is not None:
        assert parameter.read(any_tracker, parameter.write(value)) == value


@EVERY_PARAMETER
def test_junk_is_read_or_refused_in_one_line(any_tracker: Tracker, name: str) -> None:
    for junk in JUNK:
        _assert_read_or_refused(any_tracker, name, junk)


def _assert_read_or_refused(tracker: Tracker, name: str, junk: str) -> None:
    parameter = PARAMETERS[name]
    try:
        value = parameter.read(tracker, junk)
    except BadInput as refused:
        line = str(refused)
        assert line.isprintable(), junk
        assert 0 < len(line) < 400, junk
        return
    # What is taken can be linked to again, and is the same then.
    if value is not None:
        assert parameter.read(tracker, parameter.write(value)) == value, junk


def test_a_refusal_names_the_value_and_what_is_allowed(
    golden: Golden, tracker_six: Tracker
) -> None:
    wrong = {
        "as_of": "banana", "domain": "x", "view": "moon", "layout": "wide", "play": "yes",
        "actor": "XYZ", "actors": "XXX,BOR,YYY,Pact,XXX", "from": "2030-01-01", "who": "BOR,X",
        "instruments": "order,odour", "confidence": "sure,surer",
        "act": "GBR-nothing", "status": "maybe", "deadline": "soon", "by": "size", "scope": "moon",
        "aim": "moon",
    }  # fmt: skip
    cases = {}
    for name, value in wrong.items():
        with pytest.raises(BadInput) as refused:
            PARAMETERS[name].read(tracker_six, value)
        cases[f"{name}={value}"] = str(refused.value)
    golden(cases)


@pytest.mark.parametrize("name", ["actor", "actors"])
def test_a_refusal_does_not_name_all_of_many(tracker: Tracker, name: str) -> None:
    with pytest.raises(BadInput, match=r"more; see the tables"):
        PARAMETERS[name].read(tracker, "XYZ")


@pytest.mark.parametrize(("text", "code"), [("poland", "POL"), ("UA", "UKR"), ("pol", "POL")])
def test_a_refusal_of_an_actor_asks_for_the_one_that_is_named(
    tracker: Tracker, text: str, code: str
) -> None:
    with pytest.raises(BadInput, match=rf"; did you mean {code}\?$"):
        PARAMETERS["actor"].read(tracker, text)
    _, wrong = take_value(tracker, ACTOR, "actor", text)
    assert wrong.endswith(f"did you mean {code}?")
    _, wrong = take_value(tracker, "trends", "actors", f"USA,{text}")
    assert wrong.endswith(f"did you mean {code}? The rest is shown.")


def test_two_different_actors_are_compared_where_one_is_featured(folder: Folder) -> None:
    folder.replace("about.toml", '"ARC", "Pact", "BOR"', '"ARC"')
    tracker = Tracker(folder.load())
    shown = [PARAMETERS[name].default(tracker) for name in ("first", "second")]
    assert shown == ["ARC", "BOR"]


def test_two_days_are_a_year_apart_and_none_is_before_the_first(tracker: Tracker) -> None:
    first = tracker.codebook.first_date
    assert tracker.year_before(date(2019, 3, 4)) == date(2018, 3, 4)
    assert tracker.year_before(date(2020, 3, 4)) == date(2019, 3, 4)
    assert tracker.year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert tracker.year_before(first + timedelta(days=20)) == first


def test_days_are_those_that_have_stances(tracker: Tracker) -> None:
    read, day = PARAMETERS["as_of"].read, timedelta(days=1)
    first, today = tracker.codebook.first_date, tracker.data.today
    assert read(tracker, str(first)) == first
    assert read(tracker, str(today)) == today
    for outside in (first - day, today + day):
        with pytest.raises(BadInput):
            read(tracker, str(outside))


def test_the_company_can_be_no_actor(tracker: Tracker) -> None:
    takes_none = set(tracker.data.actors["actor"]) - set(tracker.model.actors)
    assert takes_none
    assert not takes_none & set(subjects(tracker))
    for code in takes_none:
        with pytest.raises(BadInput):
            PARAMETERS["actor"].read(tracker, code)


def test_a_list_of_actors_has_each_once_and_not_too_many(tracker: Tracker) -> None:
    read: Any = PARAMETERS["actors"].read
    assert read(tracker, f"{ONE},{GROUP},{ONE},,{GROUP}") == [ONE, GROUP]
    assert read(tracker, "") == []
    codes = subjects(tracker)[: MOST_LINES + 1]
    assert read(tracker, ",".join(codes[:-1])) == codes[:-1]
    with pytest.raises(BadInput, match=f"{len(codes)} are too many, at most {MOST_LINES}"):
        read(tracker, ",".join(codes))


@pytest.mark.parametrize(
    ("name", "text", "rest"),
    [
        ("actors", "XXX,BOR,YYY,Pact,XXX", ["BOR", "Pact"]),
        ("who", "BOR,X", ["BOR"]),
        ("instruments", "order,odour", ["order"]),
        ("confidence", "sure,surer", ["sure"]),
    ],
)
def test_what_can_be_used_of_a_list_is_kept(
    tracker_six: Tracker, name: str, text: str, rest: list[str]
) -> None:
    with pytest.raises(PartlyBad) as refused:
        PARAMETERS[name].read(tracker_six, text)
    assert refused.value.rest == rest


def test_of_a_list_of_nothing_but_junk_nothing_is_kept(tracker: Tracker) -> None:
    junk = ",".join(f"<b>{place}</b>" for place in range(500))
    with pytest.raises(BadInput) as refused:
        PARAMETERS["actors"].read(tracker, junk)
    assert not isinstance(refused.value, PartlyBad)
    assert len(str(refused.value)) < 400


def test_the_map_opens_on_the_domain_that_leads_and_its_links_say_what_it_shows(
    folder: Folder,
) -> None:
    tracker = Tracker(folder.load())
    assert default_on(tracker, "", "domain") == "roads"
    assert {default_on(tracker, page, "domain") for page in PAGE_PARAMETERS if page} == {OVERALL}
    values = {name: default_on(tracker, "", name) for name in PARAMETERS}
    written = {
        domain: {
            page: link_to(tracker, page, values | {"domain": domain}, "").get("domain")
            for page in ("", "members")
        }
        for domain in (OVERALL, "roads", "schools")
    }
    assert written == {
        OVERALL: {"": OVERALL, "members": None},
        "roads": {"": None, "members": "roads"},
        "schools": {"": "schools", "members": "schools"},
    }
    folder.replace("about.toml", 'lead = { group = "Pact", domain = "roads" }', "")
    assert default_on(Tracker(folder.load()), "", "domain") == OVERALL


def test_a_link_to_another_table_leads_to_its_first_rows(folder: Folder) -> None:
    tracker = Tracker(folder.load())
    values = {name: default_on(tracker, "events", name) for name in PARAMETERS} | {"page": 2}
    numbers = {
        page: link_to(tracker, page, values, "events").get("page") for page in PAGE_PARAMETERS
    }
    assert numbers.pop("events") == "2"
    assert set(numbers.values()) == {None}


def test_the_order_of_a_table_goes_along_to_rows_of_its_kind_alone(tracker_six: Tracker) -> None:
    def pages_with(here: str, sort: str, **more: str) -> set[str]:
        values = {name: default_on(tracker_six, here, name) for name in PARAMETERS} | more
        texts = {
            page: link_to(tracker_six, page, values | {"sort": sort}, here)
            for page in PAGE_PARAMETERS
        }
        return {page for page, of in texts.items() if "sort" in of}

    assert pages_with("events", "actor") == {"events", "trends", "actor"}
    # Of the map `since` is that of a label, of Rules that of a rule.
    assert pages_with("", "since") == {""}
    assert pages_with("acts", "actor") == {"acts"}
    assert pages_with("compare", "name") == {"compare"}
    assert pages_with("data", "name", section="coverage") == {"data"}
    assert pages_with("data", "name") == set()
