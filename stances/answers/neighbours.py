"""The nearest neighbours of an actor among others, and what they come to in words."""

from datetime import date

import numpy as np
import pandas as pd

from stances import words
from stances.answers.gaps import Period
from stances.answers.introduction import known_until
from stances.answers.nearest import among_group, distances_subtitle, nearest_headline
from stances.answers.tracker import Tracker, memoize
from stances.dataset.schema import ALL_ACTORS
from stances.model import distance
from stances.model.distance import Distances


def group_of(tracker: Tracker, group: str, day: date) -> tuple[str, ...]:
    """Return the members of a group on a day, or every actor with a position then."""
    if group != ALL_ACTORS:
        return tuple(tracker.members(group, day))
    known = ~np.isnan(tracker.model.arrays([day]).stance[0, :, 0])
    return tuple(np.array(tracker.model.actors)[known].tolist())


@memoize
def distances(tracker: Tracker, actors: tuple[str, ...], period: Period) -> Distances:
    """Return the distances of actors over a period, without those comparable with nobody."""
    every = distance.distances(tracker.model, tracker.panel, actors, *period)
    apart = np.where(np.eye(len(every.actors), dtype=bool), np.nan, every.distance)
    known = np.flatnonzero(~np.isnan(apart).all(axis=1)) if len(every.actors) else np.array([], int)
    return every.only(known)


@memoize
def nearest(tracker: Tracker, actor: str, among: tuple[str, ...], day: date) -> pd.DataFrame:
    """Return who is nearest to an actor now and a year before: see `distance.nearest`."""
    return distance.nearest(tracker.model, tracker.panel, actor, among, day)


def nearest_texts(
    tracker: Tracker, actor: str, group: str, domain: str, period: Period
) -> tuple[str, str]:
    """Say who is nearest to an actor in a group at the end of a period, and what is shown of it."""
    members = group_of(tracker, group, period[1])
    table = nearest(tracker, actor, members, period[1])
    now, _ = first_of(tracker, table[table["enough"]], "distance")
    before, _ = first_of(tracker, table[table["enough_before"]], "distance_before")
    headline = nearest_headline(tracker.sentence_names[actor], now, before)
    among = among_group("" if group == ALL_ACTORS else group, len(members), period[1])
    subtitle = distances_subtitle(tracker.codebook, among, period, domain)
    return known_until(tracker.data, period[1], headline), subtitle


def first_of(tracker: Tracker, table: pd.DataFrame, column: str) -> tuple[list[str], float]:
    """Return those who are nearest, as distances are printed, by the names that they have within a
    sentence, and how far they are; none where nobody has enough in common.
    """
    printed = table[column].map(words.two_decimals)
    nearest = printed.min()
    return [tracker.sentence_names[code] for code in table["actor"][printed == nearest]], float(
        nearest
    )
