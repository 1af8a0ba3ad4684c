"""Rules: what is in force, and what falls due."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances import words
from stances.answers import acts, events
from stances.charts import deadlines, svg
from stances.charts.plot import Chart
from stances.charts.png import Picture
from stances.links import filtered
from stances.links.pages import RULE_FILTERS
from stances.links.view import View
from stances.model.acts import IN_FORCE
from stances.pages import pictures, shared
from stances.pages.block import Block, Control, Page
from stances.tables import ACTS

_ROWS = 40
# What a reader narrows the register by, beside the field above it and the status within it.
_NARROWING = [name for name in RULE_FILTERS if name not in ("domain", "status")]
# Dates are of a field and of actors; the other filters are the register's alone.
_OF_DATES = dict.fromkeys(n for n in RULE_FILTERS if n not in ("domain", "actor", "group"))


def page(view: View) -> Page:
    """Return the dates ahead, and the register with its own search."""
    rows = filtered.chosen_rules(view)
    rows_of_any_status = filtered.chosen_rules(view, status="all")
    field = shared.field_of(view)
    whose = filtered.in_words(view, "actor", "group")
    return Page(
        headline=_headline(view, rows, rows_of_any_status),
        controls=shared.controls(view, "domain", "as_of"),
        picture=("Dates as picture", "deadlines"),
        file=("Rules", "acts"),
        scope=f"{whose}, {field}" if whose else field,
        only=_OF_DATES,
        paper=f"Rules, {field}, {words.day(view.day)}",
        blocks=[
            *_dates(view),
            Block("form", _form(view, rows, rows_of_any_status), "register"),
            Block("table", _table(view, rows), "rules"),
        ],
    )


def picture(view: View) -> Picture:
    """Return the dates ahead by which equipment must be out as a picture."""
    actors = events.actors_of(view.tracker, view["actor"], view["group"], view.day)
    removals = acts.removals(view.tracker, view.day, view.domain, actors)
    subject = view.tracker.codebook.subject
    title = f"{subject} out by"
    if removals.empty:
        title = shared.no_date(view)
    return pictures.picture(view, _chart(view, removals), title, f"rules of {words.day(view.day)}")


def _headline(view: View, rows: pd.DataFrame, rows_of_any_status: pd.DataFrame) -> str:
    """Say what is found."""
    filters = list(_NARROWING)
    if view["status"] != IN_FORCE:
        filters.append("status")
    if filtered.in_words(view, *filters):
        chosen = filtered.in_words(view, "domain", *filters)
        return shared.dated(view, acts.headline(view.tracker, view.day, rows, chosen))
    # Of no filter it tells what falls due too, also of rules that are not in force yet.
    return acts.headline(view.tracker, view.day, rows_of_any_status, domain=view.domain)


def _chart(view: View, removals: pd.DataFrame) -> Chart:
    links = {act_id: view.record_act(act_id) for act_id in removals["act_id"]}
    clock = acts.clock(view.tracker, view.day)
    return deadlines.chart(removals, view.tracker.short, clock, links)


def _dates(view: View) -> list[Block]:
    """Return the dates by which the subject must be out as a chart, all others in a fold."""
    codebook = view.tracker.codebook
    actors = events.actors_of(view.tracker, view["actor"], view["group"], view.day)
    ahead = acts.dates_ahead(view.tracker, view.day, view.domain, actors)
    is_removal = ahead["kind"] == codebook.acts.leading
    removals = ahead[is_removal]
    others = ahead[~is_removal]
    figure = {
        "title": f"{codebook.subject} out by",
        "first": True,
        "svg": svg.on_page(_chart(view, removals)),
        "frame": removals,
        "empty": f"{shared.no_date(view)}.",
        "more": "Calendar",
        "href": view.file("deadlines", "ics", **_OF_DATES),
    }
    summary = words.plural(len(others), "other date")
    return [
        Block("figure", figure, "dates"),
        Block("fold", {"summary": summary, "frame": others, "shape": "cols"}, "others"),
    ]


def _form(view: View, rows: pd.DataFrame, rows_of_any_status: pd.DataFrame) -> dict[str, Any]:
    """Return the controls of the register, with how many rules have each status."""
    counts = rows_of_any_status["status"].value_counts()
    labels = view.entry.options(view.tracker, "status")
    options = [
        (code, f"{label} {counts.get(code, 0)}") for code, label in labels.items() if code != "all"
    ]
    controls = [
        shared.control(view, "q", "Search rules"),
        shared.control(view, "actor", "Government or group", "All governments"),
        shared.control(view, "applied"),
    ]
    controls += shared.chips(view, controls, _NARROWING)
    controls.append(Control("links", "status", "Status", view["status"], options))
    fields = [control for control in controls if control.kind in ("select", "search")]
    return {
        "title": "Register",
        "controls": controls,
        "action": shared.cleared(view),
        "hidden": shared.taken_along(view, fields),
        "in_doubt": bool(rows["in_doubt"].any()),
        "worded": shared.worded(view),
        "unscored": int(rows["level"].isna().sum()),
    }


def _table(view: View, rows: pd.DataFrame) -> dict[str, Any]:
    part, links = shared.part(view, rows, _ROWS)
    return {
        "frame": part,
        "cols": ACTS,
        "shape": "reg",
        "once": "actor",
        "sorts": True,
        "dash": True,
        "empty": "No rules match.",
        "clear": shared.cleared(view),
        "links": links,
    }
