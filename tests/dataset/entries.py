"""An entry to add to the six-event dataset, and to spoil."""

from __future__ import annotations

import copy
from typing import Any

from stances.dataset import schema
from stances.dataset.add import Addition, addition
from stances.dataset.entry import entry_of
from tests.folders import Folder

SOURCE = {
    "url": "https://www.herald.example/2021/1?page=2",
    "publisher": "Borian Herald",
    "title": 'Boria "opens" its schools',
    "published": "2021-01",
    "language": "de",
    "checked": "read",
}
EVENT: dict[str, Any] = {
    "actor": "BOR",
    "date": "2021-01-05",
    "date_precision": "day",
    "domain": "schools",
    "instrument": "plan",
    "score": 1,
    "confidence": "likely",
    "landmark": False,
    "title": "Boria would let Acme build schools, too",
    "summary": "A plan.",
    "speaker": "School Board",
    "sources": [SOURCE],
    "coding": {"coder": "first"},
}
ACT: dict[str, Any] = {
    "name": "Plan of schools",
    "obligation": "Schools may be built",
    "scope": ["lessons", "streets"],
    "aim": "named",
    "adopted": "2021-01",
}
NEW_ID = "BOR-20210105-boria-would-let-acme-build-schools-too"


def event(**changed: Any) -> dict[str, Any]:
    """The entry with other values; None: without the key."""
    values = copy.deepcopy(EVENT) | changed
    return {key: value for key, value in values.items() if value is not None}


def add(folder: Folder, entry: dict[str, Any], coder: str | None = None) -> Addition:
    """Return the result of adding an entry to a folder."""
    data = folder.start()
    tables = schema.tables(data.codebook, data.today)
    return addition(data, entry_of(entry, "new", tables), "new", coder)


def text(lines: object) -> list[str]:
    """Faults as a user reads them, without the name of the entry."""
    return [line.removeprefix("new: ") for line in str(lines).splitlines()]
