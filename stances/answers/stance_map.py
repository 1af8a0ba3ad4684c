"""The map of a day: its title, and the rows of its actors."""

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import NamedTuple

import pandas as pd

from stances import words
from stances.answers.acts import whose
from stances.answers.introduction import known_later, known_until
from stances.answers.practice import outlines, practice_counts, practice_sentence
from stances.answers.standing import hover_html, map_headline, map_subtitle, standings
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import ALL_ACTORS


class MapPart(NamedTuple):
    """A part of the world on a map: its name and the actors seen on it; empty: the whole."""

    label: str
    actors: Collection[str]


WHOLE = MapPart("", ())


def map_table(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """Return what changes on the map with the date: actor, level, old, outline (see `outlines`) and
    hover (markup, escaped), one row per actor.
    """
    rows = standings(tracker, day, domain)
    return pd.DataFrame(
        {
            "actor": tracker.model.actors,
            "level": [row.level for row in rows],
            "old": [row.old for row in rows],
            "outline": outlines(tracker, day)[:, tracker.column(domain)],
            "hover": [hover_html(tracker.codebook, row, domain == OVERALL) for row in rows],
        }
    )


def map_levels(tracker: Tracker, day: date, domain: str, part: MapPart = WHOLE) -> list[float]:
    """Return the level of each actor that is seen on a part of the map, NaN without a position."""
    rows = standings(tracker, day, domain)
    return [row.level for row in rows if not part.actors or row.actor in part.actors]


def map_lead(tracker: Tracker, day: date, domain: str, part: MapPart = WHOLE) -> tuple[str, str]:
    """Return what leads the first page, and what stands under it. In a domain: who can or does
    limit the subject, of all, or, on a part of the map, of the group that leads; then who stands
    where. Over all domains, and where the data names nothing that leads, the latter alone.
    """
    levels = map_levels(tracker, day, domain, part)
    count_text = partial(whose_text, tracker, part)
    if domain == OVERALL or tracker.data.about.lead is None:
        subtitle = map_subtitle(tracker.codebook, domain, day)
        headline = map_headline(tracker.codebook, levels, count_text)
        return known_until(tracker.data, day, headline), subtitle
    group = tracker.lead.group if part.actors else ALL_ACTORS
    totals = practice_counts(tracker, day, domain, group)
    who = whose(tracker.data.about, totals.members, group)
    stands = map_headline(tracker.codebook, levels, count_text)
    where = words.about_domain(tracker.codebook, domain)
    subtitle = f"{words.day(day)}, {where}: {words.within(stands)}"
    known = known_later(tracker.data, day)
    text = practice_sentence(tracker.codebook, domain, who, totals, known=known)
    return known_until(tracker.data, day, text), subtitle


def whose_text(tracker: Tracker, part: MapPart, count: int) -> str:
    """Say how many of those seen are counted."""
    where = f" on the map of {part.label}" if part.actors else ""
    return f"{whose(tracker.data.about, count)}{where}"
