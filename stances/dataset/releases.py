"""The releases of a data folder: each a zip whose name is the day and the hash of its files."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from pathlib import Path

import pandas as pd

from stances.dataset import schema
from stances.dataset.about import ABOUT_FILE
from stances.dataset.changelog import versions_in
from stances.dataset.codebook import CODEBOOK_FILE, MODEL_VERSION
from stances.dataset.faults import BadInput, did_you_mean, inline

FOLDER = "releases"
CHANGELOG_FILE = "CHANGELOG.md"
# What an archive says of itself: its versions, and the digest of the figures that it gave.
IDENTITY_FILE = "release.json"
# The files that a dataset is told apart by: its figures, and what is said of them.
_TABLE_FILES = [table.file for table in schema.tables().values()]
VERSIONED = (*_TABLE_FILES, CODEBOOK_FILE, ABOUT_FILE)
_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}")


def dataset_hash(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of what a dataset is told apart by: the names, lengths and bytes of its
    VERSIONED files, and the version of the model, without which they give no figures.
    """
    parts = {name: files[name] for name in VERSIONED if name in files}
    parts["MODEL_VERSION"] = str(MODEL_VERSION).encode()

    digest = sha256()
    for name, content in sorted(parts.items()):
        # With the length no end of a file can pass for the beginning of the next.
        header = f"{name}\0{len(content)}\0"
        digest.update(header.encode())
        digest.update(content)
    return digest.hexdigest()


def published(folder: Path) -> pd.DataFrame:
    """Return the releases of a folder, newest first: version, date, model_version (empty: not that
    of today, so it is not opened), size in bytes, path, sha256.
    """
    changelog = folder / CHANGELOG_FILE
    versions = []
    if changelog.is_file():
        versions = versions_in(changelog.read_text(encoding="utf-8-sig"))

    archives = _archives(folder)
    # Of two of one day the changelog, which has the newest first, knows which came later; sorting
    # by day leaves them so. Archives that it does not name come behind.
    in_order = dict.fromkeys([*versions, *archives])
    rows = []
    for version in sorted(in_order, key=itemgetter(slice(10)), reverse=True):
        if version in archives:
            path = archives[version]
            rows.append(_row(path, path.stat().st_mtime_ns))

    columns = [
        "version",
        "date",
        "model_version",
        "size",
        "path",
        "sha256",
    ]
    return pd.DataFrame(rows, columns=columns)


def _archives(folder: Path) -> dict[str, Path]:
    """Return the zips of a folder that have the name of a version, by that."""
    zips = (folder / FOLDER).glob("*.zip")
    return {path.stem: path for path in zips if _VERSION.fullmatch(path.stem) and path.is_file()}


@lru_cache(maxsize=64)
def _row(path: Path, _modified: int) -> tuple[object, ...]:
    """Return the row of a release in `published`; `_modified`: when its zip was, so that one put in
    its place is read anew.
    """
    content = path.read_bytes()
    try:
        files = unzip(content, path.name, VERSIONED)
    except BadInput:
        # It is listed as all are that cannot be opened here.
        files = {}
    digest = sha256(content)
    return (
        path.stem,
        date.fromisoformat(path.stem[:10]),
        str(MODEL_VERSION) if is_current(path.stem, files) else "",
        len(content),
        path,
        digest.hexdigest(),
    )


def is_current(version: str, files: Mapping[str, bytes]) -> bool:
    """Say whether a release was made with the model of today: its name is the hash of that."""
    return version.endswith(f"-{dataset_hash(files)[:8]}")


def release_path(folder: Path, version: str) -> Path:
    """Return the zip of a release. Raises BadInput for one that there is not."""
    paths = _archives(folder)
    if version not in paths:
        choice = "there are none in this folder"
        if paths:
            versions = sorted(paths, reverse=True)
            choice = f"there are: {', '.join(versions)}"
        nearest = did_you_mean(version, paths)
        raise BadInput(f"{inline(version)} is not a release; {choice}{nearest}", "release")
    return paths[version]


def zip_files(files: Mapping[str, bytes], day: date) -> bytes:
    """Return files by name in a zip, all with the same day: the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in sorted(files.items()):
            # Year, month, day and midnight.
            entry = zipfile.ZipInfo(name, day.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    return buffer.getvalue()


def unzip(content: bytes, name: str, only: Collection[str] = ()) -> dict[str, bytes]:
    """Return a zip's files by name, or some `only`. Raises BadInput. `name`: what it is called."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            # Most of an older archive is its monthly series, which nobody reads here.
            wanted = only if only else packed.namelist()
            return {entry: packed.read(entry) for entry in packed.namelist() if entry in wanted}
    except (zipfile.BadZipFile, zlib.error) as error:
        raise BadInput(f"{name} is no zip: {error}") from None
