"""`release`: write all that is derived from the tables, or say what of it is stale."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from stances.answers import snapshot
from stances.answers.tracker import published_model
from stances.commands.readme import readme_files
from stances.commands.streams import INVALID_DATA, OK
from stances.dataset.days import month_ends
from stances.dataset.files import data_folder
from stances.dataset.release import derived_files, is_stale, last_day
from stances.dataset.tables import Dataset, load
from stances.dataset.writing import settle, write_whole

TEXT = "write what is derived from the tables: description, counts, changelog, archive"


def options(command: ArgumentParser) -> None:
    """Take whether to write or only to look."""
    command.add_argument(
        "--check", action="store_true", help="write nothing; status 1 where something is stale"
    )


def run(arguments: Namespace) -> int:
    """Write what is stale and say where; where only asked, name it and fail."""
    if not arguments.check:
        settle(data_folder(arguments.data))
    data = load(arguments.data)
    stale = {path: content for path, content in _derived(data).items() if is_stale(path, content)}
    if arguments.check:
        lines = [f"{path} is stale; run: python -m stances release\n" for path in stale]
        sys.stderr.writelines(lines)
        return INVALID_DATA if stale else OK
    for path, content in stale.items():
        path.parent.mkdir(exist_ok=True)
        write_whole(path, content)
        sys.stdout.write(f"{path}\n")
    sys.stdout.write(f"released {data.version}\n")
    return OK


def _derived(data: Dataset) -> dict[Path, bytes]:
    days = month_ends(data.codebook.first_date, last_day(data))
    parts = snapshot.series_in_parts(data, published_model(data), days)
    series = b"".join(snapshot.series_csv(parts, snapshot.OF_ARCHIVE))
    return {**derived_files(data, series), **readme_files(data)}
