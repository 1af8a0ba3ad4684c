"""Golden files fail for each way in which they may not hold, and none lies there unread."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from stances import words
from tests.folders import ROOT
from tests.golden import Golden, golden_tests

SAID = {"one": "A sentence of 2022-03-15-c341b362.", "[two]": ["First.", "Second.\nThird."]}
KEPT = """\
[test_first]
one
    A sentence of VERSION.
[two]
    First.
    Second.
    Third.

[test_second]
other
    Another.
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A module of tests of which two have wording, and the file of it."""
    path = tmp_path / "test_house.py"
    tests = ("test_first(golden)", "test_logic(folder)", "test_second(folder, golden)")
    path.write_text("".join(f"def {test}: ...\n" for test in tests))
    (tmp_path / "golden").mkdir()
    (tmp_path / "golden" / "house.txt").write_bytes(KEPT.encode())
    return path


def test_what_is_said_as_in_the_file_passes(module: Path) -> None:
    Golden(module, "test_first")(SAID)
    Golden(module, "test_second")({"other": "Another."})


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (SAID | {"one": "Another one."}, "+    Another one."),
        (SAID | {"three": "New."}, "+three"),
        ({"one": SAID["one"]}, "-[two]"),
        (dict(reversed(SAID.items())), "+one"),
    ],
    ids=["other words", "a case too many", "a case too few", "another order"],
)
def test_what_differs_fails_with_its_line(module: Path, content: dict[str, str], line: str) -> None:
    with pytest.raises(pytest.fail.Exception) as failed:
        Golden(module, "test_first")(content)
    assert line in str(failed.value).splitlines()


def test_a_part_without_a_test_fails_and_so_does_a_test_without_a_part(module: Path) -> None:
    module.write_text(module.read_text().replace("test_second", "test_renamed"))
    with pytest.raises(pytest.fail.Exception, match="-    Another"):
        Golden(module, "test_first")(SAID)
    with pytest.raises(pytest.fail.Exception, match="test_renamed"):
        Golden(module, "test_renamed")({"other": "Another."})


def test_a_renewed_file_holds_what_is_said_in_the_order_of_the_tests(module: Path) -> None:
    file = module.parent / "golden" / "house.txt"
    file.unlink()
    Golden(module, "test_second", renew=True)({"other": "Another."})
    Golden(module, "test_first", renew=True)(SAID)
    assert file.read_text() == KEPT
    Golden(module, "test_first", renew=True)({"one": "Now."})
    assert file.read_text() == "[test_first]\none\n    Now.\n\n" + KEPT[KEPT.index("[test_sec") :]


def test_a_day_that_is_another_one_tomorrow_is_not_written(module: Path) -> None:
    for today in (str(date.today()), words.day(date.today())):
        with pytest.raises(pytest.fail.Exception, match="is today"):
            Golden(module, "test_first", renew=True)({"one": f"As of {today}."})
    assert (module.parent / "golden" / "house.txt").read_text() == KEPT


def test_nothing_is_renewed_where_a_change_is_only_checked() -> None:
    command = [sys.executable, "-m", "pytest", "--renew", "--collect-only", __file__]
    run = subprocess.run(
        command, env=os.environ | {"CI": "1"}, cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "not where CI is set" in run.stderr


def test_every_file_is_that_of_a_module_with_wording() -> None:
    files = sorted((ROOT / "tests").rglob("golden/*.txt"))
    assert files
    for file in files:
        assert golden_tests(file.parent.parent / f"test_{file.stem}.py"), file
