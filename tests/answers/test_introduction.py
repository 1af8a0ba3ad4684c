"""The introduction above every page."""

from __future__ import annotations

import pytest

from stances.answers.introduction import introduction
from stances.dataset.tables import Dataset
from tests.folders import Folder
from tests.golden import Golden
from tests.ui.pages import markup, open_page, plain

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
