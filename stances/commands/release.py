"""`release`: write all that is derived from the tables, or say what of it is stale."""

import shlex
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from stances.answers import snapshot
from stances.answers.release_diff import diff_with_last
from stances.answers.release_losses import loss_lines
from stances.answers.release_words import total_lines
from stances.answers.tracker import published_model
from stances.commands.readme import readme_files
from stances.commands.streams import INVALID_DATA, OK
from stances.dataset import release
from stances.dataset.changelog import CHANGELOG, text_of
from stances.dataset.days import month_ends
from stances.dataset.faults import BadInput
from stances.dataset.files import data_folder
from stances.dataset.tables import Dataset, load
from stances.dataset.writing import settle, write_whole

TEXT = "write what is derived from the tables: description, counts, changelog, archive"
_TAG_TEXT = "--tag-text"


def options(command: ArgumentParser) -> None:
    """Take whether to write, or only to look or to say what a tag says."""
    only = command.add_mutually_exclusive_group()
    only.add_argument(
        "--check",
        action="store_true",
        help="write nothing; status 1 where something is stale, or a position was lost for no "
        "reason that is known",
    )
    only.add_argument(
        _TAG_TEXT, action="store_true", help="write nothing; say what the tag of the release says"
    )


def run(arguments: Namespace) -> int:
    """Write what is stale and say where; where only asked, name it and fail."""
    if arguments.tag_text:
        sys.stdout.write(_tag_text(load(arguments.data), _command(arguments)))
        return OK
    if not arguments.check:
        settle(data_folder(arguments.data))
    data = load(arguments.data)
    derived = _files_to_derive(data)
    stale = {path: content for path, content in derived.items() if release.is_stale(path, content)}
    if arguments.check:
        lines = [f"{path} is stale; run: {_command(arguments)}" for path in stale]
        lines += loss_lines(data, derived[data.folder / CHANGELOG])
        sys.stderr.writelines(f"{line}\n" for line in lines)
        return INVALID_DATA if lines else OK
    for path, content in stale.items():
        path.parent.mkdir(exist_ok=True)
        write_whole(path, content)
        sys.stdout.write(f"{path}\n")
    sys.stdout.write(f"released {data.version}\n")
    text = f"{_command(arguments, _TAG_TEXT)} | git tag -a {data.version} -F -"
    sys.stdout.write(f"to tag it: {text}\n")
    return OK


def _command(arguments: Namespace, *options: str) -> str:
    """Return this command for the same folder, as it is typed, with other options."""
    folder = ["--data", shlex.quote(arguments.data)] if arguments.data else []
    return " ".join(["python -m stances release", *options, *folder])


def _files_to_derive(data: Dataset) -> dict[Path, bytes]:
    model, day = published_model(data), release.figures_day(data)
    days = month_ends(data.codebook.first_date, release.last_day(data))
    parts = snapshot.series_in_parts(data, model, days)
    figures = {
        release.SERIES_FILE: b"".join(snapshot.series_csv(parts, snapshot.OF_ARCHIVE)),
        release.SNAPSHOT_FILE: snapshot.snapshot_files(data, model, day).csv,
    }
    diff = diff_with_last(data)
    totals = total_lines(diff) if diff else ()
    return {**release.derived_files(data, figures, totals), **readme_files(data)}


def _tag_text(data: Dataset, command: str) -> str:
    """Return a tag's text, from the changelog. Raises BadInput where tables are no release, with
    the command that makes them one.
    """
    text = text_of(data.files.get(CHANGELOG, b""), data.version)
    if not text:
        raise BadInput(f"{data.version} is not released; run: {command}")
    return f"{data.about.title}, release of data {data.version}\n\n{text}\n"
