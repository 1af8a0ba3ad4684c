"""`edit`: other cells in rows of the tables, with the reason."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from pathlib import Path

from stances.commands.diff import change_lines
from stances.commands.streams import OK
from stances.dataset.change import Change
from stances.dataset.edit import correction, corrections
from stances.dataset.entry import entry_content, read_entry
from stances.dataset.faults import BadInput, inline
from stances.dataset.files import data_folder
from stances.dataset.schema import tables
from stances.dataset.tables import Dataset, load
from stances.dataset.writing import settle

TEXT = "correct an event, a source, an act with its steps, or a profile"

_FILES = (".toml", ".json")


def options(command: ArgumentParser) -> None:
    """Take the row, its new cells, and the reason."""
    command.add_argument(
        "row",
        metavar="ID",
        help="id of an event, a source or an act; of a step ACT/DEADLINE/PART/KIND, of a profile "
        "ACTOR@DAY; or a file .toml or .json with an event, an act with its steps, a profile",
    )
    command.add_argument(
        "cells", nargs="*", type=_cell, metavar="COLUMN=VALUE", help="what it shall say"
    )
    command.add_argument("--why", required=True, metavar="TEXT", help="the reason, on one line")
    command.add_argument(
        "--coder", metavar="NAME", help="who reviewed the event, where its score changes"
    )
    command.add_argument("--dry-run", action="store_true", help="show what would change")


def _cell(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals:
        raise ArgumentTypeError(f"{text!r} must be COLUMN=VALUE")
    return column, value


def _cells(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Return the new cells by column. Raises BadInput where one is told twice."""
    times = Counter(column for column, _ in pairs)
    if twice := [inline(column) for column, number in times.items() if number > 1]:
        raise BadInput(f"named more than once: {', '.join(twice)}; allowed: each column once")
    return dict(pairs)


def _change(data: Dataset, cells: dict[str, str], arguments: Namespace) -> Change:
    row, why, coder = arguments.row, arguments.why, arguments.coder
    if Path(row).suffix not in _FILES:
        return correction(data, row, cells, why, coder)
    if cells:
        raise BadInput(f"{inline(row)} says in the file what shall change; give no COLUMN=VALUE")
    entry = read_entry(entry_content(row), row, tables(data.codebook, data.today))
    return corrections(data, entry, row, why, coder)


def run(arguments: Namespace) -> int:
    """Judge the correction with the whole folder, show what changes, and write it."""
    cells = _cells(arguments.cells)
    settle(data_folder(arguments.data))
    change = _change(load(arguments.data), cells, arguments)
    sys.stdout.writelines(change_lines(change))
    if not arguments.dry_run:
        change.write()
        sys.stdout.write(f"corrected {arguments.row}\n")
    return OK
