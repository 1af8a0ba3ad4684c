"""The dataset that a command computes from: the tables as they lie, or a release of them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from stances import words
from stances.dataset.releases import opened
from stances.dataset.tables import Dataset
from stances.links.parameters import PARAMETERS
from stances.links.register import KNOWN, RELEASE


def release_options(command: ArgumentParser) -> None:
    """Take which release is computed from."""
    link_option(command, RELEASE, "VERSION")
    link_option(command, KNOWN, "DAY")


def link_option(
    command: ArgumentParser, name: str, metavar: str, note: str = "", **more: Any
) -> None:
    """Take what a parameter of links says, in the words that describe it there. `note`: what stands
    behind them; `more`: as `add_argument` has it.
    """
    text = " ".join(filter(None, [words.within(PARAMETERS[name].about), note]))
    command.add_argument(f"--{name.replace('_', '-')}", metavar=metavar, help=text, **more)


def dataset_of(arguments: Namespace) -> Dataset:
    """Return the dataset that is asked for. Raises DataFaults and BadInput."""
    return opened(arguments.data, version=arguments.release, known=arguments.known)
