"""Filters of the comparison of two days, and what leads it."""

from collections.abc import Mapping
from typing import Any

from stances.answers.happened import happened_subtitle, what_happened
from stances.answers.history import no_period
from stances.answers.ledger import Span
from stances.answers.tracker import Tracker
from stances.dataset.days import ONE_DAY
from stances.links.parameters import ALL_ACTORS, DAY, day_before


def span_of(tracker: Tracker, values: Mapping[str, Any]) -> tuple[Span, str]:
    """Return what the settings of an address ask for, both days in it, and a line where the first
    is not before the last, for which a year is shown; empty where they are as asked.
    """
    then, now, among = day_before(tracker, values), values[DAY], values["among"]
    wrong = ""
    if then >= now:
        wrong = no_period(then + ONE_DAY, now)
        then = tracker.year_before(now)
    group = among if among in tracker.groups else ""
    actors = () if group or among == ALL_ACTORS else (among,)
    then = max(then, tracker.codebook.first_date)
    if values["then"] is None and values["from"] > now:
        # The first day of other pages: it is not that of this one, but who asks for it is told.
        wrong = no_period(values["from"], now)
    return Span(then, now, values["domain"], group, values["only"], actors), wrong


def happened_headline(tracker: Tracker, span: Span) -> tuple[str, str]:
    """Return what happened, and under it what is shown."""
    return what_happened(tracker, span).headline, happened_subtitle(tracker, span)
