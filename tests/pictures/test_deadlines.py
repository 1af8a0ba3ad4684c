"""The deadlines of acts as a picture: which are shown, in which order, and what has no room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree as Xml

import pytest

from stances import Dataset, words
from stances.answers.acts import ActQuery, find_acts
from stances.answers.steps import Step, deadlines_headline, steps_of_acts
from stances.answers.tracker import Tracker
from stances.figures.theme import theme
from stances.filters.acts import act_matches, akin_words
from stances.links.view import view_at
from tests.pictures.drawings import SVG, collisions, outside, svg_of, texts


def _due(data: Dataset, day: date, status: str = "in_force") -> list[Step]:
    rows = find_acts(data, day, ActQuery(status=status))
    return steps_of_acts(Tracker(data), day, rows["act_id"])


def test_it_has_the_deadlines_of_the_page_under_its_sentence(six: Dataset) -> None:
    day = six.day("2020-07-01")
    due, lines = _due(six, day), texts(svg_of(six, "deadlines", as_of=str(day)))
    what = [f"{step.reserve} {step.what}".strip() for step in due]
    assert what
    assert [text for text in lines if text in what] == what
    assert deadlines_headline(Tracker(six), due, day) in " ".join(lines)
    assert "1 July 2020" in lines


def _fills(svg: Xml.Element) -> list[str]:
    """The fills of all marks: those of the legend have their own, others that of their group."""
    own = [path.attrib["fill"] for path in svg.iter(f"{SVG}path") if "fill" in path.attrib]
    return own + [group.attrib["fill"] for group in _marks(svg) for _ in group]


def _marks(svg: Xml.Element) -> Iterator[Xml.Element]:
    """The groups of the marks of steps."""
    for group in svg.iter(f"{SVG}g"):
        if "fill" in group.attrib and {part.tag for part in group} <= {
            f"{SVG}path",
            f"{SVG}circle",
        }:
            yield group


def test_a_deadline_that_has_passed_is_hollow(six: Dataset) -> None:
    palette = theme("light")
    fills = {}
    for day in ("2020-07-01", "2023-01-31"):
        svg = svg_of(six, "deadlines", as_of=day, status="all")
        fills[day] = _fills(svg)
        passed = sum(step.passed for step in _due(six, six.day(day), "all"))
        # One of the key is hollow too, where any is.
        assert fills[day].count(palette.background) == passed + bool(passed)
    assert fills["2020-07-01"] != fills["2023-01-31"]


def test_without_any_it_says_so(six: Dataset) -> None:
    lines = texts(svg_of(six, "deadlines", as_of="2019-06-01"))
    assert "No act, so no date falls due" in lines
    assert lines[0] == "No rule is in force"


def test_where_acts_set_none_they_are_told_instead(six: Dataset) -> None:
    svg = svg_of(six, "deadlines", as_of="2020-07-01", who="ARC")
    lines = texts(svg)
    assert "One act, and no date that falls due is known" in lines
    assert "Arcadia: Roads order, 1 Jan 2020" in lines
    assert not outside(svg)


def test_of_many_that_set_none_it_says_how_many_are_left_out(real: Dataset) -> None:
    svg = svg_of(real, "deadlines", status="ended")
    rows = find_acts(real, real.opening_day, ActQuery(status="ended"))
    listed = [text for text in texts(svg) if any(f": {name[:9]}" in text for name in rows["name"])]
    assert 1 < len(listed) < len(rows)
    assert f"and {words.number(len(rows) - len(listed))} more" in texts(svg)
    assert not outside(svg)
    assert not list(collisions(svg))


def test_it_says_whose_acts_are_looked_for(six: Dataset) -> None:
    view = {"as_of": "2020-07-01", "who": "Pact", "status": "all", "deadline": "any"}
    lines = " ".join(texts(svg_of(six, "deadlines", **view)))
    assert "Pact member" in lines
    # The doubt about a rule travels with the sentence that counts it.
    assert (
        "such rule of one Pact member is in the register, which is in doubt; with a deadline."
        in lines
    )


def test_what_may_be_due_too_stands_below_it_and_in_its_words(six: Dataset) -> None:
    view = {"as_of": "2022-06-30", "deadline": "removal"}
    note = akin_words(Tracker(six), act_matches(view_at(six, "acts", view)))
    svg = svg_of(six, "deadlines", **view)
    assert note
    assert note in " ".join(texts(svg))
    assert svg.findtext(f"{SVG}title", "").endswith(note)
    # Nothing is pointed to where all kinds are shown.
    assert note not in " ".join(texts(svg_of(six, "deadlines", as_of="2022-06-30")))


@pytest.mark.parametrize("status", ["in_force", "all"])
@pytest.mark.parametrize("day", ["2016-01-01", "2021-06-30", "latest"])
def test_of_more_than_have_room_it_says_how_many_are_left_out(
    real: Dataset, day: str, status: str
) -> None:
    query = {} if day == "latest" else {"as_of": day}
    svg = svg_of(real, "deadlines", status=status, **query)
    assert not outside(svg)
    assert not list(collisions(svg))
    due = _due(real, real.day(query.get("as_of", real.opening_day)), status)
    drawn = sum(map(len, _marks(svg)))
    more = [text for text in texts(svg) if text.startswith("and ") and " more " in text]
    left_out = [step.passed for step in due[drawn:]]
    counts = {"ahead": left_out.count(False), "passed": left_out.count(True)}
    left = ", ".join(f"{words.number(n)} more {what}" for what, n in counts.items() if n)
    assert more == ([f"and {left}"] if left else [])
