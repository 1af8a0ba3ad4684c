"""Candidates: events that somebody or something read in articles, and that a person decides on.

They are lines of JSON in files `*.jsonl` of a folder that the editor names. A line has keys of an
event, its `sources`, the name of a `text` in that folder, and a `quote` that stands there word for
word: whoever decides sees what the candidate rests on, and who invents is refused.
"""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from stances.dataset import schema
from stances.dataset.faults import BadInput, DataFaults, Fault, inline, not_one_of
from stances.dataset.files import read_json, read_plain
from stances.dataset.schema import Row

# The `cells` of an event and its `sources`, one at least, as they were given; `quote`, and `text`,
# the name of the file that has it.
Candidate = dict[str, Any]
# The folder that the editor named; None: none.
chosen_folder: Path | None = None
# Lines of a candidate's id, the decision, the id of its event, if it was taken, and the day.
_DECISIONS_FILE = "decisions.csv"


def read_candidates() -> tuple[dict[str, Candidate], list[Fault]]:
    """Return the candidates that nobody decided on, by their ids, which are hashes of their lines;
    and the lines that are none, with what is wrong. Both are in the order of files and lines.
    """
    waiting: dict[str, Candidate] = {}
    refused: list[Fault] = []
    folder = chosen_folder
    if folder is None:
        return waiting, refused

    decided = set()
    decisions = folder / _DECISIONS_FILE
    if decisions.exists():
        lines = read_plain(decisions).decode(errors="replace").splitlines()
        decided = {line.partition(",")[0] for line in lines}
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(read_plain(path).split(b"\n"), 1):
            content = line.strip()
            candidate_id = hashlib.blake2b(content, digest_size=6).hexdigest()
            if not content or candidate_id in decided:
                continue
            try:
                waiting[candidate_id] = _candidate(folder, content)
            except (BadInput, DataFaults) as error:
                fault = Fault(path.name, str(error), line=number)
                refused.append(fault)
    return waiting, refused


def decide(candidate_id: str, decision: str, event_id: str = "") -> None:
    """Put down that a candidate was "taken", as which event, or "dropped"."""
    assert chosen_folder is not None
    with (chosen_folder / _DECISIONS_FILE).open("a", encoding="utf-8") as file:
        print(candidate_id, decision, event_id, date.today(), sep=",", file=file)


def _candidate(folder: Path, line: bytes) -> Candidate:
    """Return what a line says. Raises BadInput with the key that is at fault, and DataFaults where
    its text cannot be read.
    """
    try:
        entry: Any = read_json(line)
    except ValueError:
        raise BadInput("is not valid JSON") from None
    if not isinstance(entry, dict):
        raise BadInput("is no object of JSON")

    sources = entry.pop("sources", None)
    quote = _folded(str(entry.pop("quote", "")))
    text = str(entry.pop("text", ""))
    cells = _cells("events", entry)
    if not isinstance(sources, list) or not sources:
        raise BadInput("must be a list of one or more", "sources")
    cells_of_sources = []
    for source in sources:
        cells_of_source = _cells("sources", source)
        cells_of_sources.append(cells_of_source)

    # By the names of its files, so that none of another folder can be named.
    paths = {path.name: path for path in folder.glob("*.txt")}
    if text not in paths:
        raise BadInput(f"{inline(text)} is no text in the folder", "text")
    article = read_plain(paths[text]).decode(errors="replace")
    if not quote or quote not in _folded(article):
        raise BadInput(f"{inline(quote)} is not in {text}", "quote")
    return {
        "cells": cells,
        "sources": cells_of_sources,
        "quote": quote,
        "text": text,
    }


def _cells(table: str, entry: Any) -> Row:
    """Return the cells of a row as texts, by column. Raises BadInput."""
    if not isinstance(entry, dict):
        raise BadInput(f"{inline(entry)} is no object of JSON", table)
    allowed = schema.tables()[table].header
    for key in entry:
        if key not in allowed:
            raise BadInput(not_one_of(key, allowed), table)
    return {column: str(cell) for column, cell in entry.items()}


def _folded(text: str) -> str:
    return " ".join(text.split())
