"""The files of the page of data, held against the command line and the tables."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from stances import Dataset
from stances.answers.files import snapshot_name
from stances.answers.snapshot import SNAPSHOT_COLUMNS
from stances.dataset.schema import TABLE_NAMES
from tests.browser.view import come_to
from tests.folders import REAL, ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

# What is taken along from a page is in the slow run; the usual one reads and uses pages.
pytestmark = pytest.mark.slow

DAY = "2019-03-04"
# Counts from now on how often the state of the run changes.
COUNT_RUNS = """
() => {
  window.runs = 0;
  new MutationObserver(() => { window.runs += 1; }).observe(
    document.querySelector('[data-testid="stApp"]'),
    {attributes: true, attributeFilter: ['data-test-script-state']});
}
"""


def _download(page: Page, label: str | re.Pattern[str]) -> tuple[str, bytes]:
    """Name and content of what a button hands out."""
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_snapshot_is_that_of_the_command_line(
    kept_page: Page, server: Server, real: Dataset, tmp_path: Path
) -> None:
    page = kept_page
    come_to(page, server, f"data?as_of={DAY}")
    for label in ("Snapshot as CSV", "Its metadata as JSON"):
        name, content = _download(page, label)
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "stances", "snapshot", "--as-of", DAY, "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    written = sorted(out.iterdir())
    snapshot = snapshot_name(real, real.day(DAY))
    assert [path.name for path in written] == [f"{snapshot}.csv", f"{snapshot}.metadata.json"]
    for path in written:
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()
    table = pd.read_csv(tmp_path / f"{snapshot}.csv", keep_default_na=False)
    assert list(table) == list(SNAPSHOT_COLUMNS)
    assert len(table) == len(real.position_actors) * (1 + len(real.codebook.domains))
    assert set(table["as_of"]) == {DAY}


def test_tables_and_everything_are_whole_and_run_the_page_not_again(
    kept_page: Page, server: Server, real: Dataset
) -> None:
    page = kept_page
    come_to(page, server, "data")
    page.evaluate(COUNT_RUNS)
    for table in ("events", "sources"):
        name, content = _download(page, f"{table.capitalize()} as CSV")
        assert name.endswith(f"-stances_{table}.csv")
        rows = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
        assert len(rows) == len(getattr(real, table))
        columns = list(pd.read_csv(REAL / f"{table}.csv", dtype=str, nrows=0))
        # Of events it is told, too, when each entered.
        assert list(rows) == [*columns, *["first_recorded"] * (table == "events")]
    name, content = _download(page, "Everything as ZIP")
    assert name.endswith(f"-stances_{real.version}.zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {f"{table}.csv" for table in TABLE_NAMES} <= set(archive.namelist())
        for member in archive.namelist():
            assert archive.read(member) == (REAL / member).read_bytes()
    _download(page, "Snapshot as CSV")
    # The series is a link.
    with page.expect_download() as download:
        page.locator("a[href*='series.csv']").first.click()
    assert download.value.suggested_filename.endswith("-stances_series.csv")
    assert page.evaluate("window.runs") == 0


@pytest.mark.parametrize(
    ("view", "label"),
    [
        (f"data?as_of={DAY}", "Snapshot"),
        ("members", "The table"),
        pytest.param("acts", "rules", marks=pytest.mark.slow),
        pytest.param("compare?compare=dates", "rows", marks=pytest.mark.slow),
    ],
)
def test_a_table_is_offered_in_other_formats_too(
    kept_page: Page, server: Server, view: str, label: str
) -> None:
    page = kept_page
    come_to(page, server, view)
    name, content = _download(page, re.compile(f"{label} as CSV"))
    rows = pd.read_csv(io.BytesIO(content))
    page.get_by_role("button", name="Other formats").click()
    for kind, ending, read in (
        ("Excel workbook", "xlsx", pd.read_excel),
        ("Parquet", "parquet", pd.read_parquet),
    ):
        other, content = _download(page, re.compile(f"{label} as {kind}"))
        assert other == name.replace(".csv", f".{ending}")
        result = read(io.BytesIO(content))
        assert (len(result), list(result)) == (len(rows), list(rows))
