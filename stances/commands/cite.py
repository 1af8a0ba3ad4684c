"""`cite`: a further source for an event."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from stances.commands.add import dry_run_option, finish
from stances.dataset.load import load
from stances.dataset.toml import parse_toml
from stances.dataset.write import Change

TEXT = "add a further source to an event"


def options(parser: ArgumentParser) -> None:
    """Take the event and the source."""
    text = "a TOML file with the cells of a source, or with source_id alone, of a known one"
    parser.add_argument("event", metavar="EVENT", help="the id of an event")
    parser.add_argument("source", metavar="SOURCE.toml", help=text)
    dry_run_option(parser)


def run(arguments: Namespace) -> int:
    """Judge the source with the whole folder, show what changes, and write it."""
    name = arguments.source
    cells = parse_toml(Path(name).read_bytes(), name)
    change = Change(load(arguments.data))
    if cells.keys() == {"source_id"}:
        change.cite(arguments.event, str(cells["source_id"]))
    else:
        change.cite(arguments.event, cells, name)
    finish(change, arguments.dry_run)
    return 0
