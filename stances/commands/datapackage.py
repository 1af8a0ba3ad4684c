"""`datapackage`: the description of the data folder for other programs."""

import sys
from argparse import ArgumentParser, Namespace

from stances.commands.streams import OK
from stances.dataset import descriptions
from stances.dataset.files import PACKAGE_FILE
from stances.dataset.tables import load

TEXT = f"write {PACKAGE_FILE} of the data folder"


def options(command: ArgumentParser) -> None:
    """Take nothing but the folder."""
    del command


def run(arguments: Namespace) -> int:
    """Write the description, and say where."""
    sys.stdout.write(f"{descriptions.write(load(arguments.data))}\n")
    return OK
