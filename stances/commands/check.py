"""`check`: whether the data folder is valid, and what it holds."""

import sys
from argparse import ArgumentParser, Namespace

from stances.dataset import describe, profiles
from stances.dataset.load import load

TEXT = "check the tables and count what they hold"


def options(_: ArgumentParser) -> None:
    """Take nothing."""


def run(arguments: Namespace) -> int:
    """Write the rows of each table and the version; then the profiles that hold no longer, which
    are no faults.
    """
    data = load(arguments.data)
    lines = [*describe.count_lines(data), *profiles.ended_lines(data)]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0
