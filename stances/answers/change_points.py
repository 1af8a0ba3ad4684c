"""The days on which levels change, with the words that tell of them: what the map goes by."""

from __future__ import annotations

from typing import Any

from stances.answers import stance
from stances.answers.tracker import Tracker, cached
from stances.dataset.codebook import OVERALL


@cached
def levels_record(tracker: Tracker, domain: str) -> dict[str, Any]:
    """Return the change points of a field as `/levels/{domain}.json` has them.

    `actors`: by code, the points of each, a list of five: the day, the level (None: no position),
    whether it rests on old statements, on what (a place in `rests`; without a level: what it is
    overall), and whether a rule has been used, or a case is open; `names` of these; `labels` of
    levels, and what is said for `none`; `domain`; `first`, `last`: the days that there are.
    """
    frame = stance.level_changes(tracker, domain)
    columns = [
        "date",
        "level",
        "is_old",
        "rests",
        "used",
    ]
    rows = frame[columns].astype(object)
    rows["date"] = frame["date"].dt.strftime("%Y-%m-%d")
    # JSON has whole numbers and null, a frame of numbers has neither beside NaN.
    levels = frame["level"].astype("Int64").astype(object)
    rows["level"] = levels.where(levels.notna(), None)

    actors = {}
    for actor, changes in rows.groupby(frame["actor"], sort=False):
        actors[actor] = changes.to_numpy().tolist()

    codebook = tracker.codebook
    # JSON has texts alone as keys, and pictures read what JSON has.
    labels = {}
    for level, label in codebook.scale.labels.items():
        labels[str(level)] = label

    none = stance.NONE
    if domain != OVERALL:
        none = f"{none} {tracker.in_field(domain)}"
    return {
        "domain": domain,
        "first": codebook.first_date.isoformat(),
        "last": tracker.data.opening_day.isoformat(),
        "labels": labels,
        "rests": stance.rests_or_overall(tracker),
        "none": none,
        "names": {code: tracker.names[code] for code in tracker.actors},
        "actors": actors,
    }
