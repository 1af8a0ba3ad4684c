"""The reach of the data: which day opens, and what is said of the days after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from stances.answers.citing import source_line
from stances.answers.gaps import pair_texts
from stances.answers.history import lines, trend_title
from stances.answers.introduction import beyond, data_to, introduction, known_until, reach
from stances.answers.ledger import Span
from stances.answers.members import member_table, members_headline, members_sentence
from stances.answers.neighbours import nearest_texts
from stances.answers.profile import profile
from stances.answers.snapshot import snapshot_files
from stances.answers.stance_map import map_lead
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import ALL_ACTORS
from stances.dataset.tables import Dataset
from stances.filters.acts import act_matches, headline
from stances.filters.compare import happened_headline
from stances.links import parameters
from tests.filters.settings import view_with
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


# -- headlines that say how far they are known, on days that lie after what was looked for ---------


COVERED, AFTER = date(2020, 7, 1), date(2020, 7, 19)
FIRST = date(2020, 1, 1)
PAIR = ("ARC", "BOR")
FAR = "As far as known to 1 July 2020: "


@pytest.fixture
def tracker(folder: Folder) -> Tracker:
    folder.replace("about.toml", "[licence]", f"covered_to = {COVERED}\n[licence]")
    return Tracker(folder.load())


def _acts(tracker: Tracker, day: date) -> str:
    view = view_with(tracker, as_of=day)
    return headline(view, act_matches(view))[0]


HEADLINES: dict[str, Callable[[Tracker, date], Any]] = {
    "map": lambda tracker, day: map_lead(tracker, day, "roads")[0],
    "map overall": lambda tracker, day: map_lead(tracker, day, OVERALL)[0],
    "members": lambda tracker, day: members_headline(
        tracker, member_table(tracker, "Pact", day, OVERALL)
    ),
    "actor": lambda tracker, day: profile(tracker, "ARC", day).headline,
    "acts": _acts,
    "happened": lambda tracker, day: happened_headline(tracker, Span(FIRST, day))[0],
    "pair": lambda tracker, day: pair_texts(tracker, PAIR, OVERALL, (FIRST, day))[0],
    "nearest": lambda tracker, day: nearest_texts(
        tracker, "ARC", ALL_ACTORS, OVERALL, (FIRST, day)
    )[0],
    "trends": lambda tracker, day: trend_title(
        tracker, PAIR, lines(tracker, PAIR, OVERALL, (FIRST, day)), day
    ),
}


@pytest.mark.parametrize("kind", HEADLINES)
def test_a_headline_says_how_far_it_is_known_after_that_alone(tracker: Tracker, kind: str) -> None:
    assert HEADLINES[kind](tracker, AFTER).startswith(FAR)
    assert "as far as" not in HEADLINES[kind](tracker, COVERED).lower()


def test_a_sentence_to_be_quoted_says_both_days(tracker: Tracker) -> None:
    def sentence_on(day: date) -> str:
        return members_sentence(tracker, member_table(tracker, "Pact", day, OVERALL))

    assert sentence_on(AFTER).startswith(
        "On 19 July 2020, as far as known to 1 July 2020, none of "
    )
    assert sentence_on(COVERED).startswith("On 1 July 2020, none of ")


def test_without_a_reach_nothing_is_put_before(tracker_six: Tracker) -> None:
    assert known_until(tracker_six.data, AFTER, "So it is") == "So it is"
    assert reach(tracker_six.data, AFTER) == ""


@pytest.mark.parametrize("kind", ["map", "members"])
@pytest.mark.parametrize(
    ("covered", "text"),
    [("2020-03-01", "in doubt whether"), ("2020-07-01", "in doubt, as known on 1 July 2020, whe")],
)
def test_a_doubt_is_told_as_known_on_a_later_day(
    folder: Folder, kind: str, covered: str, text: str
) -> None:
    folder.replace("about.toml", "[licence]", f"covered_to = {covered}\n[licence]")
    folder.edit("acts", 2, doubt="Nobody has seen it")
    assert text in HEADLINES[kind](Tracker(folder.load()), date(2020, 3, 1))


# -- the introduction above every page -------------------------------------------------------------


TEXTS = '\n[texts]\nwhat = "Who stands where"\nscored = "by a clerk"\n'


def test_the_line_says_what_how_scored_by_whom_and_to_when(
    folder: Folder, golden: Golden, six: Dataset
) -> None:
    folder.replace("about.toml", "[licence]", f"{TEXTS}\n[licence]")
    folder.replace("events.csv", "2020-10-27,day", "2020-10-01,month")
    cases = {
        "with texts, to a month": [clause.words for clause in introduction(folder.load())],
        "without texts": [clause.words for clause in introduction(six)],
    }
    golden(cases)


@pytest.mark.usefixtures("six_shown")
@pytest.mark.parametrize("page", ["map", "trends", "data"])
def test_every_page_has_it_with_its_links(page: str, six: Dataset) -> None:
    app = open_page(page)
    result = markup(app)
    line = result[result.index('<p class="introduction">') :].split("</p>")[0]
    assert plain(line) == " · ".join(clause.words for clause in introduction(six))
    assert line.count("section=") == 3
    assert f'<p class="site">{six.about.title}</p>' in markup(app)
