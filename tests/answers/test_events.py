from datetime import date

import pandas as pd
import pytest

from stances.answers import events
from stances.answers.tracker import Tracker
from stances.dataset.faults import BadInput
from tests.conftest import TODAY

ORDER, WORRY, REPEAL = (
    "ARC-20200101-roads-order", "ARC-20200410-minister-worried", "ARC-20201027-order-repealed",
)  # fmt: skip
PERMIT, DOUBT, PLAN = (
    "BOR-20200201-school-permit", "BOR-20200511-teachers-doubt", "BOR-20200601-ring-road-plan",
)  # fmt: skip
ALL = [REPEAL, PLAN, DOUBT, WORRY, PERMIT, ORDER]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ALL),
        ({"q": "road"}, [REPEAL, PLAN, DOUBT, WORRY, ORDER]),
        ({"q": "ACME street"}, []),
        ({"q": '"by Acme"'}, [PLAN, WORRY, ORDER]),
        ({"q": "no such thing"}, []),
        ({"q": "kingdom"}, [PLAN, DOUBT, PERMIT]),
        ({"q": "daily"}, [REPEAL, WORRY]),
        ({"q": "school board"}, [PERMIT]),
        ({"q": "daily 27 October 2020"}, [REPEAL]),
        ({"q": "2020-02"}, [PERMIT]),
        ({"q": "2020-02-01"}, []),  # it is known by month
        ({"actor": ("ARC",)}, [REPEAL, WORRY, ORDER]),
        ({"actor": ("Pact",)}, [PLAN, DOUBT, PERMIT]),
        ({"group": "Pact"}, [PLAN, DOUBT, PERMIT]),
        ({"group": "Pact", "to": date(2020, 6, 30)}, [PLAN, DOUBT, WORRY, PERMIT, ORDER]),
        ({"group": "Pact", "actor": ("ARC",)}, []),
        ({"group": "all"}, ALL),
        ({"actor": ("ACME",)}, []),
        ({"domain": "schools"}, [DOUBT, PERMIT]),
        ({"domain": "overall"}, ALL),
        ({"instrument": ("speech", "plan")}, [PLAN, DOUBT, WORRY]),
        ({"instrument": ("acts",)}, [REPEAL, PERMIT, ORDER]),
        ({"instrument": ("acts", "plan")}, [REPEAL, PLAN, PERMIT, ORDER]),
        ({"instrument": ("other events",)}, [PLAN, DOUBT, WORRY]),
        ({"level": (-1, -1)}, [DOUBT, WORRY]),
        ({"level": (-2, -1)}, [DOUBT, WORRY, ORDER]),
        ({"confidence": ("doubtful",)}, [PLAN, PERMIT]),
        ({"counted": True}, ALL),
        ({"counted": False}, []),
        ({"from_": date(2020, 5, 11), "to": date(2020, 6, 1)}, [PLAN, DOUBT]),
        ({"q": "acme", "actor": ("BOR",), "domain": "roads"}, [PLAN]),
    ],
)
def test_all_filters_must_hold_and_the_newest_comes_first(
    tracker_six: Tracker, filters: dict[str, object], found: list[str]
) -> None:
    assert events.find(tracker_six, **filters)["event_id"].tolist() == found  # type: ignore[arg-type]


def test_an_event_has_its_kind_direction_and_strongest_source(tracker_six: Tracker) -> None:
    found = events.find(tracker_six).set_index("event_id")
    assert found["binding"].to_dict() == {
        REPEAL: True, PLAN: False, DOUBT: False, WORRY: False, PERMIT: True, ORDER: True,
    }  # fmt: skip
    assert found.loc[[REPEAL, ORDER], "direction"].tolist() == ["Softer", "New"]
    assert found.loc[REPEAL, ["source", "sources"]].tolist() == ["Arcadian Gazette", 2]
    assert found.loc[REPEAL, "source_url"] == "https://gazette.example/2020/1"


def test_where_a_publisher_has_a_word_looked_for_that_source_is_shown(tracker_six: Tracker) -> None:
    found = events.find(tracker_six, "daily repeals").iloc[0]
    assert found[["source", "source_url"]].tolist() == [
        "Arcadian Daily", "http://daily.example/acme?page=2",
    ]  # fmt: skip
    # Of two that have one, the one with more; of as many the stronger.
    assert events.find(tracker_six, "arcadian").iloc[0]["source"] == "Arcadian Gazette"
    assert events.find(tracker_six, "arcadian daily").iloc[0]["source"] == "Arcadian Daily"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Éva ŁÓDŹ", "eva lodz"), ("Tromsø", "tromso"), ("“5G”–Straße", '"5g"-strasse')],
)
def test_accents_case_and_marks_are_ignored(text: str, folded: str) -> None:
    assert events.fold(text) == folded


def test_a_search_takes_words_and_quoted_phrases() -> None:
    assert events.sought('Huawei, "5G core" ban?') == ["huawei", "5g core", "ban"]
    assert events.sought("  ") == []


def test_a_code_that_is_none_is_refused(tracker_six: Tracker) -> None:
    with pytest.raises(BadInput):
        events.find(tracker_six, actor=("XYZ",))


def test_years_are_counted_by_level_and_none_is_left_out(tracker_six: Tracker) -> None:
    newest = tracker_six.data.opening_day
    every = events.find(tracker_six)
    years = events.counts_by_period(tracker_six, every, None, newest).set_index("period")
    assert list(years.columns) == ["none", "-2", "-1", "0", "1", "2"]
    assert years.loc["2019"].tolist() == [0, 0, 0, 0, 0, 0]
    assert years.loc["2020"].tolist() == [0, 1, 2, 1, 1, 1]
    of_none = events.counts_by_period(tracker_six, every[:0], None, newest)
    assert of_none["period"].dt.year.tolist() == [2019, 2020, 2021, 2022, 2023]
    assert of_none.drop(columns="period").to_numpy().sum() == 0
    period = date(2020, 2, 1), date(2020, 6, 1)
    months = events.counts_by_period(tracker_six, every, *period)
    assert months["period"].astype("str").tolist() == [f"2020-0{month}" for month in range(2, 7)]
    assert months.drop(columns="period").to_numpy().sum() == 4


def test_of_a_month_each_day_is_counted_and_those_without_a_day_apart(tracker_six: Tracker) -> None:
    period = date(2020, 2, 1), date(2020, 2, 29)
    counts = events.counts_by_period(tracker_six, events.find(tracker_six), *period)
    assert counts["period"].astype("str").tolist() == [
        *map(str, pd.period_range(*period)),
        "2020-02",
    ]
    # The permit is known to be of February, and is not told as of the first.
    assert counts.drop(columns="period").any(axis=1).tolist() == [False] * 29 + [True]


def test_the_headline_counts_and_says_when(tracker: Tracker, tracker_six: Tracker) -> None:
    assert events.headline(tracker_six, events.find(tracker_six)) == "6 events since 2019"
    found = events.find(tracker)
    text = events.headline(tracker, found)
    share = found["date"].dt.year.isin([2019, 2020]).mean()
    assert text == f"{len(found):,} events since 2010; {100 * share:.0f}% fell in 2019 and 2020"


def test_the_headline_of_a_search_says_what_was_looked_for(tracker_six: Tracker) -> None:
    found = events.find(tracker_six, actor=("ARC",))
    assert events.headline(tracker_six, found, "Arcadia") == "3 events: Arcadia"
    assert events.headline(tracker_six, found[:1], "Arcadia, repeal") == "1 event: Arcadia, repeal"
    assert events.headline(tracker_six, found[:0], "Utopia") == "No events: Utopia"


def test_the_record_of_an_event_has_all_that_belongs_to_it(tracker_six: Tracker) -> None:
    found = events.record(tracker_six, REPEAL)
    assert found["event"]["title"] == "Arcadia repeals its order"
    assert found["sources"]["publisher"].tolist() == ["Arcadian Gazette", "Arcadian Daily"]
    assert found["codings"]["by"].tolist() == [
        "Person, first coding",
        "Person, blind",
        "Machine, blind",
    ]
    assert (found["before"], found["after"]) == (-2, 0)
    assert found["around"]["event_id"].tolist() == [WORRY]
    assert found["acts"].empty
    order = events.record(tracker_six, ORDER)
    assert order["acts"]["act_id"].tolist() == ["ARC-roads-order"]
    assert (pd.isna(order["before"]), order["after"]) == (True, -2)
    between = events.record(tracker_six, WORRY)["around"]
    assert between["event_id"].tolist() == [REPEAL, ORDER], "the newer first"


def test_no_record_of_what_is_no_event(tracker_six: Tracker) -> None:
    with pytest.raises(BadInput):
        events.record(tracker_six, "XYZ-20200101-nothing")


def test_every_event_can_be_opened(tracker_six: Tracker) -> None:
    for event_id in tracker_six.data.events["event_id"]:
        assert events.record(tracker_six, event_id)["event"]["date"].date() <= TODAY
