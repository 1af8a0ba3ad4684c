"""What pages say: all of it on the small data, and how much of it on the real data."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from stances.answers.leads import lead
from stances.answers.tracker import Tracker
from stances.dataset.load import Dataset
from stances.links.pages import MAIN
from stances.pages.registry import page_of
from stances.render.environment import with_name_apart
from tests.render.pages import documents, drawn, view, words_of

# Words of headline, lead and headings before the picture or table that a page is about.
BUDGETS = {
    "": ('class="front"', 40),
    "trends": ('class="fig', 40),
    "members": ("<table", 50),
    "actor": ("<table", 40),
    "acts": ('class="fig', 40),
    "changes": ('class="fig', 40),
    "events": ('class="fig', 45),
    "data": ("<table", 40),
}


def test_all_pages_say_of_the_six_events(six: Dataset, golden: Callable[[str, str], None]) -> None:
    said = []
    for path, query in documents(six).items():
        said.append(f"== /{path}\n{words_of(drawn(six, path, **query))}")
    golden("pages.txt", "\n\n".join(said))


@pytest.mark.parametrize("path", MAIN)
def test_few_words_stand_before_the_picture(real: Dataset, path: str) -> None:
    assert path in BUDGETS, "say how many words it may have, and before what"
    html = drawn(real, path)
    start, (mark, most) = html.index("<h1"), BUDGETS[path]
    before = re.sub(r'<div class="keys">.*?</div>', "", html[start : html.index(mark, start)])
    assert 3 < len(words_of(before).split()) <= most


@pytest.mark.parametrize("query", [{}, {"as_of": "2019-06-30"}, {"domain": "trade"}])
def test_a_headline_has_at_most_two_clauses(real: Dataset, query: dict[str, str]) -> None:
    for path in MAIN:
        headline = re.search(r"<h1>(.*?)</h1>", drawn(real, path, **query))
        assert headline and headline[1].count(";") <= 1 and not headline[1].endswith(".")


def test_every_profile_makes_a_short_headline_and_lead(tracker: Tracker) -> None:
    for actor in tracker.data.profiles["actor"]:
        told = lead(tracker, actor, tracker.data.opening_day)
        assert len(f"{told.headline} {told.rest}".split()) <= 70, actor


def test_no_word_of_the_codebook_is_on_a_page(real: Dataset) -> None:
    for path in {*MAIN} - {"data"}:
        said = words_of(drawn(real, path)).lower()
        found = re.findall(r"\b(?:actors?|domains?|codings?|landmark|unused|of them)\b", said)
        assert not found, path


def test_a_next_date_says_that_it_is_general_or_an_estimate(real: Dataset) -> None:
    blocks = {block.id: block.data for block in page_of(view(real, "acts", page="all")).blocks}
    rows = blocks["rules"]["frame"]
    general = rows[rows["next_general"] & ~rows["next_estimate"]]["next_text"]
    said = words_of(drawn(real, "acts", page="all"))
    assert len(general)
    assert all(f"{day} general" in said for day in general)
    at = drawn(real, "acts", as_of="2024-01-01", actor="PRT,JPN")
    assert "May 2026 <small>estimate</small>" in at and "Mar 2025 <small>general</small>" in at


def test_what_is_empty_says_so(real: Dataset, six: Dataset) -> None:
    assert "No events match. Clear filters." in words_of(drawn(real, "events", q="zzzz"))
    assert "No rules match. Clear filters." in words_of(drawn(real, "acts", q="zzzz"))
    assert "No rule in force." in words_of(drawn(six, "actor", actor="ARC"))
    early = words_of(drawn(real, "", as_of="2010-01-01"))
    assert "Records begin in 2010" in early
    quiet = words_of(drawn(six, "changes", **{"from": "2022-12-30", "to": "2022-12-31"}))
    assert "No level changed between 30 and 31 Dec 2022" in quiet or "No level changed" in quiet


def test_doubt_is_told_on_the_newest_day_alone(real: Dataset) -> None:
    for path in ("members", "acts"):
        assert 'class="q"' in drawn(real, path)
        older = drawn(real, path, as_of="2025-12-31")
        assert not re.search(r'<a class="q"', older)


@pytest.mark.parametrize(
    ("actor", "title", "shown"),
    [
        ("DNK", "Danish court upholds an order", "[Danish] court upholds an order"),
        ("POL", "Sejm passes a law", "[Poland] Sejm passes a law"),
        ("ESP", "Spain backs an act", "[Spain] backs an act"),
        ("EU-COU", "Telecoms Council due to hear", "Telecoms [Council] due to hear"),
        ("MLI", "Mali's minister receives", "[Mali]'s minister receives"),
        ("CHL", "Chinese envoy speaks in Santiago", "[Chile] Chinese envoy speaks in Santiago"),
        ("FRA", "Finance minister speaks", "[France] Finance minister speaks"),
        ("EST", "EU advocate general: Estonia may act", "EU advocate general: [Estonia] may act"),
        ("USA", "FCC bars cables to the US", "FCC bars cables to the [US]"),
        ("ISL", "Second Icelandic bill is read", "Second [Icelandic] bill is read"),
        ("DNK", "Danish head: Denmark must act", "[Danish] head: Denmark must act"),
        ("KEN", "Kenyatta visits Beijing", "[Kenya] Kenyatta visits Beijing"),
        ("SVK", "Slovak president speaks", "[Slovak] president speaks"),
        ("IRL", "Irish cabinet plans", "[Irish] cabinet plans"),
        ("CHE", "Swiss minister visits", "[Swiss] minister visits"),
        ("USA", "USTR speaks", "[US] USTR speaks"),
    ],
)
def test_a_name_is_bold_where_it_stands_and_stands_once(
    tracker: Tracker, actor: str, title: str, shown: str
) -> None:
    before, name, after = with_name_apart(tracker, actor, title)
    assert f"{before}[{name}]{after}" == shown
