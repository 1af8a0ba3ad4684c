"""What stands above every page."""

from __future__ import annotations

import pytest

from stances.answers.introduction import data_to, introduction
from stances.dataset.tables import Dataset
from stances.words import MINUS
from tests.folders import Folder
from tests.ui.pages import markup, opened, plain, texts

TEXTS = '\n[texts]\nwhat = "Who stands where"\nscored = "by a clerk"\n'


def test_the_line_says_what_how_scored_by_whom_and_to_when(folder: Folder) -> None:
    folder.replace("about.toml", "[licence]", f"{TEXTS}\n[licence]")
    assert [clause.words for clause in introduction(folder.load())] == [
        "Who stands where", f"Scored from {MINUS}2 (Block) to +2 (Promote)", "by a clerk",
        "Data to 27 October 2020",
    ]  # fmt: skip


def test_without_texts_the_description_has_to_do(six: Dataset) -> None:
    text = [clause.words for clause in introduction(six)]
    assert text[0] == six.about.description.rstrip(".")
    assert len(text) == 3


def test_a_month_is_told_no_more_exactly_than_it_is_known(folder: Folder) -> None:
    folder.replace("events.csv", "2020-10-27,day", "2020-10-01,month")
    assert data_to(folder.load()) == "Data to October 2020"


@pytest.mark.usefixtures("six_shown")
@pytest.mark.parametrize("page", ["map", "trends", "data"])
def test_every_page_has_it_with_its_links(page: str, six: Dataset) -> None:
    app = opened(page)
    found = markup(app)
    line = found[found.index('<p class="introduction">') :].split("</p>")[0]
    assert plain(line) == " · ".join(clause.words for clause in introduction(six))
    assert line.count("section=") == 3
    assert f'<p class="site">{six.about.title}</p>' in texts(app)
