"""Standard input, output and error of a command, whatever the shell has made of them."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

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
        sys.stdout, sys.stderr = self._replaced(sys.stdout), self._replaced(sys.stderr)

    def _replaced(self, stream: TextIO | None) -> TextIO:
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

    def lost(self) -> OSError | None:
        """Return why the output could not be written; None: it was, or nobody read it any more."""
        sys.stdout.flush()
        return next((raw.lost for raw in self._outputs if raw.lost), None)
