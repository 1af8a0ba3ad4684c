"""The command line: `python -m stances check | snapshot | datapackage`."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from stances.answers import snapshot
from stances.answers.files import write
from stances.answers.overview import period_line, table_counts
from stances.answers.tracker import published_model
from stances.dataset import descriptions
from stances.dataset.faults import BadInput, DataFaults
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.tables import load
from stances.model.stance import ALL, BASES

# Exit statuses are promises, like the names of the columns.
OK, INVALID_DATA, BAD_USAGE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Bad usage in one line, without the usage text before it."""
        sys.stderr.write(f"{self.prog}: {message}; see {self.prog} --help\n")
        sys.exit(BAD_USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 invalid data, 2 bad input."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except DataFaults as faults:
        sys.stderr.write(f"{faults}\n")
        return INVALID_DATA
    except (BadInput, OSError) as error:
        sys.stderr.write(f"stances: {error}\n")
        return BAD_USAGE
    return status


def _parser() -> _Parser:
    parser = _Parser(prog=_called(), description="Stances on a subject, from events.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = _command(commands, "check", "check the tables and count what they hold", _check)
    taken = _command(commands, "snapshot", "write the stance table of a date as CSV", _snapshot)
    taken.add_argument("--as-of", required=True, metavar="DATE", help="day, such as 2019-03-04")
    taken.add_argument("--out", default=".", metavar="FOLDER", help="where to (default: here)")
    taken.add_argument("--domain", metavar="D", help="only this domain, or overall")
    taken.add_argument("--actor", nargs="+", action="extend", metavar="A", help="only these actors")
    taken.add_argument(
        "--basis", default=ALL, metavar="B", help=f"what stances rest on: {' or '.join(BASES)}"
    )
    described = _command(
        commands, "datapackage", "write descriptions.json of the data folder", _datapackage
    )
    for command in (check, taken, described):
        command.add_argument(
            "--data",
            metavar="FOLDER",
            help=f"folder of the tables (else {DATA_VARIABLE}, else data)",
        )
    return parser


def _called() -> str:
    """How the reader called this program: by the command of the package, or by its module."""
    return "stances" if Path(sys.argv[0]).stem == "stances" else "python -m stances"


def _command(commands, name: str, text: str, run) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=text,
        description=f"{text[0].upper()}{text[1:]}.",
        epilog="Exit status: 0 done, 1 the data is invalid, 2 bad usage.",
    )
    command.set_defaults(run=run)
    return command


def _check(options: argparse.Namespace) -> int:
    data = load(options.data)
    for table, rows in table_counts(data).items():
        sys.stdout.write(f"{table:17} {rows:6,} rows\n")
    sys.stdout.write(f"{period_line(data)}\n{data.folder}: valid, version {data.version}\n")
    return OK


def _snapshot(options: argparse.Namespace) -> int:
    data = load(options.data)
    model = published_model(data).on(options.basis)
    files = snapshot.snapshot_files(data, model, options.as_of, options.domain, options.actor)
    for path in write(files, Path(options.out)):
        sys.stdout.write(f"{path}\n")
    return OK


def _datapackage(options: argparse.Namespace) -> int:
    sys.stdout.write(f"{descriptions.write(load(options.data))}\n")
    return OK


def run() -> NoReturn:
    """Run the command that the shell gave and leave with its exit status."""
    # A folder may have a name that the terminal, or what reads from it, cannot show.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())


if __name__ == "__main__":
    run()
