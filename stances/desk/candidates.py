"""Candidates: events that somebody or something read in articles, and that a person decides on.

They are lines of JSON in files `*.jsonl` of a folder that the editor names. A line has keys of an
event, its `sources`, the name of a `text` in that folder, and a `quote` that stands there word for
word: whoever decides sees what the candidate rests on, and who invents is refused.
"""

import csv
import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from stances.dataset import schema
from stances.dataset.faults import BadInput, DataFaults, Fault, inline, not_one_of
from stances.dataset.files import read_json, read_plain

DECISIONS = ("taken", "dropped")
# The folder that the editor named; None: none.
chosen_folder: Path | None = None
_DECISIONS_FILE = "decisions.csv"
_DECISION_COLUMNS = ("id", "decision", "event_id", "day")
_COLUMNS = ["id", "file", "line", "cells", "sources", "quote", "text"]


def waiting(folder: Path) -> pd.DataFrame:
    """Return the candidates that nobody decided on, in the order of files and lines: `id`, a
    hash of the line; `file`, `line`; `cells` of an event and `sources`, as they were given;
    `quote`, and `text`, the name of the file that has it.
    """
    candidates, _ = _judged(folder)
    frame = pd.DataFrame(candidates, columns=_COLUMNS)
    is_decided = frame["id"].isin(_decided(folder))
    return frame[~is_decided].drop_duplicates("id").reset_index(drop=True)


def by_id(candidate_id: str) -> dict[str, Any]:
    """Return a candidate that waits in the chosen folder; empty: there is none of the id."""
    if chosen_folder is None:
        return {}
    rows = waiting(chosen_folder)
    for row in rows[rows["id"] == candidate_id].to_dict("records"):
        return {str(name): value for name, value in row.items()}
    return {}


def decide_here(candidate_id: str, decision: str, event_id: str = "") -> None:
    """Put down a decision in the chosen folder."""
    if chosen_folder is not None:
        decide(chosen_folder, candidate_id, decision, event_id)


def refused_lines(folder: Path) -> list[Fault]:
    """Return the lines that are no candidates, with what is wrong."""
    _, faults = _judged(folder)
    return faults


def decide(folder: Path, candidate_id: str, decision: str, event_id: str = "") -> None:
    """Put down that a waiting candidate was taken, as which event, or dropped. Raises BadInput."""
    if decision not in DECISIONS:
        raise BadInput(not_one_of(decision, DECISIONS), "decision")
    if candidate_id not in set(waiting(folder)["id"]):
        raise BadInput(f"{inline(candidate_id)} waits for no decision", "candidate")

    path = folder / _DECISIONS_FILE
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if file.tell() == 0:
            writer.writerow(_DECISION_COLUMNS)
        writer.writerow([candidate_id, decision, event_id, date.today()])


def _decided(folder: Path) -> set[str]:
    path = folder / _DECISIONS_FILE
    if not path.exists():
        return set()
    lines = read_plain(path).decode(errors="replace").splitlines()
    return {line.partition(",")[0] for line in lines}


def _judged(folder: Path) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Return all candidates of a folder, and the faults of the lines that are none."""
    if not folder.is_dir():
        raise BadInput(f"{folder} is no folder", "--candidates")
    candidates = []
    faults = []
    for path in sorted(folder.glob("*.jsonl")):
        lines = read_plain(path).split(b"\n")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                candidate = _candidate(folder, line)
            except BadInput as refused:
                faults.append(Fault(path.name, str(refused), line=number))
            else:
                place = {"file": path.name, "line": number}
                candidates.append(candidate | place)
    return candidates, faults


def _candidate(folder: Path, line: bytes) -> dict[str, Any]:
    """Return what a line says. Raises BadInput with the key that is at fault."""
    try:
        cells: Any = read_json(line)
    except ValueError:
        raise BadInput("is not valid JSON") from None
    if not isinstance(cells, dict):
        raise BadInput("is no object of JSON")

    sources = cells.pop("sources", None)
    quote = _folded(str(cells.pop("quote", "")))
    text = str(cells.pop("text", ""))
    _check_keys("events", cells)
    if not isinstance(sources, list) or not sources:
        raise BadInput("must be a list of one or more", "sources")
    for source in sources:
        _check_keys("sources", source)

    if not quote or quote not in _folded(_read(folder, text)):
        raise BadInput(f"{inline(quote)} is not in {inline(text)}", "quote")
    digest = hashlib.sha256(line.strip()).hexdigest()
    return {
        "id": digest[:12],
        "cells": cells,
        "sources": sources,
        "quote": quote,
        "text": text,
    }


def _check_keys(table: str, cells: Any) -> None:
    if not isinstance(cells, dict):
        raise BadInput(f"{inline(cells)} is no object of JSON", table)
    allowed = schema.tables()[table].header
    for key in cells:
        if key not in allowed:
            raise BadInput(not_one_of(key, allowed), table)


def _read(folder: Path, name: str) -> str:
    """Return a text of the folder. Raises BadInput for what lies elsewhere or is none."""
    try:
        path = (folder / name).resolve()
        if path.parent == folder.resolve():
            return read_plain(path).decode()
    except (DataFaults, ValueError):
        # No plain file, no UTF-8, or no name that a file can have.
        pass
    raise BadInput(f"{inline(name)} is no text in the folder", "text")


def _folded(text: str) -> str:
    return " ".join(text.split())
