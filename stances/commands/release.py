"""`release`: write what is derived from the tables, or say what of it is stale."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from stances import tables
from stances.answers import export, snapshot
from stances.answers.tracker import tracker_of
from stances.commands.add import figure_lines
from stances.commands.check import count_lines
from stances.commands.examples import with_examples
from stances.dataset import changelog, describe, releases, schema
from stances.dataset.codebook import MODEL_VERSION
from stances.dataset.days import month_ends
from stances.dataset.load import CHANGELOG_FILE, FORMAT_FILE, VERSIONED, Dataset, load
from stances.dataset.schema import Table
from stances.dataset.write import Row, rows_of

TEXT = "write what is derived from the tables: archive, changelog, description, examples"
# Rows of these are listed by name, so many of them.
_LISTED, _MOST = ("events", "acts", "deadlines", "profiles", "actors"), 40


def options(parser: ArgumentParser) -> None:
    """Take whether to write, or only to look."""
    told = "write nothing; exit status 1 where something is stale"
    parser.add_argument("--check", action="store_true", help=told)


def run(arguments: Namespace) -> int:
    """Write what is stale and say where; where only asked, name it and fail."""
    data = load(arguments.data)
    stale = {path: content for path, content in _derived(data) if _is_stale(path, content)}
    if arguments.check:
        folder = f" --data {arguments.data}" if arguments.data else ""
        told = f"is stale; run: python -m stances release{folder}"
        sys.stderr.writelines(f"{path} {told}\n" for path in stale)
        return int(bool(stale))
    for path, content in stale.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        sys.stdout.write(f"{path}\n")
    sys.stdout.write(f"released {data.version}\n")
    return 0


def _derived(data: Dataset) -> Iterator[tuple[Path, bytes]]:
    """Yield each file that follows from the tables, as it must be."""
    yield data.folder / "datapackage.json", describe.datapackage(data)
    if FORMAT_FILE in data.files:
        text = describe.format_text(data, data.files[FORMAT_FILE].decode())
        yield data.folder / FORMAT_FILE, text.encode()
    beside = data.folder.resolve().parent / "README.md"
    # What lies beside a folder of another name is not of that one alone.
    if data.folder.resolve().name == "data" and beside.exists():
        yield beside, with_examples(data, beside.read_text(encoding="utf-8")).encode()
    told = data.files.get(CHANGELOG_FILE, b"").decode("utf-8-sig")
    lines = [] if data.version in changelog.versions_in(told) else [*_changes(data)]
    text = changelog.with_release(told, data.version, lines)
    yield data.folder / CHANGELOG_FILE, text.encode()
    path = data.folder / releases.FOLDER / f"{data.version}.zip"
    yield path, releases.zip_files(_archived(data), data.recorded)


def _archived(data: Dataset) -> dict[str, bytes]:
    """Return the files of an archive: the tables, the month-end stances, and those of the day up to
    which sources were looked through; the same whenever it is made.
    """
    tracker, newest = tracker_of(data), data.events["date"].max()
    last = data.recorded if pd.isna(newest) else max(data.recorded, newest.date())
    day = min(data.covered_to or last, last)
    series = [col for col in tables.SERIES if col.name != "certainty"]
    months = snapshot.series(tracker, month_ends(data.codebook.first_date, last))
    identity = {
        "version": data.version,
        "model_version": str(MODEL_VERSION),
        "schema_version": data.schema_version,
        "content_sha256": data.content_hash,
        "series_to": str(last),
        "snapshot_as_of": str(day),
    }
    return {
        **{name: data.files[name] for name in VERSIONED if name in data.files},
        "series.csv": export.csv(months, series),
        "snapshot.csv": export.csv(snapshot.snapshot(tracker, day), tables.SNAPSHOT),
        "release.json": (json.dumps(identity, indent=2) + "\n").encode(),
    }


def _is_stale(path: Path, content: bytes) -> bool:
    """Say whether a derived file is missing or other than it must be. Of an archive what is in it
    counts: packed by another program the same files give other bytes.
    """
    if not path.exists() or path.suffix != ".zip":
        return not path.exists() or path.read_bytes() != content
    old = releases.unzip(path.read_bytes(), path.name)
    return old != releases.unzip(content, path.name)


def _changes(data: Dataset) -> Iterator[str]:
    """Yield what is other than in the newest release before, rows, then figures; and the counts."""
    before = releases.published(data.folder).query("version != @data.version")
    if len(before):
        newest = before.iloc[0]
        yield f"Compared with `{newest['version']}`."
        old = releases.unzip(newest["path"].read_bytes(), newest["version"])
        yield from _row_lines(old, data.files)
        if newest["model_version"]:
            opened = releases.open_release(data.folder, newest["version"], data.today)
            yield next(figure_lines(opened, data))
    yield from (f"{' '.join(line.split())}." for line in count_lines(data))


def _row_lines(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what each table has apart in two states of the files, by name: how many rows were
    added, corrected (with the columns) and withdrawn, and which, if they are few.
    """
    for table in schema.tables().values():
        old, new = _rows_by_key(table, before), _rows_by_key(table, after)
        moved = {key: _moved(table, old[key], new[key]) for key in new if key in old}
        parts = {
            "added": {key: "" for key in new if key not in old},
            "corrected": {key: names for key, names in moved.items() if names},
            "withdrawn": {key: "" for key in old if key not in new},
        }
        counts = [f"{len(keys):,} {done}" for done, keys in parts.items() if keys]
        if counts:
            yield f"`{table.file}`: {', '.join(counts)}."
        for done, keys in parts.items() if table.name in _LISTED else ():
            named = (f"`{' '.join(key)}`{f' ({of})' if of else ''}" for key, of in keys.items())
            if 0 < len(keys) <= _MOST:
                yield f"{done.capitalize()}: {', '.join(named)}."


def _moved(table: Table, old: Row, new: Row) -> str:
    """Return the columns that a row has otherwise. That it was recorded anew is no change."""
    return ", ".join(n for n in table.header if n != "recorded" and old[n] != new[n])


def _rows_by_key(table: Table, files: Mapping[str, bytes]) -> dict[tuple[str, ...], Row]:
    return {tuple(row[name] for name in table.key): row for row in rows_of(table, files)}
