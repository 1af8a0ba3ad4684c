"""TOML files: typed values taken out, and what is wrong with them, all at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from stances.dataset.characters import has_unseen, is_blank
from stances.dataset.faults import DataFaults, Fault, inline, quote
from stances.dataset.names import CODE, Form

# Larger weights and times make no sense, and sums of them could overflow.
_LARGEST = 1_000_000
_MOST_PARTS = 100
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')


def parse_toml(content: bytes, shown_as: str) -> dict[str, Any]:
    """Return what a TOML file says; faults name it `shown_as`. Raises DataFaults with one line."""
    try:
        text = content.decode("utf-8-sig")
        _refuse_long_keys(text)
        return tomllib.loads(text)
    except UnicodeDecodeError:
        raise DataFaults([Fault(shown_as, 0, "", "the file is not UTF-8")]) from None
    except (ValueError, RecursionError) as error:  # too long a number, too deep a nesting
        raise DataFaults([Fault(shown_as, 0, "", f"not valid TOML: {error}")]) from None


def _refuse_long_keys(text: str) -> None:
    """Raise ValueError for a key of very many parts, on which the parser spends their square."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.count(".") > _MOST_PARTS and _QUOTED.sub("", line).count(".") > _MOST_PARTS:
            raise ValueError(f"more than {_MOST_PARTS} dots outside quotation marks, line {number}")


class TomlReader:
    """Takes typed values out of a TOML table and collects what is wrong with it."""

    def __init__(self, table: Mapping[str, Any], name: str, file: str) -> None:
        self._table = table
        self._name = name
        self._file = file
        self._taken: set[str] = set()
        self._inner: list[TomlReader] = []
        self._faults: list[Fault] = []

    def fault(self, key: str | None, message: str) -> None:
        """Note that the value of `key` is wrong; without a key the table itself is."""
        name = self._name if key is None else self._full_name(key)
        self._faults.append(Fault(self._file, 0, name, message))

    def _full_name(self, key: str) -> str:
        return f"{self._name}.{inline(key)}" if self._name else inline(key)

    def codes(self, form: Form = CODE) -> list[str]:
        """Return the keys of the table in order, all of the form; there must be one at least."""
        if not self._table:
            self.fault(None, "must name at least one")
        for key in self._table:
            if not form.fits(key):
                self.fault(key, f"the name must be of {form.text}")
        return list(self._table)

    def labels(self, form: Form = CODE) -> dict[str, str]:
        """Return the text of each key of the table, as `codes` takes the keys."""
        return {key: self.text(key) for key in self.codes(form)}

    def has(self, key: str) -> bool:
        """Say whether the table has the key (for the few that are optional)."""
        return key in self._table

    def at_fault(self, *keys: str) -> bool:
        """Say whether the value of a key was found wrong, so that nothing follows from it."""
        named = {self._full_name(key) for key in keys}
        return any(fault.column in named for fault in self._faults)

    def leave(self, *keys: str) -> None:
        """Take keys without judging them: what they may say hangs on a value at fault."""
        self._taken.update(keys)

    def table(self, key: str) -> TomlReader:
        """Return the table under `key`; an empty one, noted as a fault, where there is none."""
        value = self._take(key, dict, "a table")
        inner = TomlReader(
            value if isinstance(value, dict) else {}, self._full_name(key), self._file
        )
        self._inner.append(inner)
        return inner

    def tables(self, key: str) -> list[TomlReader]:
        """Return the tables of a list, named by their place from 1 on."""
        value = self._take(key, list, "a list of tables")
        if value is not None and not all(isinstance(item, dict) for item in value):
            self.fault(key, f"{quote(value)} must be a list of tables")
            return []
        readers = [
            TomlReader(item, f"{self._full_name(key)}[{place}]", self._file)
            for place, item in enumerate(value or [], 1)
        ]
        self._inner += readers
        return readers

    def text(self, key: str) -> str:
        """Return a text that is not empty, on one line."""
        value = self._take(key, str, "a text")
        if isinstance(value, str):
            self._check_line(key, value)
        return str(value)

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        """Return a text that is one of those allowed."""
        value = self._take(key, str, "a text")
        if value is not None and value not in allowed:
            self.fault(key, f"{quote(value)} is not one of: {', '.join(allowed)}")
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, each as `text` takes one."""
        value = self._take(key, list, "a list of texts")
        if value is not None and not all(isinstance(item, str) for item in value):
            self.fault(key, f"{quote(value)} must be a list of texts")
            return ()
        for place, item in enumerate(value or [], 1):
            self._check_line(f"{key}[{place}]", item)
        return tuple(value or ())

    def _check_line(self, key: str, value: str) -> None:
        if is_blank(value):
            self.fault(key, f"{quote(value)} is empty")
        elif not value.isprintable():
            self.fault(key, f"{quote(value)} has a line break or a control character")
        elif has_unseen(value):
            self.fault(key, f"{quote(value)} has a character that cannot be seen")

    def day(self, key: str) -> date:
        """Return a day such as 2010-01-01, without quotes."""
        value = self._take(key, date, "a day such as 2010-01-01")
        if isinstance(value, datetime):
            self.fault(key, f"{quote(value)} must be a day without a time")
        return value if isinstance(value, date) else date.min

    def truth(self, key: str) -> bool:
        """Return `true` or `false`."""
        return bool(self._take(key, bool, "true or false"))

    def number(self, key: str, above: float | None = None, least: float | None = None) -> float:
        """Return a number above or at least a bound, and not too large."""
        value = self._take(key, (int, float), "a number")
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return 1.0
        low = (above is not None and value <= above) or (least is not None and value < least)
        if low or not abs(value) <= _LARGEST:
            bound = f"above {above:g}" if above is not None else f"at least {least:g}"
            self.fault(key, f"{quote(value)} must be a number {bound}, at most {_LARGEST:,}")
            return 1.0
        return float(value)

    def whole(self, key: str, least: int = -_LARGEST, most: int = _LARGEST) -> int:
        """Return a whole number from `least` to `most`."""
        value = self._take(key, int, "a whole number")
        if isinstance(value, bool) or not isinstance(value, int):
            return 1
        if not least <= value <= most:
            self.fault(key, f"{quote(value)} must be at least {least:,}, at most {most:,}")
        return value

    def faults(self) -> Iterator[Fault]:
        """All faults, those of the inner tables and of keys that nobody asked for included."""
        yield from self._faults
        for key in self._table:
            if key not in self._taken:
                yield Fault(self._file, 0, self._full_name(key), "is not a known key")
        for inner in self._inner:
            yield from inner.faults()

    def _take(self, key: str, kind: Any, expected: str) -> Any:
        self._taken.add(key)
        if key not in self._table:
            self.fault(key, f"is missing; it must be {expected}")
        elif not isinstance(self._table[key], kind) or (
            # To Python true is the number 1.
            isinstance(self._table[key], bool) and kind is not bool
        ):
            self.fault(key, f"{quote(self._table[key])} must be {expected}")
        else:
            return self._table[key]
        return None
