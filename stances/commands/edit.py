"""`edit`: other cells in one row of the tables, with the reason."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter

from stances.commands.statuses import OK
from stances.dataset.edit import correction
from stances.dataset.faults import BadInput, shown
from stances.dataset.files import data_folder
from stances.dataset.tables import load
from stances.dataset.writing import settle

TEXT = "correct a row of the events, the sources or the register of acts"


def options(command: ArgumentParser) -> None:
    """Take the row, its new cells, and the reason."""
    command.add_argument("row", metavar="ID", help="id of an event, a source or an act")
    command.add_argument(
        "cells", nargs="+", type=_cell, metavar="COLUMN=VALUE", help="what it shall say"
    )
    command.add_argument("--why", required=True, metavar="TEXT", help="the reason, on one line")
    command.add_argument("--dry-run", action="store_true", help="show what would change")


def _cell(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals:
        raise ArgumentTypeError(f"{text!r} must be COLUMN=VALUE")
    return column, value


def _cells(given: list[tuple[str, str]]) -> dict[str, str]:
    """The new cells by column. Raises BadInput where one is told twice."""
    times = Counter(column for column, _ in given)
    if twice := [shown(column) for column, number in times.items() if number > 1]:
        raise BadInput(f"named more than once: {', '.join(twice)}; allowed: each column once")
    return dict(given)


def run(given: Namespace) -> int:
    """Judge the correction with the whole folder, show what changes, and write it."""
    cells = _cells(given.cells)
    settle(data_folder(given.data))
    change = correction(load(given.data), given.row, cells, given.why)
    sys.stdout.write(change.diff())
    if not given.dry_run:
        change.write()
        sys.stdout.write(f"corrected {given.row}\n")
    return OK
