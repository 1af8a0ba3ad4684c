"""`check`: whether the data folder is valid, and what it holds."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from stances.commands.streams import OK
from stances.dataset.counts import checked_lines
from stances.dataset.profiles import ended_lines
from stances.dataset.tables import load

TEXT = "check the tables and count what they hold"


def options(command: ArgumentParser) -> None:
    """Take nothing but the folder."""
    del command


def run(arguments: Namespace) -> int:
    """Write the rows of each table, the period and the version, and the profiles that hold no
    longer, which is no fault.
    """
    data = load(arguments.data)
    lines = [*checked_lines(data), *ended_lines(data)]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return OK
