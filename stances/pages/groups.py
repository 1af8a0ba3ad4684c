"""Groups: who in a group has done what, what binds each member, and until when."""

from __future__ import annotations

from datetime import date
from typing import Any

from stances import words
from stances.answers import members
from stances.charts import cells
from stances.charts.png import Picture
from stances.links.view import View
from stances.pages import pictures, shared
from stances.pages.block import Block, Page
from stances.tables import MEMBERS

# Parts of networks that say nothing beside a date.
_NO_PART = ("all", "other")


def page(view: View) -> Page:
    """Return the page of a group: a cell for each member and year, the rule, the date."""
    group = view.tracker.group_title(view["group"], view.day)
    field = shared.field_of(view)
    day = words.day(view.day)
    return Page(
        headline=members.headline(view.tracker, view["group"], view.day, view.domain),
        controls=shared.controls(view, "group", "domain", "as_of"),
        picture=("Groups as picture", "groups"),
        file=(f"{group} on {day}", "members"),
        scope=f"{group}, {field}",
        paper=f"{group}, {field}, {day}",
        blocks=[shared.scale_bar(view, "used", "old"), Block("cells", _cells(view), "members")],
    )


def picture(view: View) -> Picture:
    """Return the members of a group through the years as a picture, with the rule of each."""
    tracker = view.tracker
    day = view.day
    rows = members.members(tracker, view["group"], day, view.domain)
    levels = members.levels_by_year(tracker, view["group"], view.domain, day)
    sections = [
        (heading, list(section.index)) for heading, section in members.sections(tracker, rows)
    ]
    rules = {str(actor): name for actor, name in rows["act_name"].fillna("").items()}
    last_column = "Now" if view.is_newest else f"{day.day} {day:%b}"
    labels = tracker.codebook.scale.labels
    chart = cells.chart(sections, levels, tracker.short, labels, rules, last_column)

    title = members.headline(tracker, view["group"], day, view.domain)
    group = tracker.group_title(view["group"], day)
    return pictures.picture(view, chart, title, group, f"ends of years and {words.day(day)}")


def _cells(view: View) -> dict[str, Any]:
    """Return the members in sections, and their cells by actor and column: each column has the day
    on which it ends.
    """
    tracker = view.tracker
    day = view.day
    rows = members.members(tracker, view["group"], day, view.domain)
    levels = members.levels_by_year(tracker, view["group"], view.domain, day)

    *years, newest = levels["level"].columns
    ends = {year: date(int(year), 12, 31) for year in years}
    ends[newest] = day

    # Templates take None for missing, not NaN.
    levels = levels.astype(object).where(levels.notna(), None)
    cells_by_place = levels.stack(level=1, future_stack=True).T.to_dict()

    parts = tracker.codebook.codes("acts.part")
    return {
        "cols": MEMBERS,
        "ends": ends,
        "cells": cells_by_place,
        "now": "Now" if view.is_newest else words.day(day),
        "sections": members.sections(tracker, rows),
        "worded": shared.worded(view),
        "parts": {code: words.within(parts[code]) for code in parts if code not in _NO_PART},
    }
