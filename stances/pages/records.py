"""The records: one event, and one rule, with all that is known of each."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import pandas as pd

from stances import words
from stances.answers import acts, events
from stances.dataset.schema import LIST_SEPARATOR
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Page


def event(view: View) -> Page:
    """Return the record of an event: what happened, its sources, its level and its rule."""
    tracker = view.tracker
    codebook = view.tracker.codebook
    record = events.record(tracker, view["event"])
    row = record["event"]
    actor = tracker.short[row["actor"]]
    domain = codebook.domains[row["domain"]].label
    day = words.day(row["date"], row["date_precision"])
    facts = [
        ("Level", _level(row["score"], chip=True)),
        ("Kind", codebook.instruments[row["instrument"]].label),
        ("Date", day),
        ("Field", domain),
        ("Level before", _level(record["before"])),
        ("Level after", _level(record["after"])),
        ("Speaker", row["speaker"]),
        ("Confidence", words.capital(row["confidence"])),
    ]
    scores = {
        "title": words.plural(len(record["codings"]), "score"),
        "frame": record["codings"],
        "coders": view.tracker.data.coder_labels,
    }
    is_adopted = record["acts"]["act_id"].isin(acts.register(tracker, view.day).index)
    rules = [
        (view.record_act(rule.act_id), rule.name)
        for rule in record["acts"][is_adopted].itertuples()
    ]
    around = {"title": f"{actor}, {words.within(domain)}", "frame": record["around"]}
    return Page(
        headline=row["title"],
        crumbs=[(view.link("events"), "Events"), _link_of_actor(view, row["actor"])],
        file=("Events", "events"),
        scope=f"{actor}, {shared.field_of(view)}",
        only={"actor": (row["actor"],)},
        paper=f"Event, {domain}, {day}",
        blocks=[
            Block("note", {"lead": row["summary"], "note": row["note"]}, "record", "wide"),
            _sources(record["sources"]),
            Block("scores", scores, "scores", "wide"),
            Block("facts", {"facts": facts}, "facts", "narrow"),
            *_links("Rule" if len(rules) == 1 else "Rules", rules),
            Block("events", around, "around", "narrow"),
            _report(view, row["event_id"], row["title"]),
        ],
    )


def act(view: View) -> Page:
    """Return the record of a rule: what it asks, its dates, its sources, how it stands."""
    tracker = view.tracker
    codebook = view.tracker.codebook
    record = acts.record(tracker, view["act"])
    row = record["act"]
    domain = codebook.domains[row["domain"]].label
    facts = [("Level", _level(row["level"], chip=True) or "Sets no level")]
    # What has no force of its own is named by its kind, and has no status.
    if row["binds"]:
        facts.append(("Status", acts.STATUS_LABELS[row["status"]]))
    else:
        facts.append(("Kind", row["instrument"]))
    scopes = codebook.codes("acts.scope")
    covered = [scopes[code] for code in row["scope"].split(LIST_SEPARATOR) if code]
    facts += [
        (f"Used on {codebook.subject}", acts.USED_LABELS[row["applied"]] or "Not known"),
        ("Since", words.partial(row["since"])),
        ("Field", domain),
        ("Covers", ", ".join(covered)),
        ("Aim", codebook.codes("acts.aim").get(row["aim"], "")),
        ("Penalty", words.capital(row["penalty"])),
        ("Ended", words.partial(row["ended"])),
        ("In practice", row["applied_what"] or row["practice"]),
    ]
    obligation = f"{row['obligation'].rstrip('.')}."
    note = {"lead": obligation, "doubt": row["doubt"], "note": row["note"]}
    dates = {"title": "Dates", "frame": record["dates"], "own": True}
    return Page(
        headline=row["name"],
        crumbs=[(view.link("acts"), "Rules"), _link_of_actor(view, row["actor"])],
        file=("Rules", "acts"),
        scope=f"{tracker.short[row['actor']]}, {shared.field_of(view)}",
        only={"actor": (row["actor"],)},
        paper=f"Rule, {domain}, {words.day(view.day)}",
        blocks=[
            Block("note", note, "record", "wide"),
            Block("dates", dates, "dates", "wide"),
            _sources(record["sources"]),
            Block("facts", {"facts": facts}, "facts", "narrow"),
            *_links("Legal text", _legal_text(row)),
            *_links("Event", _link_of_event(view, row["event_id"])),
            *_links("Ended by", _link_of_event(view, row["ended_by"])),
            _report(view, row["act_id"], row["name"]),
        ],
    )


def _level(level: Any, chip: bool = False) -> Any:
    return "" if pd.isna(level) else {"level": level, "chip": chip}


def _legal_text(row: pd.Series) -> list[Any]:
    """Return the legal text of a rule: a link where its address is known, else its name."""
    name = row["legal_reference"] or row["legal_url"]
    if row["legal_url"]:
        return [(row["legal_url"], name)]
    return [name] if name else []


def _link_of_event(view: View, event_id: str) -> list[tuple[str, str]]:
    if not event_id:
        return []
    return [(view.record_event(event_id), str(view.tracker.events.loc[event_id, "title"]))]


def _link_of_actor(view: View, actor: str) -> tuple[str, str]:
    page = "actor" if actor in view.tracker.actors else "events"
    return view.link(page, actor=actor), view.tracker.short[actor]


def _sources(sources: pd.DataFrame) -> Block:
    title = words.plural(len(sources), "source")
    return Block("sources", {"title": title, "frame": sources}, "sources", "wide")


def _links(title: str, links: list[Any]) -> list[Block]:
    """Return the block of some links, joined by commas, under a heading; none without a link."""
    if not links:
        return []
    parts = [links[0]]
    for link in links[1:]:
        parts += [", ", link]
    return [Block("text", {"title": title, "parts": parts}, title.lower()[:5], "narrow")]


def _report(view: View, code: str, title: str) -> Block:
    """Return the way to report an error: the contact of the edition, a text to copy."""
    about = view.tracker.about
    lines = [
        title,
        f"Id: {code}",
        f"Version: {view.tracker.data.version}",
        f"Link: {view.shared}",
        "What is wrong: ",
    ]
    address = about.contact
    if address.startswith("mailto:"):
        letter = {"subject": f"{about.title}: {code}", "body": "\r\n".join(lines)}
        address += f"?{urlencode(letter, quote_via=quote)}"
    return Block("report", {"address": address, "copied": "\n".join(lines)}, "report", "narrow")
