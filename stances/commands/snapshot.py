"""`snapshot`: the stance table of a date as a file, with its metadata."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from stances import tables
from stances.answers import export, snapshot
from stances.answers.tracker import tracker_of
from stances.dataset.describe import stem
from stances.dataset.faults import BadInput
from stances.dataset.load import load

TEXT = "write the stance table of a date as a file"


def options(parser: ArgumentParser) -> None:
    """Take the date, where to write and as what, and what narrows the table."""
    parser.add_argument("--as-of", metavar="DATE", help="the day (default: that which opens)")
    parser.add_argument("--out", default=".", metavar="FOLDER", help="where to (default: here)")
    parser.add_argument(
        "--format",
        default="csv",
        choices=export.FORMATS,
        help="default: csv",
    )
    parser.add_argument("--domain", help="a field of the codebook, or overall (default: all)")
    parser.add_argument("--actor", action="append", help="a code; may be given several times")
    parser.add_argument(
        "--basis",
        default="all",
        choices=("all", "acts"),
        help="default: all",
    )
    parser.add_argument("--release", metavar="VERSION", help="a release, instead of the tables")


def run(arguments: Namespace) -> int:
    """Write the table and its metadata, and say where."""
    data = load(arguments.data, release=arguments.release)
    day = data.opening_day
    if arguments.as_of:
        day = data.day(arguments.as_of, "--as-of")

    tracker = tracker_of(data, arguments.basis)
    frame = snapshot.snapshot(tracker, day, arguments.domain, arguments.actor)
    _, write = export.FORMATS[arguments.format]
    content = write(frame, tables.SNAPSHOT, snapshot.edition(tracker))

    # The metadata have the hash of the table as CSV, whatever its format.
    csv = export.csv(frame, tables.SNAPSHOT)
    about = snapshot.about_snapshot(tracker, day, csv, arguments.domain, arguments.actor)
    metadata = json.dumps(about, indent=2, ensure_ascii=False, default=str)

    # All that narrows the table is named; what was not asked for is None and falls out.
    actors = arguments.actor if arguments.actor else []
    basis = None if arguments.basis == "all" else arguments.basis
    parts = [stem(data), str(day), arguments.release, *actors, arguments.domain, basis]
    name = "_".join(filter(None, parts))

    folder = Path(arguments.out)
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file; allowed: a folder, also a new one", "--out")
    folder.mkdir(parents=True, exist_ok=True)
    files = {arguments.format: content, "metadata.json": f"{metadata}\n".encode()}
    for suffix, file_content in files.items():
        path = folder / f"{name}.{suffix}"
        path.write_bytes(file_content)
        print(path)
    return 0
