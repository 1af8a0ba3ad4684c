"""`add`: events more, with their sources and, if any, their acts; or an act or a profile alone."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from stances.commands.figures import differences
from stances.dataset.load import load
from stances.dataset.write import Change

TEXT = "add events with their sources, acts and profiles from TOML files"


def options(parser: ArgumentParser) -> None:
    """Take the files, who coded, and whether to write."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="an event, an act or a profile")
    change_options(parser, "who gave the score")


def change_options(parser: ArgumentParser, who: str) -> None:
    """Take what adding and correcting have in common."""
    parser.add_argument("--coder", metavar="NAME", default="", help=who)
    parser.add_argument("--dry-run", action="store_true", help="show what would change, no more")


def run(arguments: Namespace) -> int:
    """Judge all files with the whole folder, show what changes, and write it: all or nothing."""
    change = Change(load(arguments.data), coder=arguments.coder)
    for name in arguments.files:
        change.take(Path(name).read_bytes(), name)
    finish(change, arguments.dry_run)
    return 0


def finish(change: Change, dry_run: bool) -> None:
    """Show a change in rows and in figures, and write it. Raises DataFaults where it is none."""
    after = change.judged()
    lines = [f"note: {note}" for note in change.notes]
    lines += [change.diff().rstrip("\n"), *differences(change.data, after)]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if not dry_run:
        change.write()
    done = "nothing was written" if dry_run else f"written, version {after.version}"
    sys.stdout.write(f"{done}\n")
