"""The dataset that a command computes from: the tables as they lie, or a release of them."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Any

from stances import words
from stances.dataset.faults import inline
from stances.dataset.releases import open_dataset
from stances.dataset.tables import Dataset
from stances.links.parameters import DAY, PARAMETERS, sense_on
from stances.links.register import ACTOR, KNOWN, RELEASE
from stances.links.site import is_dashboard

# What begins, in the words of a parameter, what holds where it is not given.
_WITHOUT = "; without it"
_NARROWED = "(default: all of them)"


def release_options(command: ArgumentParser) -> None:
    """Take which release is computed from."""
    link_option(command, RELEASE, "VERSION")
    link_option(command, KNOWN, "DAY")


def link_option(
    command: ArgumentParser, name: str, metavar: str, note: str = "", route: str = "", **more: Any
) -> None:
    """Take what a parameter of addresses says, in the words that describe it there: as a `route`
    has it, if one is named, else as links do. `note`: what stands behind them; `more`: as
    `add_argument` has it, of which `required` leaves out what holds without it.
    """
    about = sense.about if (sense := sense_on(name, route)) else PARAMETERS[name].about
    if more.get("required"):
        about = about.partition(_WITHOUT)[0]
    text = " ".join(filter(None, [words.within(about), note]))
    command.add_argument(f"--{name.replace('_', '-')}", metavar=metavar, help=text, **more)


def site_option(command: ArgumentParser, what: str) -> None:
    """Take the address of a dashboard; `what` it is for."""
    about = f"address of the dashboard, {what}"
    command.add_argument("--site", metavar="URL", type=_site, help=about)


def _site(address: str) -> str:
    if address and not is_dashboard(address):
        example = "https://stances.example.org"
        raise ArgumentTypeError(f"{inline(address)} is no web address, such as {example}")
    return address


def day_option(command: ArgumentParser, metavar: str = "DATE", of: str = "the data") -> None:
    """Take the day that is told of; without it, to which the data or its part `of` reaches."""
    link_option(command, DAY, metavar, f"(default: that up to which {of} reaches)")


def actors_option(command: ArgumentParser) -> None:
    """Take the actors that are told of, as addresses of data do."""
    link_option(command, ACTOR, "A", _NARROWED, route="/snapshots", nargs="+", action="extend")


def dataset_of(arguments: Namespace) -> Dataset:
    """Return the dataset that is asked for. Raises DataFaults and BadInput."""
    return open_dataset(arguments.data, version=arguments.release, known=arguments.known)
