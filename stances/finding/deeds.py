"""What the comparison of two days looks for, and what leads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stances.answers.happened import happened_subtitle, happened_told, same_days, swapped_days
from stances.answers.ledger import ONLY, Span, ledger
from stances.answers.tracker import Tracker
from stances.parameters import ALL_ACTORS, DAY, day_before


def span_of(tracker: Tracker, values: Mapping[str, Any]) -> tuple[Span, str]:
    """What the settings of an address ask for, the two days in their order, and a line where they
    are not two or not so, empty where they are.
    """
    then, now, among = day_before(tracker, values), values[DAY], values["among"]
    wrong = ""
    if then >= now:
        wrong = swapped_days(then, now) if then > now else same_days(now)
    group = "" if among == ALL_ACTORS else among
    days = min(then, now), max(then, now)
    return Span(*days, values["domain"], group, values["only"]), wrong


def happened_found(tracker: Tracker, span: Span) -> tuple[str, str]:
    """What happened, and under it what is shown."""
    done = ledger(tracker, replace(span, only=ONLY[0]))
    subtitle = happened_subtitle(tracker.codebook, span, done, tracker.model.basis)
    return happened_told(tracker, span), subtitle
