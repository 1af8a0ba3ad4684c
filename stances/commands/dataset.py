"""The dataset that a command computes from: the tables as they lie, or a release of them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from stances import words
from stances.dataset.releases import open_dataset
from stances.dataset.tables import Dataset
from stances.links.parameters import PARAMETERS, sense_on
from stances.links.register import KNOWN, RELEASE


def release_options(command: ArgumentParser) -> None:
    """Take which release is computed from."""
    link_option(command, RELEASE, "VERSION")
    link_option(command, KNOWN, "DAY")


def link_option(
    command: ArgumentParser, name: str, metavar: str, note: str = "", route: str = "", **more: Any
) -> None:
    """Take what a parameter of addresses says, in the words that describe it there: as a `route`
    has it, if one is named, else as links do. `note`: what stands behind them; `more`: as
    `add_argument` has it.
    """
    about = sense.about if (sense := sense_on(name, route)) else PARAMETERS[name].about
    text = " ".join(filter(None, [words.within(about), note]))
    command.add_argument(f"--{name.replace('_', '-')}", metavar=metavar, help=text, **more)


def dataset_of(arguments: Namespace) -> Dataset:
    """Return the dataset that is asked for. Raises DataFaults and BadInput."""
    return open_dataset(arguments.data, version=arguments.release, known=arguments.known)
