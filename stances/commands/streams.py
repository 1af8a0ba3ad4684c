"""The shell around a command: its exit status, its streams, and the files that it writes."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from stances.dataset.faults import BadInput, inline

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# Exit statuses: promises, like the names of the columns.
OK, INVALID_DATA, BAD_USAGE, NOTHING_NEW = 0, 1, 2, 3
_NOTHING = Path(os.devnull)


class _Output(io.FileIO):
    """The output of a command. Where nobody reads it any more it is dropped, and the command goes
    on; where it cannot be written, `lost` says why.
    """

    lost: OSError | None = None

    def write(self, content: ReadableBuffer) -> int:
        """Write what can be written."""
        try:
            return super().write(content)
        except OSError as error:
            if not isinstance(error, BrokenPipeError):
                self.lost = error
        return memoryview(content).nbytes


class Streams:
    """Takes the place of the standard streams: a closed one says and hears nothing."""

    def __init__(self) -> None:
        self._outputs: list[_Output] = []
        # The shell may have closed one, which Python then has as None.
        sys.stdin = sys.stdin or _NOTHING.open(encoding="utf-8")
        sys.stdout, sys.stderr = self._replace(sys.stdout), self._replace(sys.stderr)

    def _replace(self, stream: TextIO | None) -> TextIO:
        if stream is None:
            return _NOTHING.open("w", encoding="utf-8")
        raw = _Output(stream.fileno(), "wb", closefd=False)
        self._outputs.append(raw)
        # A folder may have a name that the terminal, or what reads from it, cannot show.
        return io.TextIOWrapper(
            io.BufferedWriter(raw),
            encoding=stream.encoding,
            errors="backslashreplace",
            line_buffering=stream.isatty() or stream is sys.stderr,
        )

    def write_error(self) -> OSError | None:
        """Return why the output could not be written; None: it was, or nobody read it any more."""
        sys.stdout.flush()
        return next((raw.lost for raw in self._outputs if raw.lost), None)


def file_to_write(out: str | None, otherwise: str) -> Path:
    """Return the file under `--out`, else one here by its name. Raises BadInput where its folder
    does not exist, or where a folder has its name.
    """
    path = Path(out or otherwise)
    if not path.parent.is_dir():
        raise BadInput(f"--out {inline(str(path))}: the folder {path.parent} does not exist")
    if path.is_dir():
        raise BadInput(f"--out {inline(str(path))}: it is a folder; allowed: a file in it")
    return path


def folder_to_write(out: str) -> Path:
    """Return the folder under `--out`, maybe a new one. Raises BadInput for a file there."""
    folder = Path(out)
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not there.is_dir():
        raise BadInput(f"--out {inline(out)}: {there} is a file; allowed: a folder, also a new one")
    return folder
