"""By whom the scores were given, as the hand-written part says it, and once that is not all."""

from __future__ import annotations

from stances.answers.introduction import codings_text, scorer_note
from tests.folders import Folder
from tests.golden import Golden

TEXTS = '\n[texts]\nscored = "Scored by machines"\ncodings = "No person has coded yet."\n'


def _texts(folder: Folder) -> None:
    folder.replace("about.toml", "[licence]", f"{TEXTS}\n[licence]")


def _code(folder: Folder, *coders: str) -> None:
    for coder in coders:
        folder.add("codings", 2, coder=coder)


def test_a_coder_who_came_later_is_told(folder: Folder, golden: Golden) -> None:
    unwritten = codings_text(folder.load())
    _texts(folder)
    written = folder.load()
    _code(folder, "maria")
    later = folder.load()
    cases = {
        "as it was written": (scorer_note(written), codings_text(written)),
        "one more": (scorer_note(later), codings_text(later)),
        "nothing written": unwritten,
    }
    golden(cases)


def test_where_nothing_was_written_it_is_told_alone(folder: Folder, golden: Golden) -> None:
    _code(folder, "maria", "adam")
    golden({"two more": codings_text(folder.load())})
