"""Candidates: what waits, what is refused by file and line, what is decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stances.dataset.faults import BadInput
from stances.desk.candidates import decide, refused_lines, waiting

SOURCES = [{"url": "https://a.example/1", "title": "A worry"}]
GOOD = {"actor": "ARC", "score": -1, "sources": SOURCES, "text": "a.txt", "quote": "is a\n worry"}


def _line(**keys: object) -> str:
    return json.dumps({**GOOD, **keys})


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text("Acme  is\ta worry,\nsays Präsidentin Ann.", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\xff")
    (tmp_path / "outside.txt").write_text("is a worry")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "new.jsonl").write_text(f"{_line()}\n\n{_line(quote='says Präsidentin')}\n")
    return folder


def test_a_candidate_waits_with_what_it_rests_on(inbox: Path) -> None:
    candidates = waiting(inbox)
    first = candidates.iloc[0]
    assert [*candidates["line"]] == [1, 3]
    assert first["file"] == "new.jsonl"
    assert first["cells"] == {"actor": "ARC", "score": -1}
    assert first["sources"] == SOURCES
    assert (first["text"], first["quote"]) == ("a.txt", "is a worry")
    assert refused_lines(inbox) == []


def test_an_id_stays_wherever_the_line_stands_and_doubles_wait_once(inbox: Path) -> None:
    ids = set(waiting(inbox)["id"])
    lines = (inbox / "new.jsonl").read_text()
    (inbox / "another.jsonl").write_text(f"\n\n{lines}")
    assert set(waiting(inbox)["id"]) == ids
    assert len(waiting(inbox)) == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (_line(quote="is no worry"), "quote: is no worry is not in a.txt"),
        (_line(quote=" "), "quote: "),
        (_line(quote=None), "quote: "),
        (_line(text="gone.txt"), "text: gone.txt is no text in the folder"),
        (_line(text="../outside.txt"), "text: ../outside.txt is no text"),
        (_line(text="link.txt"), "text: link.txt is no text"),
        (_line(text="b.txt"), "text: b.txt is no text"),
        (_line(text="\0"), "text: "),
        (_line(text=["a.txt"]), "text: "),
        (_line(actr="ARC"), "events: actr is not one of"),
        (_line(sources=[]), "sources: must be a list"),
        (_line(sources=["x"]), "sources: x is no object"),
        (_line(sources=[{"adress": "x"}]), "sources: adress is not one of"),
        ("[]", "is no object of JSON"),
        ("{", "is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
    ],
)
def test_a_bad_line_is_refused_by_name_and_others_stay(
    inbox: Path, line: str, message: str
) -> None:
    with (inbox / "new.jsonl").open("a") as file:
        file.write(line)
    (fault,) = refused_lines(inbox)
    assert str(fault).startswith("new.jsonl:4 ")
    assert message in str(fault)
    assert "\n" not in str(fault)
    assert len(waiting(inbox)) == 2


def test_what_is_decided_waits_no_more(inbox: Path) -> None:
    first, second = waiting(inbox)["id"]
    decide(inbox, first, "taken", "ARC-20200410-minister-worried")
    assert [*waiting(inbox)["id"]] == [second]
    decide(inbox, second, "dropped")
    assert waiting(inbox).empty
    header, *rows = (inbox / "decisions.csv").read_text().splitlines()
    assert header == "id,decision,event_id,day"
    assert rows[0].startswith(f"{first},taken,ARC-20200410-minister-worried,20")
    assert rows[1].startswith(f"{second},dropped,,20")
    with pytest.raises(BadInput, match="waits for no decision"):
        decide(inbox, first, "dropped")
    with pytest.raises(BadInput, match="decision: maybe is not one of: taken, dropped"):
        decide(inbox, first, "maybe")


def test_a_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no folder"):
        waiting(tmp_path / "gone")
    assert waiting(tmp_path).empty
