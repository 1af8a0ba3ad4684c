"""The records: one event, and one rule, with all that is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode

import pandas as pd

from stances import words
from stances.answers import acts, events
from stances.dataset.schema import LIST_SEPARATOR
from stances.links.pages import PAGES
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Link, Page

# The page that has all records of a kind, by the path of one.
TABLES = {"e": "events", "a": "acts"}


def event(view: View) -> Page:
    """Return the record of an event: what happened, its sources, its level and its rule."""
    tracker = view.tracker
    codebook = tracker.codebook
    record = events.record(tracker, view["event"])
    row = record["event"]
    domain = codebook.domain_label(row["domain"])
    day = words.day(row["date"], row["date_precision"])
    facts = {
        "Level": shared.none_if_missing(row["score"]),
        "Kind": codebook.instruments[row["instrument"]].label,
        "Date": day,
        "Field": domain,
        "Level before": shared.none_if_missing(record["before"]),
        "Level after": shared.none_if_missing(record["after"]),
        "Speaker": row["speaker"],
        "Confidence": words.capital(row["confidence"]),
    }
    scores = Block(
        "scores",
        column="wide",
        title=words.plural(len(record["codings"]), "score"),
        frame=record["codings"],
    )

    # What was adopted later is not on the register yet, and has no page on this day.
    rules = record["acts"]
    rules = rules[rules["act_id"].isin(acts.adopted(tracker, view.day).index)]
    links = [(view.record_act(rule.act_id), rule.name) for rule in rules.itertuples()]

    actor = row["actor"]
    around = f"{tracker.short[actor]}, {words.within(domain)}"
    blocks = [
        Block("note", "record", "wide", lead=row["summary"], note=row["note"]),
        _sources(record["sources"]),
        scores,
        Block("facts", column="narrow", facts=facts),
        *_links("Rule" if len(links) == 1 else "Rules", links),
        Block("events", "around", "narrow", title=around, frame=record["around"]),
        _report(view, view["event"], row["title"]),
    ]
    return _page(
        view,
        actor=actor,
        headline=row["title"],
        printed_title=f"Event, {row['source']}, {domain}, {day}",
        blocks=blocks,
    )


def act(view: View) -> Page:
    """Return the record of a rule: what it asks, its dates, its sources, how it stands."""
    codebook = view.tracker.codebook
    record = acts.record(view.tracker, view["act"])
    row = record["act"]
    domain = codebook.domain_label(row["domain"])

    level = row["level"]
    binds = row["binds"]
    used = acts.USED_LABELS[row["applied"]]
    use = row["applied_what"]
    scope_labels = codebook.codes("acts.scope")
    codes = row["scope"].split(LIST_SEPARATOR)
    # What is empty or None is not shown.
    facts = {
        "Level": "Sets no level" if pd.isna(level) else level,
        # What has no force of its own is named by its kind, and has no status.
        "Status": acts.STATUS_LABELS[row["status"]] if binds else "",
        "Kind": "" if binds else row["instrument"],
        f"Used on {codebook.subject}": used if used else "Not known",
        "In force from" if binds else "Applies from": words.partial(row["since"]),
        "Field": domain,
        "Covers": ", ".join(scope_labels[code] for code in codes if code),
        "Aim": codebook.codes("acts.aim").get(row["aim"]),
        "Penalty": words.capital(row["penalty"]),
        "Ended": words.partial(row["ended"]),
        # What was done with it, where it was used; else what is known of how it is handled.
        "In practice": use if use else row["practice"],
    }

    obligation = row["obligation"].rstrip(".")
    note = Block(
        "note",
        "record",
        "wide",
        lead=f"{obligation}.",
        doubt=row["doubt"],
        note=row["note"],
    )
    blocks = [
        note,
        Block("dates", column="wide", title="Dates", frame=record["dates"], own=True),
        _sources(record["sources"]),
        Block("facts", column="narrow", facts=facts),
        *_links("Legal text", _legal_text(view, row, record["sources"])),
        *_links("Event", _link_of_event(view, row["event_id"])),
        *_links("Ended by", _link_of_event(view, row["ended_by"])),
        _report(view, view["act"], row["name"]),
    ]
    return _page(
        view,
        actor=row["actor"],
        headline=row["name"],
        printed_title=f"Rule, {domain}, {view.day_in_words}",
        blocks=blocks,
    )


def _page(
    view: View,
    *,
    actor: str,
    headline: str,
    printed_title: str,
    blocks: Sequence[Block],
) -> Page:
    """Return the page of a record, whose crumbs lead to the table that has it and to its actor."""
    tracker = view.tracker
    table = TABLES[view.page]
    title = PAGES[table].title
    short = tracker.short[actor]
    # Who takes no position has no page.
    page_of_actor = "actor" if actor in tracker.actors else "events"
    return Page(
        headline=headline,
        crumbs=[(view.link(table), title), (view.link(page_of_actor, actor=actor), short)],
        file=(title, table),
        scope=f"{short}, {view.field}",
        feed_filter={"actor": (actor,)},
        printed_title=printed_title,
        blocks=blocks,
    )


def _legal_text(view: View, row: pd.Series, sources: pd.DataFrame) -> list[Link | str]:
    """Return the legal text of a rule: a link where its address is known, else its name. What
    reports of it is no legal text: a page that is among its `sources` without being of the first
    tier.
    """
    name = row["legal_reference"]
    address = row["legal_url"]
    is_report = sources["tier"] != next(iter(view.tracker.codebook.tiers))
    if address and address not in set(sources.loc[is_report, "url"]):
        return [(address, name if name else address)]
    return [name] if name else []


def _link_of_event(view: View, event_id: str) -> list[Link]:
    """Return the link to an event by its title; none without an id."""
    if not event_id:
        return []
    link = view.record_event(event_id)
    title = view.tracker.events.loc[event_id, "title"]
    return [(link, str(title))]


def _sources(sources: pd.DataFrame) -> Block:
    """Return the list of sources under their number."""
    title = words.plural(len(sources), "source")
    return Block("sources", column="wide", title=title, frame=sources)


def _links(title: str, links: Sequence[Link | str]) -> list[Block]:
    """Return the block of some links, joined by commas, under a heading; none without a link."""
    if not links:
        return []
    return [Block("text", title, "narrow", title=title, parts=links, between=", ")]


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
    address = about.reached_at
    if address.startswith("mailto:"):
        # Lines of a letter end so in an address (RFC 6068).
        letter = {"subject": f"{about.title}: {code}", "body": "\r\n".join(lines)}
        address += f"?{urlencode(letter, quote_via=quote)}"
    copied = "\n".join(lines)
    return Block("report", column="narrow", address=address, keeper=about.keeper, copied=copied)
