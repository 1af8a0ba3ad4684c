"""The files of a data folder that starts on another subject: a codebook, a description, and six
worked events of invented states, there to be overwritten.
"""

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from stances.dataset.about import ABOUT_FILE
from stances.dataset.add import additions
from stances.dataset.codebook import CODEBOOK_FILE, read_codebook
from stances.dataset.contract import FORMAT_FILE, contract
from stances.dataset.entry import Entry, entry_of
from stances.dataset.faults import BadInput
from stances.dataset.files import DEFAULT_FOLDER
from stances.dataset.schema import SUBJECT, column_fault, tables
from stances.dataset.tables import Dataset, load

_TEMPLATES = Path(__file__).with_name("templates")
# Stands in the templates where the subject is to stand.
_PLACE = "SUBJECT"
_ENTRIES = "entries.toml"


def starting_files(subject: str) -> dict[str, bytes]:
    """Return a valid folder's files by name. Raises BadInput for a text that is no subject."""
    if fault := column_fault(SUBJECT, subject):
        raise BadInput(f"--subject: {fault}")
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, content in _begin(subject):
            (folder / name).write_bytes(content)
        data = load(folder)
        additions(data, _entries(data, subject))[-1].change.write()
        data, text = load(folder), (DEFAULT_FOLDER / FORMAT_FILE).read_text(encoding="utf-8")
        return {**data.files, FORMAT_FILE: contract(data, text).encode()}


def _begin(subject: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files by hand, and a header for each other table."""
    for name in (CODEBOOK_FILE, ABOUT_FILE):
        yield name, _of_subject(name, subject)
    codebook = read_codebook(_of_subject(CODEBOOK_FILE, subject), CODEBOOK_FILE)
    for table in tables(codebook, date.today()).values():
        by_hand = _TEMPLATES / table.file
        header = f"{','.join(table.header)}\n".encode()
        yield table.file, by_hand.read_bytes() if by_hand.exists() else header


def _of_subject(name: str, subject: str) -> bytes:
    """Return a template in TOML, where the subject stands between quotation marks."""
    text = (_TEMPLATES / name).read_text(encoding="utf-8")
    return text.replace(_PLACE, json.dumps(subject, ensure_ascii=False)[1:-1]).encode()


def _entries(data: Dataset, subject: str) -> Iterator[tuple[str, Entry]]:
    known = tables(data.codebook, data.today)
    events = tomllib.loads(_of_subject(_ENTRIES, subject).decode())["events"]
    for place, event in enumerate(events, 1):
        yield f"{_ENTRIES}, event {place}", entry_of(event, _ENTRIES, known)
