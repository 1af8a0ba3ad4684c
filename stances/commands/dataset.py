"""The dataset that a command computes from: the tables as they lie, or a release of them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from stances.dataset.releases import opened
from stances.dataset.tables import Dataset


def release_options(command: ArgumentParser) -> None:
    """Take which release is computed from."""
    command.add_argument(
        "--release",
        metavar="VERSION",
        help="compute from this release, by its name or the hash in it, as it was published",
    )
    command.add_argument(
        "--known", metavar="DAY", help="compute from the newest release of this day or before"
    )


def dataset_of(arguments: Namespace) -> Dataset:
    """Return the dataset that is asked for. Raises DataFaults and BadInput."""
    return opened(arguments.data, version=arguments.release, known=arguments.known)
