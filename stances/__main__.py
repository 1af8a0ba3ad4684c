"""The command line: `python -m stances check | add | edit | release | snapshot | serve`."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from stances.commands import add, check, edit, release, serve, snapshot
from stances.dataset.faults import BadInput, DataFaults, did_you_mean
from stances.dataset.load import DATA_VARIABLE
from stances.dataset.write import BadEntry

OK, INVALID_DATA, BAD_USAGE = 0, 1, 2
_MODULES = (check, add, edit, release, snapshot, serve)
COMMANDS = {module.__name__.rpartition(".")[2]: module for module in _MODULES}
_STATUSES = "Exit status: 0 done, 1 the data is invalid, 2 bad usage."


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Bad usage in one line, without the usage text before it."""
        sys.stderr.write(f"{self.prog}: {message}; see {self.prog} --help\n")
        sys.exit(BAD_USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = sys.argv[1:] if arguments is None else [*arguments]
    if words and not words[0].startswith("-") and words[0] not in COMMANDS:
        meant = did_you_mean(words[0], COMMANDS)
        sys.stderr.write(f"stances: {words[0]} is not one of: {', '.join(COMMANDS)}{meant}\n")
        return BAD_USAGE
    options = _parser().parse_args(words)
    try:
        status: int = options.run(options)
    except DataFaults as faults:
        sys.stderr.write(f"{faults}\n")
        return BAD_USAGE if isinstance(faults, BadEntry) else INVALID_DATA
    except BadInput as error:
        sys.stderr.write(f"stances: {error}\n")
        return BAD_USAGE
    except BrokenPipeError:
        # Nobody reads any more; what Python would write at its end must not fail too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        sys.stderr.write(f"stances: {error.filename or 'error'}: {error.strerror or error}\n")
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
        command = commands.add_parser(name, help=module.TEXT, description=text, epilog=_STATUSES)
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
