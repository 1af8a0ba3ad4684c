"""The table of members as it leaves: its columns, and its rows for CSV and JSON."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from stances import words
from stances.answers.files import snapshot_name, to_csv
from stances.answers.members import Member, MemberTable, done_line, members_sentence
from stances.answers.standing import Standing
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, Codebook
from stances.dataset.names import slug
from stances.model.stance import STANCE_DECIMALS

# Frozen: columns are only ever added, at the end; of each domain there are three more.
MEMBER_COLUMNS: dict[str, str] = {
    "as_of": "Day of which the row tells (ISO 8601)",
    "group": "The group; all: every actor",
    "actor": "Code of the actor",
    "name": "Name of the actor",
    "act_domain": "In what domain the act binds",
    "act_name": "The act shown there: what binds; empty: none",
    "act_id": "Its line in the register of acts (acts.csv); empty: it has none",
    "act_event_id": "The event that brought it; empty: none is recorded",
    "act_level": "The level in force, a point of the scale; empty: none in force is scored as one",
    "act_label": "That level in a word of the scale",
    "act_since": "Since when that level, or without one the act, holds (ISO day, month or year)",
    "deadline": "Deadline of an act in force there (ISO day, month or year); empty: none",
    "deadline_kind": "What falls due, a code of the register; removal: what is there must be out",
    "deadline_act_id": "Whose deadline it is, by its line in the register",
    "deadline_passed": "Whether it has passed; empty: there is none",
    "domain": "What last event, twelve months and two years are about: overall, or a domain",
    "last_event_id": "The last act or statement; empty: none",
    "last_event_date": "Its day (ISO day, month or year)",
    "last_event_title": "Its title",
    "acts_12_months": "Number of acts in the twelve months before",
    "statements_12_months": "Number of statements in the twelve months before; empty: left out",
    "done_12_months": "What deeds moved the stance by then; empty: no position on both days",
    "effect_12_months": "The same in words",
    "events_24_months": "Number of acts and statements in two years",
    "stance": "Overall stance, four decimals; empty: no current position",
    "label": f"The overall stance in a word of the scale, or {NO_POSITION}",
    "certainty": "How certain the position is: 0 (none) to 1; under one half it is fading",
}
_OF_A_DOMAIN = ("stance", "label", "certainty")
_FIGURES = ("stance", "certainty", "act_level", "done_12", "acts_12", "statements_12", "events_24")


def member_columns(codebook: Codebook) -> dict[str, str]:
    """The columns of the file, those of the domains included, each with what it tells."""
    of_domains = {
        f"{name}_{code}": f"{name.capitalize()} in: {domain.label}"
        for code, domain in codebook.domains.items()
        for name in _OF_A_DOMAIN
    }
    return MEMBER_COLUMNS | of_domains


def members_file_name(tracker: Tracker, table: MemberTable) -> str:
    """What the file is called, without its ending."""
    own, basis = bool(tracker.own_settings), tracker.model.basis
    whole = snapshot_name(tracker.data, table.day, table.domain, None, own, basis)
    return f"{whole}_members-{slug(table.group)}"


def members_csv(tracker: Tracker, table: MemberTable) -> bytes:
    """The table as CSV: figures to four decimals, what is missing empty."""
    columns = list(member_columns(tracker.codebook))
    rows = [[_text(row[name]) for name in columns] for row in member_records(tracker, table)]
    figures = [name for name in columns if name.startswith(_FIGURES)]
    return to_csv(pd.DataFrame(rows, columns=columns, dtype="str"), figures)


def members_json(tracker: Tracker, table: MemberTable) -> dict[str, Any]:
    """The table with what it finds, its totals and what its columns tell."""
    return {
        "dataset_version": tracker.data.version,
        "as_of": str(table.day),
        "group": table.group,
        "domain": table.domain,
        "act_domain": table.bound_in,
        "basis": tracker.model.basis,
        "sentence": members_sentence(tracker.codebook, table),
        "totals": table.totals._asdict(),
        "columns": member_columns(tracker.codebook),
        "rows": member_records(tracker, table),
    }


def member_records(tracker: Tracker, table: MemberTable) -> list[dict[str, Any]]:
    """The rows with the columns of `member_columns`, in its order: figures as numbers, days in ISO
    form, what is missing as None.
    """
    return [_record(tracker, table, row) for row in table.rows]


def _record(tracker: Tracker, table: MemberTable, row: Member) -> dict[str, Any]:
    whole, last = row.standings[0], row.last
    record = {
        "as_of": str(table.day),
        "group": table.group,
        "actor": row.actor,
        "name": row.name,
        "act_domain": table.bound_in,
        **_bound(tracker.codebook, row),
        "domain": table.domain,
        "last_event_id": last.last_event_id or None,
        "last_event_date": last.last_event_date and words.iso_day(last.last_event_date),
        "last_event_title": tracker.titles.get(last.last_event_id),
        "acts_12_months": row.acts,
        "statements_12_months": row.statements,
        "done_12_months": _known(row.move.done),
        "effect_12_months": done_line(tracker.codebook, row),
        "events_24_months": row.events,
        **_stance("", whole),
    }
    for code, standing in zip(tracker.codebook.domains, row.standings[1:], strict=True):
        record |= _stance(f"_{code}", standing)
    return record


def _bound(codebook: Codebook, row: Member) -> dict[str, Any]:
    act, ends = row.binding, row.deadline
    level = None if act is None or math.isnan(act.level) else int(act.level)
    return {
        "act_name": act and act.name,
        "act_id": (act and act.act_id) or None,
        "act_event_id": (act and act.event_id) or None,
        "act_level": level,
        "act_label": None if level is None else codebook.scale.labels[level],
        "act_since": act and act.since and words.iso_day(act.since),
        "deadline": ends and words.iso_day(ends.ends),
        "deadline_kind": ends and ends.kind,
        "deadline_act_id": ends and ends.act_id,
        "deadline_passed": ends and ends.passed,
    }


def _stance(ending: str, row: Standing) -> dict[str, Any]:
    values = _known(row.stance), row.label, _known(row.certainty)
    return {f"{name}{ending}": value for name, value in zip(_OF_A_DOMAIN, values, strict=True)}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.{STANCE_DECIMALS}f}"
    return "" if value is None else str(value)
