"""What several pages say alike: controls from the register of links, years on an axis, dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
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


def controls(view: View, *names: str) -> list[Control]:
    """Return the controls of a page by the names of their parameters."""
    return [control(view, name) for name in names]


def control(view: View, name: str, label: str = "", none: str = "") -> Control:
    """Return the control of a parameter by its kind; `none`: what it says while nothing is chosen,
    where that is not the parameter's own.
    """
    parameter = PARAMETERS[name]
    label = label if label else parameter.label
    none = none if none else parameter.none
    default_value = view.entry.default(view.tracker, name, view.values)
    if parameter.kind == "day":
        first = view.tracker.codebook.first_date
        day = view[name] if view[name] else first
        text = words.day(day)
        default = words.day(default_value if default_value else first)
        return Control("day", name, label, value=text, default=default)

    default = "" if default_value is None else parameter.write(default_value)
    text = view.texts.get(name, default)
    if parameter.kind == "text":
        return Control("search", name, label, value=text)

    options = []
    for code, option in view.entry.options(view.tracker, name).items():
        value = (code,) if parameter.kind == "several" else code
        options.append((parameter.write(value), option))

    if not default:
        options.insert(0, ("", none))
    return Control("select", name, label, value=text, options=options, default=default)


def formats(view: View, name: str, **changes: Any) -> list[tuple[str, str]]:
    """Return the formats of a file of a view, each in words and with its address; `changes`: of the
    view's parameters, see `View.file`.
    """
    endings = sorted(FORMATS)
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
    """Return what binds on the day: what it is, its address, its name; None: nothing does.
    `standing`: a row of `stance.standings`.
    """
    act_id = standing["act_id"]
    event_id = standing["act_event_id"]
    if not event_id:
        return None
    kind, name = leads.what_binds(view.tracker, standing, view.day)
    link = view.record_act(act_id) if act_id else view.record_event(event_id)
    return kind, link, name


def no_date(view: View) -> str:
    """Return what stands in place of the dates of the kind that leads, where none is ahead."""
    return f"No {view.tracker.codebook.acts.leading} date ahead"


def scale_bar(view: View, *keys: str) -> Block:
    """Return the scale bar with further keys: used, old, none, blank, unscored."""
    dot = stance.dot_label(view.tracker, view.domain)
    return Block("key", "key", keys=keys, dot=dot, old_years=OLD_DAYS // 365)


def chart_start(view: View) -> date:
    """Return the first day of charts over time: that chosen, else that of the page of trends; where
    the day shown is hardly later, the first of all.
    """
    first: date | None = view["from"]
    if first is None:
        # Where the page of trends begins, all charts begin.
        first = PAGES["trends"].default(view.tracker, "from", view.values)
    period = view.day - first
    if period.days <= _HARDLY_LATER:
        return view.tracker.codebook.first_date
    return first


def links_of_periods(view: View, periods: Iterable[pd.Period]) -> dict[pd.Period, str]:
    """Return the address of the events of each period, on the days of it that the data has."""
    data = view.tracker.data
    links = {}
    for period in periods:
        first = max(period.start_time.date(), data.codebook.first_date)
        last = min(period.end_time.date(), data.opening_day)
        links[period] = view.link("events", from_=first, to=last)
    return links


def ticks(first: date, last: date) -> list[tuple[str, int]]:
    """Return the years between two days, each with its place in percent of the way."""
    period = max(last - first, timedelta(1))
    ticks = []
    for year in range(first.year, last.year + 1):
        since_first = date(year, 1, 1) - first
        # The first year has begun before, unless on its first day.
        if since_first.days >= 0:
            percent = 100 * since_first / period
            ticks.append((f"{percent:.2f}", year))
    return ticks


def none_if_missing(value: Any) -> Any:
    """Return a value of a frame, None where it is missing (NaN): templates ask for None."""
    return None if pd.isna(value) else value


# -- tables ------------------------------------------------------------------------------------


def long_table(view: View, rows: pd.DataFrame, size: int, id: str, **data: Any) -> Block:
    """Return a table of which `size` rows are shown at a time; `data`: what is its own."""
    frame, links = part(view, rows, size, id)
    clear = cleared(view)
    return Block("table", id, frame=frame, links=links, sorts=True, clear=clear, **data)


def part(
    view: View, rows: pd.DataFrame, size: int, id: str
) -> tuple[pd.DataFrame, dict[str, Link]]:
    """Return the rows of a long table on the page of it that is turned to, and the links to the
    others, each of which leads to the top of the table: "next", "all", "previous".
    """
    total = len(rows)
    page = view["page"]
    if total <= size or page == ALL_ROWS:
        return rows, {}

    last_page = (total - 1) // size + 1
    page = min(page, last_page)
    start = (page - 1) * size
    end = start + size

    links = {}
    if page < last_page:
        link = view.link(anchor=f"s-{id}", page=page + 1)
        count = min(size, total - end)
        links["next"] = (link, f"Next {count}")
    link = view.link(anchor=f"s-{id}", page=ALL_ROWS)
    links["all"] = (link, f"Show all {total:,}")
    if page > 1:
        link = view.link(anchor=f"s-{id}", page=page - 1)
        links["previous"] = (link, f"Previous {size}")
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
