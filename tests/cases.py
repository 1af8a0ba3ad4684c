"""Cases for tests, found in the tables of a dataset: no test names a row of the real data."""

from __future__ import annotations

import csv
import tomllib

import pandas as pd

from stances import Dataset
from stances.dataset.outlines import country_ids
from stances.figures.map import VIEWS
from tests.folders import REAL


def _rows(table: str) -> list[dict[str, str]]:
    """The rows of a table of the real data."""
    with (REAL / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _featured_codes(actors: bool) -> tuple[str, ...]:
    """The codes of actors, or the names of groups, that the real data features, in its order."""
    about = tomllib.loads((REAL / "about.toml").read_text(encoding="utf-8"))
    known = {row["actor"] for row in _rows("actors")}
    return tuple(code for code in about["dashboard"]["featured"] if (code in known) is actors)


# Of the real data, read where tests are collected; there must be three actors and a group.
FEATURED = _featured_codes(actors=True)
GROUP = _featured_codes(actors=False)[0]
ONE, OTHER, THIRD = FEATURED[:3]
# A featured actor whose country is drawn on the map of Europe, to be pointed at.
DRAWN = next(
    actor
    for actor in FEATURED
    if actor in country_ids((REAL / "geometry" / VIEWS["europe"].geometry_file).read_bytes())
)
# The id of an event that charts label.
LANDMARK = next(row["event_id"] for row in _rows("events") if row["landmark"] == "yes")
# The id of an act that has ended, by an event that is known, with a deadline.
ENDED_ACT = next(row["act_id"] for row in _rows("acts") if row["ended_by"] and row["deadline"])


def name_of(data: Dataset, actor: str) -> str:
    """The full name of an actor."""
    return str(data.actors.set_index("actor").loc[actor, "name"])


def scored_rows(data: Dataset) -> pd.DataFrame:
    """The events that count, in the order of the table."""
    return data.events[data.events["score"].notna()]


def by_events(data: Dataset) -> list[str]:
    """The actors that have scored events, those with most first."""
    return [str(actor) for actor in scored_rows(data)["actor"].value_counts(sort=True).index]


def newest_first(events: pd.DataFrame) -> pd.DataFrame:
    """Events in the order in which pages list them."""
    return events.sort_values(["date", "event_id"], ascending=[False, True])


def most_sourced(data: Dataset) -> str:
    """The id of an event that no other has more sources than, and that counts."""
    return str(
        data.event_sources["event_id"]
        .value_counts()
        .reindex(scored_rows(data)["event_id"])
        .idxmax()
    )


def main_domain(data: Dataset, actor: str) -> str:
    """The domain in which an actor has most events."""
    return str(data.events.loc[data.events["actor"] == actor, "domain"].value_counts().idxmax())


# The line of the six-event dataset that names the group that leads; without memberships it must go.
SIX_LEAD = 'lead = { group = "Pact", domain = "roads" }'
