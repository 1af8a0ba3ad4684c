"""The releases of a data folder: each a zip under its version, opened as it was published."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import pandas as pd

from stances.dataset import load
from stances.dataset.changelog import versions_in
from stances.dataset.codebook import MODEL_VERSION
from stances.dataset.days import read_day
from stances.dataset.faults import BadInput, did_you_mean, inline
from stances.dataset.load import VERSIONED, Dataset

FOLDER = "releases"
VERSION = re.compile(r"(\d{4}-\d{2}-\d{2})-[0-9a-f]{8}")


def published(folder: Path) -> pd.DataFrame:
    """Return the releases of a folder, newest first: version, date, model_version (empty: not that
    of today, so it is not opened), size in bytes, path, sha256.
    """
    paths = [path for path in (folder / FOLDER).glob("*.zip") if VERSION.fullmatch(path.stem)]
    # Of two of one day the changelog knows which came later.
    told = folder / load.CHANGELOG_FILE
    order = versions_in(told.read_text(encoding="utf-8-sig") if told.exists() else "")[::-1]
    paths.sort(key=lambda path: (path.stem[:10], path.stem in order and order.index(path.stem)))
    rows = [_row(path, path.stat().st_mtime_ns) for path in paths[::-1]]
    columns = ["version", "date", "model_version", "size", "path", "sha256"]
    return pd.DataFrame(rows, columns=columns)


@lru_cache(maxsize=64)
def _row(path: Path, _changed: int) -> tuple[object, ...]:
    content = path.read_bytes()
    model = str(MODEL_VERSION) if _is_current(path, unzip(content, path.name, VERSIONED)) else ""
    size, digest = len(content), sha256(content).hexdigest()
    return path.stem, read_day(path.stem[:10]), model, size, path, digest


def _is_current(path: Path, files: Mapping[str, bytes]) -> bool:
    """Say whether a release was made with the model of today: its name is the hash of that."""
    return path.stem.endswith(f"-{load.dataset_hash(files)[:8]}")


def open_release(folder: Path | str | None, version: str, today: date | None = None) -> Dataset:
    """Return a release as it was published, as of `today`. Raises BadInput for one that there is
    not, or that another version of the model made.
    """
    path, last = load.data_folder(folder), today or date.today()
    known = sorted((p.stem for p in (path / FOLDER).glob("*.zip")), reverse=True)
    if version not in known:
        there = f"there are: {', '.join(known)}" if known else "there are none in this folder"
        meant = did_you_mean(version, known)
        raise BadInput(f"{inline(version)} is not a release; {there}{meant}", "release")
    return _opened(path, version, last)


@lru_cache(maxsize=3)
def _opened(folder: Path, version: str, today: date) -> Dataset:
    path = folder / FOLDER / f"{version}.zip"
    files = unzip(path.read_bytes(), path.name, VERSIONED)
    if not _is_current(path, files):
        text = f"{version} is of another version of the model than {MODEL_VERSION}"
        raise BadInput(f"{text}: take its zip, it cannot be opened here", "release")
    return load.checked(folder, files, today, version)


def zip_files(files: Mapping[str, bytes], day: date) -> bytes:
    """Return files by name in a zip, all with the same day: the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, day.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    return buffer.getvalue()


def unzip(content: bytes, name: str, only: Collection[str] = ()) -> dict[str, bytes]:
    """Return a zip's files by name, or some `only`. Raises BadInput. `name`: what it is called."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [entry for entry in packed.namelist() if not only or entry in only]
            return {entry: packed.read(entry) for entry in names}
    except (zipfile.BadZipFile, zlib.error) as error:
        raise BadInput(f"{name} is no zip: {error}") from None
