"""What several pages say alike: controls from the register of links, years on an axis, dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from stances import words
from stances.answers import stance
from stances.answers.export import FORMATS
from stances.dataset.codebook import OVERALL
from stances.links import filtered
from stances.links.pages import PAGES, RECORDS
from stances.links.parameters import ALL_ROWS, PARAMETERS
from stances.links.view import View
from stances.pages.block import Block, Control

# What has more rows than a workbook can open.
_LONG = ("series", "groups")


def controls(view: View, *names: str) -> list[Control]:
    """Return the controls of a page by the names of their parameters."""
    return [control(view, name) for name in names]


def control(view: View, name: str, label: str = "", none: str = "") -> Control:
    """Return the control of a parameter by its kind; `none`: what it says while nothing is chosen,
    where that is not the parameter's own.
    """
    parameter = PARAMETERS[name]
    usual = view.entry.default(view.tracker, name, view.values)
    label = label or parameter.label
    if parameter.kind == "day":
        first = view.tracker.codebook.first_date
        shown_day = words.day(view[name] or first)
        return Control("day", name, label, shown_day, default=words.day(usual or first))

    default = "" if usual is None else parameter.write(usual)
    text = view.texts.get(name, default)
    if parameter.kind == "text":
        return Control("search", name, label, text)

    options = []
    for code, option in view.entry.options(view.tracker, name).items():
        value = (code,) if parameter.kind == "several" else code
        options.append((parameter.write(value), option))
    if not default:
        options.insert(0, ("", none or parameter.none))
    elif text not in dict(options):
        options.insert(0, (text, label))
    return Control("select", name, label, text, options, default)


def formats(view: View, name: str, **changes: Any) -> list[tuple[str, str]]:
    """Return the formats of a file of a view, each with its address; `changes`: see `View.file`."""
    if name.startswith("tables/"):
        return [("CSV", view.file(name, "csv", **changes))]
    formats = []
    for ending in sorted(FORMATS):
        if name in _LONG and ending == "xlsx":
            continue
        label = "Parquet" if ending == "parquet" else ending.upper()
        formats.append((label, view.file(name, ending, **changes)))
    return formats


def field_of(view: View) -> str:
    """Return the name of the field that is shown, for the middle of a sentence."""
    label = view.tracker.codebook.domain_label(view.domain)
    return "all fields" if view.domain == OVERALL else words.within(label)


def dated(view: View, headline: str) -> str:
    """Return what is said of a day with that day before it, unless it is the newest: whoever quotes
    "can limit" of 2019 quotes the year with it.
    """
    day = words.day(view.day)
    return headline if view.is_newest or day in headline else f"{day}: {headline}"


def worded(view: View) -> str:
    """Return what stands beside rules on a past day: their texts have no date of their own."""
    newest = words.day(view.tracker.data.opening_day)
    return "" if view.is_newest else f"Rules in the words of {newest}"


def no_date(view: View) -> str:
    """Return what stands in place of the dates of the kind that leads, where none is ahead."""
    return f"No {view.tracker.codebook.acts.leading} date ahead"


def scale_bar(view: View, *keys: str) -> Block:
    """Return the scale bar with further keys: used, old, none, unscored."""
    dot = stance.dot_label(view.tracker, view.domain)
    return Block("key", {"keys": keys, "dot": dot}, "key")


def chart_start(view: View) -> date:
    """Return the first day of charts over time: that chosen, else of the latest period of the
    dashboard; where the day shown is hardly later, the first of all.
    """
    first: date = view.values.get("from") or PAGES["trends"].default(
        view.tracker, "from", view.values
    )
    is_short = (view.day - first).days <= 31
    return view.tracker.codebook.first_date if is_short else first


def days_of_year(view: View, year: int) -> dict[str, Any]:
    """Return the days of a year that the data has, as parameters of the page of events."""
    data = view.tracker.data
    first = max(date(year, 1, 1), data.codebook.first_date)
    return {"from_": first, "to": min(date(year, 12, 31), data.opening_day)}


def ticks(first: date, last: date) -> list[tuple[str, int]]:
    """Return the years between two days, each with its place in percent of the way."""
    whole = max((last - first).days, 1)
    ticks = []
    for year in range(first.year, last.year + 1):
        days = (date(year, 1, 1) - first).days
        if days >= 0:
            ticks.append((f"{100 * days / whole:.2f}", year))
    return ticks


def none_or(value: Any) -> Any:
    """Return a value of a frame, None where it is missing."""
    return None if pd.isna(value) else value


# -- tables ------------------------------------------------------------------------------------


def part(view: View, rows: pd.DataFrame, size: int) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """Return the part of a long table that is turned to, and the links around it."""
    total = len(rows)
    turned_to = view["page"]
    if total <= size or turned_to == ALL_ROWS:
        return rows, []

    last_page = (total - 1) // size + 1
    page = min(turned_to, last_page)
    start = (page - 1) * size
    links = []
    if page > 1:
        links.append((view.link(page=page - 1), f"Previous {size}"))
    if page < last_page:
        links.append((view.link(page=page + 1), f"Next {min(size, total - start - size)}"))
    links.append((view.link(page=ALL_ROWS), f"Show all {total:,}"))
    return rows.iloc[start : start + size], links


def cleared(view: View) -> str:
    """Return the address of a page without anything that is chosen."""
    nothing: dict[str, Any] = dict.fromkeys(view.texts)
    return view.link(**nothing)


def taken_along(view: View, chosen: Sequence[Control]) -> list[tuple[str, str]]:
    """Return what the address names and a form has no control for, which it takes along."""
    passed_over = {"page", *RECORDS.values(), *(control.name for control in chosen)}
    return [(name, text) for name, text in view.texts.items() if name not in passed_over]


def chips(view: View, chosen: Sequence[Control], filters: Sequence[str]) -> list[Control]:
    """Return a button for each filter that is set and none of the controls is for, to take it
    away.
    """
    with_control = {control.name for control in chosen}
    buttons = []
    for name in filters:
        if name not in with_control and filtered.is_chosen(view, name):
            option = ("", filtered.filter_in_words(view, name))
            buttons.append(Control("buttons", name, "Remove", options=[option]))
    return buttons
