"""What needs a person, of the six events: who stands in which list."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.load import load
from stances.dataset.write import Change
from stances.desk import work
from stances.links.pages import PAGES
from stances.links.view import take
from tests.conftest import TODAY

LISTS = {
    # A found no position, B a level; nobody has reviewed it.
    "scores": ["ARC-20200410-minister-worried", "ARC-20200101-roads-order"],
    "weak": [],
    "single": ["BOR-20200201-school-permit", "ARC-20200101-roads-order"],
    "practice": ["CAL-bridge-rule"],
    "passed": ["CAL-bridge-rule", "CAL-bridge-rule", "BOR-school-permit"],
    "profiles": ["CAL@2021-08-01"],
    "dead": [],
    "coverage": ["", "", ""],
}


def rows_of(tracker: Tracker) -> dict[str, list[str]]:
    return {name: [*rows(tracker)["row"]] for name, (_, rows) in work._LISTS.items()}


def test_each_list_has_the_rows_that_need_a_person(tracker_six: Tracker) -> None:
    found = rows_of(tracker_six)
    assert found == {"candidates": [], **LISTS}
    for row in filter(None, chain.from_iterable(found.values())):
        assert Change(tracker_six.data).find(row)


def test_a_page_that_is_gone_brings_its_source(folder: Path) -> None:
    change = Change(load(folder, TODAY), "x")
    change.edit("arc-daily", {"answered": "missing", "checked_on": "2022-05-01"})
    after = rows_of(tracker_of(change.judged()))
    assert after == {"candidates": [], **LISTS, "dead": ["arc-daily"]}


def test_weak_sources_alone_are_weak_and_alone(tracker: Tracker) -> None:
    ids = rows_of(tracker)["weak"]
    sources = tracker.data.event_sources
    tiers = sources.loc[sources["event_id"].isin(ids), "tier"]
    assert ids and set(tiers) <= set(tracker.codebook.weak_tiers)


@pytest.mark.usefixtures("registered")
def test_the_desk_counts_what_is_to_be_looked_at(tracker_six: Tracker) -> None:
    # All lists but that of who was looked through longest ago, which has everybody.
    assert work.headline(take(tracker_six.data, PAGES["desk"], {})) == "9 things to look at"
