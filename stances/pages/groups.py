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


def page(view: View) -> Page:
    """Return the page of a group: a cell for each member and year, the rule, the date."""
    tracker, day, domain, group = view.tracker, view.day, view.domain, view["group"]
    frame = members.members(tracker, group, day, domain)
    title, field = tracker.group_title(group, day), shared.field_of(view)
    years = members.levels_by_year(tracker, group, domain, day)
    return Page(
        headline=members.headline(tracker, group, day, domain),
        controls=shared.controls(view, "group", "domain", "as_of"),
        picture=("Groups as picture", "groups"),
        file=(f"{title} on {words.day(day)}", "members"),
        scope=f"{title}, {field}",
        paper=f"{title}, {field}, {words.day(day)}",
        blocks=[
            shared.key("used", "old"),
            Block("cells", _cells(view, frame, years), "members"),
        ],
    )


def _cells(view: View, frame: pd.DataFrame, years: pd.DataFrame) -> dict[str, Any]:
    columns = list(years["level"].columns)
    return {
        "years": columns[:-1],
        "count": len(frame),
        "now": "Now" if view.is_newest else words.day(view.day),
        "sections": [
            (heading, [_member(view, row, years.loc[row["actor"]]) for _, row in rows.iterrows()])
            for heading, rows in members.sections(view.tracker, frame)
        ],
    }


def _member(view: View, row: pd.Series, levels: pd.Series) -> dict[str, Any]:
    """Return a member's row: its cells, its rule, the date by which the subject must be out."""
    notes = [_part(view, row["deadline_part"]), "estimate" if row["deadline_estimate"] else ""]
    return {
        "actor": row["actor"],
        "cells": [_cell(view, row["actor"], column, levels) for column in levels["level"].index],
        "act_id": row["act_id"],
        "event_id": row["act_event_id"],
        "act_name": row["act_name"],
        "in_doubt": row["in_doubt"],
        "doubt": row["doubt"],
        "due": row["deadline_text"],
        "due_note": ", ".join(filter(None, notes)),
    }


def _cell(view: View, actor: str, column: str, levels: pd.Series) -> dict[str, Any]:
    level = shared.none_or(levels["level"][column])
    if level is None:
        return {"level": None}
    last = view.day if column == "now" else date(int(column), 12, 31)
    label = view.tracker.codebook.scale.labels[int(level)]
    said = f"{view.tracker.short[actor]}, {column}: {label}, {levels['rests_on'][column]}"
    return {
        "level": level,
        "is_old": bool(levels["is_old"][column]),
        "used": bool(levels["used"][column]),
        "href": view.link("events", actor=actor, to=last),
        "said": said,
    }


def _part(view: View, code: str) -> str:
    """Return which part of the networks a date is of, in a word; of other parts nothing."""
    parts = view.tracker.codebook.codes("acts.part")
    return words.within(parts[code]) if code in parts and code not in ("other", "all") else ""
