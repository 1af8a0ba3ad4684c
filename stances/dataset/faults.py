"""Faults of the data: what is wrong, and where, in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import PurePath

# Of a file of junk so many faults are told, and that there are more.
MOST_FAULTS = 200
MISSING = "the file is missing"
_MORE = f"has more than {MOST_FAULTS} faults, of which {MOST_FAULTS} are told"
# A cell can hold anything; a fault shows at most this much of it, and says no more than that.
_INLINE_CHARACTERS = 60
_MESSAGE_CHARACTERS = 1_000


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

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _cut(self.message, _MESSAGE_CHARACTERS))

    def without_folder(self) -> Fault:
        """Return the fault for visitors of a server, who need not know where its files lie."""
        return replace(self, file=PurePath(self.file).name)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        what = f"{self.column}: {self.message}" if self.column else self.message
        return f"{where} {what}" if self.line else f"{where}: {what}"


class DataFaults(Exception):
    """The data cannot be used. `faults` has the faults found, in order of file and line: all of a
    file, or the first MOST_FAULTS of them after one that says that there are more.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        by_file = groupby(sorted(set(faults)), key=lambda fault: fault.file)
        self.faults = tuple(text for file, group in by_file for text in _report(file, list(group)))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[DataFaults], tuple[tuple[Fault, ...]]]:
        """Return what a pickle has, as of a process beside that reads a folder."""
        return type(self), (self.faults,)


class BadInput(ValueError):
    """An argument, URL parameter or query that cannot be used: one line, what is allowed in it."""


class BadParameter(BadInput):
    """Bad input for a parameter, by whose name the line begins. `name`: as it was given."""

    def __init__(self, name: str, reason: object) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name


@contextmanager
def of_parameter(name: str) -> Iterator[None]:
    """Say of what is bad in a `with` block that it is in a parameter. Raises BadParameter."""
    try:
        yield
    except BadInput as error:
        raise BadParameter(name, error) from None


def first_of(faults: Iterable[Fault]) -> list[Fault]:
    """Return as many of the faults as are told, and one more, which says that there are others.
    What finds them one by one is not asked for the rest.
    """
    return list(islice(faults, MOST_FAULTS + 1))


def _report(file: str, every: list[Fault]) -> list[Fault]:
    """Return what is told of a file, of whose faults some may have been left out before."""
    faults = [fault for fault in every if fault.message != _MORE]
    if len(faults) == len(every) <= MOST_FAULTS:
        return every
    return [Fault(file, 0, "", _MORE), *faults[:MOST_FAULTS]]


def some_left_out(faults: Sequence[Fault]) -> bool:
    """Say whether there are more faults than these."""
    return any(fault.message == _MORE for fault in faults)


@contextmanager
def errors_as_faults(file: str) -> Iterator[None]:
    """Make whatever goes wrong a fault of `file`: nobody knows all that can be wrong with a file,
    and what cannot be read must end no server. Raises DataFaults and BadInput alone.
    """
    try:
        yield
    except (DataFaults, BadInput):
        raise
    except Exception as error:
        text = f"cannot be used: {type(error).__name__}: {inline(error)}"
        raise DataFaults([Fault(file, 0, "", text)]) from error


def inline(value: object) -> str:
    """Return `value` on one line, shortened, with control characters made visible."""
    text = _on_one_line(value)
    return text if text.strip() else f'"{text}"'


def quote(value: object) -> str:
    """Return `value` on one line, shortened, quoted; true and false as TOML and JSON have them."""
    return f'"{_on_one_line(str(value).lower() if isinstance(value, bool) else value)}"'


def visible(text: str) -> str:
    """Return a text with its control characters, and what is no character at all, made visible."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _on_one_line(value: object) -> str:
    try:
        text = str(value)
    except ValueError:  # Python prints no whole number of thousands of digits
        text = "a number of too many digits"
    # A sign made visible is longer, so what is cut off need not be looked at.
    return _cut(visible(text[: _INLINE_CHARACTERS + 1]), _INLINE_CHARACTERS)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
