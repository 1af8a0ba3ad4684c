"""`edit`: corrected cells of a row, with the reason."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from stances.commands.add import change_options, finish
from stances.dataset.faults import BadInput
from stances.dataset.load import load
from stances.dataset.write import Change

TEXT = "correct an event, a source, an act with its steps, a profile or an actor"


def options(parser: ArgumentParser) -> None:
    """Take the row, its new cells and the reason."""
    row = (
        "of an event, a source, an act or an actor; ACT/DEADLINE/PART/KIND: a step; "
        "ACTOR@DAY: a profile"
    )
    parser.add_argument("row", metavar="ID", help=row)
    parser.add_argument(
        "cells",
        nargs="+",
        type=_cell,
        metavar="column=value",
        help="what it shall say",
    )
    parser.add_argument("--why", required=True, metavar="TEXT", help="the reason, on one line")
    change_options(parser, "who reviewed the event, where its score changes")


def _cell(text: str) -> tuple[str, str]:
    """Return the column and the value of `column=value`."""
    column, equals, value = text.partition("=")
    if not equals:
        raise ArgumentTypeError(f"{text!r} must be column=value")
    return column, value


def run(arguments: Namespace) -> int:
    """Judge the correction with the whole folder, show what changes, and write it."""
    if not arguments.why.strip() or not arguments.why.isprintable():
        raise BadInput("must be a reason, on one line", "--why")
    data = load(arguments.data)
    change = Change(data, arguments.why, arguments.coder)
    change.edit(arguments.row, dict(arguments.cells))
    finish(change, arguments.dry_run)
    return 0
