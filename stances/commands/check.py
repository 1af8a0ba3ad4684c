"""`check`: whether the data folder is valid, and what it holds."""

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
    for line in count_lines(data):
        print(line)
    print(f"{data.folder}: valid, version {data.version}, model {MODEL_VERSION}")
    for line in profiles.ended_lines(data).values():
        print(line)
    return 0


def count_lines(data: Dataset) -> Iterator[str]:
    """Yield how many rows each table has, how many events are scored, and from when to when."""
    for name in schema.TABLE_NAMES:
        rows = len(getattr(data, name))
        yield f"{name:17} {rows:6,} rows"

    dates = data.events["date"]
    if len(dates):
        # Without those that only give context, which have no score.
        scored = data.events["score"].count()
        yield f"{scored:,} events scored, {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}"
