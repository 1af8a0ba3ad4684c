"""Every answer that is a table comes in each kind of file, with the same cells."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from stances.answers import workbook as workbooks
from stances.dataset.files import DATA_VARIABLE
from stances.routes.answers import PARQUET, XLSX
from tests.folders import HOSTILE, Folder
from tests.routes.conftest import client_of

openpyxl = pytest.importorskip("openpyxl", reason="needs tests/requirements.txt")

TABLES = (
    "/snapshots/2020-07-01.{}", "/series.{}?from=2020-01-01", "/acts.{}?as_of=2022-12-31",
    "/members.{}?group=all&as_of=2020-08-19", "/happened.{}?from=2019-12-31&to=2020-12-31",
    "/series/groups.{}?group=Pact", "/events.{}?to=2020-12-31",
)  # fmt: skip
SIGNS = ("=", "+", "-", "@", "\t", "\r")


def parquet_of(client: TestClient, address: str) -> Any:
    result = client.get(address.format("parquet"))
    assert (result.status_code, result.headers["content-type"]) == (200, PARQUET)
    return pq.read_table(io.BytesIO(result.content))


def book_of(client: TestClient, address: str) -> Any:
    result = client.get(address.format("xlsx"))
    assert (result.status_code, result.headers["content-type"]) == (200, XLSX)
    return openpyxl.load_workbook(io.BytesIO(result.content))


def csv_of(client: TestClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address.format("csv")).text, newline="")))


def as_text(value: Any) -> str:
    """A value of a file as it stands in a CSV."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.4f}" if isinstance(value, float) else "" if value is None else str(value)


@pytest.mark.parametrize("address", TABLES)
def test_parquet_has_the_cells_of_the_csv(client_six: TestClient, address: str) -> None:
    result, rows = parquet_of(client_six, address), csv_of(client_six, address)
    assert [
        {name: as_text(cell) for name, cell in row.items()} for row in result.to_pylist()
    ] == rows
    url = address.format("parquet")
    assert result.schema.metadata[b"address"].decode() == url
    # The index of pandas is no column.
    assert list(pd.read_parquet(io.BytesIO(client_six.get(url).content))) == list(rows[0])


@pytest.mark.parametrize("address", TABLES)
def test_a_workbook_has_the_cells_of_the_csv(client_six: TestClient, address: str) -> None:
    [head, *rows] = book_of(client_six, address).worksheets[0].iter_rows(values_only=True)
    result = parquet_of(client_six, address)
    assert list(head) == result.column_names
    for name, cells in zip(head, zip(*rows, strict=True), strict=True):
        plain = [cell.date() if isinstance(cell, datetime) else cell for cell in cells]
        assert plain == result[name].to_pylist(), name


@pytest.mark.parametrize("address", TABLES)
@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_the_file_has_the_name_of_the_csv(client_six: TestClient, address: str, kind: str) -> None:
    own, same = (
        client_six.get(address.format(ending)).headers["content-disposition"]
        for ending in (kind, "csv")
    )
    assert own == same.replace(".csv", f".{kind}")
    assert same.startswith("attachment; filename=")


def test_more_rows_than_fit_are_a_problem(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(folder.path))
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    result = client_of(folder.path).get("/series.xlsx")
    assert (result.status_code, result.headers["content-type"]) == (400, "application/problem+json")
    assert "a sheet has room for 3 rows" in result.json()["detail"]


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client over hostile data."""
    monkeypatch.setenv(DATA_VARIABLE, str(HOSTILE))
    return client_of(HOSTILE)


@pytest.mark.parametrize("address", TABLES)
def test_a_workbook_runs_nothing_and_leads_nowhere(hostile: TestClient, address: str) -> None:
    book = book_of(hostile, address)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    assert not [cell.value for cell in cells if cell.hyperlink]
    # Nor where it is saved as CSV.
    assert not [
        cell.value for cell in cells if str(cell.value).startswith(SIGNS) and cell.data_type == "s"
    ]
    # Groups have plain names; of all else some text would be a formula.
    harmless = [cell for cell in cells if str(cell.value).startswith("'=")]
    assert bool(harmless) is ("/groups" not in address)


@pytest.mark.parametrize("address", TABLES)
def test_parquet_has_the_texts_as_they_are(hostile: TestClient, address: str) -> None:
    text = hostile.get(address.format("json")).json()
    rows = next(text[name] for name in ("rows", "acts", "deeds") if name in text)
    result = parquet_of(hostile, address).to_pylist()
    texts = [{name: cell for name, cell in row.items() if isinstance(cell, str)} for row in result]
    assert len(texts) == len(rows)
    for own, row in zip(texts, rows, strict=True):
        lists = {"scope", "source_ids"}
        assert {name: cell for name, cell in own.items() if name not in lists} == {
            name: row[name] for name in own if name not in lists
        }
