"""Every release gives the figures again that it was published with."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from stances.answers.snapshot import SERIES_COLUMNS, series_csv, series_in_parts
from stances.answers.tracker import published_model
from stances.dataset.codebook import FORMULAS
from stances.dataset.release import SERIES_FILE, archive_path
from stances.dataset.releases import release_of, releases
from stances.dataset.tables import Dataset
from stances.dataset.zips import unzip
from tests.folders import REAL

# Of a series one month in so many, and its last day.
_EVERY = 12
# Says which columns a table has, by whichever code wrote it; the others it had from the first on.
_SCHEMA = "schema_version"
_FIRST = [name for name in SERIES_COLUMNS if name not in (_SCHEMA, "certainty")]

Row = tuple[str, ...]


def _rows(content: bytes, days: set[str]) -> set[Row]:
    """The rows of some days of a series, in the columns that every release has had."""
    reader = csv.DictReader(io.StringIO(content.decode()))
    assert {*_FIRST} <= {*(reader.fieldnames or ())}
    return {tuple(row[name] for name in _FIRST) for row in reader if row["date"] in days}


def _again(data: Dataset, days: set[str]) -> set[Row]:
    parts = series_in_parts(data, published_model(data), [*map(date.fromisoformat, sorted(days))])
    return _rows(b"".join(series_csv(parts)), days)


@pytest.mark.parametrize("version", releases(REAL).names)
def test_a_release_gives_the_series_again_that_it_was_published_with(version: str) -> None:
    path = archive_path(REAL, version)
    content = unzip(path.read_bytes(), version, [SERIES_FILE])[SERIES_FILE]
    of_all = sorted({line[:10].decode() for line in content.splitlines()[1:]})
    days = {*of_all[::-_EVERY]}
    published = _rows(content, days)
    data = release_of(REAL, version, date.fromisoformat(of_all[-1]))
    assert data.version == version
    assert _again(data, days) == published
    number = data.codebook.formula.number
    for formula in FORMULAS.values():
        if formula.number != number:
            other = replace(data, codebook=replace(data.codebook, formula=formula))
            assert _again(other, days) != published
