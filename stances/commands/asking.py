"""Questions in a terminal: an entry field by field, each answer judged when it is given."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from stances.dataset import ids
from stances.dataset.entry import ACT, CODING, PART_TABLES, SOURCES, STEP_TABLE, STEPS
from stances.dataset.faults import BadInput, inline
from stances.dataset.names import did_you_mean
from stances.dataset.schema import Column, Table, column_fault, tables
from stances.dataset.tables import Dataset

# Made from what is asked; an entry in a file may give them too.
_MADE = {
    "events": ("event_id", "source_ids", "recorded"),
    "sources": ("source_id", "tier"),
    "codings": ("event_id", "score", "recorded", "codebook"),
    "acts": (
        "act_id",
        "actor",
        "event_id",
        "deadline",
        "deadline_kind",
        "deadline_what",
        "source_ids",
        "recorded",
    ),
    STEP_TABLE: ("act_id",),
}
_YES = ("y", "yes")
# Of more than a person can look through it is said how many there are.
_MOST_LISTED = 800


def is_terminal() -> bool:
    """Say whether a person can be asked."""
    return sys.stdin.isatty()


def confirm(question: str) -> bool:
    """Ask a question and return whether the answer is yes; anything else is no."""
    return _answer(f"{question} [y/N] ").lower() in _YES


def answers(data: Dataset) -> dict[str, Any]:
    """Return the event, sources, coding and act that a person tells, as an entry has them.

    Raises BadInput where the answers end.
    """
    known = tables(data.codebook, data.today)
    entry: dict[str, Any] = dict(_fields(data, known["events"]))
    entry[SOURCES] = list(_sources(data, known["sources"]))
    if entry.get("score"):
        entry[CODING] = dict(_fields(data, known[PART_TABLES[CODING]]))
    if confirm("Does an act for the register come with it?"):
        entry[ACT] = dict(_fields(data, known[PART_TABLES[ACT]]))
        entry[ACT][STEPS] = list(_steps(data, known[STEP_TABLE]))
    return entry


def _steps(data: Dataset, table: Table) -> Iterator[dict[str, str]]:
    question = "Does it set a date?"
    while confirm(question):
        yield dict(_fields(data, table))
        question = "Another date?"


def _sources(data: Dataset, table: Table) -> Iterator[dict[str, str]]:
    sources = data.sources
    pages = dict(zip(map(ids.same_page, sources["url"]), sources["source_id"], strict=True))
    url, *others = _question_columns(table, first="url")
    for place in count(1):
        address = _cell(url)
        named = f"{SOURCES}[{place}]"
        known = pages.setdefault(ids.same_page(address), named)
        if known != named:
            sys.stdout.write(f"The page is known as {known}.\n")
        yield {"url": address} | ({c.name: _cell(c) for c in others} if known == named else {})
        if not confirm("Another source?"):
            return


def _question_columns(table: Table, first: str = "") -> list[Column]:
    columns = [column for column in table.columns if column.name not in _MADE[table.name]]
    return sorted(columns, key=lambda column: column.name != first)


def _fields(data: Dataset, table: Table) -> Iterator[tuple[str, str]]:
    """Yield the columns that are filled, with what they shall say."""
    known = {
        reference.column: tuple(getattr(data, reference.table)[reference.target])
        for reference in table.references
    }
    for column in _question_columns(table):
        if text := _cell(column, known.get(column.name, ())):
            yield column.name, text


def _cell(column: Column, known: tuple[str, ...] = ()) -> str:
    """Return a valid text for a cell, asked for until it is one. `known`: names it may say."""
    judged = replace(column, allowed=known) if known else column
    optional = ", may be empty" if column.optional else ""
    while True:
        text = _answer(f"{column.name}: {column.description}{_allowed_text(judged)}{optional}\n> ")
        fault = _fault(judged, text)
        if not fault:
            return text
        sys.stdout.write(f"{fault}\n")


def _fault(column: Column, text: str) -> str:
    """Return what is wrong with a text, without a list that nobody would look through."""
    fault = column_fault(column, text)
    if not fault or _is_listed(column):
        near = did_you_mean(text, column.allowed, column.names) if fault else ""
        return f"{fault}{near}"
    of_form = column_fault(replace(column, allowed=()), text)
    return of_form or f"{inline(text)} is not {_choice_count(column)}"


def _is_listed(column: Column) -> bool:
    return sum(map(len, column.allowed)) <= _MOST_LISTED


def _choice_count(column: Column) -> str:
    return f"one of {len(column.allowed):,}, such as {column.allowed[0]}"


def _allowed_text(column: Column) -> str:
    """Return what is allowed in a column, for a prompt."""
    if column.kind == "truth":
        return " (yes | no)"
    if column.low is not None and column.high is not None:
        return f" ({column.low:g} to {column.high:g})"
    if not _is_listed(column):
        return f" ({_choice_count(column)})"
    return f" ({' | '.join(column.allowed)})" if column.allowed else ""


def _answer(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except (EOFError, KeyboardInterrupt):
        # What is said next starts a line of its own, after what the terminal shows of the key.
        sys.stdout.write("\n")
        raise BadInput("the answers ended; nothing was written") from None
