"""Countries: one government's or body's position, what binds it, why, its history and events."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances import words
from stances.answers import acts, events, history, leads, stance
from stances.charts import country, ribbon
from stances.charts.png import Picture
from stances.links.view import View
from stances.pages import pictures, shared
from stances.pages.block import Block, Control, Page
from stances.tables import BINDS, WHY

_EVENTS = 10
_SOURCES = 3
# With more rules than these a printed sheet leaves out what each asks, or sets them in two columns.
_SHORT = 4
_LONG = 12


def page(view: View) -> Page:
    """Return the page of an actor, printed as one sheet."""
    tracker = view.tracker
    day = view.day
    actor = view.actor
    name = tracker.names[actor]
    lead = leads.lead(tracker, actor, day)
    rows = events.find(tracker, actor=(actor,), to=day)
    listed = {
        "title": "Events",
        "href": view.link("events", actor=actor),
        "more": f"All {len(rows):,}" if len(rows) else "",
        "frame": rows.head(_EVENTS),
        "shape": "al",
        "aside": "level",
        "sourced": True,
        "empty": f"Records begin in {tracker.codebook.first_date.year}.",
    }
    years = shared.ticks(shared.chart_start(view), day)
    return Page(
        headline=shared.dated(view, lead.headline),
        controls=[
            *shared.controls(view, "actor", "as_of"),
            Control("link", "", "Compare", view.link("trends", actor=actor)),
        ],
        picture=(f"{name} as picture", "country"),
        file=(f"Events of {name}", "events"),
        scope=f"{name} alone, {shared.field_of(view)}",
        paper=f"{name}, all fields, {words.day(day)}",
        blocks=[
            Block("lead", _lead(view, lead), "lead"),
            Block("fields", {"fields": _fields(view, rows), "years": years, "cols": WHY}, "why"),
            Block("table", _binds(view), "rules"),
            Block("events", listed, "events"),
        ],
    )


def picture(view: View) -> Picture:
    """Return the ribbons of an actor, one a field, with its acts and statements, as a picture."""
    tracker = view.tracker
    day = view.day
    rows = events.find(tracker, actor=(view.actor,), to=day)
    fields = []
    for domain, label in tracker.codebook.codes("domains").items():
        standing = stance.standing(tracker, view.actor, domain, day)
        events_of_field = rows[rows["domain"] == domain]
        field = country.Field(
            name=label,
            runs=history.runs(tracker, view.actor, domain),
            events=events_of_field,
            level=float(standing["level"]),
            is_old=bool(standing["is_old"]),
            instead=history.last_heard(events_of_field) if len(events_of_field) else "",
        )
        fields.append(field)

    first = shared.chart_start(view)
    chart = country.chart(fields, first, day, tracker.codebook.scale.labels)
    title = leads.lead(tracker, view.actor, day).headline
    return pictures.picture(view, chart, title, f"{first.year} to {words.day(day)}")


def _lead(view: View, lead: leads.Lead) -> dict[str, Any]:
    """Return the level, then the rest of the written sentence, else the rule and the latest."""
    standing = lead.binds
    latest = lead.latest
    holds = []
    if not lead.profile and standing["act_event_id"]:
        kind, name = leads.what_binds(view.tracker, standing, view.day)
        link = view.record_event(standing["act_event_id"])
        if standing["act_id"]:
            link = view.record_act(standing["act_id"])
        holds.append((kind, link, name))

    if not lead.profile and latest is not None:
        # An act without a line in the register is called as its event, which then is said already.
        is_new = latest["event_id"] != standing["act_event_id"]
        if standing["act_id"] or is_new:
            day = words.day(latest["date"], latest["date_precision"])
            link = view.record_event(latest["event_id"])
            holds.append(("Latest scored", link, f"{latest['title']}, {day}"))

    return {
        "level": shared.none_or(standing["level"]),
        "is_old": bool(standing["is_old"]),
        "text": lead.rest,
        "holds": holds,
        "sources": lead.sources.head(_SOURCES).to_dict("records"),
        "looked_to": view.tracker.looked_to.get(view.actor),
    }


def _fields(view: View, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each field of an actor: its ribbon, its level with the reasons, or what was last
    said. `rows`: the events of the actor.
    """
    tracker = view.tracker
    day = view.day
    actor = view.actor
    first = shared.chart_start(view)
    labels = tracker.codebook.scale.labels
    fields = []
    for domain, name in tracker.codebook.codes("domains").items():
        standing = stance.standing(tracker, actor, domain, day)
        runs = history.runs(tracker, actor, domain)
        events_of_field = rows[rows["domain"] == domain]
        spoken = f"{tracker.names[actor]}, {name}"
        field = {
            "code": domain,
            "name": name,
            "ribbon": ribbon.svg(runs, first, day, labels, spoken, 20, events_of_field),
            "level": shared.none_or(standing["level"]),
            "is_old": bool(standing["is_old"]),
            "why": stance.why(tracker, actor, domain, day),
            "open": view.is_set("domain") and view.domain == domain,
        }
        if len(events_of_field):
            field["last"] = history.last_heard(events_of_field)
            field["last_id"] = events_of_field["event_id"].iloc[0]
        fields.append(field)
    return fields


def _binds(view: View) -> dict[str, Any]:
    """Return the table of what binds an actor, with what is counted in its heading."""
    rows = acts.binds(view.tracker, view.actor, view.day)
    table = {
        "frame": rows,
        "cols": BINDS,
        "once": "domain",
        "alone": True,
        "dash": True,
        "empty": "No rule in force.",
    }
    if rows.empty:
        return {**table, "title": "Rules", "small": "", "shape": "rules"}

    cases = int(rows["open_case"].sum())
    rules = int((rows["act_id"] != "").sum())
    others = len(rows) - rules - cases
    counts = [(rules, "rule"), (others, "act"), (cases, "open case")]
    parts = [words.plural(count, noun) for count, noun in counts if count]

    shape = "rules"
    if len(rows) > _SHORT:
        shape += " long"
    if len(rows) > _LONG:
        shape += " crowd"

    notes = ["blank: none known", "–: sets no level"]
    if not view.is_newest:
        notes.append(shared.worded(view))
    title = f"{words.joined(parts)} in force"
    return {**table, "title": title, "small": "\u2003".join(notes), "shape": shape}
