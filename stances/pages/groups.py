"""Groups: who in a group has done what, what binds each member, and until when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from stances import words
from stances.answers import members
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Page
from stances.tables import MEMBERS

# Parts of networks that say nothing beside a date.
_NO_PART = ("all", "other")


def page(view: View) -> Page:
    """Return the page of a group: a cell for each member and year, the rule, the date."""
    tracker, day, domain, group = view.tracker, view.day, view.domain, view["group"]
    title, field = tracker.group_title(group, day), shared.field_of(view)
    return Page(
        headline=members.headline(tracker, group, day, domain),
        controls=shared.controls(view, "group", "domain", "as_of"),
        picture=("Groups as picture", "groups"),
        file=(f"{title} on {words.day(day)}", "members"),
        scope=f"{title}, {field}",
        paper=f"{title}, {field}, {words.day(day)}",
        blocks=[shared.scale_bar(view, "used", "old"), Block("cells", _cells(view), "members")],
    )


def _cells(view: View) -> dict[str, Any]:
    """Return the members in sections, and their cells by actor and column: each column has the day
    on which it ends.
    """
    tracker, day, shown = view.tracker, view.day, (view["group"], view.day, view.domain)
    levels = members.levels_by_year(tracker, view["group"], view.domain, day)
    columns = levels["level"].columns
    cells = levels.stack(level=1, future_stack=True).T.to_dict()
    parts = tracker.codebook.codes("acts.part")
    return {
        "cols": MEMBERS,
        "ends": {c: day if c == columns[-1] else date(int(c), 12, 31) for c in columns},
        "cells": {
            place: {name: None if pd.isna(value) else value for name, value in cell.items()}
            for place, cell in cells.items()
        },
        "now": "Now" if view.is_newest else words.day(day),
        "sections": members.sections(tracker, members.members(tracker, *shown)),
        "worded": shared.worded(view),
        "parts": {code: words.within(parts[code]) for code in parts if code not in _NO_PART},
    }
