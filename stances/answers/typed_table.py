"""A table that leaves with its types: what its columns are, and what each kind of file says of it.

All kinds have the same cells: what a CSV has as text, JSON, a workbook (`workbook`) and Parquet
(`parquet`) have as a value of its type. What is missing is missing in each, never a zero or a word.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from stances.answers.citing import Citation, own_settings_note
from stances.answers.files import csv_of, figure_texts
from stances.dataset.schema import Column
from stances.dataset.tables import Dataset

# What a cell of a kind has beyond its text.
_VALUES: dict[str, Callable[[str], Any]] = {
    "day": date.fromisoformat,
    "whole": int,
    "number": float,
    "truth": lambda text: text == "yes",
}
_DTYPES: dict[str, Any] = {
    "day": "datetime64[s]",
    "whole": "Int64",
    "number": "float64",
    "truth": "boolean",
}
_NUMBERS = ("whole", "number")
# And what text it is, where that is not plain.
_WORDING: dict[str, Callable[[Any], str]] = {
    "whole": "{:d}".format,
    "truth": lambda value: "yes" if value else "no",
}


@dataclass(frozen=True)
class TypedTable:
    """An answer as a table. `title`: what it is, in a word; `name`: of its file, without an ending;
    `columns`: in their order, with kinds and descriptions as in the tables of the data; `parts`:
    its rows in frames of these columns, one after the other, so that the whole need never lie in
    memory; `about`: what is told of the whole, by names in lower case.
    """

    title: str
    name: str
    columns: tuple[Column, ...]
    parts: Iterable[pd.DataFrame]
    about: Mapping[str, str]


def descriptions(columns: Iterable[Column]) -> dict[str, str]:
    """Return what each column tells, by its name."""
    return {column.name: column.description for column in columns}


def about(
    data: Dataset,
    title: str,
    day: date,
    query: Mapping[str, str | None],
    own_settings: Sequence[str] = (),
) -> dict[str, str]:
    """Return what is told of a table beside it. `title`: what it is, as it is cited; `day`: as of
    when; `query`: what it is narrowed to, by the names of the parameters; `own_settings`: how the
    settings of its figures differ from the published ones, in words.
    """
    licence = data.about.licence
    text: dict[str, str | None] = {
        "title": f"{data.about.title}: {title}{own_settings_note(own_settings)}",
        "description": data.about.description,
        **query,
        "own_settings": "; ".join(own_settings),
        **versions(data),
        "dataset_recorded": str(data.recorded),
        "schema_version": data.schema_version,
        "authors": ", ".join(data.about.authors),
        "licence": licence.name if licence else "",
        "licence_url": licence.url if licence else "",
        "citation": Citation(data, day, own_settings=own_settings, what=title).line,
    }
    return {name: value for name, value in text.items() if value}


def versions(data: Dataset) -> dict[str, str]:
    """Say which figures an answer has: the version of the dataset, that of the model, and the day
    up to which the sources were looked through, where the data says it.
    """
    day = data.about.covered_to
    return {
        "dataset_version": data.version,
        "model_version": str(data.codebook.formula.number),
        **({"covered_to": str(day)} if day else {}),
    }


def from_records(
    columns: Sequence[Column], records: Iterable[Mapping[str, Any]]
) -> Iterator[pd.DataFrame]:
    """Yield the one part of a table of rows at hand with a value, or None, of each column."""
    names = [column.name for column in columns]
    yield pd.DataFrame([*records], columns=names, dtype=object)


def texts(columns: Sequence[Column], rows: pd.DataFrame) -> dict[str, list[str]]:
    """Return cells by column as texts: four decimals, ISO days, yes or no; empty: missing."""
    return {column.name: _texts(column.kind, rows[column.name]) for column in columns}


def _texts(kind: str, values: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(values):
        days: list[str] = values.dt.strftime("%Y-%m-%d").fillna("").tolist()
        return days
    if kind == "number":
        return figure_texts(values.astype("float64"))
    text = _WORDING.get(kind, str)
    pairs = zip(values.tolist(), values.isna().tolist(), strict=True)
    return ["" if missing else text(value) for value, missing in pairs]


def values(columns: Sequence[Column], rows: pd.DataFrame) -> list[list[Any]]:
    """Return cells by column with its type: str, date, int, float or bool; None: missing."""
    cells = texts(columns, rows)
    return [_convert(column.kind, cells[column.name]) for column in columns]


def _convert(kind: str, cells: list[str]) -> list[Any]:
    value = _VALUES.get(kind)
    if value is None:
        return [cell or None for cell in cells]
    return [value(cell) if cell else None for cell in cells]


def records(columns: Sequence[Column], rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for JSON: figures as numbers, days in ISO form, what is missing as null."""
    text_cells = texts(columns, rows)
    cells = [
        _convert("text" if column.kind == "day" else column.kind, text_cells[column.name])
        for column in columns
    ]
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def frame(table: TypedTable) -> pd.DataFrame:
    """All rows of a table: days as datetime64, whole numbers as Int64, numbers as float64, truths
    as boolean, and texts as str, empty where one is missing.
    """
    rows = pd.concat([pd.DataFrame(texts(table.columns, part)) for part in table.parts])
    return pd.DataFrame(
        {column.name: _as_series(column.kind, rows[column.name]) for column in table.columns}
    ).reset_index(drop=True)


def _as_series(kind: str, cells: pd.Series) -> pd.Series:
    dtype = _DTYPES.get(kind)
    if dtype is None:
        return cells.astype("str")
    values: list[Any] = _convert(kind, cells.tolist())
    return pd.Series(values, cells.index, "object").astype(dtype)


def csv_parts(table: TypedTable) -> Iterator[bytes]:
    """Yield a table as CSV, part by part: UTF-8, LF, no text that a spreadsheet would run."""
    figures = [column.name for column in table.columns if column.kind in _NUMBERS]
    for number, rows in enumerate(table.parts):
        yield csv_of(texts(table.columns, rows), figures, headed=number == 0)


def to_bytes(table: TypedTable) -> bytes:
    """Return a table as CSV, as a whole."""
    return b"".join(csv_parts(table))
