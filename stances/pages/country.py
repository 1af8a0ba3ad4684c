"""Countries: one government's or body's position, what binds it, why, its history and events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from stances import words
from stances.answers import acts, events, history, leads, stance
from stances.charts import country, ribbon
from stances.charts.png import Picture
from stances.dataset.codebook import OVERALL
from stances.links.view import View
from stances.pages import countries, pictures, shared
from stances.pages.block import Block, Control, Page
from stances.tables import BINDS, WHY

_EVENTS = 10
_SOURCES = 3
# With more rules than these a printed sheet leaves out what each asks, or sets them in two columns.
_MOST_WITH_OBLIGATION = 4
_MOST_IN_ONE_COLUMN = 12


def page(view: View) -> Page:
    """Return the page of an actor, printed as one sheet; of all where none is chosen."""
    tracker = view.tracker
    actor = view.actor
    if not actor:
        return countries.page(view)
    name = tracker.names[actor]
    lead = leads.lead(tracker, actor, view.day)
    rows = _events(view)
    latest = Block(
        "events",
        "events",
        title="Events",
        href=view.link("events", actor=actor),
        more=f"All {len(rows):,}" if len(rows) else "",
        frame=rows.head(_EVENTS),
        shape="al",  # the level in a column of its own
        aside="level",
        sourced=True,
        empty=f"Records begin in {tracker.codebook.first_date.year}.",
    )
    return Page(
        headline=shared.dated(view, lead.headline),
        controls=[
            *shared.controls(view, "actor", "as_of"),
            Control("link", "", "Compare", value=view.link("trends", actor=actor)),
        ],
        picture=(f"{name} as picture", "country"),
        file=(f"Events of {name}", "events"),
        scope=f"{name} alone, {view.field}",
        printed_title=f"{name}, all fields, {view.day_in_words}",
        blocks=[
            Block("lead", "lead", **_lead(view, lead)),
            _why(view, rows),
            _binds(view),
            latest,
        ],
    )


def picture(view: View) -> Picture:
    """Return the ribbons of an actor, one a field, with its acts and statements, as a picture."""
    if not view.actor:
        # Of whom nobody says, it is of the first who is featured.
        codes = [*view.tracker.about.featured, *view.tracker.actors]
        first_actor = next(code for code in codes if code in view.tracker.actors)
        view = replace(view, values={**view.values, "actor": (first_actor,)})
    rows = _events(view)
    fields = _fields(view, rows).values()
    first = shared.chart_start(view)
    chart = country.chart(list(fields), first, view.day, labels=view.labels)

    lead = leads.lead(view.tracker, view.actor, view.day)
    period = f"{first.year} to {view.day_in_words}"
    return pictures.picture(view, chart, lead.headline, period)


def _events(view: View) -> pd.DataFrame:
    """Return the events of the actor up to the day, the newest first."""
    return events.find(view.tracker, actor=(view.actor,), to=view.day)


def _lead(view: View, lead: leads.Lead) -> dict[str, Any]:
    """Return the data of the block: the level, then the rest of the written sentence, else the rule
    and the latest event.
    """
    level = lead.binds["level"]
    return {
        "level": shared.none_if_missing(level),
        "is_old": lead.binds["is_old"],
        "text": lead.rest,
        "holds": [] if lead.profile else _holds(view, lead),
        "sources": lead.sources.head(_SOURCES).to_dict("records"),
        # On an earlier day it would tell what was done since.
        "looked_to": view.tracker.looked_to.get(view.actor) if view.is_newest else None,
    }


def _holds(view: View, lead: leads.Lead) -> list[tuple[str, str, str]]:
    """Return what binds, and the newest scored event: what it is, its address, its words."""
    binding = shared.binding(view, lead.binds)
    holds = [binding] if binding else []
    act_id = lead.binds["act_id"]
    event_id = lead.binds["act_event_id"]
    latest = lead.latest
    if latest is None:
        return holds
    # An act without a line in the register is called as its event, which then is said already.
    if act_id or latest["event_id"] != event_id:
        day = words.day(latest["date"], latest["date_precision"])
        link = view.record_event(latest["event_id"])
        holds.append(("Latest scored", link, f"{latest['title']}, {day}"))
    return holds


def _fields(view: View, rows: pd.DataFrame) -> dict[str, country.Field]:
    """Return the fields of an actor by code: the ribbon of each, its level, and when something was
    last said. `rows`: the events of the actor, the newest first.
    """
    tracker = view.tracker
    actor = view.actor
    events = rows[["event_id", "domain", "date", "date_precision", "score", "binding", "title"]]
    fields = {}
    for domain, name in tracker.codebook.codes("domains").items():
        standing = stance.standing(tracker, actor, domain, view.day)
        events_of_field = events[events["domain"] == domain]
        fields[domain] = country.Field(
            name,
            runs=history.runs(tracker, actor, domain),
            events=events_of_field,
            level=standing["level"],
            is_old=standing["is_old"],
            instead=history.last_heard(events_of_field) if len(events_of_field) else "",
        )
    return fields


def _overall(view: View, rows: pd.DataFrame) -> country.Field:
    """Return the row of an actor over all fields; its events stand in theirs."""
    standing = stance.standing(view.tracker, view.actor, OVERALL, view.day)
    return country.Field(
        view.tracker.codebook.domain_label(OVERALL),
        runs=history.runs(view.tracker, view.actor, OVERALL),
        events=rows[:0],
        level=standing["level"],
        is_old=standing["is_old"],
    )


def _why(view: View, rows: pd.DataFrame) -> Block:
    """Return each field of an actor: its ribbon, its level with the reasons, or what was last
    said. `rows`: the events of the actor.
    """
    tracker = view.tracker
    day = view.day
    first = shared.chart_start(view)
    by_domain = _fields(view, rows)
    levels = pd.Series({domain: field.level for domain, field in by_domain.items()}).dropna()
    if len(levels):
        by_domain = {OVERALL: _overall(view, rows), **by_domain}
    opened = view.domain if view.is_set("domain") else ""
    # A field without a position leads on to the strongest.
    if opened in by_domain and opened != OVERALL and opened not in levels and len(levels):
        opened = str(levels.abs().idxmax())
    fields = []
    for domain, field in by_domain.items():
        spoken = f"{tracker.names[view.actor]}, {field.name}"
        row = {
            "code": domain,
            "name": field.name,
            "ribbon": ribbon.svg(
                field.runs, first, day, labels=view.labels, name=spoken, high=20, dots=field.events
            ),
            "level": field.level,
            "is_old": field.is_old,
            "why": stance.why(tracker, view.actor, domain, day),
            "open": domain == opened,
            "last": field.instead,
        }
        # Said is the newest event, which comes first.
        if field.instead:
            row["last_id"] = field.events["event_id"].iloc[0]
        fields.append(row)
    return Block("fields", "why", fields=fields, years=shared.ticks(first, day), cols=WHY)


def _binds(view: View) -> Block:
    """Return the table of what binds an actor, with what is counted in its heading."""
    rows = acts.binds(view.tracker, view.actor, view.day)
    title = "Rules"
    notes = []
    if len(rows):
        # A rule has a line in the register, an open case or a single act has none.
        rule_count = int((rows["act_id"] != "").sum())
        case_count = int(rows["open_case"].sum())
        counts = {
            "rule": rule_count,
            "act": len(rows) - rule_count - case_count,
            "open case": case_count,
        }
        parts = [words.plural(count, noun) for noun, count in counts.items() if count]
        title = f"{words.joined(parts)} in force"
        notes = ["blank: none known", "–: sets no level"]
        if not view.is_newest:
            notes.append(shared.day_of_wording(view))

    shape = "rules"
    if len(rows) > _MOST_WITH_OBLIGATION:
        shape += " long"
    if len(rows) > _MOST_IN_ONE_COLUMN:
        shape += " crowd"
    return Block(
        "table",
        "rules",
        title=title,
        small="\u2003".join(notes),
        frame=rows,
        cols=BINDS,
        shape=shape,
        once="domain",
        alone=True,
        dash=True,
        empty="No rule in force.",
    )
