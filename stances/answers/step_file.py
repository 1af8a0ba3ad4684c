"""The steps of acts as they leave: as a table with types, and as a calendar (RFC 5545)."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from stances import escapes
from stances.answers.acts import STATUSES
from stances.answers.practice import practice_code
from stances.answers.steps import Step, counts_words, what_words
from stances.answers.tracker import Tracker
from stances.answers.typed_table import TypedTable, about, from_records, records
from stances.dataset.descriptions import file_stem
from stances.dataset.names import slug
from stances.dataset.schema import PRACTICE, Column, optional

# Frozen: columns are only ever added, at the end.
COLUMNS = (
    Column("act_id", "text", "The act, by its line in the register (acts.csv)"),
    Column("actor", "text", "Code of the actor whose act it is"),
    Column("name", "text", "Name of the actor"),
    Column("act_name", "text", "Name of the act"),
    Column("obligation", "text", "What the act asks, of whom"),
    Column("domain", "text", "What the act is about"),
    Column("deadline", "partial", "Last day on which the duty may be met (ISO day, month or year)"),
    Column("first_day", "day", "First day that this may be: that of the month or year"),
    Column("last_day", "day", "Last day that this may be: the day after it has passed"),
    Column("kind", "text", "What kind of deadline it is, a code of the codebook"),
    optional("part", "text", "What part it is about"),
    optional("what", "text", "What falls due"),
    optional("note", "text", "What is uncertain, or where sources disagree"),
    Column("status", "text", "Where the act stands on the day", allowed=tuple(STATUSES)),
    Column("passed", "truth", "Whether the last day lies before the day"),
    Column(
        "applied",
        "text",
        "Whether the act had been applied to the subject by the day",
        allowed=PRACTICE,
    ),
    optional("applied_since", "partial", "Since when it has been (ISO day, month or year)"),
    optional("doubt", "text", "Why the status of the act is not certain; empty: it is"),
    Column("days", "whole", "Days from the day to the last day; below zero: it has passed"),
    Column("as_of", "day", "Day of which the row tells (ISO 8601)"),
    Column("dataset_version", "text", "Version of the dataset"),
    Column(
        "passed_since",
        "truth",
        "Whether it was ahead on the day up to which the sources were looked through, which is "
        "shown, and has passed by the day on which the file was made",
    ),
)
# A line of a calendar has at most so many octets (RFC 5545, 3.1).
_LINE = 75


def step_name(tracker: Tracker, day: date, kinds: str = "") -> str:
    """Return what the file is called, without its ending. `kinds`: those alone that it has."""
    of_kinds = f"_{slug(kinds)}" if kinds else ""
    return f"{file_stem(tracker.data)}_deadlines{of_kinds}_{day}"


def step_table(
    tracker: Tracker, steps: Sequence[Step], day: date, query: Mapping[str, str | None]
) -> TypedTable:
    """Return steps in their order. `query`: what they are narrowed to."""
    text = {"as_of": str(day), **query}
    return TypedTable(
        title="Deadlines",
        name=step_name(tracker, day, query.get("kind") or ""),
        columns=COLUMNS,
        parts=from_records(COLUMNS, [_record(tracker, step, day) for step in steps]),
        about=about(tracker.data, f"deadlines of acts on {day}", day, text),
    )


def step_records(tracker: Tracker, steps: Sequence[Step], day: date) -> list[dict[str, Any]]:
    """Return rows of steps for JSON."""
    [rows] = step_table(tracker, steps, day, {}).parts
    return records(COLUMNS, rows)


def _record(tracker: Tracker, step: Step, day: date) -> dict[str, Any]:
    codes = {status: code for code, status in STATUSES.items()}
    act = step.act
    return {
        "act_id": act.act_id,
        "actor": act.actor,
        "name": tracker.names[act.actor],
        "act_name": act.name,
        "obligation": act.obligation,
        "domain": act.domain,
        "deadline": step.deadline,
        "first_day": str(step.first),
        "last_day": str(step.end),
        "kind": step.kind,
        "part": step.part or None,
        "what": step.what or None,
        "note": step.note or None,
        "status": codes[act.status],
        "passed": step.passed,
        "applied": practice_code(tracker, act.act_id, day),
        "applied_since": act.applied_since or None,
        "doubt": act.doubt or None,
        "days": (step.end - day).days,
        "as_of": str(day),
        "dataset_version": tracker.data.version,
        "passed_since": step.gone,
    }


# -- as a calendar ------------------------------------------------------------------------------


def calendar(tracker: Tracker, steps: Sequence[Step], day: date, name: str, site: str) -> bytes:
    """Return the steps of a day as a calendar to subscribe to, an event of a whole day each.
    `name`: what it is called; `site`: where the pages are, for links to the acts.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escapes.calendar(tracker.data.about.title)}//deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escapes.calendar(name)}",
        f"X-WR-CALNAME:{escapes.calendar(name)}",
        f"X-WR-CALDESC:{escapes.calendar(counts_words(tracker.data, steps, day))}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        *(line for step in steps for line in _event(tracker, step, site)),
        "END:VCALENDAR",
    ]
    return b"".join(_fold(line) for line in lines)


def _event(tracker: Tracker, step: Step, site: str) -> Iterator[str]:
    kind = tracker.codebook.acts.deadline_kind[step.kind]
    yield "BEGIN:VEVENT"
    yield f"UID:{_identity(tracker, step)}"
    # When the data was last added to, not when it is asked for: the same data is the same file.
    yield f"DTSTAMP:{tracker.data.recorded:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{step.end:%Y%m%d}"
    yield f"SUMMARY:{escapes.calendar(_summary(tracker, step))}"
    yield f"DESCRIPTION:{escapes.calendar(_description(step, kind))}"
    yield f"CATEGORIES:{escapes.calendar(kind)}"
    yield f"URL:{site}/acts?act={step.act.act_id}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _summary(tracker: Tracker, step: Step) -> str:
    """Say whose step it is, what falls due, by the end of what period, and with what reserve."""
    whose = tracker.short_names[step.act.actor]
    vague = f"by end of {step.text}" if step.first < step.end else ""
    beside = ", ".join(filter(None, [vague, step.standing_reserve]))
    return f"{whose}: {what_words(tracker.codebook, step)}{f' ({beside})' if beside else ''}"


def _description(step: Step, kind: str) -> str:
    state = "" if step.binds else "\nThe act is not yet in force."
    parts = (f"{kind}: {step.text}.", f"{step.act.name}: {step.act.obligation}.", step.note)
    return "\n".join(filter(None, parts)) + state


def _identity(tracker: Tracker, step: Step) -> str:
    """Return what tells a step from others, wherever the product is hosted under whatever name."""
    key = "/".join((step.act.act_id, step.deadline, step.part, step.kind))
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{tracker.codebook.subject}/step/{key}"))


def _fold(line: str) -> bytes:
    """Return a line in parts of at most 75 octets, between letters, from the second on indented."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > _LINE:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
