"""`check`: whether the data folder is valid, and what it holds."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from stances.commands.statuses import OK
from stances.dataset.counts import checked_lines
from stances.dataset.descriptions import differing
from stances.dataset.tables import load

TEXT = "check the tables and count what they hold"


def options(command: ArgumentParser) -> None:
    """Take nothing but the folder."""
    del command


def run(given: Namespace) -> int:
    """Write the rows of each table, the period and the version, and what the data is valid in spite
    of: files that are not what the description says of them.
    """
    data = load(given.data)
    told = (f"notice: {each.without_folder()}" for each in differing(data))
    sys.stdout.writelines(f"{line}\n" for line in (*checked_lines(data), *told))
    return OK
