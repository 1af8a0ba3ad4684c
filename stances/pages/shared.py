"""What several pages say alike: controls from the register of links, years on an axis, dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from stances import words
from stances.answers import events, register
from stances.answers.export import FORMATS
from stances.dataset.codebook import OVERALL
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


def formats(view: View, name: str) -> list[tuple[str, str]]:
    """Return the formats of a file of a view, each with its address."""
    ends = [end for end in sorted(FORMATS) if not (name in _LONG and end == "xlsx")]
    ends = ["csv"] if name.startswith("tables/") else ends
    return [("Parquet" if end == "parquet" else end.upper(), view.file(name, end)) for end in ends]


def field_of(view: View) -> str:
    """Return the name of the field that is shown, for the middle of a sentence."""
    label = view.tracker.codebook.domain_label(view.domain)
    return "all fields" if view.domain == OVERALL else words.within(label)


def scale_bar(*keys: str) -> Block:
    """Return the scale bar with further keys: used, old, none, unscored."""
    return Block("key", {"keys": keys}, "key")


def ticks(first: date, last: date, step: int = 1) -> list[tuple[str, int]]:
    """Return the years between two days, each with its place in percent of the way."""
    whole = max((last - first).days, 1)
    years = range(first.year + (first > date(first.year, 1, 1)), last.year + 1, step)
    return [(f"{100 * (date(y, 1, 1) - first).days / whole:.2f}", y) for y in years]


def none_or(value: Any) -> Any:
    """Return a value of a frame, None where it is missing."""
    return None if pd.isna(value) else value


# -- tables ------------------------------------------------------------------------------------


def part(view: View, found: pd.DataFrame, size: int) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """Return the part of a long table that is turned to, and the links around it."""
    total, at = len(found), view["page"]
    if total <= size or at == ALL_ROWS:
        return found, []
    start = min((at - 1) * size, (total - 1) // size * size)
    links = []
    if start:
        links.append((view.link(page=at - 1), f"Previous {size}"))
    if start + size < total:
        links.append((view.link(page=at + 1), f"Next {min(size, total - start - size)}"))
    links.append((view.link(page=ALL_ROWS), f"Show all {total:,}"))
    return found.iloc[start : start + size], links


def rules_found(view: View, **others: Any) -> pd.DataFrame:
    """Return the rules that the filters of a view leave; `others`: in place of its own."""
    names = ("q", "actor", "group", "domain", "status", "applied", "scope", "aim", "deadline")
    filters = {name: view[name] for name in names} | {"domain": view.domain} | others
    return register.find(view.tracker, view.day, **filters)


def events_found(view: View) -> pd.DataFrame:
    """Return the events that the filters of a view leave, the newest first."""
    names = ("q", "actor", "group", "instrument", "level", "confidence", "counted", "to")
    filters = {name: view[name] for name in names} | {"domain": view.domain, "from_": view["from"]}
    return events.find(view.tracker, **filters)


def filters(view: View, *names: str) -> str:
    """Return the filters that are set in words, as they are chosen, joined by commas."""
    said = [filter_words(view, name) for name in names if is_chosen(view, name)]
    if "to" in view.entry.controls and (is_chosen(view, "from") or is_chosen(view, "to")):
        said.append(dates_of(view))
    return ", ".join(said)


def is_chosen(view: View, name: str) -> bool:
    """Say whether the address sets a filter, and not to what leaves all."""
    return view.is_set(name) and view[name] not in (None, "", (), "all")


def filter_words(view: View, name: str) -> str:
    """Return what a filter is set to in words."""
    value, labels = view[name], view.entry.options(view.tracker, name)
    match PARAMETERS[name].kind:
        case "text":
            return f"“{value}”"
        case "several":
            said = words.joined([labels[code] for code in value], "or")
            return f"{said.lower()} confidence" if name == "confidence" else said
        case "level":
            scale = view.tracker.codebook.scale.labels
            return words.joined([scale[n] for n in range(value[0], value[1] + 1)], "or")
        case "truth":
            return "scored" if value else "not scored"
        case _:
            return labels[value]


def dates_of(view: View) -> str:
    """Return the period of a view: a year, or two days, or the last alone."""
    first, last = view["from"], view["to"]
    if first is None:
        return f"to {words.day(last)}"
    is_year = (first.month, first.day, first.year) == (1, 1, last.year)
    if is_year and last in (date(last.year, 12, 31), view.tracker.data.opening_day):
        return str(first.year)
    return f"{words.day(first)} to {words.day(last)}"


def cleared(view: View) -> str:
    """Return the address of a page without anything that is chosen."""
    nothing: dict[str, Any] = dict.fromkeys(view.texts)
    return view.link(**nothing)


def taken_along(view: View, chosen: Sequence[Control]) -> list[tuple[str, str]]:
    """Return what the address names and a form has no control for, which it takes along."""
    names = {control.name for control in chosen} | {"page", *RECORDS.values()}
    return [(name, said) for name, said in view.texts.items() if name not in names]


def chips(view: View, *names: str) -> list[Control]:
    """Return a button for each filter that is set and has no other control, to take it away."""
    return [
        Control("buttons", name, "Remove", options=[("", filter_words(view, name))])
        for name in names
        if is_chosen(view, name)
    ]
