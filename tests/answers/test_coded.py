"""By whom the scores were given, as the hand-written part says it, and once that is not all."""

from __future__ import annotations

from stances.answers.coded import codings_text, scored_by
from tests.folders import Folder

TEXTS = '\n[texts]\nscored = "Scored by machines"\ncodings = "No person has coded yet."\n'


def _texts(folder: Folder) -> None:
    folder.replace("about.toml", "[licence]", f"{TEXTS}\n[licence]")


def _code(folder: Folder, *coders: str) -> None:
    for coder in coders:
        folder.add("codings", 2, coder=coder)


def test_what_was_written_stands_while_no_other_coder_comes(folder: Folder) -> None:
    _texts(folder)
    data = folder.load()
    assert (scored_by(data), codings_text(data)) == (
        "Scored by machines",
        "No person has coded yet.",
    )


def test_a_coder_who_came_later_is_told(folder: Folder) -> None:
    _texts(folder)
    _code(folder, "maria")
    data = folder.load()
    assert scored_by(data) == "Scored by five coders"
    assert codings_text(data) == (
        "No person has coded yet. Since this was written, maria has coded too: one coding."
    )


def test_where_nothing_was_written_it_is_told_alone(folder: Folder) -> None:
    assert codings_text(folder.load()) == ""
    _code(folder, "maria", "adam")
    assert codings_text(folder.load()) == "Adam and maria have coded too: two codings."
