"""The command line: `python -m stances check | add | edit | release | snapshot | picture | ...`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from stances.commands import (
    add,
    brief,
    check,
    datapackage,
    diff,
    digest,
    edit,
    new,
    picture,
    release,
    sentences,
    serve,
    snapshot,
)
from stances.commands.streams import BAD_USAGE, INVALID_DATA, NOTHING_NEW, OK, Streams
from stances.dataset.change import BadEntry
from stances.dataset.faults import BadInput, DataFaults
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.tables import hold_texts

__all__ = ["BAD_USAGE", "INVALID_DATA", "NOTHING_NEW", "OK", "main"]

COMMANDS = {
    "new": new,
    "check": check,
    "add": add,
    "edit": edit,
    "release": release,
    "snapshot": snapshot,
    "picture": picture,
    "brief": brief,
    "digest": digest,
    "diff": diff,
    "datapackage": datapackage,
    "sentences": sentences,
    "serve": serve,
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Bad usage in one line, without the usage text before it."""
        sys.stderr.write(f"{self.prog}: {message}; see {self.prog} --help\n")
        sys.exit(BAD_USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 invalid data, 2 bad input,
    3 nothing new.
    """
    options = _parser().parse_args(arguments)
    hold_texts()
    try:
        status: int = options.run(options)
    except BadEntry as faults:
        sys.stderr.write(f"{faults}\n")
        return BAD_USAGE
    except DataFaults as faults:
        sys.stderr.write(f"{faults}\n")
        return INVALID_DATA
    except (BadInput, OSError) as error:
        sys.stderr.write(f"stances: {error}\n")
        return BAD_USAGE
    return status


def _parser() -> _Parser:
    parser = _Parser(prog=_program_name(), description="Stances on a subject, from events.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=module.TEXT,
            description=f"{module.TEXT[0].upper()}{module.TEXT[1:]}.",
            epilog=f"Exit status: {', '.join(filter(None, [_STATUSES, _own_status(module)]))}.",
        )
        module.options(command)
        if module is not new:
            command.add_argument(
                "--data",
                metavar="FOLDER",
                help=f"folder of the tables (else {DATA_VARIABLE}, else data)",
            )
        command.set_defaults(run=module.run)
    return parser


_STATUSES = "0 done, 1 the data is invalid, 2 bad usage"


def _own_status(module: ModuleType) -> str:
    """Return the exit status that a command alone has; empty where it has none."""
    return str(getattr(module, "STATUS", ""))


def _program_name() -> str:
    """Return how this program was called: by the command of the package, or by its module."""
    return "stances" if Path(sys.argv[0]).stem == "stances" else "python -m stances"


def run() -> NoReturn:
    """Run the command that the shell gave and leave with its exit status."""
    streams = Streams()
    try:
        status = main()
    except SystemExit as ended:  # bad usage, help, or a setting of a server that is none
        if isinstance(ended.code, str):
            sys.stderr.write(f"stances: {ended.code}\n")
        status = BAD_USAGE if isinstance(ended.code, str) else int(ended.code or OK)
    if lost := streams.write_error():
        sys.stderr.write(f"stances: the output cannot be written: {lost.strerror}\n")
        # That the data is invalid is worth more than that nobody could read why.
        status = status or BAD_USAGE
    sys.exit(status)


if __name__ == "__main__":
    run()
