"""Files that anyone may have written, read with care: none is opened that could keep the reader
waiting, or is too long, and JSON is read strictly, as browsers do.

A named pipe waits for a writer, a device may have no end, and a file of gigabytes does not fit into
the memory: each is refused by what the system says of it.
"""

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any, NoReturn

from stances.dataset.faults import BadInput, inline

SIZE_VARIABLE = "STANCES_MAX_FILE"
_MEGABYTE = 1_000_000
_DEFAULT_MEGABYTES = 64
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def most_bytes() -> int:
    """Return how long a file of the data may be, in bytes: so many megabytes as STANCES_MAX_FILE
    says, 64 if it says nothing. Raises BadInput.
    """
    size = os.environ.get(SIZE_VARIABLE) or str(_DEFAULT_MEGABYTES)
    if not (size.isascii() and size.isdigit() and int(size[:9]) > 0 and len(size) <= 9):
        text = f"{SIZE_VARIABLE} is {inline(size)}; it must be a whole number of megabytes, from 1"
        raise BadInput(text)
    return int(size) * _MEGABYTE


def read_plain(path: Path, most: int) -> bytes:
    """Return the bytes of a plain file. Raises OSError, also for what is none, and for a file of
    more than `most` bytes before one of them is read.
    """
    _refuse_other(path.stat(), most)
    with open(path, "rb", opener=_without_waiting) as file:
        # Another may have come into its place meanwhile.
        status = os.fstat(file.fileno())
        _refuse_other(status, most)
        content = file.read(status.st_size + 1)
        if len(content) > status.st_size:
            content += file.read(most)
    _refuse_longer(len(content), most)
    return content


def _without_waiting(path: str, flags: int) -> int:
    # Windows has no such flag, and no named pipe among its files.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse_other(status: os.stat_result, most: int) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFDIR:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if kind != stat.S_IFREG:
        what = _KINDS.get(kind, "something else")
        raise OSError(errno.EINVAL, f"it is {what}, and no plain file")
    _refuse_longer(status.st_size, most)


def _refuse_longer(size: int, most: int) -> None:
    if size > most:
        text = f"it has {size:,} bytes or more; the most is {most:,}"
        raise OSError(errno.EFBIG, text)


def parse_json(content: bytes) -> Any:
    """Return what a JSON file in UTF-8 says. Raises ValueError for all that is none: for NaN and
    Infinity, which Python would take and no browser does, and for what is nested too deeply.
    """
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
