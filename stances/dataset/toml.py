"""TOML files read into dataclasses, by their annotations: what is wrong is one line with its place.

A field is read from the key of its name, or from `setting(key="table.key")`; one without a default
must be there. A dataclass may have `wrong()`, which yields a key and what is wrong with its value.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import MISSING, field, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from stances.dataset.faults import DataFaults, Fault, did_you_mean, inline, not_one_of, unusable

# What a value of a type may be in the file, and that in words. True is no number, a time no day.
_KINDS: dict[Any, tuple[list[type], str]] = {
    str: ([str], "a text"),
    bool: ([bool], "true or false"),
    int: ([int], "a whole number"),
    float: ([int, float], "a number"),
    date: ([date], "a day such as 2010-01-01"),
    tuple: ([list], "a list"),
    Mapping: ([dict], "a table"),
}
Settings = TypeVar("Settings")
# What a field lays down for its values, as `setting` takes it.
Limits = Mapping[str, Any]
# What a `wrong()` yields: a key and what is wrong with its value.
Wrong = Iterator[tuple[str, str]]


class Form(NamedTuple):
    """A form of texts, as `forms.toml` declares it: the pattern of a whole one, and it in words."""

    pattern: str
    words: str

    def fits(self, text: str) -> bool:
        """Say whether the whole of a text has this form."""
        return re.fullmatch(self.pattern, text) is not None


_DECLARED = Path(__file__).with_name("forms.toml").read_text(encoding="utf-8")
FORMS = {name: Form(**form) for name, form in tomllib.loads(_DECLARED).items()}


class _WrongKey(Exception):
    """A key with its place, and what is wrong with its value: `args` are those of a `Wrong`."""


def setting(default: Any = MISSING, **limits: Any) -> Any:
    """Return a field with limits: the `key` that it is read from, `within` which its numbers must
    be, the form of its texts (`form`) and of its own codes (`codes`).
    """
    return field(default=default, metadata=limits)


def unknown(key: str, names: Iterable[str], allowed: Collection[str]) -> Wrong:
    """Yield a key with the refusal of each of its names that is not allowed."""
    for name in names:
        if name not in allowed:
            yield key, not_one_of(name, allowed)


def faults_in(file: str, wrong: Iterable[tuple[str, str]]) -> list[Fault]:
    """Return what is wrong in a TOML file as faults of it."""
    return [Fault(file, message, column=key) for key, message in wrong]


def parse_toml(content: bytes, file: str) -> dict[str, Any]:
    """Return what a TOML file says; faults call it `file`. Raises DataFaults with one line."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise unusable(file, f"not valid TOML: {error}") from None


def read_toml(kind: type[Settings], text: Mapping[str, Any], file: str) -> Settings:
    """Return what a TOML file says as a dataclass. Raises DataFaults with its first fault."""
    try:
        settings: Settings = _table(kind, text, place="")
    except _WrongKey as wrong:
        raise DataFaults(faults_in(file, [wrong.args])) from None
    return settings


def _table(
    settings_class: Any,
    table: Mapping[str, Any],
    place: str,
    code: str = "",
) -> Any:
    """Return a table as a dataclass. `place`: what stands before its keys in faults; `code`: the
    name of the table, where that is one.
    """
    # The fields by the key of each, and their values by name.
    known = {}
    values = {}
    for attribute in fields(settings_class):
        # The name of a table is its code, which no key within it gives.
        if attribute.name == "code":
            values["code"] = code
        else:
            key = attribute.metadata.get("key", attribute.name)
            known[key] = attribute

    entries = _flattened(table, known)
    for key in entries:
        if key not in known:
            raise _WrongKey(place + key, f"is not a known key{did_you_mean(key, known)}")

    hints = get_type_hints(settings_class)
    for key, attribute in known.items():
        hint = hints[attribute.name]
        if key in entries:
            values[attribute.name] = _value(
                hint,
                entries[key],
                place + key,
                attribute.metadata,
            )
        elif attribute.default is MISSING and attribute.default_factory is MISSING:
            _, _, type_in_words = _kind_of(hint)
            raise _WrongKey(place + key, f"is missing; it must be {type_in_words}")

    settings = settings_class(**values)
    if hasattr(settings, "wrong"):
        for key, message in settings.wrong():
            raise _WrongKey(place + key, message)
    return settings


def _flattened(table: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """Return a table in which the keys of an inner table stand as "table.key" where one of `known`
    is of it; other inner tables stay.
    """
    inner_tables = {key.partition(".")[0] for key in known if "." in key}
    entries = {}
    for key, value in table.items():
        if key in inner_tables and isinstance(value, dict):
            for inner_key, inner_value in value.items():
                entries[f"{key}.{inner_key}"] = inner_value
        else:
            entries[key] = value
    return entries


def _value(
    hint: Any,
    value: Any,
    place: str,
    limits: Limits,
) -> Any:
    """Return a value as its type, whose parts have the limits of the field too. `hint`: the
    annotation of its field; `place`: of its key, in faults.
    """
    kind, file_types, type_in_words = _kind_of(hint)
    # Not isinstance: True is an int to it.
    if type(value) not in file_types:
        raise _WrongKey(place, f"{inline(value)} must be {type_in_words}")

    if is_dataclass(kind):
        _, _, code = place.rpartition(".")
        return _table(kind, value, place=f"{place}.", code=code)
    if kind is Mapping:
        return _codes(hint, value, place, limits)
    if kind is tuple:
        part_hint, _ = get_args(hint)
        parts = enumerate(value, 1)
        return tuple(_value(part_hint, part, f"{place}[{n}]", limits) for n, part in parts)

    if kind is str:
        form = FORMS[limits.get("form", "line")]
        if not value.isprintable() or not form.fits(value):
            raise _WrongKey(place, f"{inline(value)} must be {form.words}")
    elif "within" in limits:
        low, high = limits["within"]
        if not low <= value <= high:
            raise _WrongKey(place, f"{inline(value)} must be from {low:,} to {high:,}")
    # A weight may be written as 4; all that is counted with it is 4.0.
    return float(value) if kind is float else value


def _codes(
    hint: Any,
    table: Mapping[str, Any],
    place: str,
    limits: Limits,
) -> Any:
    """Return a table whose keys are codes, or whole numbers, in its order: values by key."""
    if not table:
        raise _WrongKey(place, "must name at least one")

    code_type, value_hint = get_args(hint)
    form = FORMS[limits.get("codes", "code")]
    values = {}
    for code, value in table.items():
        if not form.fits(code):
            raise _WrongKey(f"{place}.{inline(code)}", f"the name must be {form.words}")
        values[code_type(code)] = _value(
            value_hint,
            value,
            f"{place}.{code}",
            limits,
        )
    return values


def _kind_of(hint: Any) -> tuple[Any, list[type], str]:
    """Return a type without None and without what is inside, what it is in a file, and in words."""
    if isinstance(hint, UnionType):
        hint = get_args(hint)[0]
    kind = get_origin(hint) or hint
    # A dataclass is a table.
    return kind, *_KINDS.get(kind, _KINDS[Mapping])
