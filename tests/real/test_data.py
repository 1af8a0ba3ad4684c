"""What holds of the real data beside the rules that every dataset is checked by as it is loaded."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from stances.answers import acts, stance
from stances.answers.tracker import Tracker
from stances.dataset import releases
from stances.dataset.days import first_day, last_day
from stances.dataset.load import Dataset, load
from stances.dataset.schema import TABLE_NAMES


def test_no_table_has_lost_its_rows(real: Dataset) -> None:
    """Few are ever taken out: compared with the oldest release that still opens."""
    published = releases.published(real.folder)
    oldest = published.loc[published["model_version"] != "", "version"].iloc[-1]
    released = load(real.folder, release=oldest)
    for table in TABLE_NAMES:
        assert len(getattr(real, table)) >= 0.98 * len(getattr(released, table)), table


def test_every_event_and_rule_has_a_source_with_an_address(real: Dataset) -> None:
    for rows, key in ((real.event_sources, "event_id"), (real.act_sources, "act_id")):
        table = real.events if key == "event_id" else real.acts
        assert set(rows[key]) == set(table[key])
        assert rows["url"].str.match(r"https?://[^\s/]+\.[^\s]+$").all()
        assert (rows["publisher"] != "").all()


def test_every_scored_event_was_coded_and_by_all_of_the_blind_or_none(real: Dataset) -> None:
    scored = real.events.loc[real.events["score"].notna(), "event_id"]
    coders = real.codings.groupby("event_id")["coder"].agg(set)
    assert set(scored) <= set(coders.index)
    blind = set(real.codebook.blind)
    assert set(coders.map(blind.intersection).map(len)) == {0, len(blind)}


def test_of_all_who_coded_it_is_known_who_they_are(real: Dataset) -> None:
    assert set(real.codings["coder"]) == set(real.coder_kinds)


def test_the_score_of_an_event_is_that_of_its_last_coding_or_of_the_first(real: Dataset) -> None:
    given = real.codings[real.codings["score"].notna()].groupby("event_id")["score"].agg(set)
    scored = real.events[real.events["score"].notna()].set_index("event_id")["score"]
    foreign = [code for code, score in scored.items() if score not in given[code]]
    assert not foreign


def test_events_are_dated_in_their_time_and_known_to_the_day_for_the_most(real: Dataset) -> None:
    events = real.events
    assert events["date"].min() >= pd.Timestamp(real.codebook.first_date)
    assert (events["date_precision"] == "day").mean() > 0.7


def test_no_rule_is_of_the_future_or_used_before_it_was_adopted(real: Dataset) -> None:
    for act in real.acts.itertuples():
        adopted = first_day(act.adopted or act.in_force_from)
        assert adopted <= real.opening_day, act.act_id
        used = act.applied_since and last_day(act.applied_since)
        assert not used or used >= adopted, act.act_id


def test_rules_name_events_of_their_own_field(real: Dataset) -> None:
    acts = real.acts[real.acts["event_id"] != ""]
    brought = real.events.set_index("event_id").loc[acts["event_id"]]
    assert (brought["domain"].to_numpy() == acts["domain"].to_numpy()).all()


def test_every_actor_has_names_and_a_place_on_the_map(real: Dataset) -> None:
    actors = real.actors
    assert (actors["name"] != "").all() and (actors["short_name"] != "").all()
    assert (actors["short_name"].str.len() <= 14).all()
    assert actors["lon"].between(-180, 180).all() and actors["lat"].between(-90, 90).all()
    assert set(real.position_actors) <= set(real.events["actor"]), (
        "somebody of whom nothing is told"
    )


def test_groups_have_the_members_that_they_have(tracker: Tracker) -> None:
    sizes = {"EU": 27, "NATO": 32, "G7": 7, "Five Eyes": 5, "Quad": 4}
    day = tracker.data.opening_day
    assert {group: len(tracker.members(group, day)) for group in sizes} == sizes
    assert "GBR" in tracker.members("EU", date(2020, 1, 31))
    assert "GBR" not in tracker.members("EU", date(2020, 2, 1))
    assert set(tracker.bodies) == {"EU"} and "EU-COM" in tracker.bodies["EU"]


def test_every_profile_begins_in_at_most_twenty_words(real: Dataset) -> None:
    assert set(real.profiles["actor"]) <= set(real.position_actors)
    for row in real.profiles.itertuples():
        first = re.split(r"[:;.](?=\s|$)", row.text)[0]
        assert 3 <= len(first.split()) <= 20, row.actor
        assert row.text.endswith(".") and not re.search(r"\b(\w+) \1\b", row.text), row.actor


def test_texts_are_clean(real: Dataset) -> None:
    columns = {
        "events": ["title", "summary", "speaker", "note"],
        "acts": ["name", "obligation", "note", "doubt"],
        "deadlines": ["what", "note"],
        "profiles": ["text"],
        "sources": ["title", "publisher"],
    }
    broken = re.compile(r"^\s|\s$|  |\bTODO\b|\bXXX\b|\ufffd|</?\w+>|&(?:amp|lt|quot|nbsp);|\u200b")
    for table, names in columns.items():
        for name in names:
            texts = getattr(real, table)[name].fillna("")
            assert not [text for text in texts if broken.search(text)], f"{table}.{name}"
    assert real.events["title"].str.split().str.len().between(3, 25).all()


def test_the_newest_day_tells_what_the_product_is_about(tracker: Tracker) -> None:
    day = tracker.data.opening_day
    levels = stance.standings(tracker, day, "networks").loc[tracker.members("EU", day), "level"]
    assert levels.notna().sum() >= 20 and (levels <= tracker.codebook.scale.restricting).sum() >= 15
    due = acts.removals(tracker, day)
    assert len(due) >= 5 and "DEU" in set(due["actor"])
    assert (due["end"] >= tracker.data.today).all()
