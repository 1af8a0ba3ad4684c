"""Rules: what is in force, and what falls due."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances import words
from stances.answers import register
from stances.charts import register as charts
from stances.charts import svg
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Control, Page
from stances.tables import ACTS

_ROWS = 40


def page(view: View) -> Page:
    """Return the dates ahead, and the register with its own search."""
    tracker, day = view.tracker, view.day
    found = shared.rules_found(view)
    ahead = shared.dates_ahead(view, view.domain, general=True)
    removals = ahead[ahead["kind"] == tracker.codebook.acts.leading]
    others = ahead.drop(index=removals.index)
    blocks = [
        Block("figure", _removals(view, removals), "dates"),
        Block("fold", _others(view, others), "others"),
        Block("form", _form(view, found), "register"),
        Block("table", _table(view, found), "rules"),
    ]
    field = shared.field_of(view)
    return Page(
        headline=_headline(view, found),
        controls=shared.controls(view, "domain", "as_of"),
        picture=("Dates as picture", "deadlines"),
        file=("Rules", "acts"),
        scope=", ".join(filter(None, [shared.filters(view, "actor", "group"), field])),
        paper=f"Rules, {field}, {words.day(day)}",
        blocks=blocks,
    )


def _headline(view: View, found: pd.DataFrame) -> str:
    names = ["q", "actor", "group", "applied", "scope", "aim", "deadline"]
    if view["status"] != register.IN_FORCE:
        names.append("status")
    if filters := shared.filters(view, *names):
        return register.headline(view.tracker, view.day, found, filters)
    return register.headline(view.tracker, view.day, shared.rules_found(view, status="all"))


def _removals(view: View, removals: pd.DataFrame) -> dict[str, Any]:
    drawn = charts.deadlines_of(view)
    return {
        "title": f"{view.tracker.codebook.subject} out by",
        "first": True,
        "svg": svg.page(drawn),
        "lines": shared.date_lines(view, removals.itertuples()),
        "empty": "No date ahead.",
    }


def _others(view: View, others: pd.DataFrame) -> dict[str, Any]:
    lines = shared.date_lines(view, others.itertuples())
    return {"summary": words.plural(len(others), "other date"), "lines": lines, "shape": "cols"}


def _form(view: View, found: pd.DataFrame) -> dict[str, Any]:
    """Return the controls of the register, with how many rules have each status."""
    tracker = view.tracker
    everything = shared.rules_found(view, status="all")
    counts = everything["status"].value_counts()
    options = [
        (code, f"{label} {counts.get(code, 0)}")
        for code, label in view.entry.options(tracker, "status").items()
        if code != "all"
    ]
    status = Control("links", "status", "Status", view["status"], options)
    return {
        "title": "Register",
        "controls": [
            shared.control(view, "q", "Search rules"),
            shared.control(view, "actor", "Government or group", "All governments"),
            shared.control(view, "applied"),
            *shared.chips(view, "scope", "aim", "deadline"),
            status,
        ],
        "in_doubt": bool(found["in_doubt"].any()),
        "unscored": int(found["level"].isna().sum()),
    }


def _table(view: View, found: pd.DataFrame) -> dict[str, Any]:
    rows, links = shared.part(view, found, _ROWS)
    cleared = view.link(**dict.fromkeys(view.texts))
    look = {"shape": "reg", "once": "actor", "sorts": True, "dash": True}
    told = {"empty": "No rules match.", "clear": cleared, "links": links}
    return {"frame": rows, "cols": ACTS, **look, **told}
