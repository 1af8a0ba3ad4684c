"""`snapshot`: the stance table of a date as files."""

import sys
from argparse import ArgumentParser, Namespace

from stances.answers.files import write
from stances.answers.snapshot import snapshot_files
from stances.answers.tracker import published_model
from stances.commands.dataset import actors_option, dataset_of, link_option, release_options
from stances.commands.streams import OK, folder_to_write
from stances.model.stance import ALL, BASES

TEXT = "write the stance table of a date as CSV"


def options(command: ArgumentParser) -> None:
    """Take the date, where to write, and what narrows the table."""
    release_options(command)
    link_option(command, "as_of", "DATE", "(such as 2019-03-04)", required=True)
    command.add_argument("--out", default=".", metavar="FOLDER", help="where to (default: here)")
    link_option(command, "domain", "D", route="/snapshots")
    actors_option(command)
    link_option(command, "basis", "B", f"({' or '.join(BASES)}; default: {ALL})", default=ALL)


def run(arguments: Namespace) -> int:
    """Write the table and its metadata, and say where."""
    folder = folder_to_write(arguments.out)
    data = dataset_of(arguments)
    model = published_model(data).on(arguments.basis)
    files = snapshot_files(data, model, arguments.as_of, arguments.domain, arguments.actor)
    for path in write(files, folder):
        sys.stdout.write(f"{path}\n")
    return OK
