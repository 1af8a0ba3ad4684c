"""Files of a data folder: plain ones of a sensible size, and no others."""

import json
import stat
from pathlib import Path

from stances.dataset.faults import unusable

# The largest table has 0.8 MB; a mistake of somebody's shall not fill the memory.
MOST_BYTES = 100_000_000


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
