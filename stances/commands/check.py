"""`check`: whether the data folder is valid, and what it holds."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from stances.dataset import profiles, schema
from stances.dataset.codebook import MODEL_VERSION
from stances.dataset.load import Dataset, load

TEXT = "check the tables and count what they hold"


def options(_: ArgumentParser) -> None:
    """Take nothing."""


def run(arguments: Namespace) -> int:
    """Write the rows of each table, the period and the version; then the profiles that hold no
    longer, which are no faults.
    """
    data = load(arguments.data)
    version = f"{data.folder}: valid, version {data.version}, model {MODEL_VERSION}"
    lines = [*count_lines(data), version, *profiles.ended_lines(data)]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


def count_lines(data: Dataset) -> Iterator[str]:
    """Yield how many rows each table has, how many events are scored, and from when to when."""
    for name in schema.TABLE_NAMES:
        yield f"{name:17} {len(getattr(data, name)):6,} rows"
    scored, dates = int(data.events["score"].notna().sum()), data.events["date"]
    if not dates.empty:
        yield f"{scored:,} events scored, {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}"
