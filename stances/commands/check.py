"""`check`: whether the data folder is valid, and what it holds."""

import sys
from argparse import ArgumentParser, Namespace

from stances.answers.mismatch import mismatch_lines
from stances.answers.tracker import Tracker
from stances.commands.streams import OK
from stances.dataset.counts import checked_lines
from stances.dataset.profiles import ended_lines
from stances.dataset.tables import load

TEXT = "check the tables and count what they hold"


def options(command: ArgumentParser) -> None:
    """Take whether notes are told one by one."""
    command.add_argument("--notes", action="store_true", help="list the notes, which are no faults")


def run(arguments: Namespace) -> int:
    """Write the rows of each table, the period and the version; then the profiles that hold no
    longer, and what register and model do not share, which are no faults.
    """
    data = load(arguments.data)
    apart = mismatch_lines(Tracker(data), data.opening_day)
    lines = [*checked_lines(data), *ended_lines(data)]
    if arguments.notes:
        lines += apart
    elif apart:
        lines.append(f"{len(apart)} notes on register and model: check --notes lists them")
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return OK
