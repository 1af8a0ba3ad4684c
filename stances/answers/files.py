"""The files that leave: how they are named, written and packed.

The same input gives the same bytes, whoever asks: command line, dashboard or HTTP.
"""

import csv
import hashlib
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from stances import escapes
from stances.dataset.descriptions import file_stem
from stances.dataset.faults import BadInput, inline
from stances.dataset.names import slug
from stances.dataset.recordings import FIRST_RECORDED, first_recorded
from stances.dataset.rows import complete_table
from stances.dataset.schema import TABLE_NAMES, tables
from stances.dataset.tables import Dataset
from stances.dataset.writing import METADATA_ENDING, TABLE_ENDING, write_all
from stances.dataset.zips import zip_files
from stances.model.stance import ALL, STANCE_DECIMALS

# In a folder of any name, where a reader may have one called as in a data folder.
_PENDING = ".stances-pending"

# The name of a file lists at most so many actors.
_NAMED_ACTORS = 8


@dataclass(frozen=True)
class Files:
    """A snapshot as it is handed out: the name without its ending, the CSV and its metadata."""

    name: str
    csv: bytes
    metadata: bytes


def one_of(what: str, value: str, allowed: Sequence[str]) -> None:
    """Raise BadInput where a value is not one of those allowed."""
    if value not in allowed:
        raise BadInput(f"{what} {inline(value)} is not one of: {', '.join(allowed)}")


def as_list(codes: str | Iterable[str]) -> list[str]:
    """Codes as a list; one code alone as a list of one."""
    return [codes] if isinstance(codes, str) else list(codes)


def snapshot_name(
    data: Dataset,
    day: date,
    domain: str | None = None,
    actors: list[str] | None = None,
    own_settings: bool = False,
    basis: str = ALL,
) -> str:
    """Return a snapshot's name without its ending; it says where figures are not as published."""
    narrowed = [] if domain is None else [domain]
    narrowed += [] if actors is None else _name_parts(actors)
    return figures_name([file_stem(data), str(day), *narrowed], own_settings, basis)


def figures_name(parts: Sequence[str], own_settings: bool, basis: str) -> str:
    """Return the name of a file of figures without its ending, from its parts; with what these
    figures rest on, and whether they are under a reader's own settings.
    """
    of_settings = ["own-settings"] if own_settings else []
    alone = [] if basis == ALL else [basis]
    return "_".join([*parts, *alone, *of_settings])


def narrowed_parts(
    data: Dataset, query: Mapping[str, str | None], actors: list[str] | None = None
) -> list[str]:
    """Return what a series is narrowed to, as parts of the name of its file: `actors`, None: all,
    then group and domain of a query, then its first and last day, unless it has all days.
    """
    whose = [] if actors is None else _name_parts(actors)
    every_day = (str(data.codebook.first_date), str(data.today))
    period = (query.get("from"), query.get("to"))
    days = () if period == every_day else period
    of_whom = slug(query.get("group") or ""), query.get("domain")
    return [*whose, *filter(None, (*of_whom, *days))]


def _name_parts(actors: list[str]) -> list[str]:
    """Actors in a file's name; many as number and hash, so it stays short; nobody is a choice."""
    if len(actors) <= _NAMED_ACTORS:
        return actors or ["no-actors"]
    return [f"{len(actors)}-actors", hashlib.sha256(" ".join(actors).encode()).hexdigest()[:8]]


def figure_texts(values: pd.Series) -> list[str]:
    """Figures of a table as they are handed out: four decimals, empty where one is missing."""
    return ["" if value != value else f"{value:.{STANCE_DECIMALS}f}" for value in values.tolist()]


def to_csv(table: pd.DataFrame, figures: Sequence[str] = ()) -> bytes:
    """Return a table of texts, with its header, written like `csv_of`."""
    texts = {
        str(name): (table[name] if name in figures else table[name].astype("str")).tolist()
        for name in table
    }
    return csv_of(texts, figures)


def csv_of(
    columns: Mapping[str, Sequence[Any]], figures: Collection[str] = (), *, headed: bool = True
) -> bytes:
    """Columns of texts as UTF-8 CSV with LF line ends, `headed` by their names.

    Texts that a spreadsheet would run are made harmless; the columns named in `figures` are numbers
    and stay as they are.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    if headed:
        writer.writerow([escapes.cell(name) for name in columns])
    # By columns: few of the cells of one are different ones.
    harmless = (cells if name in figures else _harmless(cells) for name, cells in columns.items())
    writer.writerows(zip(*harmless, strict=True))
    return buffer.getvalue().encode()


def _harmless(texts: Sequence[str]) -> Iterator[str]:
    return map({text: escapes.cell(text) for text in set(texts)}.__getitem__, texts)


def table_csv(data: Dataset, name: str) -> bytes:
    """Return a table of the dataset for a spreadsheet: the columns of its file, those of events
    with `first_recorded` at the end, formulas made harmless.

    Raises BadInput for a name that is no table.
    """
    one_of("table", name, TABLE_NAMES)
    return to_csv(*_cells(data, name))


def table_rows(data: Dataset, name: str) -> pd.DataFrame:
    """Return a table of the dataset as `table_csv` has it, its figures as numbers (NaN: none)."""
    cells, figures = _cells(data, name)
    return pd.DataFrame(
        {
            column: pd.to_numeric(cells[column])
            if column in figures
            else [*_harmless(texts.tolist())]
            for column, texts in cells.items()
        }
    )


def _cells(data: Dataset, name: str) -> tuple[pd.DataFrame, list[str]]:
    """Return a table's cells as in its file, events with their day of entry, and number columns."""
    table = tables(data.codebook, data.today)[name]
    text = complete_table(table, data.files.get(table.file, b"")).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    figures = [column.name for column in table.columns if column.kind in ("whole", "number")]
    cells = pd.DataFrame(rows, columns=header, dtype="str")
    if name == "events":
        days = first_recorded(data)
        cells[FIRST_RECORDED.name] = [str(days[event_id]) for event_id in cells["event_id"]]
    return cells, figures


def everything(data: Dataset) -> bytes:
    """Return the tables, the codebook and what explains them, as they lie in the folder, and the
    outlines that the map is drawn from, in one zip.
    """
    outlines = {f"geometry/{name}": content for name, content in data.outlines.items()}
    return zip_files({**data.files, **outlines}, data.recorded)


def json_bytes(value: dict[str, Any]) -> bytes:
    """Return a table of values as JSON that people can read."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def write(files: Files, folder: Path) -> tuple[Path, Path]:
    """Write a snapshot and its metadata into `folder`, made if need be; return their paths.

    Both are complete before either is there under its name. A table is never there without the
    metadata of its own run; what a killed run left half done, the next one into the folder ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table, metadata = f"{files.name}{TABLE_ENDING}", f"{files.name}{METADATA_ENDING}"
    write_all(folder, {table: files.csv, metadata: files.metadata}, _PENDING)
    return folder / table, folder / metadata
