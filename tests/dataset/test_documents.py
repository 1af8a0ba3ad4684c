"""The documents of the data folder say what the schema says and what the tables hold."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

import stances
from stances.dataset import schema
from stances.dataset.add import addition
from stances.dataset.contract import contract
from stances.dataset.entry import read_entry
from tests.folders import REAL, markdown_tables

FORMAT = REAL / "FORMAT.md"
CHANGELOG = REAL / "CHANGELOG.md"
# Allowed values of these come from the codebook, which is another for another subject.
FROM_CODEBOOK = {
    "domain", "instrument", "confidence", "kind", "tier", "scope", "aim", "deadline_kind",
    "ended_how", "part", "basis",
}  # fmt: skip


def descriptions() -> dict[str, list[dict[str, str]]]:
    """The rows that describe the columns, by table."""
    names = re.findall(r"^## (\w+)\.csv$", FORMAT.read_text(encoding="utf-8"), re.MULTILINE)
    tables = [table for table in markdown_tables(FORMAT) if "column" in table[0]]
    return dict(zip(names, tables, strict=True))


def code(cell: str) -> str:
    return cell.strip("`")


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_table_is_described_once_with_its_key(real: stances.Dataset) -> None:
    tables = schema.tables(real.codebook, real.today)
    assert tuple(descriptions()) == tuple(tables)
    first = markdown_tables(FORMAT)[0]
    assert [code(row["file"]) for row in first] == [table.file for table in tables.values()]
    assert [codes(row["key"]) for row in first] == [table.key for table in tables.values()]


@pytest.mark.parametrize("name", schema.TABLE_NAMES)
def test_columns_are_those_of_the_schema(real: stances.Dataset, name: str) -> None:
    columns = schema.tables(real.codebook, real.today)[name].columns
    rows = descriptions()[name]
    assert [code(row["column"]) for row in rows] == [column.name for column in columns]
    assert [row["type"] for row in rows] == [column.kind for column in columns]
    assert [row["required"] == "no" for row in rows] == [column.optional for column in columns]
    assert all(row["meaning"] for row in rows)


def test_the_lists_of_columns_follow_from_the_schema(real: stances.Dataset) -> None:
    text = FORMAT.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    cut = "".join(line for line in lines if not line.startswith("| `penalty` |"))
    other = cut.replace("| `adopted` | partial | no |", "| `adopted` | text | yes |")
    assert other != cut != text
    renewed = contract(real, other)
    assert [line.split("|")[:4] for line in renewed.splitlines()] == [
        line.split("|")[:4] for line in text.splitlines()
    ]
    assert contract(real, text) == text


@pytest.mark.parametrize("name", schema.TABLE_NAMES)
def test_allowed_values_are_those_of_the_schema(real: stances.Dataset, name: str) -> None:
    for row, column in zip(
        descriptions()[name], schema.tables(real.codebook, real.today)[name].columns, strict=True
    ):
        allowed = ("yes", "no") if column.kind == "truth" else column.allowed
        if column.name in FROM_CODEBOOK or column.name == "score":
            assert "`codebook.toml`" in row["allowed"]
        elif allowed:
            assert tuple(codes(row["allowed"])) == allowed
        elif column.low is not None:
            assert row["allowed"] == f"{column.low:g} to {column.high:g}"


@pytest.mark.parametrize("name", schema.TABLE_NAMES)
def test_the_examples_are_valid_rows(real: stances.Dataset, name: str) -> None:
    table = schema.tables(real.codebook, real.today)[name]
    row = {code(cells["column"]): code(cells["example"]) for cells in descriptions()[name]}
    assert schema.cell_faults(table, pd.DataFrame([row], dtype="str"), [2], name) == []


def test_references_name_their_tables(real: stances.Dataset) -> None:
    for name, table in schema.tables(real.codebook, real.today).items():
        rows = {code(row["column"]): row for row in descriptions()[name]}
        for reference in table.references:
            text = rows[reference.column]["allowed"]
            assert f"`{reference.target}` of `{reference.table}.csv`" in text


def test_limits_are_those_of_the_schema() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    for longest in (schema.LONGEST_TITLE, schema.LONGEST_ACT_NAME, schema.LONGEST_OBLIGATION):
        assert f"at most {longest} characters" in text
    assert f"from {schema.EARLIEST_DATE} to today" in text
    assert f"`schema_version` (now {schema.SCHEMA_VERSION})" in text


def newest_release() -> tuple[date, str]:
    text = CHANGELOG.read_text(encoding="utf-8")
    day, body = re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)[0]
    return date.fromisoformat(day), body


def test_the_newest_release_is_that_of_the_tables(real: stances.Dataset) -> None:
    day, body = newest_release()
    assert day == real.recorded
    assert body.lstrip().startswith(f"Version `{real.version}`")
    assert f"Schema version {real.schema_version} " in body


def test_the_counts_of_the_newest_release_are_right(real: stances.Dataset) -> None:
    _, body = newest_release()
    events, sources = real.events, real.sources
    context = len(events[events["score"].isna()])
    first, last = (f"{day:%Y-%m-%d}" for day in (events["date"].min(), events["date"].max()))
    read = len(sources[sources["checked"] == "read"])
    for text in (
        f"Events: {len(events):,}, from {first} to {last}; scored {len(events) - context:,}, "
        f"context {context:,}, landmarks {events['landmark'].sum():,}.",
        f"Sources: {len(sources):,}; read {read:,}.",
        f"Acts: {len(real.acts):,}; actors that have one {len(set(real.acts['actor'])):,}.",
        f"Deadlines: {len(real.deadlines):,}; "
        f"acts that set one {len(set(real.deadlines['act_id'])):,}.",
        f"Profiles: {len(real.profiles):,}; "
        f"actors that have one {len(set(real.profiles['actor'])):,}.",
        f"Actors: {len(real.actors):,}; memberships {len(real.memberships):,}, "
        f"groups {len(set(real.memberships['group'])):,}.",
        f"Codings: {len(real.codings):,}; events coded {len(set(real.codings['event_id'])):,}, "
        f"coders {len(set(real.codings['coder'])):,}.",
        f"Codings from outside: {len(real.external_codings):,}; "
        f"lists {len(set(real.external_codings['list'])):,}.",
    ):
        assert f"- {text}\n" in body, text


def test_every_release_that_is_kept_is_told_of() -> None:
    text = re.findall(r"^Version `([^`]+)`", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(path.stem for path in (REAL / "releases").glob("*.zip")) == sorted(text)


def test_the_example_of_an_entry_can_be_added(real: stances.Dataset) -> None:
    [example] = re.findall(
        r"^```toml\n(.*?)^```$", FORMAT.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    tables = schema.tables(real.codebook, real.today)
    entry = read_entry(example.encode(), "FORMAT.md", tables)
    assert addition(real, entry, "FORMAT.md").change.rows
