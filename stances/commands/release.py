"""`release`: write what is derived from the tables, or say what of it is stale."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from stances.commands.figures import differences
from stances.dataset import changelog, describe, releases
from stances.dataset.days import month_ends
from stances.dataset.load import CHANGELOG_FILE, FORMAT_FILE, PACKAGE_FILE, Dataset, load

TEXT = "write what is derived from the tables: archive, changelog, description, counts"


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
    yield data.folder / PACKAGE_FILE, describe.datapackage(data)
    if FORMAT_FILE in data.files:
        text = describe.format_text(data, data.files[FORMAT_FILE].decode())
        yield data.folder / FORMAT_FILE, text.encode()
    beside = data.folder.resolve().parent / "README.md"
    if data.folder.resolve().name == "data" and beside.exists():
        yield beside, describe.readme_text(data, beside.read_text(encoding="utf-8")).encode()
    told = data.files.get(CHANGELOG_FILE, b"").decode("utf-8-sig")
    lines = [] if data.version in changelog.versions(told) else [*_changes(data)]
    text = changelog.with_release(told, data.version, lines)
    yield data.folder / CHANGELOG_FILE, text.encode()
    path = data.folder / releases.FOLDER / f"{data.version}.zip"
    yield path, releases.archive(data, _figures(data))


def _changes(data: Dataset) -> Iterator[str]:
    """Yield what is other than in the newest release before: rows, then figures."""
    known = [name for name in releases.listed(data.folder)["version"] if name != data.version]
    if known:
        path = data.folder / releases.FOLDER / f"{known[0]}.zip"
        yield f"Compared with `{known[0]}`."
        yield from changelog.difference_lines(
            releases.unzip(path.read_bytes(), path.name), data.files
        )
    current = releases.listed(data.folder).query("model_version != '' and version != @data.version")
    if len(current):
        before = releases.open_release(data.folder, current["version"].iloc[0], data.today)
        yield next(differences(before, data))
    yield from (f"{line}." for line in describe.count_lines(data) if "rows" in line)


def _figures(data: Dataset) -> Mapping[str, bytes]:
    """Return the computed files of an archive: the month-end stances, and those of its day."""
    from stances.answers import export, snapshot  # noqa: PLC0415
    from stances.answers.tracker import tracker_of  # noqa: PLC0415

    tracker, last = tracker_of(data), releases.series_day(data)
    days = month_ends(data.codebook.first_date, last)
    series = [col for col in snapshot.SERIES if col.name != "certainty"]
    of_day = snapshot.snapshot(tracker, releases.figures_day(data))
    return {
        releases.SERIES_FILE: export.csv(snapshot.series(tracker, days), series),
        releases.SNAPSHOT_FILE: export.csv(of_day, snapshot.COLUMNS),
    }


def _is_stale(path: Path, content: bytes) -> bool:
    """Say whether a derived file is missing or other than it must be. Of an archive what is in it
    counts: packed by another program the same files give other bytes.
    """
    if not path.exists():
        return True
    old = path.read_bytes()
    if path.suffix != ".zip":
        return old != content
    return releases.unzip(old, path.name) != releases.unzip(content, path.name)
