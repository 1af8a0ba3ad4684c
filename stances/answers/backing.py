"""The backing of a record: how many sources of which kind."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import pandas as pd

from stances import words
from stances.answers.acts import acts_on
from stances.answers.tracker import Tracker
from stances.dataset.codebook import Codebook


class Backing(NamedTuple):
    """The number of events and of acts of the register that are known of actors, and of different
    sources that these have of each tier (a code), in the order of the codebook.
    """

    events: int
    acts: int
    tiers: dict[str, int]


def backing(tracker: Tracker, actors: Collection[str], day: date) -> Backing:
    """Return what the record of actors up to a day rests on."""
    events = tracker.data.events
    known = events["actor"].isin(list(actors)) & (events["date"] <= pd.Timestamp(day))
    acts = acts_on(tracker.data, day)
    ids = acts.loc[acts["actor"].isin(list(actors)), "act_id"]
    rows = [
        row for event in events.loc[known, "event_id"] for row in tracker.sources.get(event, [])
    ]
    rows += [row for act in ids for row in tracker.act_sources.get(act, [])]
    counts = Counter({row.source_id: row.tier for row in rows}.values())
    tiers = {code: counts[code] for code in tracker.codebook.tiers if counts[code]}
    return Backing(int(known.sum()), len(ids), tiers)


def backing_words(codebook: Codebook, backing: Backing) -> str:
    """Say what a record rests on: 12 events and five acts rest on 41 sources: official text 15."""
    counted = ((backing.events, "event"), (backing.acts, "act of the register"))
    text = [_count_words(count, noun) for count, noun in counted if count]
    if not text:
        return "No event and no act is recorded, so there is no source."
    tiers = [f"{codebook.tiers[code].lower()} {count:,}" for code, count in backing.tiers.items()]
    count = words.plural(sum(backing.tiers.values()), "source")
    listed = words.listing(text)
    return f"{listed[:1].upper()}{listed[1:]} rest on {count}: {'; '.join(tiers)}."


def _count_words(count: int, noun: str) -> str:
    """One act of the register, 12 acts of the register."""
    name, _, rest = noun.partition(" ")
    return " ".join(filter(None, [words.plural(count, name), rest]))
