"""The data grows by commands alone: what two of them leave passes what the checkout passes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import stances
from stances.__main__ import OK, main
from stances.dataset.releases import releases
from tests.folders import REAL, ROOT, load

# What need not be asked again: the commands of the README, whose answers the release writes and its
# check compares; the register, to which nothing is added; and the figures of the releases that were
# there, of which each stays as it is.
_AGAIN = "test_a_release_gives_the_series_again_that_it_was_published_with"
LEFT_OUT = (
    "tests/test_readme.py::test_the_commands_that_are_shown_write_what_is_shown",
    "tests/real/test_acts.py::test_every_act_is_found_under_each_of_its_own_words",
    "tests/real/test_acts.py::test_every_status_is_right_around_each_of_its_dates",
    *(f"tests/real/test_releases.py::{_AGAIN}[{version}]" for version in releases(REAL).names),
)
# What holds of any folder that was released, and of the README beside it.
HELD_TO = (
    "tests/dataset/test_documents.py",
    "tests/dataset/test_descriptions.py",
    "tests/real",
    "tests/test_readme.py",
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the data and of the README beside it."""
    shutil.copytree(REAL, tmp_path / REAL.name)
    shutil.copy(REAL.with_name("README.md"), tmp_path)
    return tmp_path / REAL.name


def event(data: stances.Dataset, actor: str, day: date) -> dict[str, Any]:
    """An event of an actor, with a source of its own and one coding."""
    codebook = data.codebook
    instrument = next(code for code, i in codebook.instruments.items() if not i.binding)
    return {
        "actor": actor,
        "date": str(day),
        "date_precision": "day",
        "domain": next(iter(codebook.domains)),
        "instrument": instrument,
        "score": codebook.scale.min,
        "confidence": next(iter(codebook.model.tolerance)),
        "landmark": False,
        "title": f"An event that a test adds on {day}",
        "summary": "It never was.",
        "speaker": "Nobody",
        "sources": [
            {
                "url": f"https://nowhere.example/{day}",
                "publisher": "Nowhere Times",
                "title": "Nothing",
                "published": str(day),
                "language": "en",
                "checked": "read",
            }
        ],
    }


def add(folder: Path, answers: dict[str, Any]) -> None:
    entry = folder.with_name("entry.json")
    entry.write_text(json.dumps(answers), encoding="utf-8")
    assert main(["add", str(entry), "--coder", "somebody", "--data", str(folder)]) == OK


@pytest.mark.slow
def test_an_event_added_and_released_breaks_nothing(copy: Path) -> None:
    data, today = load(copy), date.today()
    readme = copy.with_name("README.md").read_text(encoding="utf-8")
    # An actor that the README shows figures of.
    actor = next(code for code in data.position_actors if f'"{code}"' in readme)
    for day in (date(2019, 2, 15), today - timedelta(days=31)):
        add(copy, event(data, actor, day))
    assert main(["release", "--data", str(copy)]) == OK
    assert main(["check", "--data", str(copy)]) == OK
    assert main(["release", "--check", "--data", str(copy)]) == OK
    assert len(load(copy).events) == len(data.events) + 2
    assert copy.with_name("README.md").read_text(encoding="utf-8") != readme
    left_out = [f"--deselect={test}" for test in LEFT_OUT]
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *left_out, *HELD_TO]
    environment = os.environ | {"STANCES_TESTED_DATA": str(copy)}
    done = subprocess.run(
        run, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
