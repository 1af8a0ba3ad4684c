"""Law and practice is one measure: wherever its counts stand, they are the same."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from stances.answers.acts import whose
from stances.answers.cards import card_of
from stances.answers.member_file import members_json
from stances.answers.members import member_table, members_headline, totals_listed_texts
from stances.answers.practice import practice_counts, practice_sentence, practice_short
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.filters.map import lead_on
from stances.links.view import view_at
from stances.render.page import page_html
from tests.pages.briefs.read import bare, brief_of, pages
from tests.pictures.drawings import svg_of, texts

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from stances.dataset.tables import Dataset

# Arcadia has used its order; then it holds it and has not; then it has left, and nobody limits.
DAYS = (date(2020, 6, 30), date(2020, 1, 15), date(2020, 7, 1))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_same_counts_stand_everywhere(six: Dataset, client_six: TestClient, day: date) -> None:
    tracker, group, domain = Tracker(six), "Pact", "roads"
    counts = practice_counts(tracker, day, domain, group)
    who = whose(six.about, counts.members, group)
    note = practice_sentence(six.codebook, domain, who, counts)
    table = member_table(tracker, group, day, OVERALL)
    assert table.counts == counts
    assert members_headline(tracker, table) == note
    assert lead_on(tracker, day, domain, "europe")[0] == note
    for page in ("", "members"):
        assert f">{note}<" in page_html(view_at(six, page, {"as_of": str(day)}))
    for picture in ("map", "members"):
        assert note in " ".join(texts(svg_of(six, picture, as_of=str(day))))
    assert bare(note) in pages(brief_of(six, group, as_of=str(day)))[0]
    short = practice_short(six.codebook, domain, counts)
    assert card_of(tracker, group, day, OVERALL).binds == f"Roads: {short}"
    figures = dict(reversed(each) for each in totals_listed_texts(six.codebook, table))
    assert [count for text, count in figures.items() if re.search("used a rule", text)] == (
        [counts.used] if counts.used else []
    )
    file = members_json(tracker, table)
    answer = client_six.get(f"/members.json?group={group}&as_of={day}").json()
    for totals in (file["totals"], answer["totals"]):
        names = ("members", "restricting", "used", "unused", "excluding", "doubted", "single")
        assert tuple(totals[name] for name in names) == counts
    assert answer["sentence"] == file["sentence"]
    assert note[1:] in answer["sentence"]
