"""The stances of the members of a group in each domain on a day: a row for each, and its file."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from stances import words
from stances.answers.acts import whose
from stances.answers.files import snapshot_name
from stances.answers.introduction import known_until
from stances.answers.members import member_noun
from stances.answers.standing import Standing, by_stance, have_position, sides_sentence, standings
from stances.answers.tracker import Tracker, memoize
from stances.answers.typed_table import TypedTable, about, descriptions, from_records, versions
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.names import slug
from stances.dataset.schema import Column, optional

_COLUMNS = (
    Column("as_of", "day", "Day of which the row tells (ISO 8601)"),
    Column("group", "text", "The group; all: every actor"),
    Column("actor", "text", "Code of the actor"),
    Column("name", "text", "Name of the actor"),
)


# The orders of the table: that of the field which is shown, or another.
DOMAIN_ORDERS = {"stance": "The most restrictive first", "name": "By name"}


class DomainRow(NamedTuple):
    """An actor, and where it stands overall and in each domain, by their codes."""

    actor: str
    name: str
    short_name: str
    standings: dict[str, Standing]


@memoize
def domain_rows(tracker: Tracker, group: str, day: date, domain: str) -> list[DomainRow]:
    """Return a row for each member of a group, the most restrictive first, those without last."""
    members = set(tracker.belonging(group, day))
    columns = {
        code: {row.actor: row for row in standings(tracker, day, code)}
        for code in tracker.codebook.columns
    }
    of_group = (row for row in columns[domain].values() if row.actor in members)
    return [
        DomainRow(
            row.actor,
            row.name,
            row.short_name,
            {code: column[row.actor] for code, column in columns.items()},
        )
        for row in by_stance(of_group)
    ]


def domains_headline(
    tracker: Tracker, group: str, day: date, domain: str = OVERALL
) -> tuple[str, str]:
    """Return how many members have a position in a domain, and of them at a level of either end;
    overall in which domain most have one, and how many at most in any other. And what is shown.
    """
    rows = domain_rows(tracker, group, day, domain)
    subtitle = f"{member_noun(tracker, group)} on {words.day(day)}: the position in each field."
    if not rows:
        return f"{group} has no members on {words.day(day)}.", subtitle
    who = whose(tracker.data.about, len(rows), group)
    finding = _most_known(tracker, who, rows)
    if domain != OVERALL:
        levels = [row.standings[domain].level for row in rows]
        finding = sides_sentence(tracker.codebook, domain, who, levels)
    return known_until(tracker.data, day, finding), subtitle


def _most_known(tracker: Tracker, who: str, rows: Sequence[DomainRow]) -> str:
    """Say in which domain most of `who` have a position, and how many at most in any other."""
    counts = {
        code: sum(_has_stance(row.standings[code]) for row in rows)
        for code in tracker.codebook.domains
    }
    most = max(counts.values())
    if not most:
        return f"None of {who} has a position in any field."
    first = [code for code, count in counts.items() if count == most]
    where = words.listing([words.about_domain(tracker.codebook, code) for code in first])
    return f"{have_position(who, most, len(rows))} {where}{_others(counts)}."


def _others(counts: dict[str, int]) -> str:
    """Return how many have a position in the other domains, at most."""
    most = max(counts.values())
    others = [count for count in counts.values() if count < most]
    if not others:
        return ""
    if not max(others):
        return "; none has one in another field"
    return f"; in no other field do more than {words.number(max(others))}"


def _has_stance(row: Standing) -> bool:
    return row.stance == row.stance


# -- as it leaves ---------------------------------------------------------------------------------


def domain_columns(codebook: Codebook) -> tuple[Column, ...]:
    """Return the columns of the file: frozen, only ever added at the end; three for each domain."""
    return (*_COLUMNS, *(column for code in codebook.columns for column in _of(codebook, code)))


def _of(codebook: Codebook, code: str) -> Iterator[Column]:
    label = codebook.domain_label(code)
    yield optional(f"label_{code}", "text", f"Label of the position in: {label}; empty: none")
    yield optional(f"stance_{code}", "number", f"Position in: {label}, four decimals; empty: none")
    yield optional(f"level_{code}", "whole", f"Point of the scale in: {label}; empty: none")


def domains_records(tracker: Tracker, group: str, day: date) -> Iterator[dict[str, Any]]:
    """Yield the rows of the file."""
    for row in domain_rows(tracker, group, day, OVERALL):
        cells: dict[str, Any] = {"as_of": day, "group": group, "actor": row.actor, "name": row.name}
        for code, standing in row.standings.items():
            known = _has_stance(standing)
            cells[f"label_{code}"] = standing.label if known else None
            cells[f"stance_{code}"] = standing.stance if known else None
            cells[f"level_{code}"] = int(standing.level) if known else None
        yield cells


def domains_json(tracker: Tracker, group: str, day: date) -> dict[str, Any]:
    """Return the table for JSON, with what it finds and what its columns tell."""
    rows = list(domains_records(tracker, group, day))
    columns = domain_columns(tracker.codebook)
    return {
        **versions(tracker.data),
        "as_of": str(day),
        "group": group,
        "basis": tracker.model.basis,
        "sentence": domains_headline(tracker, group, day)[0],
        "columns": descriptions(columns),
        "count": len(rows),
        "rows": [{**row, "as_of": str(day)} for row in rows],
    }


def typed_domains(tracker: Tracker, group: str, day: date) -> TypedTable:
    """Return the table with its columns."""
    columns, settings = domain_columns(tracker.codebook), tracker.own_settings
    query = {"as_of": str(day), "group": group, "basis": tracker.model.basis}
    title = f"positions of {group} by field on {day}"
    whole = snapshot_name(tracker.data, day, own_settings=bool(settings), basis=tracker.model.basis)
    return TypedTable(
        title="Positions by field",
        name=f"{whole}_fields-{slug(group)}",
        columns=columns,
        parts=from_records(columns, domains_records(tracker, group, day)),
        about=about(tracker.data, title, day, query, settings),
    )
