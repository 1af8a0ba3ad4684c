"""The reach of the data: which day opens, and what is said of the days after it."""

from __future__ import annotations

from datetime import date

import pytest

from stances.answers.citing import source_line
from stances.answers.introduction import beyond, data_to
from stances.answers.snapshot import snapshot_files
from stances.answers.tracker import Tracker
from stances.dataset.tables import Dataset
from stances.links import parameters
from tests.folders import TODAY, Folder, load
from tests.golden import Golden
from tests.ui.pages import markup, open_page, plain

REACH = date(2021, 3, 5)
LATER = date(2021, 3, 6)


@pytest.fixture
def reaching(folder: Folder) -> Folder:
    """The six events, looked through up to REACH."""
    folder.replace("about.toml", "[licence]", f"covered_to = {REACH}\n\n[licence]")
    return folder


def test_the_day_that_opens_is_the_last_that_was_looked_through(reaching: Folder) -> None:
    tracker = Tracker(reaching.load())
    assert tracker.data.opening_day == REACH
    assert parameters.PARAMETERS["as_of"].default(tracker) == REACH


def test_no_day_after_today_opens(reaching: Folder) -> None:
    assert load(reaching.path, today=date(2022, 3, 15)).opening_day == REACH
    later = date(2023, 2, 1)
    reaching.replace("about.toml", str(REACH), str(later))
    assert reaching.load().opening_day == TODAY < later


def test_where_nothing_is_said_of_it_today_opens(six: Dataset) -> None:
    assert six.about.covered_to is None
    assert six.opening_day == six.today == TODAY
    assert beyond(six, six.today) == ""


def test_it_is_said_how_far_the_data_reaches(golden: Golden, reaching: Folder) -> None:
    data = reaching.load()
    cases = {
        "in short": data_to(data),
        "of the dataset": source_line(data),
        "on its last day": beyond(data, REACH),
        "on a later day": beyond(data, LATER),
    }
    golden(cases)


def test_files_name_it(reaching: Folder, six: Dataset) -> None:
    data = reaching.load()
    model = Tracker(data).model
    assert b'"covered_to": "2021-03-05"' in snapshot_files(data, model, REACH).metadata
    assert b"covered_to" not in snapshot_files(six, Tracker(six).model, TODAY).metadata


@pytest.mark.parametrize("page", ["map", "actor", "acts", "data"])
def test_pages_say_it_once_on_later_days_alone(
    page: str, reaching: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANCES_DATA", str(reaching.path))
    line = "Nothing was looked for after 5 March 2021."
    assert line not in plain(markup(open_page(page)))
    assert plain(markup(open_page(page, as_of=str(LATER)))).count(line) == 1
