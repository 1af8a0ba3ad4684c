"""`diff`: what two releases have apart, in rows and in figures."""

from __future__ import annotations

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
    Reading,
    ReleaseDiff,
    RowChange,
    release_diff,
    totals_text,
)
from stances.commands.streams import OK
from stances.dataset.faults import inline, of_parameter
from stances.dataset.releases import opened

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
    command.add_argument(
        "--actor", nargs="+", action="extend", metavar="A", help="only these actors"
    )
    command.add_argument(
        "--as-of",
        metavar="DATE",
        help="day of the figures (default: up to which the sources of NEW were looked through)",
    )


def run(arguments: Namespace) -> int:
    """Write the rows, then the figures, then how many there are of each."""
    old, new = (opened(arguments.data, version=each) for each in (arguments.old, arguments.new))
    with of_parameter("--as-of"):
        day = new.day(arguments.as_of or new.opening_day)
    diff = release_diff(old, new, day, arguments.actor or ())
    sys.stdout.writelines(f"{line}\n" for line in _lines(diff))
    return OK


def _lines(diff: ReleaseDiff) -> Iterator[str]:
    old, new = diff.old, diff.new
    models = f"{old.codebook.formula.number} and {new.codebook.formula.number}"
    yield f"{old.version} and {new.version}, model {models}, figures {words.on_day(diff.day)}"
    for table in dict.fromkeys(each.table for each in diff.rows):
        rows = [each for each in diff.rows if each.table == table]
        yield f"\n{table}: {_counts(rows)}"
        for row in rows:
            yield from _row_lines(row)
    if diff.figures:
        yield "\nfigures"
    names = dict(zip(new.actors["actor"], new.actors["name"], strict=True))
    for figure in diff.figures:
        field = new.codebook.domain_label(figure.domain)
        yield from _figure_lines(f"{names.get(figure.actor, figure.actor)}, {field}", figure)
    yield f"\n{totals_text(diff)}"


def _counts(rows: list[RowChange]) -> str:
    counted = Counter(each.change for each in rows)
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


def _figure_lines(where: str, change: FigureChange) -> Iterator[str]:
    yield f"~ {where}: {_reading(change.before)} to {_reading(change.after)}"
    if change.by_data:
        events = f": {', '.join(change.events)}" if change.events else ""
        yield f"    by data to {_reading(change.between)}{events}"
    if change.by_method:
        yield f"    by method to {_reading(change.after)}"


def _reading(reading: Reading) -> str:
    if reading.stance is None or reading.low is None or reading.high is None:
        return reading.label or "not there"
    ends = words.band(reading.low, reading.high)
    return f"{reading.label} {words.figure(reading.stance, 2)}{f' ({ends})' if ends else ''}"
