"""Countries: one government's or body's position, what binds it, why, its history and events."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances import words
from stances.answers import events, history, register, stance, text
from stances.charts import ribbon
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Control, Page
from stances.tables import BINDS

_EVENTS, _SOURCES = 10, 3


def page(view: View) -> Page:
    """Return the page of an actor, printed as one sheet."""
    tracker, day, actor = view.tracker, view.day, view.actor
    name = tracker.names[actor]
    lead = text.lead(tracker, actor, day)
    found = events.find(tracker, actor=(actor,), to=day)
    compare = Control("link", "", "Compare", view.link("trends", actor=(actor,)))
    blocks = [
        Block("lead", _lead(view, lead), "lead"),
        Block("fields", _ribbons(view, found), "why"),
        Block("table", _binds(view), "rules"),
        Block(
            "list",
            {
                "title": "Events",
                "href": view.link("events", actor=(actor,)),
                "more": f"All {len(found):,}",
                "lines": _lines(view, found.head(_EVENTS)),
                "shape": "al",
                "empty": f"Records begin in {tracker.codebook.first_date.year}.",
            },
            "events",
        ),
    ]
    return Page(
        headline=lead.headline,
        controls=[*shared.controls(view, "actor", "as_of"), compare],
        picture=(f"{name} as picture", "country"),
        file=(f"Events of {name}", "events"),
        scope=shared.scope(view, name),
        paper=f"{name}, all fields, {words.day(day)}",
        blocks=blocks,
    )


def _lead(view: View, lead: text.Lead) -> dict[str, Any]:
    """Return the level, then the rest of the written sentence, else the rule and the latest."""
    now, holds = lead.binds, []
    if not lead.profile and now["act_event_id"]:
        event = view.tracker.events.loc[now["act_event_id"]]
        name = event["title"]
        href = view.record_event(now["act_event_id"])
        if now["act_id"]:
            acts = register.acts(view.tracker, view.day)
            name, href = acts.loc[now["act_id"], "name"], view.record_act(now["act_id"])
        holds.append(("Rule", href, name))
    if not lead.profile and lead.latest is not None:
        row = lead.latest
        told = f"{row['title']}, {shared.event_day(row)}"
        holds.append(("Latest", view.record_event(row["event_id"]), told))
    return {
        "level": shared.none_or(now["level"]),
        "is_old": bool(now["is_old"]),
        "text": lead.rest,
        "holds": holds,
        "sources": lead.sources.head(_SOURCES).to_dict("records"),
    }


def _ribbons(view: View, found: pd.DataFrame) -> dict[str, Any]:
    first = shared.start(view)
    domains = view.tracker.codebook.domains
    fields = [_field(view, code, found[found["domain"] == code]) for code in domains]
    return {"fields": fields, "years": shared.ticks(first, view.day)}


def _field(view: View, domain: str, found: pd.DataFrame) -> dict[str, Any]:
    """Return a field of an actor: its ribbon, its level with the reasons, or what was last said."""
    tracker, day, actor = view.tracker, view.day, view.actor
    label = tracker.codebook.domains[domain].label
    now = stance.standing(tracker, actor, domain, day)
    scored = found[found["score"].notna()]
    last = None if scored.empty else scored.iloc[0]
    return {
        "code": domain,
        "name": label,
        "ribbon": ribbon.svg(
            history.runs(tracker, actor, domain),
            shared.start(view),
            day,
            tracker.codebook.scale.labels,
            f"{tracker.names[actor]}, {label}",
            20,
            found[["date", "binding", "title"]],
        ),
        "level": shared.none_or(now["level"]),
        "is_old": bool(now["is_old"]),
        "last": "" if last is None else words.day(last["date"], _month(last["date_precision"])),
        "last_id": "" if last is None else last["event_id"],
        "why": [
            {
                "event_id": row.event_id,
                "title": row.title,
                "when": words.day(row.date, row.date_precision),
                "iso": f"{row.date:%Y-%m-%d}",
                "score": row.score,
                "weight": f"{row.weight:.2f}",
                "share": f"{100 * row.share:.0f}%",
            }
            for row in stance.why(tracker, actor, domain, day).itertuples()
        ],
        "open": view.is_set("domain") and view.domain == domain,
    }


def _month(precision: str) -> str:
    return "year" if precision == "year" else "month"


def _binds(view: View) -> dict[str, Any]:
    frame = register.binds(view.tracker, view.actor, view.day)
    cases = int(frame["open_case"].sum()) if len(frame) else 0
    rules = len(frame) - cases
    parts = [words.plural(rules, "rule")] if rules else []
    parts += [words.plural(cases, "open case")] if cases else []
    title = f"{words.joined(parts)} in force" if parts else "Rules"
    look = {"shape": "rules", "once": "domain", "told": True, "dash": True}
    small = "blank: not known \u2003–: sets no level" if parts else ""
    told = {"title": title, "small": small, "empty": "No rule in force."}
    return {"frame": frame, "cols": BINDS, **look, **told}


def _lines(view: View, found: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "when": words.day(row.date, row.date_precision),
            "href": view.record_event(row.event_id),
            "text": row.title,
            "note": row.source,
            "level": shared.none_or(row.score),
        }
        for row in found.itertuples()
    ]
