"""One actor as a picture: the sentence, what binds, the stance by domain, and the line."""

from __future__ import annotations

import pytest

from stances import Dataset
from stances.answers.binding import binding, binds_nothing
from stances.answers.profile import profile
from stances.answers.tracker import Tracker
from tests.folders import Folder
from tests.pictures.drawings import SVG, collisions, outside, svg_of, texts

ACT = {"as_of": "2020-04-10", "actor": "ARC"}


@pytest.mark.parametrize("domain", ["overall", "roads"])
def test_it_says_what_the_page_says(six: Dataset, domain: str) -> None:
    tracker, day = Tracker(six), six.day(ACT["as_of"])
    lines = texts(svg_of(six, "actor", domain=domain, **ACT))
    assert profile(tracker, "ARC", day, domain).text in " ".join(lines)
    acts = binding(tracker, "ARC", day, domain)
    assert acts
    assert {act.title for act in acts} <= set(lines)
    assert {six.codebook.domain_label(code) for code in six.codebook.columns} <= set(lines)


def test_where_nothing_binds_it_says_so(six: Dataset) -> None:
    day = six.day("2020-12-01")
    lines = " ".join(texts(svg_of(six, "actor", as_of=str(day), actor="ARC", domain="roads")))
    assert binds_nothing(six.codebook, "Republic of Arcadia", "roads", day) in lines


def test_the_line_is_drawn_where_there_is_a_scored_event(six: Dataset) -> None:
    drawn = svg_of(six, "actor", **ACT)
    assert [path for path in drawn.iter(f"{SVG}path") if path.attrib.get("fill") == "none"]
    none = svg_of(six, "actor", as_of="2020-04-10", actor="CAL")
    assert "No scored event up to this day" in texts(none)
    assert not [path for path in none.iter(f"{SVG}path") if path.attrib.get("fill") == "none"]


@pytest.mark.parametrize("day", ["2010-01-01", "2019-06-30", "latest"])
@pytest.mark.parametrize(
    "part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, 6))]
)
def test_every_actor_has_room(real: Dataset, part: int, day: str) -> None:
    query = {} if day == "latest" else {"as_of": day}
    for actor in real.position_actors[part::18]:
        svg = svg_of(real, "actor", actor=actor, **query)
        assert not outside(svg), actor
        assert not list(collisions(svg)), actor


def test_an_act_in_doubt_says_so_first(folder: Folder) -> None:
    folder.edit("acts", 2, doubt="Nobody has read it")
    lines = texts(svg_of(folder.load(), "actor", actor="ARC", as_of="2020-06-30"))
    assert any(text.startswith("In doubt; Roads; ") for text in lines)
    assert not any("in force since 1 jan 2020, in doubt" in text.lower() for text in lines)
