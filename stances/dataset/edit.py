"""A row corrected, with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from stances.dataset.change import Change, Row
from stances.dataset.changelog import CHANGELOG, with_correction
from stances.dataset.faults import BadInput, Fault, shown
from stances.dataset.rows import rows_of
from stances.dataset.schema import REVIEW, Table
from stances.dataset.tables import Dataset

# The tables whose rows have a name of their own.
EDITED = ("events", "sources", "acts")
_RECORDED = "recorded"


def correction(data: Dataset, row_id: str, cells: Mapping[str, str], why: str) -> Change:
    """What other cells in the row of an event, a source or an act come to; nothing is written.

    The row is recorded today; where the score of an event changes, the review's coding says why;
    the changelog does so of all. Raises BadInput where no row is called `row_id` or nothing
    changes, and BadEntry with every fault of the cells.
    """
    change = Change(data, row_id)
    table, row = _row(change, row_id)
    faults = [Fault(row_id, 0, shown(name), _refusal(table, name)) for name in cells]
    faults = [fault for fault in faults if fault.message]
    if not why.strip() or not why.isprintable():
        faults.append(Fault(row_id, 0, "why", f"{shown(why)} must be a reason, on one line"))
    known = {name: value for name, value in cells.items() if name in table.header}
    corrected = {name: value for name, value in known.items() if value != row[name]}
    if not corrected and not faults:
        raise BadInput(f"{row_id} says so already; nothing changes")
    today = {_RECORDED: data.today.isoformat()} if _RECORDED in table.header else {}
    change.replace(Row(table, "", row | corrected | today, frozenset(corrected)))
    if table.name == "events" and "score" in corrected:
        _review(change, row_id, corrected["score"], why)
    moved = {name: (row[name], value) for name, value in corrected.items()}
    told = with_correction(change.content(CHANGELOG), row_id, moved, why)
    change.after[CHANGELOG] = told
    return change.judged(faults)


def _row(change: Change, row_id: str) -> tuple[Table, dict[str, str]]:
    for name in EDITED:
        table = change.tables[name]
        for row in rows_of(table, change.content(table.file)):
            if row[table.header[0]] == row_id:
                return table, row
    raise BadInput(f"{shown(row_id)} is not the id of an event, a source or an act")


def _refusal(table: Table, name: str) -> str:
    """Why a column cannot be corrected; nothing where it can."""
    allowed = [each for each in table.header if each not in (*table.key, _RECORDED)]
    return "" if name in allowed else f"cannot be corrected; allowed are: {', '.join(allowed)}"


def _review(change: Change, event_id: str, score: str, why: str) -> None:
    cells = {"event_id": event_id, "coder": REVIEW, "score": score, "why": why}
    change.replace(Row(change.tables["codings"], "coding", cells))
