"""Rules: what is in force, and what falls due."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances import words
from stances.answers import acts, events
from stances.charts import registry as charts
from stances.charts import svg
from stances.links import filtered
from stances.links.pages import RULE_FILTERS
from stances.links.view import View
from stances.model.acts import IN_FORCE
from stances.pages import shared
from stances.pages.block import Block, Control, Page
from stances.tables import ACTS

_ROWS = 40
# What a reader narrows the register by, beside the field above it and the status within it.
_NARROWING = [name for name in RULE_FILTERS if name not in ("domain", "status")]
# Dates are of a field and of actors; the other filters are the register's alone.
_OF_DATES = dict.fromkeys(n for n in RULE_FILTERS if n not in ("domain", "actor", "group"))


def page(view: View) -> Page:
    """Return the dates ahead, and the register with its own search."""
    rows, every = filtered.chosen_rules(view), filtered.chosen_rules(view, status="all")
    blocks = [
        *_dates(view),
        Block("form", _form(view, rows, every), "register"),
        Block("table", _table(view, rows), "rules"),
    ]
    field = shared.field_of(view)
    return Page(
        headline=_headline(view, rows, every),
        controls=shared.controls(view, "domain", "as_of"),
        picture=("Dates as picture", "deadlines"),
        file=("Rules", "acts"),
        scope=", ".join(filter(None, [filtered.in_words(view, "actor", "group"), field])),
        only=_OF_DATES,
        paper=f"Rules, {field}, {words.day(view.day)}",
        blocks=blocks,
    )


def _headline(view: View, rows: pd.DataFrame, every: pd.DataFrame) -> str:
    """Say what is found; `every`: of any status."""
    status = ["status"] if view["status"] != IN_FORCE else []
    if filtered.in_words(view, *_NARROWING, *status):
        filters = filtered.in_words(view, "domain", *_NARROWING, *status)
        return acts.headline(view.tracker, view.day, rows, filters)
    # Of no filter it tells what falls due too, also of rules that are not in force yet.
    return acts.headline(view.tracker, view.day, every, domain=view.domain)


def _dates(view: View) -> list[Block]:
    """Return the dates by which the subject must be out as a chart, all others in a fold."""
    who = events.actors_of(view.tracker, view["actor"], view["group"], view.day)
    ahead = acts.dates_ahead(view.tracker, view.day, view.domain, who)
    is_main = ahead["kind"] == view.tracker.codebook.acts.leading
    others, drawn = ahead[~is_main], svg.on_page(charts.deadlines_of(view))
    title = f"{view.tracker.codebook.subject} out by"
    figure = {"title": title, "first": True, "svg": drawn, "empty": "No date ahead."}
    figure |= {"more": "Calendar", "href": view.file("deadlines", "ics", **_OF_DATES)}
    summary = words.plural(len(others), "other date")
    return [
        Block("figure", {**figure, "frame": ahead[is_main]}, "dates"),
        Block("fold", {"summary": summary, "frame": others, "shape": "cols"}, "others"),
    ]


def _form(view: View, rows: pd.DataFrame, every: pd.DataFrame) -> dict[str, Any]:
    """Return the controls of the register, with how many rules have each status."""
    tracker, counts = view.tracker, every["status"].value_counts()
    options = [
        (code, f"{label} {counts.get(code, 0)}")
        for code, label in view.entry.options(tracker, "status").items()
        if code != "all"
    ]
    status = Control("links", "status", "Status", view["status"], options)
    chosen = [
        shared.control(view, "q", "Search rules"),
        shared.control(view, "actor", "Government or group", "All governments"),
        shared.control(view, "applied"),
    ]
    chosen += [*shared.chips(view, chosen, _NARROWING), status]
    return {
        "title": "Register",
        "controls": chosen,
        "action": shared.cleared(view),
        "hidden": shared.taken_along(view, [c for c in chosen if c.kind in ("select", "search")]),
        "in_doubt": bool(rows["in_doubt"].any()),
        "worded": shared.worded(view),
        "unscored": int(rows["level"].isna().sum()),
    }


def _table(view: View, rows: pd.DataFrame) -> dict[str, Any]:
    part, links = shared.part(view, rows, _ROWS)
    look = {"shape": "reg", "once": "actor", "sorts": True, "dash": True}
    told = {"empty": "No rules match.", "clear": shared.cleared(view), "links": links}
    return {"frame": part, "cols": ACTS, **look, **told}
