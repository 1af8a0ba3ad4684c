"""Files written so that a process killed at any step does no harm: one whole, or several as one.

One file is written aside and renamed. Several are written into a folder aside, which one rename
makes the pending one: from then on what lies in it is read in place of the files of its name, and
each is moved to its place. So a reader finds all the old files or all the new ones, and `settle`
ends what was cut off.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

PENDING = ".pending"
_MODE, _FOLDER_MODE = 0o644, 0o755


def place_of(folder: Path, file: str) -> Path:
    """Where a file of a data folder is to be read: among the pending ones, or in its place."""
    pending = folder / PENDING / file
    return pending if pending.exists() else folder / file


def write_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files of a folder by name, all of them or none. Raises OSError."""
    settle(folder)
    aside = Path(tempfile.mkdtemp(prefix=f"{PENDING}.", dir=folder))
    try:
        for name, content in contents.items():
            _write_synced(aside / name, content)
        aside.chmod(_FOLDER_MODE)
        aside.replace(folder / PENDING)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    settle(folder)


def settle(folder: Path) -> None:
    """Move pending files to their places, and clear away what never came to be pending."""
    pending = folder / PENDING
    if pending.is_dir():
        for file in sorted(pending.iterdir()):
            file.replace(folder / file.name)
        pending.rmdir()
    for abandoned in folder.glob(f"{PENDING}.*"):
        shutil.rmtree(abandoned)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, complete under its name or not there. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    aside = Path(name)
    try:
        _write_synced(aside, content)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(_MODE)
