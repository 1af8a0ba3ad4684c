"""Files of a data folder: plain ones of a sensible size, and no others; and new ones in the place
of some of them, all or none.
"""

import json
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from stances.dataset.faults import unusable

# The largest table has 0.8 MB; a mistake of somebody's shall not fill the memory.
MOST_BYTES = 100_000_000
# Names the files that lie aside, whole, and only need be put in place.
_READY = ".ready"
# Stays empty: who writes holds it.
_LOCK = ".lock"
_WAIT_SECONDS = 30


def read_plain(path: Path) -> bytes:
    """Return what a file holds. Raises DataFaults for what is none, is too large or cannot be read:
    to read a pipe is to wait for ever.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise unusable(str(path), "is no plain file")
        if status.st_size > MOST_BYTES:
            raise unusable(str(path), f"has more than the {MOST_BYTES:,} bytes that are read")
        return path.read_bytes()
    except OSError as error:
        raise unusable(str(path), str(error.strerror)) from None


def read_json(content: bytes) -> object:
    """Return what a JSON file says. Raises ValueError, also for one nested too deep to be read."""
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("is nested too deep") from None


def replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files, by name, into a folder: all, or none. Raises OSError, as of a full disk."""
    try:
        for name, content in files.items():
            _aside(folder, name).write_bytes(content)
        ready = _aside(folder, _READY)
        ready.write_text("\n".join(files), encoding="utf-8")
        ready.replace(folder / _READY)
    except OSError:
        for name in (*files, _READY):
            _aside(folder, name).unlink(missing_ok=True)
        raise
    finish_writing(folder)


def finish_writing(folder: Path) -> None:
    """Put in place what lies ready: nothing, unless the process was ended that wrote it."""
    ready = folder / _READY
    if not ready.exists():
        return
    for name in ready.read_text(encoding="utf-8").splitlines():
        # Some may be in place already.
        with suppress(FileNotFoundError):
            _aside(folder, name).replace(folder / name)
    ready.unlink(missing_ok=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder while it is written: of two at once the second waits. Raises OSError where it
    waits too long, or cannot write there.

    SQLite's locks are those of each system, and end with the process that held them.
    """
    with ExitStack() as held:
        try:
            connection = sqlite3.connect(
                folder / _LOCK, timeout=_WAIT_SECONDS, isolation_level=None
            )
            lock = held.enter_context(closing(connection))
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise OSError(0, f"{folder}: {error}") from None
        yield


def _aside(folder: Path, name: str) -> Path:
    return folder / f".{name}.new"
