"""Countries: one government's or body's position, what binds it, why, its history and events."""

from __future__ import annotations

from dataclasses import replace

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

# So many of the newest events, and of the sources of the lead, are shown.
_EVENTS = 10
_SOURCES = 3
# With more rules a printed sheet leaves out what each asks; with more still it has two columns.
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
        shape="aligned",
        aside="level",
        sourced=True,
        empty=f"Records begin in {tracker.codebook.first_date.year}.",
    )
    return Page(
        headline=shared.dated(view, lead.headline),
        controls=[
            *shared.controls(view),
            Control("link", "", "Compare", value=view.link("trends", actor=actor)),
        ],
        picture=(f"{name} as picture", "country"),
        file=(f"Events of {name}", "events"),
        scope=f"{name} alone, {view.field}",
        printed_title=f"{name}, all fields, {view.day_in_words}",
        blocks=[
            _lead(view, lead),
            _why(view, rows),
            _binds(view),
            latest,
        ],
    )


def picture(view: View) -> Picture:
    """Return the ribbons of an actor, one a field, with its acts and statements, as a picture."""
    tracker = view.tracker
    if not view.actor:
        # Of whom nobody says, it is of the first who is featured (groups are too), else of any.
        codes = [*tracker.about.featured, *tracker.actors]
        first_actor = next(code for code in codes if code in tracker.actors)
        view = replace(view, values={**view.values, "actor": (first_actor,)})
    fields = _fields(view, _events(view))
    first = shared.chart_start(view)
    chart = country.chart(list(fields.values()), first, view.day, labels=view.labels)

    lead = leads.lead(tracker, view.actor, view.day)
    return pictures.picture(view, chart, lead.headline, f"{first.year} to {view.day_in_words}")


def _events(view: View) -> pd.DataFrame:
    """Return the events of the actor up to the day, as `events.find`, the newest first."""
    return events.find(view.tracker, actor=(view.actor,), to=view.day)


def _lead(view: View, lead: leads.Lead) -> Block:
    """Return the level, then the rest of the written sentence, else what binds and the newest
    scored event (each what it is, its address, its words), and the sources.
    """
    binding = shared.binding(view, lead.binds)
    holds = [binding] if binding else []
    latest = lead.latest
    # An act without a line in the register is called as its event, which then is said already.
    is_said = not lead.binds["act_id"] and lead.binds["act_event_id"] == lead.binds["last_event_id"]
    if latest is not None and not is_said:
        day = words.day(latest["date"], latest["date_precision"])
        link = view.record_event(latest["event_id"])
        holds.append(("Latest scored", link, f"{latest['title']}, {day}"))
    return Block(
        "lead",
        level=shared.none_if_missing(lead.binds["level"]),
        is_old=lead.binds["is_old"],
        text=lead.rest,
        holds=[] if lead.profile else holds,
        sources=lead.sources.head(_SOURCES).to_dict("records"),
        # On an earlier day it would tell what was done since.
        looked_to=view.tracker.looked_to.get(view.actor) if view.is_newest else None,
    )


def _fields(view: View, rows: pd.DataFrame) -> dict[str, country.Field]:
    """Return the fields of an actor by code: the ribbon of each, its level, and when something was
    last said. `rows`: the events of the actor, as `_events`.
    """
    tracker = view.tracker
    fields = {}
    for domain, name in tracker.codebook.codes("domains").items():
        standing = stance.standing(tracker, view.actor, domain, view.day)
        events_of_field = rows[rows["domain"] == domain]
        fields[domain] = country.Field(
            name,
            runs=history.runs(tracker, view.actor, domain),
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
    said. `rows`: the events of the actor, as `_events`.
    """
    tracker = view.tracker
    actor = view.actor
    day = view.day
    first = shared.chart_start(view)
    fields = _fields(view, rows)
    opened = view.domain if view.is_set("domain") else ""
    levels = pd.Series({domain: field.level for domain, field in fields.items()}).dropna()
    if len(levels):
        # A field without a position leads on to the strongest.
        if opened in fields and opened not in levels:
            opened = str(levels.abs().idxmax())
        fields = {OVERALL: _overall(view, rows), **fields}
    ribbons = {}
    reasons = {}
    turns = {}
    for domain, field in fields.items():
        ribbons[domain] = ribbon.svg(
            field.runs,
            first,
            day,
            labels=view.labels,
            name=f"{tracker.names[actor]}, {field.name}",
            high=20,
            dots=field.events,
        )
        if pd.notna(field.level):
            reasons[domain] = stance.why(tracker, actor, domain, day)
            turns[domain] = history.turns(tracker, actor, domain, day)
    return Block(
        "fields",
        "why",
        fields=fields,
        opened=opened,
        ribbons=ribbons,
        reasons=reasons,
        turns=turns,
        years=shared.ticks(first, day),
        cols=WHY,
    )


def _binds(view: View) -> Block:
    """Return the table of what binds an actor, with what is counted in its heading."""
    rows = acts.binds(view.tracker, view.actor, view.day)
    title = "Rules"
    notes = []
    if len(rows):
        # A rule has a line in the register, an open case or a single act has none.
        rule_count = sum(rows["act_id"] != "")
        case_count = sum(rows["open_case"])
        act_count = len(rows) - rule_count - case_count
        counts = {"rule": rule_count, "act": act_count, "open case": case_count}
        parts = [words.plural(count, noun) for noun, count in counts.items() if count]
        title = f"{words.joined(parts)} in force"
        notes = ["blank: none known", "–: sets no level"]
        if not view.is_newest:
            notes.append(shared.day_of_wording(view))

    # For print (style.css): "long" leaves out what rules ask, "crowd" sets them in two columns.
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
