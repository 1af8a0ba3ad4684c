"""The table of members as it leaves: its columns, and its rows for CSV and JSON."""

import math
from dataclasses import replace
from typing import Any

from stances import words
from stances.answers.acts import is_of_cases
from stances.answers.files import snapshot_name
from stances.answers.members import (
    EVERY_MEMBER,
    ActShown,
    Member,
    MemberTable,
    counted_rows,
    done_line,
    member_rows,
    members_sentence,
)
from stances.answers.practice import Practice
from stances.answers.rows import known_figure
from stances.answers.standing import Standing
from stances.answers.steps import Step, dates_text
from stances.answers.tracker import Tracker
from stances.answers.typed_table import TypedTable, about, descriptions, from_records, versions
from stances.dataset.codebook import NO_POSITION, Codebook
from stances.dataset.names import slug
from stances.dataset.schema import PRACTICE, Column, optional

# Frozen: columns are only ever added, at the end; of each domain there are three more.
COLUMNS = (
    Column("as_of", "day", "Day of which the row tells (ISO 8601)"),
    Column("group", "text", "The group; all: every actor"),
    Column("actor", "text", "Code of the actor"),
    Column("name", "text", "Name of the actor"),
    Column("act_domain", "text", "In what domain the act binds"),
    optional("act_name", "text", "The act shown there: what binds; empty: none"),
    optional("act_id", "text", "Its line in the register of acts (acts.csv); empty: it has none"),
    optional("act_event_id", "text", "The event that brought it; empty: none is recorded"),
    optional(
        "act_level",
        "whole",
        "The level in force, a point of the scale; empty: none in force is scored as one",
    ),
    optional("act_label", "text", "That level in a word of the scale"),
    optional(
        "act_since",
        "partial",
        "Since when that level, or without one the act, holds (ISO day, month or year)",
    ),
    optional(
        "deadline",
        "partial",
        "Next deadline of an act in force there, else the last (ISO day, month or year); where the "
        "rows are narrowed to those that set a date of the leading kind (practice=dated), of that "
        "kind, as on screen; empty: none",
    ),
    optional("deadline_kind", "text", "What kind of deadline it is, a code of the codebook"),
    optional("deadline_act_id", "text", "Whose deadline it is, by its line in the register"),
    optional("deadline_passed", "truth", "Whether it has passed; empty: there is none"),
    Column(
        "domain",
        "text",
        "What last event, twelve months and two years are about: overall, or a domain",
    ),
    optional("last_event_id", "text", "The last act or statement; empty: none"),
    optional("last_event_date", "partial", "Its day (ISO day, month or year)"),
    optional("last_event_title", "text", "Its title"),
    Column("acts_12_months", "whole", "Number of acts in the twelve months before"),
    optional(
        "statements_12_months",
        "whole",
        "Number of statements in the twelve months before; empty: left out",
    ),
    optional(
        "done_12_months",
        "number",
        "What deeds moved the stance by then; empty: no position on both days",
    ),
    optional("effect_12_months", "text", "The same in words"),
    Column("events_24_months", "whole", "Number of acts and statements in two years"),
    optional("stance", "number", "Overall stance, four decimals; empty: no current position"),
    Column("label", "text", f"The overall stance in a word of the scale, or {NO_POSITION}"),
    Column("certainty", "number", "How certain the position is: 0 (none) to 1"),
)
# They came after those of the domains. Of the act shown, as the register has it.
_OF_THE_ACT = (
    optional(
        "act_obligation", "text", "What the act shown does; empty: it has no line in the register"
    ),
    optional(
        "act_applied",
        "text",
        "Whether the act shown has been applied to the subject by the day (what headlines count "
        "stands in counted_as); empty: there is no act",
        allowed=PRACTICE,
    ),
    optional("act_applied_what", "text", "What was done"),
    optional("act_applied_since", "partial", "Since when it is applied (ISO day, month or year)"),
    optional("act_doubt", "text", "Why the status of the act is not certain; empty: it is"),
)
# Of all rules in force there, as `practice.Practice` has them.
_PRACTICE = (
    Column(
        "limits",
        "truth",
        "Whether a rule in force in act_domain can or does limit the subject, or a case is open",
    ),
    optional(
        "used",
        "truth",
        "Whether one of these rules is known to have been used; empty: there is none",
    ),
    optional(
        "eased",
        "truth",
        "Whether those that were used have been eased since; empty: none is known to have been",
    ),
    optional(
        "excludes",
        "truth",
        "Whether one of these rules is at the strictest level, and that is the level in force; "
        "empty: there is none",
    ),
    optional(
        "doubted",
        "truth",
        "Whether it is in doubt that any of these rules holds; empty: there is none",
    ),
)
# How headlines count a member by its rules there, by codes of the file.
COUNTED_AS = ("used", "power", "case", "none")
_COUNTED = (
    Column(
        "counted_as",
        "text",
        "How headlines count the member by all its rules in force in act_domain, which act_applied "
        "does not tell, being of the act shown: used (a rule that limits the subject has been "
        "used), power (it has such a rule, not known to have been used, or has decided a single "
        "case, which has no line in the register of acts), case (one is open), none. "
        "It is in doubt where doubted is true",
        allowed=COUNTED_AS,
    ),
)


def _dated_columns(which: str, when: str, kind: str) -> tuple[Column, ...]:
    """Return the columns of `_deadline_cells`. `when`, `kind`: what the first two of them tell."""
    return (
        optional(f"{which}_deadline", "partial", when),
        optional(f"{which}_deadline_kind", "text", f"{kind}, a code of the codebook"),
        optional(f"{which}_deadline_act_id", "text", "The act that sets it (acts.csv)"),
        optional(
            f"{which}_deadline_passed", "truth", "Whether it has passed; empty: there is none"
        ),
    )


# Of the next deadline of the kind that leads (`removal` where the codebook has it).
_OF_THE_LEADING = _dated_columns(
    "lead",
    "Next deadline of the leading kind of an act in force there, else the last (ISO day, month "
    "or year); empty: none",
    "That kind",
)
# Whatever the rows are narrowed to.
_OF_ANY_KIND = (
    optional(
        "lead_deadlines",
        "text",
        "All deadlines of the leading kind of acts in force there by their days, each with what "
        "falls due; empty: none. deadlines.csv has them with a row each",
    ),
    *_dated_columns(
        "next",
        "Next deadline of any kind of an act in force there, else the last, whatever the rows are "
        "narrowed to (ISO day, month or year); empty: none",
        "Its kind",
    ),
)
_OF_A_DOMAIN = ("stance", "label", "certainty")


def columns_of(codebook: Codebook) -> tuple[Column, ...]:
    """Return the columns of the file, those of the domains included."""
    by_name = {column.name: column for column in COLUMNS}
    of_domains = (
        replace(
            by_name[name],
            name=f"{name}_{code}",
            description=f"{name.capitalize()} in: {domain.label}",
        )
        for code, domain in codebook.domains.items()
        for name in _OF_A_DOMAIN
    )
    return (
        *COLUMNS,
        *of_domains,
        *_OF_THE_ACT,
        *_of_a_step(codebook),
        *_PRACTICE,
        *_COUNTED,
        *_OF_THE_LEADING,
        *_OF_ANY_KIND,
    )


def _of_a_step(codebook: Codebook) -> tuple[Column, ...]:
    """Return the columns of the step whose deadline stands above."""
    return (
        optional("deadline_what", "text", "What falls due then, as the act asks it"),
        optional(
            "deadline_part",
            "text",
            "What part it is about; empty: none is named",
            allowed=tuple(codebook.acts.part),
        ),
    )


def member_columns(codebook: Codebook) -> dict[str, str]:
    """Return what each column of the file tells, those of the domains included."""
    return descriptions(columns_of(codebook))


def members_file_name(tracker: Tracker, table: MemberTable, practice: str = EVERY_MEMBER) -> str:
    """Return what the file is called, without its ending. `practice`: see `member_records`."""
    settings, basis = bool(tracker.own_settings), tracker.model.basis
    whole = snapshot_name(tracker.data, table.day, table.domain, None, settings, basis)
    return "-".join([f"{whole}_members", slug(table.group), *_alone(practice)])


def _alone(practice: str) -> list[str]:
    return [] if practice == EVERY_MEMBER else [practice]


def typed_members(tracker: Tracker, table: MemberTable, practice: str = EVERY_MEMBER) -> TypedTable:
    """Return the table with its columns. `practice`: see `member_records`."""
    columns, day = columns_of(tracker.codebook), table.day
    query = {
        "as_of": str(day),
        "group": table.group,
        "domain": table.domain,
        "basis": tracker.model.basis,
        **({"practice": practice} if _alone(practice) else {}),
    }
    title, settings = f"members of {table.group} on {day}", tracker.own_settings
    return TypedTable(
        title="Members",
        name=members_file_name(tracker, table, practice),
        columns=columns,
        parts=from_records(columns, member_records(tracker, table, practice)),
        about=about(tracker.data, title, day, query, settings),
    )


def members_json(
    tracker: Tracker, table: MemberTable, practice: str = EVERY_MEMBER
) -> dict[str, Any]:
    """Return the table with what it finds, its totals and what its columns tell. `practice`: see
    `member_records`; the totals are of all members, whatever it leaves of the rows.
    """
    return {
        **versions(tracker.data),
        "as_of": str(table.day),
        "group": table.group,
        "domain": table.domain,
        "act_domain": table.bound_in,
        "basis": tracker.model.basis,
        "sentence": members_sentence(tracker, table, practice),
        "totals": table.totals._asdict(),
        "columns": member_columns(tracker.codebook),
        "rows": member_records(tracker, table, practice),
    }


def member_records(
    tracker: Tracker, table: MemberTable, practice: str = EVERY_MEMBER
) -> list[dict[str, Any]]:
    """Return the rows with the columns of `member_columns`, in its order: figures as numbers, days
    in ISO form, what is missing as None. `practice`: those alone that a figure counts, of
    PRACTICES, with the deadline that the screen then shows.
    """
    of_cases = is_of_cases(tracker.codebook, table.bound_in)
    rows = counted_rows(table.rows, practice), member_rows(table.rows, practice)
    return [
        _record(tracker, table, member)
        | _practice(row.practice, of_cases)
        | _deadline_cells("lead_deadline", row.leading)
        | {"lead_deadlines": dates_text(tracker.codebook, row.leading_steps) or None}
        | _deadline_cells("next_deadline", row.deadline)
        for row, member in zip(*rows, strict=True)
    ]


def _record(tracker: Tracker, table: MemberTable, row: Member) -> dict[str, Any]:
    whole, last = row.standings[0], row.last
    record = {
        "as_of": str(table.day),
        "group": table.group,
        "actor": row.actor,
        "name": row.name,
        "act_domain": table.bound_in,
        **_binding_cells(tracker.codebook, row),
        "domain": table.domain,
        "last_event_id": last.last_event_id or None,
        "last_event_date": last.last_event_date and words.iso_day(last.last_event_date),
        "last_event_title": tracker.titles.get(last.last_event_id),
        "acts_12_months": row.acts,
        "statements_12_months": row.statements,
        "done_12_months": known_figure(row.move.done),
        "effect_12_months": done_line(tracker.codebook, row),
        "events_24_months": row.events,
        **_stance("", whole),
    }
    for code, standing in zip(tracker.codebook.domains, row.standings[1:], strict=True):
        record |= _stance(f"_{code}", standing)
    what, part = (row.deadline.what, row.deadline.part) if row.deadline else ("", "")
    of_step = {"deadline_what": what or None, "deadline_part": part or None}
    return record | _of_the_act(row.binding) | of_step


def _binding_cells(codebook: Codebook, row: Member) -> dict[str, Any]:
    act = row.binding
    level = None if act is None or math.isnan(act.level) else int(act.level)
    return {
        "act_name": act and act.name,
        "act_id": (act and act.act_id) or None,
        "act_event_id": (act and act.event_id) or None,
        "act_level": level,
        "act_label": None if level is None else codebook.scale.labels[level],
        "act_since": act and act.since and words.iso_day(act.since),
        **_deadline_cells("deadline", row.deadline),
    }


def _of_the_act(act: ActShown | None) -> dict[str, Any]:
    if act is None:
        return dict.fromkeys(column.name for column in _OF_THE_ACT)
    return {
        "act_obligation": act.title if act.legal_name else None,
        "act_applied": act.use.applied,
        "act_applied_what": act.use.what or None,
        "act_applied_since": act.use.since and words.iso_day(act.use.since),
        "act_doubt": act.doubt or None,
    }


def _practice(practice: Practice, of_cases: bool) -> dict[str, Any]:
    limiting = "case" if of_cases else "used" if practice.used else "power"
    return {
        "limits": practice.limits,
        "used": practice.used if practice.limits else None,
        "eased": practice.eased if practice.used else None,
        "excludes": practice.excludes if practice.limits else None,
        "doubted": practice.doubted if practice.limits else None,
        "counted_as": limiting if practice.limits else "none",
    }


def _deadline_cells(name: str, step: Step | None) -> dict[str, Any]:
    return {
        name: step and step.deadline,
        f"{name}_kind": step and step.kind,
        f"{name}_act_id": step and step.act.act_id,
        f"{name}_passed": step and step.passed,
    }


def _stance(ending: str, row: Standing) -> dict[str, Any]:
    values = known_figure(row.stance), row.label, known_figure(row.certainty)
    return {f"{name}{ending}": value for name, value in zip(_OF_A_DOMAIN, values, strict=True)}
