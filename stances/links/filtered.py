"""The rows that the filters of a view leave, for its page, files and picture; filters in words."""

from datetime import date
from typing import Any

import pandas as pd

from stances import words
from stances.answers import acts, events
from stances.links.pages import EVENT_FILTERS, RULE_FILTERS
from stances.links.parameters import PARAMETERS
from stances.links.view import View


def chosen_rules(view: View, **changes: Any) -> pd.DataFrame:
    """Return the rules that the filters of a view leave. `changes`: filters in place of its own, by
    name.
    """
    filters = {name: view[name] for name in RULE_FILTERS}
    filters["domain"] = view.domain
    filters.update(changes)
    return acts.find(view.tracker, view.day, **filters)


def chosen_events(view: View) -> pd.DataFrame:
    """Return the events that the filters of a view leave, the newest first."""
    filters = {name: view[name] for name in EVENT_FILTERS}
    filters["domain"] = view.domain
    return events.find(view.tracker, **filters, from_=view["from"], to=view["to"])


def in_words(view: View, *names: str) -> str:
    """Return in words those of the named filters that are set, and the period, with commas between
    them; empty where none is.
    """
    phrases = [filter_in_words(view, name) for name in names if is_chosen(view, name)]

    # Where there is no control `to`, as on Trends, `from` is the begin of a chart and no filter.
    has_period = is_chosen(view, "from") or is_chosen(view, "to")
    if has_period and "to" in view.entry.controls:
        phrases.append(_period_in_words(view))
    return ", ".join(phrases)


def is_chosen(view: View, name: str) -> bool:
    """Say whether the address sets a filter to something that narrows; false does so too."""
    return view.is_set(name) and view[name] not in (None, "", (), "all")


def filter_in_words(view: View, name: str) -> str:
    """Return what a filter that is set is set to, in words."""
    value = view[name]
    parameter = PARAMETERS[name]
    own_label = parameter.label.lower()
    labels = view.entry.options(view.tracker, name)
    match parameter.kind:
        case "text":
            return f"“{value}”"
        case "several":
            choices = words.joined([labels[code] for code in value], "or")
            # The labels alone, high or low, do not say of what.
            return f"{choices.lower()} confidence" if name == "confidence" else choices
        case "level":
            low, high = value
            levels = range(low, high + 1)
            return words.joined([view.labels[level] for level in levels], "or")
        case "day":
            return f"{own_label} {words.day(value)}"
        case "truth":
            return own_label if value else f"not {own_label}"
        case _:
            return labels[value]


def _period_in_words(view: View) -> str:
    """Return the period of a view: a year, or two days, or the last alone."""
    first = view["from"]
    # A page with a period has a last day by default.
    last = view["to"]
    if first is None:
        return f"to {words.day(last)}"

    # A year is whole up to its end, the newest up to the day of the data.
    year = last.year
    newest = view.tracker.data.opening_day
    if first == date(year, 1, 1) and last in (date(year, 12, 31), newest):
        return str(year)
    return f"{words.day(first)} to {words.day(last)}"
