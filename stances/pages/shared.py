"""What several pages say alike: controls from the register of links, years on an axis, dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any

import pandas as pd

from stances import words
from stances.answers import leads, stance
from stances.answers.export import FORMATS
from stances.answers.tracker import OLD_DAYS
from stances.links import filtered
from stances.links.pages import PAGES, RECORDS
from stances.links.parameters import ALL_ROWS, PARAMETERS
from stances.links.view import View
from stances.pages.block import Block, Control, Link

# Controls that are fields of a form.
_FIELDS = ("select", "day", "search")
# Files with more rows than a workbook can open.
_TOO_LONG_FOR_XLSX = ("series", "groups")
# Days: a chart of less than these has nothing to show.
_HARDLY_LATER = 31


def controls(view: View) -> list[Control]:
    """Return the controls of a page as the register of pages names them."""
    return [control(view, name) for name in view.entry.controls]


def control(view: View, name: str, label: str = "", none: str = "", word: str = "") -> Control:
    """Return the control of a parameter by its kind. `label`, and `none`, what it says while
    nothing is chosen: where these are not the parameter's own; `word`: what stands before a day.
    """
    parameter = PARAMETERS[name]
    label = label if label else parameter.label
    # None: nothing is chosen by default.
    default_value = view.entry.default(view.tracker, name, view.values)
    if parameter.kind == "day":
        # A period without a first day begins with the data.
        first = view.tracker.codebook.first_date
        day = view[name] if view[name] else first
        default = words.day(default_value if default_value else first)
        return Control("day", name, label, words.day(day), default=default, word=word)

    default = "" if default_value is None else parameter.write(default_value)
    text = view.texts.get(name, default)
    if parameter.kind == "text":
        return Control("search", name, label, text)

    options = []
    # Without a default nothing can be chosen too.
    if not default:
        options.append(("", none if none else parameter.none))
    for code, option in view.entry.options(view.tracker, name).items():
        options.append((parameter.write(code), option))
    return Control("select", name, label, text, options, default)


def formats(view: View, name: str, **changes: Any) -> list[tuple[str, str]]:
    """Return the formats of a file of a view, each in words and with its address; `name`,
    `changes`: see `View.file`.
    """
    endings = sorted(FORMATS)
    # Tables are given as they lie in the data folder.
    if name.startswith("tables/"):
        endings = ["csv"]
    if name in _TOO_LONG_FOR_XLSX:
        endings.remove("xlsx")

    links = []
    for ending in endings:
        label = "Parquet" if ending == "parquet" else ending.upper()
        links.append((label, view.file(name, ending, **changes)))
    return links


def scope(view: View) -> str:
    """Return whose rows the filters of a view leave, and in which field."""
    whose = filtered.in_words(view, "actor", "group")
    return f"{whose}, {view.field}" if whose else view.field


def dated(view: View, headline: str) -> str:
    """Return what is said of a day with that day before it, unless it is the newest: whoever quotes
    "can limit" of 2019 quotes the year with it.
    """
    day = view.day_in_words
    if view.is_newest or day in headline:
        return headline
    return f"{day}: {headline}"


def day_of_wording(view: View) -> str:
    """Return what stands beside rules on a past day, of which day their words are: texts have no
    date of their own. Empty on the newest.
    """
    if view.is_newest:
        return ""
    newest = words.day(view.tracker.data.opening_day)
    return f"Rules in the words of {newest}"


def binding(view: View, standing: pd.Series) -> tuple[str, str, str] | None:
    """Return what binds on the day: what it is, its address, its name; None: nothing does, as for
    a group. `standing`: as of `stance.standing`.
    """
    event_id = standing["act_event_id"]
    if not event_id:
        return None
    act_id = standing["act_id"]
    # An act without a line in the register is known by its event alone.
    link = view.record_act(act_id) if act_id else view.record_event(event_id)
    kind, name = leads.what_binds(view.tracker, standing, view.day)
    return kind, link, name


def no_date(view: View) -> str:
    """Return what stands in place of the dates of the kind that leads, where none is ahead."""
    return f"No {view.tracker.codebook.acts.leading} date ahead"


def scale_bar(view: View, *keys: str) -> Block:
    """Return the scale bar with further keys, of those in `key.html`: used (a dot), old, none,
    blank, unscored.
    """
    dot = stance.dot_label(view.tracker, view.domain)
    return Block("key", keys=keys, dot=dot, old_years=OLD_DAYS // 365)


def chart_start(view: View) -> date:
    """Return the first day of charts over time: that chosen, else that of the page of trends; where
    the day shown is hardly later, the first of all.
    """
    first: date | None = view["from"]
    if first is None:
        first = PAGES["trends"].default(view.tracker, "from", view.values)
    period = view.day - first
    if period.days <= _HARDLY_LATER:
        return view.tracker.codebook.first_date
    return first


def links_of_periods(view: View, periods: Iterable[pd.Period]) -> dict[pd.Period, str]:
    """Return the address of the events of each period, on the days of it that the data has."""
    tracker = view.tracker
    links = {}
    for period in periods:
        first = max(period.start_time.date(), tracker.codebook.first_date)
        last = min(period.end_time.date(), tracker.data.opening_day)
        links[period] = view.link("events", from_=first, to=last)
    return links


def ticks(first: date, last: date) -> list[tuple[str, int]]:
    """Return the years that begin between two days, each behind the place of its first day, in per
    cent of the way: ("8.25", 2021).
    """
    # Of one and the same day nothing is divided by zero.
    period = max(last - first, timedelta(1))
    ticks = []
    for new_year in pd.date_range(first, last, freq="YS"):
        percent = 100 * (new_year.date() - first) / period
        ticks.append((f"{percent:.2f}", new_year.year))
    return ticks


def none_if_missing(value: Any) -> Any:
    """Return a value of a frame, None where it is missing (NaN): templates ask for None."""
    return None if pd.isna(value) else value


# -- tables ------------------------------------------------------------------------------------


def long_table(view: View, rows: pd.DataFrame, size: int, id: str, **data: Any) -> Block:
    """Return a table of which `size` rows are shown at a time; `data`: see `Block`."""
    frame, links = part(view, rows, size, id)
    return Block("table", id, frame=frame, links=links, sorts=True, clear=cleared(view), **data)


def part(
    view: View, rows: pd.DataFrame, size: int, id: str
) -> tuple[pd.DataFrame, dict[str, Link]]:
    """Return the rows of a long table on the page of it that is turned to, and the links to the
    others ("next", "all", "previous"), each of which leads to the top of the table, the block `id`.
    """
    total = len(rows)
    page = view["page"]
    if total <= size or page == ALL_ROWS:
        return rows, {}

    # Who turns too far sees the last.
    page = min(page, ceil(total / size))
    end = page * size
    start = end - size

    top = f"s-{id}"
    links = {}
    if end < total:
        count = min(size, total - end)
        links["next"] = (view.link(anchor=top, page=page + 1), f"Next {count}")
    links["all"] = (view.link(anchor=top, page=ALL_ROWS), f"Show all {total:,}")
    if start > 0:
        links["previous"] = (view.link(anchor=top, page=page - 1), f"Previous {size}")
    return rows.iloc[start:end], links


def cleared(view: View) -> str:
    """Return the address of a page without anything that is chosen."""
    # None takes a parameter out of the address.
    unset: dict[str, Any] = dict.fromkeys(view.texts)
    return view.link(**unset)


def taken_along(view: View, controls: Sequence[Control]) -> dict[str, str]:
    """Return what the address names and a form has no field for, by name: the form takes it along
    in hidden ones.
    """
    fields = {control.name for control in controls if control.kind in _FIELDS}
    # Other rows begin on their first page.
    left_out = {"page", *RECORDS.values(), *fields}
    return {name: text for name, text in view.texts.items() if name not in left_out}


def chips(view: View, controls: Sequence[Control], filters: Sequence[str]) -> list[Control]:
    """Return a button for each filter that is set and none of the controls is for, to take it
    away.
    """
    with_control = {control.name for control in controls}
    chips = []
    for name in filters:
        if name not in with_control and filtered.is_chosen(view, name):
            option = ("", filtered.filter_in_words(view, name))
            chips.append(Control("buttons", name, "Remove", options=[option]))
    return chips
