"""Files written so that a process killed at any step does no harm: one whole, or several as one.

One file is written aside and renamed. Several are written into a folder aside, which one rename
makes the pending one: from then on what lies in it is read in place of the files of its name, and
each is moved to its place. So a reader finds all the old files or all the new ones, and `settle`
ends what was cut off.

Who writes has the folder alone: what lies aside when he comes is of a run that is dead.
"""

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PENDING = ".pending"
# How one file is called while it is written, after a dot and its name.
_ASIDE = ".aside"
# A table handed out, and what stands beside it.
TABLE_ENDING, METADATA_ENDING = ".csv", ".metadata.json"


def place_of(folder: Path, file: str) -> Path:
    """Return where to read a file of a data folder: among the pending ones, or in its place."""
    pending = folder / PENDING / file
    return pending if pending.exists() else folder / file


def write_all(folder: Path, contents: Mapping[str, bytes], pending: str = PENDING) -> None:
    """Write files of a folder by name, all of them or none. Raises OSError.

    `pending`: the name of the folder that they pend in.
    """
    with _alone_in(folder):
        _settle(folder, pending)
        scratch = Path(tempfile.mkdtemp(prefix=f"{pending}.", dir=folder))
        try:
            for name, content in contents.items():
                _write_synced(scratch / name, content, folder / name)
            scratch.chmod(stat.S_IMODE(folder.stat().st_mode))
            scratch.replace(folder / pending)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
        _settle(folder, pending)


def settle(folder: Path, pending: str = PENDING) -> None:
    """Move pending files to their places, and clear away what never came to be pending."""
    with _alone_in(folder):
        _settle(folder, pending)


def _settle(folder: Path, name: str) -> None:
    pending = folder / name
    if pending.is_dir():
        _take_tables_away(folder, pending)
        # A table sorts before its metadata, and so comes after them.
        for file in sorted(pending.iterdir(), reverse=True):
            file.replace(folder / file.name)
        pending.rmdir()
    for abandoned in folder.glob(f"{name}.*"):
        shutil.rmtree(abandoned)


def _take_tables_away(folder: Path, pending: Path) -> None:
    """Take away each table whose metadata is about to change: neither stands without the other."""
    for metadata in pending.glob(f"*{METADATA_ENDING}"):
        table = metadata.name.removesuffix(METADATA_ENDING) + TABLE_ENDING
        (folder / table).unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, complete under its name or not there. Raises OSError."""
    scratch = path.with_name(f".{path.name}{_ASIDE}")
    with _alone_in(path.parent):
        try:
            _write_synced(scratch, content, path)
            scratch.replace(path)
        except BaseException:
            scratch.unlink(missing_ok=True)
            raise


def _write_synced(path: Path, content: bytes, replaced: Path) -> None:
    """Write a file to the disk, for the readers of the old one; a new one by the umask."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if replaced.exists():
        path.chmod(stat.S_IMODE(replaced.stat().st_mode))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process writes into a folder, and clear away what dead ones left aside
    of single files. The system ends a lock with its process, however that ends; where it has none
    for folders, everyone goes on, and what lies aside may be of one that lives.
    """
    handle = None
    if sys.platform != "win32":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
            _clear_beside(folder)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _clear_beside(folder: Path) -> None:
    for abandoned in folder.glob(f".*{_ASIDE}"):
        # In a folder of many it may be of someone who lets nobody.
        with suppress(OSError):
            abandoned.unlink()
