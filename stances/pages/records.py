"""The records: one event, and one rule, with all that is known of each."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import pandas as pd

from stances import words
from stances.answers import acts, events
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Page


def event(view: View) -> Page:
    """Return the record of an event: what happened, its sources, its level and its rule."""
    tracker = view.tracker
    found = events.record(tracker, view["event"])
    row, actor = found["event"], found["event"]["actor"]
    domain = tracker.codebook.domains[row["domain"]].label
    when = words.day(row["date"], row["date_precision"])
    facts = [
        ("Level", _level(row["score"], chip=True)),
        ("Kind", tracker.codebook.instruments[row["instrument"]].label),
        ("Date", when),
        ("Field", domain),
        ("Level before", _level(found["before"])),
        ("Level after", _level(found["after"])),
        ("Speaker", row["speaker"]),
        ("Confidence", words.capital(row["confidence"])),
    ]
    around = {"title": f"{tracker.short[actor]}, {words.within(domain)}", "frame": found["around"]}
    scores = {"title": words.plural(len(found["codings"]), "score"), "frame": found["codings"]}
    adopted = found["acts"]["act_id"].isin(acts.register(tracker, view.day).index)
    rules = [
        (view.record_act(one.act_id), one.name, "") for one in found["acts"][adopted].itertuples()
    ]
    return Page(
        headline=row["title"],
        crumbs=[(view.link("events"), "Events"), _of_actor(view, actor)],
        file=("Events", "events"),
        scope=f"{tracker.short[actor]}, {shared.field_of(view)}",
        only={"actor": (actor,)},
        paper=f"Event, {domain}, {when}",
        blocks=[
            Block("note", {"lead": row["summary"], "note": row["note"]}, "record", "wide"),
            _sources(found["sources"]),
            Block(
                "scores", {**scores, "coders": tracker.codebook.codes("coders")}, "scores", "wide"
            ),
            Block("facts", {"facts": facts}, "facts", "narrow"),
            *_under("Rule" if len(rules) == 1 else "Rules", rules),
            Block("events", around, "around", "narrow"),
            _report(view, row["event_id"], row["title"]),
        ],
    )


def act(view: View) -> Page:
    """Return the record of a rule: what it asks, its dates, its sources, how it stands."""
    tracker, codebook = view.tracker, view.tracker.codebook
    found = acts.record(tracker, view["act"])
    row, actor = found["act"], found["act"]["actor"]
    domain = codebook.domains[row["domain"]].label
    scopes, aims = codebook.codes("acts.scope"), codebook.codes("acts.aim")
    covers = [scopes[code] for code in row["scope"].split(";") if code]
    facts = [
        ("Level", _level(row["level"], chip=True) or "Sets no level"),
        ("Status", acts.STATUS_LABELS[row["status"]] if row["binds"] else ""),
        ("Kind", "" if row["binds"] else row["instrument"]),
        (f"Used on {codebook.subject}", acts.USED_LABELS[row["applied"]] or "Not known"),
        ("Since", words.partial(row["since"])),
        ("Field", domain),
        ("Covers", ", ".join(covers)),
        ("Aim", aims.get(row["aim"], "")),
        ("Penalty", words.capital(row["penalty"])),
        ("Ended", words.partial(row["ended"])),
        ("In practice", row["applied_what"] or row["practice"]),
    ]
    asked = f"{row['obligation'].rstrip('.')}."
    note = {"lead": asked, "doubt": row["doubt"], "note": row["note"]}
    dates = {"title": "Dates", "frame": found["dates"], "own": True}
    legal = row["legal_reference"] or row["legal_url"]
    text = [(row["legal_url"], legal, "")] if row["legal_url"] else [legal] if legal else []
    brought_by = [] if found["event"] is None else [row["event_id"]]
    ended_by = [row["ended_by"]] if row["ended_by"] else []
    return Page(
        headline=row["name"],
        crumbs=[(view.link("acts"), "Rules"), _of_actor(view, actor)],
        file=("Rules", "acts"),
        scope=f"{tracker.short[actor]}, {shared.field_of(view)}",
        only={"actor": (actor,)},
        paper=f"Rule, {domain}, {words.day(view.day)}",
        blocks=[
            Block("note", note, "record", "wide"),
            Block("dates", dates, "dates", "wide"),
            _sources(found["sources"]),
            Block("facts", {"facts": facts}, "facts", "narrow"),
            *_under("Legal text", text),
            *_under("Event", [_of_event(view, code) for code in brought_by]),
            *_under("Ended by", [_of_event(view, code) for code in ended_by]),
            _report(view, row["act_id"], row["name"]),
        ],
    )


def _of_event(view: View, event_id: str) -> tuple[str, str, str]:
    return view.record_event(event_id), str(view.tracker.events.loc[event_id, "title"]), ""


def _level(level: Any, chip: bool = False) -> Any:
    return "" if pd.isna(level) else {"level": level, "chip": chip}


def _of_actor(view: View, actor: str) -> tuple[str, str]:
    if actor in view.tracker.actors:
        return view.link("actor", actor=actor), view.tracker.short[actor]
    return view.link("events", actor=actor), view.tracker.short[actor]


def _sources(sources: pd.DataFrame) -> Block:
    title = words.plural(len(sources), "source")
    return Block("sources", {"title": title, "frame": sources}, "sources", "wide")


def _under(title: str, parts: list[Any]) -> list[Block]:
    if not parts:
        return []
    joined = [part for one in parts for part in (one, ", ")][:-1]
    return [Block("text", {"title": title, "parts": joined}, title.lower()[:5], "narrow")]


def _report(view: View, code: str, title: str) -> Block:
    """Return the way to report an error: the contact of the edition, a text to copy."""
    about, version = view.tracker.about, view.tracker.data.version
    lines = [title, f"Id: {code}", f"Version: {version}", f"Link: {view.shared}", "What is wrong: "]
    address = about.contact
    query = {"subject": f"{about.title}: {code}", "body": "\r\n".join(lines)}
    if address.startswith("mailto:"):
        address += f"?{urlencode(query, quote_via=quote)}"
    return Block("report", {"address": address, "told": "\n".join(lines)}, "report", "narrow")
