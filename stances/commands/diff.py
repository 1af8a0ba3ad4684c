"""`diff`: what two releases have apart, in rows and in figures."""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator

from stances import words
from stances.answers.release_diff import (
    ADDED,
    CORRECTED,
    WITHDRAWN,
    FigureChange,
    ReleaseDiff,
    RowChange,
    release_diff,
    totals_text,
)
from stances.answers.release_words import change_text, effect_lines, reading_text
from stances.commands.dataset import actors_option, day_option
from stances.commands.streams import OK
from stances.dataset.change import Change
from stances.dataset.faults import inline, of_parameter
from stances.dataset.releases import open_dataset

TEXT = "say what two releases have apart: rows, and figures by data and by method"
# Longer texts stand below each other.
_ON_A_LINE, _NEXT = 40, "\n      "
_SIGNS = {ADDED: "+", CORRECTED: "~", WITHDRAWN: "-"}


def options(command: ArgumentParser) -> None:
    """Take the two releases, of whom, and as of when."""
    command.add_argument("old", metavar="OLD", help="a release, by its name or the hash in it")
    command.add_argument(
        "new", metavar="NEW", nargs="?", help="another (default: the tables as they lie)"
    )
    actors_option(command)
    day_option(command, of="NEW")


def run(arguments: Namespace) -> int:
    """Write the rows, then the figures, then how many there are of each."""
    old, new = (
        open_dataset(arguments.data, version=name) for name in (arguments.old, arguments.new)
    )
    with of_parameter("--as-of"):
        day = new.day(arguments.as_of or new.opening_day)
    diff = release_diff(old, new, day, arguments.actor or ())
    sys.stdout.writelines(f"{line}\n" for line in _lines(diff))
    return OK


def change_lines(change: Change) -> Iterator[str]:
    """Yield what a change of the tables is: lines that come and go, and figures that differ."""
    yield change.diff()
    yield from (f"{line}\n" for line in effect_lines(change.data, change.result))


def _lines(diff: ReleaseDiff) -> Iterator[str]:
    old, new = diff.old, diff.new
    models = f"{old.codebook.formula.number} and {new.codebook.formula.number}"
    yield f"{old.version} and {new.version}, model {models}, figures {words.on_day(diff.day)}"
    for table in dict.fromkeys(row.table for row in diff.rows):
        rows = [row for row in diff.rows if row.table == table]
        yield f"\n{table}: {_counts(rows)}"
        for row in rows:
            yield from _row_lines(row)
    if diff.figures:
        yield "\nfigures"
    for figure in diff.figures:
        yield f"~ {change_text(new, figure)}"
        yield from _why_lines(figure)
    yield f"\n{totals_text(diff)}"


def _counts(rows: list[RowChange]) -> str:
    counted = Counter(row.change for row in rows)
    return ", ".join(f"{counted[kind]:,} {kind}" for kind in _SIGNS if counted[kind])


def _row_lines(row: RowChange) -> Iterator[str]:
    name = " ".join(map(inline, row.key))
    yield f"{_SIGNS[row.change]} {': '.join(filter(None, [name, row.title]))}"
    for column, texts in row.fields.items():
        then, now = (words.on_one_line(text) or '""' for text in texts)
        long = max(len(then), len(now)) > _ON_A_LINE
        yield f"    {column}: {then}{_NEXT if long else ' '}to {now}"
    if row.why:
        by = f" ({', '.join(row.by)})" if row.by else ""
        yield f"    why{by}: {words.on_one_line(row.why)}"


def _why_lines(change: FigureChange) -> Iterator[str]:
    if change.by_data:
        events = f": {', '.join(change.events)}" if change.events else ""
        yield f"    by data to {reading_text(change.between)}{events}"
    if change.by_method:
        yield f"    by method to {reading_text(change.after)}"
