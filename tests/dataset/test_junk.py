"""Whatever is done to a valid folder, it loads or its faults are told: nothing else is raised."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stances
from stances.dataset.schema import TABLE_NAMES
from tests.folders import Folder

# Tables and files drawn at random, one loaded after another.
pytestmark = pytest.mark.slow

TABLES = [f"{table}.csv" for table in TABLE_NAMES]
# Bits that mean something to CSV, TOML, dates, numbers, pandas or a regular expression.
BITS = [
    b"", b",", b'"', b"\n", b"\r", b"\r\n", b"\n\n", b"\x00", b"\xff", b"\xef\xbb\xbf", b";", b"#",
    b"[", b"]", b"{", b"}", b"=", b"'", b"\\", b"-", b"+", b".", b" ", b"\t", b"nan", b"NaT",
    b"inf", b"1e400", b"9" * 25, b"true", b"false", b"0000-00-00", b"9999-12-31", b"2020-02-30",
    b"-0", b"{}", b"{0}", b"%s", b"(?", b"\xf0\x9f\x98\x80", b"\xe2\x80\xa8", b"[[",
    b"1979-05-27T07:32:00Z",
]  # fmt: skip

files = st.sampled_from(["codebook.toml", "about.toml"])
edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.one_of(st.sampled_from(BITS), st.binary())),
    min_size=1,
    max_size=4,
)


@contextmanager
def a_folder() -> Iterator[Folder]:
    with tempfile.TemporaryDirectory() as place:
        yield Folder(Path(place) / "six")


def edit(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Put other bytes in place of some, at some places."""
    for where, length, put in changes:
        start = round(where * len(content))
        content = content[:start] + put + content[start + length :]
    return content


def assert_loads_or_tells(folder: Folder) -> None:
    text: list[str] = []
    try:
        data = folder.load()
        data.snapshot(data.today)
        data.panel()
    except stances.DataFaults as found:
        text = str(found).split("\n")
    for line in text:
        assert line.startswith(str(folder.path))
        assert line.isprintable()


@given(st.one_of(st.sampled_from(TABLES), files), edits)
@settings(max_examples=45)
def test_any_bytes_in_a_file(file: str, changes: list[tuple[float, int, bytes]]) -> None:
    with a_folder() as folder:
        path = folder.path / file
        path.write_bytes(edit(path.read_bytes(), changes))
        assert_loads_or_tells(folder)


cells = st.one_of(st.sampled_from([bit.decode("utf-8", "ignore") for bit in BITS]), st.text())


@given(st.sampled_from(TABLE_NAMES), st.lists(st.tuples(st.integers(), st.integers(), cells)))
@settings(max_examples=20)
def test_any_text_in_any_cell(table: str, changes: list[tuple[int, int, str]]) -> None:
    with a_folder() as folder:
        for line, place, text in changes:
            rows = folder.rows(table)
            names = list(rows[0])
            folder.edit(table, 2 + line % (len(rows) - 1), **{names[place % len(names)]: text})
        assert_loads_or_tells(folder)


values = st.recursive(
    st.one_of(
        st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(["weight", "label", "0", "sure", "x"]), inner, max_size=3),
    ),
    max_leaves=5,
)  # fmt: skip


def toml(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {toml(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


@given(files, st.data(), values)
@settings(max_examples=25)
def test_any_value_in_a_toml_file(file: str, data: st.DataObject, value: object) -> None:
    with a_folder() as folder:
        path = folder.path / file
        lines = path.read_text(encoding="utf-8").splitlines()
        settable = [number for number, line in enumerate(lines) if " = " in line]
        number = data.draw(st.sampled_from(settable))
        lines[number] = f"{lines[number].partition(' = ')[0]} = {toml(value)}"
        path.write_text("\n".join(lines), encoding="utf-8")
        assert_loads_or_tells(folder)
