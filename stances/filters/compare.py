"""Filters of the comparison of two days, and what leads it."""

from stances.answers.happened import happened_subtitle, what_happened
from stances.answers.history import no_period
from stances.answers.ledger import Span
from stances.answers.tracker import Tracker
from stances.dataset.days import ONE_DAY
from stances.links.parameters import ALL_ACTORS, day_before
from stances.links.view import View


def span_of(view: View) -> tuple[Span, str]:
    """Return what a view asks for, both days in it, and a line where the first is not before the
    last, for which a year is shown; empty where they are as asked.
    """
    tracker, now, among = view.tracker, view.day, view["among"]
    then = day_before(tracker, view.values)
    wrong = ""
    if then >= now:
        wrong = no_period(then + ONE_DAY, now)
        then = tracker.year_before(now)
    group = among if among in tracker.groups else ""
    actors = () if group or among == ALL_ACTORS else (among,)
    then = max(then, tracker.codebook.first_date)
    if view["then"] is None and view["from"] > now:
        # The first day of other pages: it is not that of this one, but who asks for it is told.
        wrong = no_period(view["from"], now)
    return Span(then, now, view.domain, group, view["only"], actors), wrong


def happened_headline(tracker: Tracker, span: Span) -> tuple[str, str]:
    """Return what happened, and under it what is shown."""
    return what_happened(tracker, span).headline, happened_subtitle(tracker, span)
