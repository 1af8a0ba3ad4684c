"""Events as they leave: their columns, and their rows for each kind of file."""

from collections.abc import Mapping, Sequence

import pandas as pd

from stances.answers.directions import DIRECTION, direction_of
from stances.answers.tracker import Tracker
from stances.answers.typed_table import TypedTable, about, to_bytes
from stances.dataset.descriptions import file_stem
from stances.dataset.faults import BadInput, inline
from stances.dataset.recordings import FIRST_RECORDED, first_recorded
from stances.dataset.schema import Column, tables
from stances.dataset.tables import Dataset

# Frozen: columns are only ever added, at the end.
_OF_SOURCES = (
    Column("source_publisher", "text", "Publisher of its strongest source"),
    Column("source_url", "text", "Address of that source"),
    Column("publishers", "text", "Publishers of all its sources, the strongest first"),
)
_ADDED = (FIRST_RECORDED, *_OF_SOURCES, DIRECTION)
_NAMES = tuple(column.name for column in _ADDED)


def event_columns(data: Dataset) -> tuple[Column, ...]:
    """Return the columns of the file: those that `events.csv` had first, what is told of each event
    beside, and those that `events.csv` got later.
    """
    return tables(data.codebook, data.today)["events"].around(_ADDED)


def events_file(
    tracker: Tracker, event_ids: Sequence[str], query: Mapping[str, str | None]
) -> TypedTable:
    """Return events in their order. `query`: what narrows them. BadInput: an id that is none."""
    data = tracker.data
    rows = data.events.set_index("event_id", drop=False)
    if strange := set(event_ids) - set(rows.index):
        raise BadInput(f"{inline(min(strange))} is not the id of an event")
    texts = pd.DataFrame(
        [cells_beside(tracker, event_id) for event_id in event_ids], columns=_NAMES
    )
    return TypedTable(
        title="Events",
        name=f"{file_stem(data)}_{len(event_ids)}-events",
        columns=event_columns(data),
        parts=[rows.loc[list(event_ids)].reset_index(drop=True).join(texts)],
        about=about(data, "events", data.opening_day, query),
    )


def cells_beside(tracker: Tracker, event_id: str) -> dict[str, str | None]:
    """Return the cells of an event that stand in no cell of `events.csv`, by their columns."""
    sources = tracker.sources[event_id]
    publishers = "; ".join(dict.fromkeys(source.publisher for source in sources))
    cells = (
        str(first_recorded(tracker.data)[event_id]),
        sources[0].publisher,
        sources[0].url,
        publishers,
        direction_of(tracker, event_id) or None,
    )
    return dict(zip(_NAMES, cells, strict=True))


def events_csv(tracker: Tracker, event_ids: Sequence[str]) -> bytes:
    """Return some events as CSV, as `events_file` has them."""
    return to_bytes(events_file(tracker, event_ids, {}))
