"""Faults of the data: what is wrong, and where, in one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

# A cell can hold anything; a fault shows at most this much of it.
_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with the data folder.

    `file` as the user named it, `line` counted from 1 (0: the file as a whole), `column` empty
    where the row as a whole is at fault.
    """

    file: str
    line: int
    column: str
    message: str

    def without_folder(self) -> Fault:
        """The same for visitors of a server, who need not know where its files lie."""
        return replace(self, file=self.file.replace("\\", "/").rpartition("/")[2])

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        what = f"{self.column}: {self.message}" if self.column else self.message
        return f"{where} {what}" if self.line else f"{where}: {what}"


class DataFaults(Exception):
    """The data cannot be used. `faults` has every fault found, in order of file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class BadInput(ValueError):
    """An argument, URL parameter or query that cannot be used: one line, what is allowed in it."""


def shown(value: object) -> str:
    """`value` on one line, shortened, with control characters made visible."""
    text = _on_one_line(value)
    return text if text.strip() else f'"{text}"'


def quoted(value: object) -> str:
    """The same between quotation marks; true and false as TOML and JSON write them."""
    return f'"{_on_one_line(str(value).lower() if isinstance(value, bool) else value)}"'


def _on_one_line(value: object) -> str:
    try:
        text = str(value)
    except ValueError:  # Python prints no whole number of thousands of digits
        text = "a number of too many digits"
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"
