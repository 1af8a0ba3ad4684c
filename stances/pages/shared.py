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
from stances.links.pages import RECORDS
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
    parameter, entry = PARAMETERS[name], view.entry
    usual = entry.default(view.tracker, name, view.values)
    label = label or parameter.label
    if parameter.kind == "day":
        first = view.tracker.codebook.first_date
        shown, start = (words.day(day or first) for day in (view[name], usual))
        return Control("day", name, label, shown, default=start)
    default = "" if usual is None else parameter.write(usual)
    text = view.texts.get(name, default)
    if parameter.kind == "text":
        return Control("search", name, label, text)
    options = [
        (parameter.write((code,) if parameter.kind == "several" else code), words_of)
        for code, words_of in view.entry.options(view.tracker, name).items()
    ]
    if not default:
        options.insert(0, ("", none or parameter.none))
    elif text not in dict(options):
        options.insert(0, (text, label))
    return Control("select", name, label, text, options, default)


def formats(view: View, name: str, **changes: Any) -> list[tuple[str, str]]:
    """Return the formats of a file of a view, each with its address; `changes`: see `View.file`."""
    ends = [end for end in sorted(FORMATS) if not (name in _LONG and end == "xlsx")]
    ends = ["csv"] if name.startswith("tables/") else ends
    labels = {end: "Parquet" if end == "parquet" else end.upper() for end in ends}
    return [(labels[end], view.file(name, end, **changes)) for end in ends]


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


def scale_bar(view: View, *keys: str) -> Block:
    """Return the scale bar with further keys: used, old, none, unscored."""
    return Block("key", {"keys": keys, "dot": stance.dot_label(view.tracker, view.domain)}, "key")


def ticks(first: date, last: date, step: int = 1) -> list[tuple[str, int]]:
    """Return the years between two days, each with its place in percent of the way."""
    whole = max((last - first).days, 1)
    years = range(first.year + (first > date(first.year, 1, 1)), last.year + 1, step)
    return [(f"{100 * (date(y, 1, 1) - first).days / whole:.2f}", y) for y in years]


def none_or(value: Any) -> Any:
    """Return a value of a frame, None where it is missing."""
    return None if pd.isna(value) else value


# -- tables ------------------------------------------------------------------------------------


def part(view: View, rows: pd.DataFrame, size: int) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """Return the part of a long table that is turned to, and the links around it."""
    total, at = len(rows), view["page"]
    if total <= size or at == ALL_ROWS:
        return rows, []
    at = min(at, (total - 1) // size + 1)
    start = (at - 1) * size
    links = []
    if start:
        links.append((view.link(page=at - 1), f"Previous {size}"))
    if start + size < total:
        links.append((view.link(page=at + 1), f"Next {min(size, total - start - size)}"))
    links.append((view.link(page=ALL_ROWS), f"Show all {total:,}"))
    return rows.iloc[start : start + size], links


def cleared(view: View) -> str:
    """Return the address of a page without anything that is chosen."""
    nothing: dict[str, Any] = dict.fromkeys(view.texts)
    return view.link(**nothing)


def taken_along(view: View, chosen: Sequence[Control]) -> list[tuple[str, str]]:
    """Return what the address names and a form has no control for, which it takes along."""
    names = {control.name for control in chosen} | {"page", *RECORDS.values()}
    return [(name, said) for name, said in view.texts.items() if name not in names]


def chips(view: View, chosen: Sequence[Control], filters: Sequence[str]) -> list[Control]:
    """Return a button for each filter that is set and none of the controls is for, to take it
    away.
    """
    shown = {control.name for control in chosen}
    return [
        Control("buttons", name, "Remove", options=[("", filtered.filter_in_words(view, name))])
        for name in filters
        if name not in shown and filtered.is_chosen(view, name)
    ]
