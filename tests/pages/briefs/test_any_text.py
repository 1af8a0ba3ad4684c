"""Whatever the data says, it stands there as a text, and the brief has its number of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

pytest.importorskip("pypdf", reason="needs tests/requirements.txt")

from stances import Dataset
from stances.dataset.schema import ALL_ACTORS
from stances.render.typeset import graphemes
from tests.folders import HOSTILE, TODAY, Folder, load
from tests.pages.briefs.read import bare, brief_of, links, page_count, pages, root_of
from tests.payloads import MARKDOWN, MARKUP, MATHS, TYPST

DAY = "2020-04-20"
LONG = "An act of a name that is much longer than any page has room for " * 30
# Letters that hardly any machine has a typeface for.
CUNEIFORM = "\U00012000\U00012038"
# As long as the tables let the name of an act and a title be.
_MOST_NAME, _MOST_TITLE = 60, 90


@pytest.mark.slow
def test_hostile_data_is_set_as_it_stands() -> None:
    data = load(HOSTILE, today=TODAY)
    for code, count in (("ARC", 1), ("BOR", 1), ("CAL", 1), ("Pact", 3), (ALL_ACTORS, 3)):
        brief = brief_of(data, code, as_of=DAY)
        assert page_count(brief) == count
        assert not root_of(brief).get("/OpenAction")
        assert "/JavaScript" not in root_of(brief).get("/Names", {})
        assert all(link.startswith(("https://", "http://")) for link in links(brief))
    [page] = pages(brief_of(data, "ARC", as_of=DAY))
    names = data.actors.set_index("actor")["name"]
    assert bare(names["ARC"]) in page
    [title] = data.events.loc[data.events["event_id"] == "ARC-20200410-minister-worried", "title"]
    assert bare(title) in page


def _together(texts: Sequence[str]) -> Iterator[str]:
    """Texts side by side, as many as the name of an act has room for."""
    line = ""
    for text in texts:
        if line and len(f"{line} {text} y") > _MOST_NAME:
            yield f"{line} y"
            line = ""
        line = f"{line or 'x'} {text}"
    yield f"{line} y"


TEXTS = [*_together([*TYPST, *MATHS, *MARKUP[:3], *MARKDOWN[:6]])]


@pytest.mark.parametrize("texts", [TEXTS[at : at + 4] for at in range(0, len(TEXTS), 4)])
def test_no_text_is_read_as_source(folder: Folder, texts: list[str]) -> None:
    lines = [texts[place % len(texts)] for place in range(4)]
    _name(folder, *lines)
    [page] = pages(brief_of(folder.load(), "ARC", as_of=DAY))
    assert all(bare(text) in page for text in lines)


def _name(folder: Folder, text: str, act: str = "", law: str = "", title: str = "") -> None:
    """Put texts, or the first for all, into the names and titles that a brief of ARC shows."""
    act, title = (
        (own or text)[:most].strip() for own, most in ((act, _MOST_NAME), (title, _MOST_TITLE))
    )
    folder.edit("actors", _line(folder, "actors", actor="ARC"), name=text)
    acts = _line(folder, "acts", actor="ARC")
    folder.edit("acts", acts, name=act, legal_reference=law or text)
    event = "ARC-20200410-minister-worried"
    folder.edit("events", _line(folder, "events", event_id=event), title=title)


def _line(folder: Folder, table: str, **cells: Any) -> int:
    """The line of the first row with such a cell."""
    rows = folder.rows(table)
    [(name, value)] = cells.items()
    return next(line for line, row in enumerate(rows, 1) if row[name] == value)


def test_letters_that_no_typeface_has_are_told_of(folder: Folder) -> None:
    _name(folder, f"Act {CUNEIFORM} {CUNEIFORM} of {CUNEIFORM}")
    brief = brief_of(folder.load(), "ARC", as_of=DAY)
    [page] = pages(brief)
    assert bare("Act […] of […]") in page
    assert bare("[…] stands for letters") in page
    assert b"pdfuaid" in root_of(brief)["/Metadata"].get_data()


def test_letters_that_no_typeface_has_are_told_of_in_the_brief_of_a_group(folder: Folder) -> None:
    _name(folder, f"Act {CUNEIFORM}")
    brief = brief_of(folder.load(), "Pact", as_of=DAY)
    # The last of its pages is a chart without notes.
    assert [bare("[…] stands for letters") in page for page in pages(brief)] == [False, True, False]


# What a reader takes for one letter, of signs of which the typeface has a part.
KEYCAP, FLAG = "5\u20e3", "\U0001f1e9\U0001f1ea"


@pytest.mark.parametrize(
    ("text", "taken"), [(f"{KEYCAP}G act of 2025", "[…]G act of 2025"), (f"{FLAG} act", "[…] act")]
)
def test_a_letter_of_several_signs_is_replaced_whole_and_nowhere_else(
    folder: Folder, text: str, taken: str
) -> None:
    _name(folder, "Arcadia", act=text)
    [page] = pages(brief_of(folder.load(), "ARC", as_of=DAY))
    assert bare(taken) in page
    # Among the rules, behind the first sentences, and in what explains it.
    assert page.count("[…]") == 3
    assert bare("As of 20 April 2020") in page


def test_graphemes_are_what_a_reader_takes_for_a_letter() -> None:
    joined = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    for whole in (KEYCAP, "5\ufe0f\u20e3", FLAG, joined, "e\u0301", "\U0001f44d\U0001f3fd"):
        assert graphemes(f"a{whole}b") == ["a", whole, "b"]


@pytest.mark.slow
@pytest.mark.parametrize("text", [LONG, LONG.replace(" ", "")])
def test_a_text_of_any_length_has_room(folder: Folder, text: str) -> None:
    _name(folder, text.strip())
    data = folder.load()
    for code, count in (("ARC", 1), ("BOR", 1), ("Pact", 3)):
        assert page_count(brief_of(data, code, as_of=DAY)) == count


def test_more_events_than_have_room_are_counted(folder: Folder) -> None:
    line = _line(folder, "events", event_id="ARC-20200410-minister-worried")
    codings = _line(folder, "codings", event_id="ARC-20200410-minister-worried")
    for number in range(60):
        event = f"ARC-20200411-worried-again-{number}"
        folder.add("events", line, event_id=event, date="2020-04-11")
        folder.add("codings", codings, event_id=event)
    [page] = pages(brief_of(folder.load(), "ARC", as_of=DAY))
    assert bare("61 statements") in page
    assert "more" in page


@pytest.mark.slow
def test_the_six_datasets_of_actors_and_groups(six: Dataset) -> None:
    for query in ({"as_of": "2019-01-01"}, {}):
        for actor in six.position_actors:
            assert page_count(brief_of(six, actor, **query)) == 1
        assert page_count(brief_of(six, "Pact", **query)) == 3
