"""The lead of a country, and citations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from stances.answers import citations, leads
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset

WRITTEN = "Boria let Acme teach in its schools until March 2021"


def test_a_written_sentence_is_headline_and_rest(tracker_six: Tracker) -> None:
    lead = leads.lead(tracker_six, "BOR", date(2021, 4, 1))
    assert lead.profile
    assert lead.headline == WRITTEN
    assert lead.rest == "Since June 2020 it has planned a ring road by Acme."
    assert lead.sources["publisher"].tolist() == ["Borian Herald"]


@pytest.mark.parametrize(
    ("sentence", "headline", "rest"),
    [
        ("One clause alone", "One clause alone", ""),
        ("It has 5.6 km of roads. More.", "It has 5.6 km of roads", "More."),
        ("A: b; c.", "A", "B; c."),
        ("At 12:30 it closed.", "At 12:30 it closed", ""),
    ],
)
def test_the_first_clause(six: Dataset, sentence: str, headline: str, rest: str) -> None:
    tracker = tracker_of(replace(six, profiles=six.profiles.assign(text=sentence)))
    lead = leads.lead(tracker, "BOR", date(2021, 4, 1))
    assert (lead.headline, lead.rest) == (headline, rest)


def test_a_profile_is_told_on_no_day_before_its_own(tracker: Tracker) -> None:
    """And on none on which something of its actor has changed since."""
    written = tracker.data.profiles.groupby("actor")["as_of"].min()
    for actor, first in [*written.items()][::7]:
        for day in (date(2019, 3, 4), date(2024, 8, 1), first.date()):
            lead = leads.lead(tracker, actor, day - timedelta(days=1))
            assert not lead.profile, (actor, day)


def test_a_profile_holds_until_something_changes(six: Dataset) -> None:
    later = six.events.iloc[[-1]].assign(
        event_id="BOR-20210601-news", date=pd.Timestamp("2021-06-01")
    )
    tracker = tracker_of(replace(six, events=pd.concat([six.events, later])))
    told = [leads.lead(tracker, "BOR", date(2021, *day)).profile for day in ((5, 31), (6, 1))]
    assert told == [True, False]


def test_without_a_sentence_level_what_binds_and_the_latest(tracker_six: Tracker) -> None:
    lead = leads.lead(tracker_six, "ARC", date(2020, 5, 1))
    assert not lead.profile
    assert lead.headline == "Republic of Arcadia stands at Block overall"
    assert lead.binds["act_id"] == "ARC-roads-order"
    assert lead.latest is not None
    assert lead.latest["title"] == "Arcadia's minister is worried by Acme"
    assert leads.what_binds(tracker_six, lead.binds, date(2020, 5, 1)) == ("Rule", "Roads order")
    # The strongest first, each publisher once.
    assert lead.sources["publisher"].tolist() == ["Arcadian Gazette", "Arcadian Daily"]


def test_a_rule_that_another_suspends_is_so_called(six: Dataset) -> None:
    rules = six.acts.assign(suspends="")
    rules.loc[rules["act_id"] == "BOR-school-permit", "suspends"] = "ARC-roads-order"
    tracker = tracker_of(replace(six, acts=rules))
    day = date(2020, 5, 1)
    lead = leads.lead(tracker, "ARC", day)
    assert leads.what_binds(tracker, lead.binds, day) == ("Rule, suspended", "Roads order")


def test_without_a_position(tracker_six: Tracker) -> None:
    day = date(2022, 12, 1)
    assert leads.lead(tracker_six, "ARC", day).headline == (
        "Nothing recent from Republic of Arcadia; last heard 27 Oct 2020"
    )
    never = leads.lead(tracker_six, "CAL", date(2020, 1, 1))
    assert never.headline == "No position of Caldon is recorded by 1 Jan 2020"
    assert never.latest is None
    assert never.sources.empty


def test_nothing_is_recent_or_unrecorded_where_a_rule_is_in_force(six: Dataset) -> None:
    # The bridge rule of July 2021 sets no level.
    tracker = tracker_of(replace(six, profiles=six.profiles.iloc[:0]))
    told = [leads.lead(tracker, "CAL", date(2021, *day)).headline for day in ((6, 1), (8, 1))]
    assert told[0].startswith("No position of Caldon")
    assert told[1] == "Caldon has no current position"


def test_on_acts_alone_no_sentence_is_told(tracker_six: Tracker) -> None:
    assert not leads.lead(tracker_of(tracker_six.data, "acts"), "BOR", date(2021, 4, 1)).profile


def test_an_unknown_actor_is_refused(tracker_six: Tracker) -> None:
    with pytest.raises(BadInput, match="XYZ"):
        leads.lead(tracker_six, "XYZ", date(2021, 4, 1))


def test_a_citation(tracker_six: Tracker) -> None:
    version, day = tracker_six.data.version, date(2023, 1, 2)
    line = citations.citation(tracker_six, "Map on 1 Jun 2020", "https://x.example/?a=1_2", day)
    assert line == (
        f"A. Clerk. Stances on Acme, Map on 1 Jun 2020. Dataset {version}. CC0-1.0. "
        "Accessed 2023-01-02. https://x.example/?a=1_2"
    )
    assert (
        citations.citation(tracker_six, "Map")
        == f"A. Clerk. Stances on Acme, Map. Dataset {version}. CC0-1.0."
    )


def test_a_bibtex_entry(tracker_six: Tracker) -> None:
    entry = citations.bibtex(tracker_six, "50 % & more_{}", "https://x.example/?a=1_2")
    assert entry.startswith(f"@misc{{stances-on-acme-{tracker_six.data.version},\n")
    assert r"title = {{Stances on Acme, 50 \% \& more\_\{\}}}" in entry
    assert "url = {https://x.example/?a=1_2}" in entry
    assert "urldate" not in entry
