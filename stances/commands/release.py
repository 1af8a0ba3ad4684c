"""`release`: write what is derived from the tables, or say what of it is stale."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from stances.answers import proof
from stances.answers.tracker import tracker_of
from stances.commands.add import figure_lines
from stances.commands.check import count_lines
from stances.commands.examples import with_examples
from stances.dataset import changelog, describe, releases, schema
from stances.dataset.check import rows_of
from stances.dataset.codebook import MODEL_VERSION
from stances.dataset.load import FORMAT_FILE, PACKAGE_FILE, Dataset, load
from stances.dataset.releases import CHANGELOG_FILE, VERSIONED
from stances.dataset.schema import Row, Table

TEXT = "write what is derived from the tables: archive, changelog, description, examples"
# Tables whose changed rows the changelog names, where they are no more than so many.
_LISTED = ("events", "acts", "deadlines", "profiles", "actors")
_MOST_LISTED = 40
# That a row was recorded anew, or its address asked for, is no change of it.
_OF_KEEPING = ("recorded", "added", "checked_on", "answered")


def options(parser: ArgumentParser) -> None:
    """Take whether to write, or only to look."""
    text = "write nothing; exit status 1 where something is stale"
    parser.add_argument("--check", action="store_true", help=text)


def run(arguments: Namespace) -> int:
    """Write what is stale and say where; where only asked, name it and fail."""
    data = load(arguments.data)
    stale = {path: content for path, content in _derived(data) if _is_stale(path, content)}
    if arguments.check:
        command = "python -m stances release"
        if arguments.data:
            command += f" --data {arguments.data}"
        for path in stale:
            print(f"{path} is stale; run: {command}", file=sys.stderr)
        return 1 if stale else 0

    for path, content in stale.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        print(path)
    print(f"released {data.version}")
    return 0


def _derived(data: Dataset) -> Iterator[tuple[Path, bytes]]:
    """Yield each file that follows from the tables, as it must be."""
    folder = data.folder
    yield folder / PACKAGE_FILE, describe.datapackage(data)
    if FORMAT_FILE in data.files:
        text = describe.format_text(data, data.files[FORMAT_FILE].decode())
        yield folder / FORMAT_FILE, text.encode()

    # The README beside a folder `data` is about these tables; beside another folder it may be about
    # anything.
    whole_path = folder.resolve()
    readme = whole_path.parent / "README.md"
    if whole_path.name == "data" and readme.exists():
        text = with_examples(data, readme.read_text(encoding="utf-8"))
        yield readme, text.encode()

    text = changelog.with_release(data.changelog, data.version, _changes(data))
    yield folder / CHANGELOG_FILE, text.encode()

    path = folder / releases.FOLDER / f"{data.version}.zip"
    yield path, releases.zip_files(_archived(data), data.recorded)


def _archived(data: Dataset) -> dict[str, bytes]:
    """Return the files of an archive: the tables, and what proves the figures that they give; the
    same whenever it is made.
    """
    # Not the opening day, which may be today; but no event lies beyond what is proved.
    last_day = data.recorded
    dates = data.events["date"]
    if len(dates):
        last_day = max(last_day, dates.max().date())

    identity = {
        "version": data.version,
        "model_version": str(MODEL_VERSION),
        "schema_version": data.schema_version,
        "content_sha256": data.content_hash,
        proof.LAST_DAY: str(last_day),
        proof.DIGESTS: proof.digests(tracker_of(data), last_day),
    }
    files = {name: data.files[name] for name in VERSIONED if name in data.files}
    files[releases.IDENTITY_FILE] = f"{json.dumps(identity, indent=2)}\n".encode()
    return files


def _is_stale(path: Path, content: bytes) -> bool:
    """Say whether a derived file is missing or differs from what it must be. Archives are compared
    by what is in them: another program packs the same files into other bytes.
    """
    if not path.exists():
        return True
    old_content = path.read_bytes()
    if path.suffix != ".zip":
        return old_content != content

    old_files = releases.unzip(old_content, path.name)
    return old_files != releases.unzip(content, path.name)


def _changes(data: Dataset) -> Iterator[str]:
    """Yield what has changed since the release before: rows, then figures; and the counts."""
    published = releases.published(data.folder)
    earlier = published[published["version"] != data.version]
    if len(earlier):
        newest = earlier.iloc[0]
        version = newest["version"]
        yield f"Compared with `{version}`."
        files = releases.unzip(newest["path"].read_bytes(), version)
        yield from _row_lines(files, data.files)
        # Empty of a release that another model made, which cannot be opened.
        if newest["model_version"]:
            released = load(data.folder, data.today, version)
            # The first line, of which there always is one: how many differ on the first day. What
            # these are, and how many on another, is not told.
            yield next(figure_lines(released, data))

    for line in count_lines(data):
        # On a screen the counts stand below one another, by blanks.
        yield f"{' '.join(line.split())}."


def _row_lines(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[str]:
    """Yield how each table differs between two states of the files: how many rows were
    added, corrected (with the columns) and withdrawn, and which, if they are few.
    """
    for table in schema.tables().values():
        old_rows = _rows_by_key(table, before)
        new_rows = _rows_by_key(table, after)

        compared = [name for name in table.header if name not in _OF_KEEPING]
        corrected = []
        for key, row in new_rows.items():
            # What is added differs in nothing from itself.
            old_row = old_rows.get(key, row)
            columns = [name for name in compared if old_row[name] != row[name]]
            if columns:
                corrected.append(f"{key} ({', '.join(columns)})")

        changes = {
            "added": [key for key in new_rows if key not in old_rows],
            "corrected": corrected,
            "withdrawn": [key for key in old_rows if key not in new_rows],
        }

        counts = [f"{len(keys):,} {change}" for change, keys in changes.items() if keys]
        if counts:
            yield f"`{table.file}`: {', '.join(counts)}."
        if table.name in _LISTED:
            for change, keys in changes.items():
                if 0 < len(keys) <= _MOST_LISTED:
                    yield f"{change.capitalize()}: {', '.join(keys)}."


def _rows_by_key(table: Table, files: Mapping[str, bytes]) -> dict[str, Row]:
    """Return the rows of a table by their keys, as the changelog writes these: `POL 2019-03-04`."""
    rows = {}
    for row in rows_of(table, files):
        key = " ".join(row[name] for name in table.key)
        rows[f"`{key}`"] = row
    return rows
