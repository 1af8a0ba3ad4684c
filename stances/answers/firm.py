"""Events that stand on firm ground: what may lead as the last that was done, and what is marked
wherever it stands.
"""

from collections.abc import Iterable

import numpy as np

from stances.answers.events import WEAK, weak_kinds
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import Codebook
from stances.model.lifetimes import Bools


@memoize
def is_firm(tracker: Tracker) -> Bools:
    """Return, for each event by its place, whether it can stand as what was done last: an act, or
    words with a source that is no copy and a confidence above the lowest.
    """
    columns = tracker.event_columns
    weak = np.array([event in tracker.weakly_sourced for event in columns["event_id"]], bool)
    unsure = columns["confidence"].astype(object) == _lowest(tracker.codebook)
    return np.asarray(tracker.event_binds | ~(weak | unsure), bool)


def _lowest(codebook: Codebook) -> str:
    """Return the lowest confidence."""
    return max(codebook.model.tolerance, key=codebook.model.tolerance.__getitem__)


# -- in words -----------------------------------------------------------------------------------

_UNSURE = "single or weak report"


def unsure_words(tracker: Tracker, event_id: str) -> str:
    """Return what stands at words that cannot lead; empty for all else."""
    return "" if is_firm(tracker)[tracker.event_places[event_id]] else _UNSURE


def source_count(tracker: Tracker, event_id: str) -> str:
    """Say how many sources an event has, with a mark where it cannot lead or all are weak."""
    count = len(tracker.sources.get(event_id, []))
    return f"{count} {WEAK}" if _is_marked(tracker, event_id) else str(count)


def reserve_words(tracker: Tracker, event_id: str) -> str:
    """Return with what reserve an event is told by itself, also where it is an act: it is a single
    or weak report, or of the lowest confidence; empty: without any.
    """
    if _is_marked(tracker, event_id):
        return _UNSURE
    lowest = _lowest(tracker.codebook)
    row = tracker.events[event_id]
    return f"{lowest} confidence" if row.confidence == lowest else ""


def _is_marked(tracker: Tracker, event_id: str) -> bool:
    return bool(unsure_words(tracker, event_id)) or event_id in tracker.weakly_sourced


def mark_legend(tracker: Tracker, event_ids: Iterable[str]) -> str:
    """Return what the mark in a table of some events means; empty where none of them has it."""
    if not any(_is_marked(tracker, event) for event in event_ids):
        return ""
    codebook = tracker.codebook
    why = [f"words of {_lowest(codebook)} confidence"]
    if codebook.weak_tiers:
        why.append(f"all sources of a weak kind ({weak_kinds(codebook)})")
    return f"{WEAK} {_UNSURE.capitalize()}: {', or '.join(why)}."
