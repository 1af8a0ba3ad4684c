"""Candidates: what waits, what is refused by file and line, what is decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stances.dataset.faults import Fault
from stances.desk import candidates
from stances.desk.candidates import decide, read_candidates

SOURCES = [{"url": "https://a.example/1", "title": "A worry"}]
GOOD = {"actor": "ARC", "score": -1, "sources": SOURCES, "text": "a.txt", "quote": "is a\n worry"}


def waiting() -> dict[str, candidates.Candidate]:
    return read_candidates()[0]


def refused() -> list[Fault]:
    return read_candidates()[1]


def _line(**keys: object) -> str:
    return json.dumps({**GOOD, **keys})


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text("Acme  is\ta worry,\nsays Präsidentin Ann.", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\xff")
    (folder / "folder.txt").mkdir()
    (tmp_path / "outside.txt").write_text("is a worry")
    (folder / "new.jsonl").write_text(f"{_line()}\n\n{_line(quote='says Präsidentin')}\n")
    monkeypatch.setattr(candidates, "chosen_folder", folder)
    return folder


@pytest.mark.usefixtures("inbox")
def test_a_candidate_waits_with_what_it_rests_on() -> None:
    first, second = waiting().values()
    assert first["cells"] == {"actor": "ARC", "score": "-1"}
    assert first["sources"] == SOURCES
    assert (first["text"], first["quote"]) == ("a.txt", "is a worry")
    assert second["quote"] == "says Präsidentin"
    assert refused() == []


def test_an_id_stays_wherever_the_line_stands_and_doubles_wait_once(inbox: Path) -> None:
    ids = set(waiting())
    lines = (inbox / "new.jsonl").read_text()
    (inbox / "another.jsonl").write_text(f"\n\n{lines}")
    assert set(waiting()) == ids
    assert len(waiting()) == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (_line(quote="is no worry"), "quote: is no worry is not in a.txt"),
        (_line(quote=" "), "quote: "),
        (_line(quote=None), "quote: "),
        (_line(text="gone.txt"), "text: gone.txt is no text in the folder"),
        (_line(text="../outside.txt"), "text: ../outside.txt is no text"),
        (_line(text="b.txt"), "quote: is a worry is not in b.txt"),
        (_line(text="folder.txt"), "is no plain file"),
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
    (fault,) = refused()
    assert str(fault).startswith("new.jsonl:4 ")
    assert message in str(fault)
    assert "\n" not in str(fault)
    assert len(waiting()) == 2


def test_what_is_decided_waits_no_more(inbox: Path) -> None:
    first, second = waiting()
    decide(first, "taken", "ARC-20200410-minister-worried")
    assert [*waiting()] == [second]
    decide(second, "dropped")
    assert waiting() == {}
    lines = (inbox / "decisions.csv").read_text().splitlines()
    assert lines[0].startswith(f"{first},taken,ARC-20200410-minister-worried,20")
    assert lines[1].startswith(f"{second},dropped,,20")


def test_without_a_folder_nothing_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert waiting() == {}
    monkeypatch.setattr(candidates, "chosen_folder", tmp_path)
    assert waiting() == {}
