"""Countries: one government's or body's position, what binds it, why, its history and events."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances import words
from stances.answers import acts, events, history, leads, stance
from stances.charts import ribbon
from stances.charts.registry import since
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Control, Page
from stances.tables import BINDS, WHY

_EVENTS, _SOURCES = 10, 3
# With more rules than these a printed sheet leaves out what each asks, or sets them in two columns.
_SHORT, _LONG = 4, 12


def page(view: View) -> Page:
    """Return the page of an actor, printed as one sheet."""
    tracker, day, actor = view.tracker, view.day, view.actor
    name, lead = tracker.names[actor], leads.lead(tracker, actor, day)
    found = events.find(tracker, actor=(actor,), to=day)
    listed = {
        "title": "Events",
        "href": view.link("events", actor=actor),
        "more": f"All {len(found):,}" if len(found) else "",
        "frame": found.head(_EVENTS),
        "shape": "al",
        "aside": "level",
        "sourced": True,
        "empty": f"Records begin in {tracker.codebook.first_date.year}.",
    }
    fields = [
        _field(view, code, found[found["domain"] == code]) for code in tracker.codebook.domains
    ]
    years = shared.ticks(since(view), day)
    return Page(
        headline=shared.dated(view, lead.headline),
        controls=[
            *shared.controls(view, "actor", "as_of"),
            Control("link", "", "Compare", view.link("trends", actor=actor)),
        ],
        picture=(f"{name} as picture", "country"),
        file=(f"Events of {name}", "events"),
        scope=f"{name}, {shared.field_of(view)}",
        paper=f"{name}, all fields, {words.day(day)}",
        blocks=[
            Block("lead", _lead(view, lead), "lead"),
            Block("fields", {"fields": fields, "years": years, "cols": WHY}, "why"),
            Block("table", _binds(view), "rules"),
            Block("events", listed, "events"),
        ],
    )


def _lead(view: View, lead: leads.Lead) -> dict[str, Any]:
    """Return the level, then the rest of the written sentence, else the rule and the latest."""
    now, holds = lead.binds, []
    if not lead.profile and now["act_event_id"]:
        what, told = leads.what_binds(view.tracker, now, view.day)
        act, event = now["act_id"], now["act_event_id"]
        holds.append((what, view.record_act(act) if act else view.record_event(event), told))
    row = lead.latest
    # An act without a line in the register is called as its event, which then is said already.
    if (
        not lead.profile
        and row is not None
        and (now["act_id"] or row["event_id"] != now["act_event_id"])
    ):
        told = f"{row['title']}, {words.day(row['date'], row['date_precision'])}"
        holds.append(("Latest", view.record_event(row["event_id"]), told))
    return {
        "level": shared.none_or(now["level"]),
        "is_old": bool(now["is_old"]),
        "text": lead.rest,
        "holds": holds,
        "sources": lead.sources.head(_SOURCES).to_dict("records"),
    }


def _field(view: View, domain: str, found: pd.DataFrame) -> dict[str, Any]:
    """Return a field of an actor: its ribbon, its level with the reasons, or what was last said."""
    tracker, day, actor = view.tracker, view.day, view.actor
    labels, name = tracker.codebook.scale.labels, tracker.codebook.domains[domain].label
    now, runs = stance.standing(tracker, actor, domain, day), history.runs(tracker, actor, domain)
    said = f"{tracker.names[actor]}, {name}"
    field = {
        "code": domain,
        "name": name,
        "ribbon": ribbon.svg(runs, since(view), day, labels, said, 20, found),
        "level": shared.none_or(now["level"]),
        "is_old": bool(now["is_old"]),
        "why": stance.why(tracker, actor, domain, day),
        "open": view.is_set("domain") and view.domain == domain,
    }
    if len(found):
        field |= {"last": history.last_heard(found), "last_id": found["event_id"].iloc[0]}
    return field


def _binds(view: View) -> dict[str, Any]:
    frame = acts.binds(view.tracker, view.actor, view.day)
    cases = int(frame["open_case"].sum()) if len(frame) else 0
    lines = int((frame["act_id"] != "").sum()) if len(frame) else 0
    counts = (lines, "rule"), (len(frame) - lines - cases, "act"), (cases, "open case")
    parts = [words.plural(count, noun) for count, noun in counts if count]
    shape = "rules" + " long" * (len(frame) > _SHORT) + " crowd" * (len(frame) > _LONG)
    look = {"shape": shape, "once": "domain", "told": True, "dash": True}
    notes = ["blank: not known", "–: sets no level", shared.worded(view)]
    small = "\u2003".join(filter(None, notes)) if parts else ""
    title = f"{words.joined(parts)} in force" if parts else "Rules"
    told = {"title": title, "small": small, "empty": "No rule in force."}
    return {"frame": frame, "cols": BINDS, **look, **told}
