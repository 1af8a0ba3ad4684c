"""The days on which levels change, with the words that tell of them: what the map goes by."""

from __future__ import annotations

from typing import Any

from stances.answers import stance
from stances.answers.tracker import Tracker, cached
from stances.model import practice


@cached
def levels_record(tracker: Tracker, domain: str) -> dict[str, Any]:
    """Return the change points of a field as `/levels/{domain}.json` has them.

    `actors`: of each, in their order, the day, the level (None: no position), whether it rests on
    old statements, and what binds (`stance.unpacked`); `names` of these; `labels` of levels, what
    is said for `none`, and what a level `rests` on, by what binds, at the end if it is old.
    """
    data, book = tracker.data, tracker.codebook
    frame = stance.level_changes(tracker, domain)
    rows = frame[["date", "level", "is_old", "use"]].astype(object)
    rows["date"] = frame["date"].dt.strftime("%Y-%m-%d")
    rows["level"] = (
        frame["level"].astype("Int64").astype(object).where(frame["level"].notna(), None)
    )
    used = stance.CASE if practice.is_case(book, domain) else stance.USED
    return {
        "domain": domain,
        "first": book.first_date.isoformat(),
        "last": data.opening_day.isoformat(),
        "labels": {str(level): label for level, label in book.scale.labels.items()},
        "rests": [stance.WORDS, stance.HELD, used, stance.ACT, stance.OLD],
        "none": stance.NONE,
        "names": {code: tracker.names[code] for code in tracker.actors},
        "actors": {
            actor: own.to_numpy().tolist()
            for actor, own in rows.groupby(frame["actor"], sort=False)
        },
    }
