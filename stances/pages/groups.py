"""Groups: who in a group has done what, what binds each member, and until when."""

from __future__ import annotations

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
    return Page(
        # Of a past day it says the day itself.
        headline=members.headline(view.tracker, view["group"], view.day, view.domain),
        controls=shared.controls(view),
        picture=("Groups as picture", "groups"),
        file=(f"{group} on {view.day_in_words}", "members"),
        scope=f"{group}, {view.field}",
        printed_title=f"{group}, {view.field}, {view.day_in_words}",
        blocks=[shared.scale_bar(view, "used", "old", "blank"), _cells(view)],
    )


def picture(view: View) -> Picture:
    """Return the members of a group through the years as a picture, with the rule of each."""
    tracker = view.tracker
    day = view.day
    group = view["group"]
    rows = members.members(tracker, group, day, view.domain)
    chart = cells.chart(
        members.sections(tracker, rows),
        by_place=_by_place(view),
        names=tracker.short,
        labels=view.labels,
        notes=dict(rows["act_name"]),
        last_column="Now" if view.is_newest else f"{day.day} {day:%b}",
    )

    title = members.headline(tracker, group, day, view.domain)
    group_title = tracker.group_title(group, day)
    days = f"ends of years and {view.day_in_words}"
    return pictures.picture(view, chart, title, group_title, days)


def _cells(view: View) -> Block:
    """Return the members in sections, and their cells by actor and column."""
    tracker = view.tracker
    rows = members.members(tracker, view["group"], view.day, view.domain)
    parts = {}
    for code, label in tracker.codebook.codes("acts.part").items():
        if code not in _NO_PART:
            parts[code] = words.within(label)
    return Block(
        "cells",
        "members",
        frame=rows,
        cols=MEMBERS,
        cells=_by_place(view),
        now="Now" if view.is_newest else view.day_in_words,
        sections=members.sections(tracker, rows),
        worded=shared.day_of_wording(view),
        parts=parts,
    )


def _by_place(view: View) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of `members.levels_by_year` by actor and column."""
    levels = members.levels_by_year(view.tracker, view["group"], view.domain, view.day)
    rows: Any = levels.to_dict("records")
    return {(row["actor"], row["column"]): row for row in rows}
