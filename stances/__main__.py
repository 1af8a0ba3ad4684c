"""The command line: `python -m stances check | add | edit | cite | code | links | release |
snapshot | serve | desk`.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from stances.commands import add, check, cite, code, desk, edit, links, release, serve, snapshot
from stances.dataset.faults import BadInput, DataFaults, not_one_of
from stances.dataset.files import finish_writing
from stances.dataset.load import DATA_VARIABLE, data_folder
from stances.dataset.write import BadEntry

OK = 0
INVALID_DATA = 1
BAD_USAGE = 2
COMMANDS = {
    "check": check,
    "add": add,
    "edit": edit,
    "cite": cite,
    "code": code,
    "links": links,
    "release": release,
    "snapshot": snapshot,
    "serve": serve,
    "desk": desk,
}
_STATUSES = "Exit status: 0 done, 1 the data is invalid, 2 bad usage."


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Bad usage in one line, without the usage text before it."""
        print(f"{self.prog}: {message}; see {self.prog} --help", file=sys.stderr)
        sys.exit(BAD_USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    if arguments is None:
        arguments = sys.argv[1:]
    if arguments and not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        refusal = not_one_of(arguments[0], COMMANDS)
        print(f"stances: {refusal}", file=sys.stderr)
        return BAD_USAGE

    options = _parser().parse_args(arguments)
    try:
        # What a command before was ended in the midst of.
        finish_writing(data_folder(options.data))
        # `_parser` put the command's own `run` among the options.
        status: int = options.run(options)
    except DataFaults as faults:
        print(faults, file=sys.stderr)
        # A row that was to be added is bad, and the data is as it was.
        return BAD_USAGE if isinstance(faults, BadEntry) else INVALID_DATA
    except BadInput as error:
        print(f"stances: {error}", file=sys.stderr)
        return BAD_USAGE
    except BrokenPipeError:
        # Nobody reads any more; what Python would write at its end must not fail too.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        return OK
    except OSError as error:
        file = error.filename or "error"
        message = error.strerror or error
        print(f"stances: {file}: {message}", file=sys.stderr)
        return BAD_USAGE
    return status


def _parser() -> _Parser:
    parser = _Parser(
        prog="python -m stances",
        description="Stances on a subject, from sourced events: the tables and what they give.",
        epilog=_STATUSES,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        text = f"{module.TEXT[0].upper()}{module.TEXT[1:]}."
        command = commands.add_parser(
            name,
            help=module.TEXT,
            description=text,
            epilog=_STATUSES,
        )
        module.options(command)
        folder = f"folder of the tables (else {DATA_VARIABLE}, else that of the product)"
        command.add_argument("--data", metavar="FOLDER", help=folder)
        command.set_defaults(run=module.run)
    return parser


def run() -> NoReturn:
    """Run the command that the shell gave and leave with its exit status."""
    sys.exit(main())


if __name__ == "__main__":
    run()
