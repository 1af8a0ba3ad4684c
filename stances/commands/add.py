"""`add`: events more, each with its sources and, if any, its act, into the tables."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from stances.commands.asking import answers, confirm, is_terminal
from stances.commands.diff import change_lines
from stances.commands.streams import OK
from stances.dataset.add import Addition, additions
from stances.dataset.entry import STANDARD_INPUT, Entry, entry_content, entry_of, read_entry
from stances.dataset.faults import BadInput
from stances.dataset.files import data_folder
from stances.dataset.schema import tables
from stances.dataset.tables import Dataset, load
from stances.dataset.writing import settle

TEXT = "add events with their sources, and acts if any, to the tables"
_ANSWERS = "answers"


def options(command: ArgumentParser) -> None:
    """Take the entries, who coded them, and whether to write them."""
    command.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="an event as TOML, JSON or a form for issues, - for standard input (default: ask)",
    )
    command.add_argument("--coder", metavar="NAME", help="who gave the score")
    command.add_argument("--dry-run", action="store_true", help="show what would change")
    command.add_argument(
        "--no-double", action="store_true", help="none is one of the events that it is like"
    )


def run(arguments: Namespace) -> int:
    """Judge the entries with the whole folder, show what changes, and write it: all or nothing."""
    try:
        made = _additions(arguments)
    except KeyboardInterrupt:
        raise BadInput("interrupted; nothing was written") from None
    if not arguments.dry_run:
        made[-1].change.write()
        sys.stdout.write(f"added {', '.join(added for entry in made for added in entry.added)}\n")
    return OK


def _additions(arguments: Namespace) -> list[Addition]:
    """Return what is to be added, as it is shown to the user, who may say no to it."""
    asks = not arguments.files and is_terminal()
    names = [_ANSWERS] if asks else arguments.files or [STANDARD_INPUT]
    contents = [None if asks else entry_content(name) for name in names]
    settle(data_folder(arguments.data))
    data = load(arguments.data)
    named = zip(names, contents, strict=True)
    entries = [(name, _entry(data, name, content)) for name, content in named]
    made = additions(data, entries, arguments.coder)
    for name, source_id in (known for entry in made for known in entry.reused.items()):
        sys.stdout.write(f"{name}: the page is known as {source_id}, whose row stays as it is\n")
    # What is asked for is shown, whatever is said of it then.
    if arguments.dry_run:
        sys.stdout.writelines(change_lines(made[-1].change))
    if any(entry.doubles for entry in made) and not arguments.no_double:
        _refuse_double(made)
    if arguments.dry_run:
        return made
    sys.stdout.writelines(change_lines(made[-1].change))
    if asks and not confirm("Write this?"):
        raise BadInput("nothing was written")
    return made


def _entry(data: Dataset, name: str, content: bytes | None) -> Entry:
    """Return the entry in a file; None: in the answers to what is asked for each field."""
    known = tables(data.codebook, data.today)
    if content is None:
        return entry_of(answers(data), name, known)
    return read_entry(content, name, known)


def _refuse_double(made: Sequence[Addition]) -> None:
    """Name the events that a new one is like, and go on only where a person says so."""
    for entry in made:
        of = f"{entry.change.source}: " if len(made) > 1 else ""
        for event in entry.doubles:
            line = f"{of}like {event['event_id']}, {event['date']}: {event['title']}\n"
            sys.stderr.write(line)
    if is_terminal():
        if confirm("Is it none of these?"):
            return
        raise BadInput("nothing was written: it may be a double")
    raise BadInput("nothing was written: it may be a double; if it is none, say --no-double")
