"""What leaves the house: the stance table of a date as CSV, with its metadata beside it.

The same input gives the same bytes, whoever asks: command line, dashboard or HTTP.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.dataset.descriptions import file_stem
from stances.dataset.faults import BadInput, shown
from stances.dataset.schema import SCHEMA_VERSION, TABLE_NAMES, tables
from stances.dataset.tables import Dataset
from stances.model.stance import STANCE_DECIMALS, Model, labels_of, rounded

# Frozen: columns are only ever added, at the end.
SNAPSHOT_COLUMNS: dict[str, str] = {
    "as_of": "Day of which the row tells the stance (ISO 8601)",
    "actor": "Code of the actor: ISO 3166-1 alpha-3, or the code of an institution",
    "name": "Name of the actor",
    "kind": "What the actor is",
    "domain": "What the stance is about: overall, or a domain of the codebook",
    "stance": "Weighted mean of the scores that count, four decimals; empty: no current position",
    "low": "Lower end of the coding band; empty: no current position",
    "high": "Upper end of the coding band; empty: no current position",
    "label": f"The stance in a word of the scale, or {NO_POSITION}",
    "evidence": "Sum of the weights of the events that count, four decimals",
    "in_force_event_id": "The act that set the level in force; empty: none, and on overall rows",
    "in_force_since": "Day of that act",
    "last_event_id": "Latest scored event up to the day; empty: none",
    "last_event_date": "Day of that event",
    "events": "Number of scored events up to the day",
    "dataset_version": "Day of the newest row of the dataset, and the start of its content hash",
    "schema_version": "Version of these columns",
}

# Frozen like those of a snapshot.
SERIES_COLUMNS: dict[str, str] = {
    "date": "Last day of a month, or the last day of the series (ISO 8601)",
    **{
        name: SNAPSHOT_COLUMNS[name]
        for name in ("actor", "name", "domain", "stance", "low", "high", "label", "evidence")
    },
    **{name: SNAPSHOT_COLUMNS[name] for name in ("dataset_version", "schema_version")},
}

_FIGURES = ("stance", "low", "high", "evidence")
_DAYS = ("as_of", "date", "in_force_since", "last_event_date")
# The name of a file lists at most so many actors.
_NAMED_ACTORS = 8
# A spreadsheet runs a text that starts so as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Files:
    """A snapshot as it is handed out: the name without its ending, the CSV and its metadata."""

    name: str
    csv: bytes
    metadata: bytes


def snapshot(
    data: Dataset,
    model: Model,
    as_of: date | str,
    domain: str | None = None,
    actors: Iterable[str] | None = None,
) -> pd.DataFrame:
    """The stance table of a date, columns as in `SNAPSHOT_COLUMNS`.

    One row per actor and domain, `overall` first, sorted by actor; an actor without a current
    position keeps its rows. `domain` and `actors` narrow it. Raises BadInput, for a date outside
    the period too.
    """
    day = data.day(as_of)
    rows = model.position(day)
    known = data.actors.set_index("actor")
    rows.insert(1, "name", known["name"].reindex(rows["actor"]).to_numpy())
    rows.insert(2, "kind", known["kind"].reindex(rows["actor"]).to_numpy())
    rows.insert(0, "as_of", np.datetime64(day, "s"))
    rows["dataset_version"] = data.version
    rows["schema_version"] = SCHEMA_VERSION
    return _narrowed(rows[list(SNAPSHOT_COLUMNS)], model, domain, actors)


def _narrowed(
    rows: pd.DataFrame, model: Model, domain: str | None, actors: Iterable[str] | None
) -> pd.DataFrame:
    if domain is not None:
        _one_of("domain", domain, [OVERALL, *model.domains])
        rows = rows[rows["domain"] == domain]
    if actors is not None:
        wanted = list(actors)
        for actor in wanted:
            _one_of("actor", actor, model.actors)
        rows = rows[rows["actor"].isin(wanted)]
    return rows.reset_index(drop=True)


def _one_of(what: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise BadInput(f"{what} {shown(value)} is not one of: {', '.join(allowed)}")


def snapshot_files(
    data: Dataset,
    model: Model,
    as_of: date | str,
    domain: str | None = None,
    actors: Iterable[str] | None = None,
    own_settings: Sequence[str] = (),
) -> Files:
    """The snapshot of a date as CSV bytes with metadata; same bytes for the same input.

    `own_settings`: in words, how the settings of the model differ from the published ones.
    """
    chosen = None if actors is None else sorted(set(actors))
    rows = snapshot(data, model, as_of, domain, chosen)
    day = data.day(as_of)
    content = to_csv(_as_text(rows))
    narrowed = {"domain": domain, "actors": chosen}
    metadata = _metadata(data, model, day, narrowed, content, own_settings)
    own = {"own_settings": list(own_settings)} if own_settings else {}
    name = snapshot_name(data, day, domain, chosen, bool(own))
    return Files(name, content, _json(metadata | own))


def snapshot_name(
    data: Dataset,
    day: date,
    domain: str | None = None,
    actors: list[str] | None = None,
    own_settings: bool = False,
) -> str:
    """The name of a snapshot's files without its ending; figures that are not the published ones
    say so in it.
    """
    narrowed = [] if domain is None else [domain]
    narrowed += [] if actors is None else _named(actors)
    own = ["own-settings"] if own_settings else []
    return "_".join([file_stem(data), str(day), *narrowed, *own])


def _named(actors: list[str]) -> list[str]:
    """Actors in the name of a file; many become their number and a hash, so it stays short. Nobody
    is a choice too, and not the whole.
    """
    if len(actors) <= _NAMED_ACTORS:
        return actors or ["no-actors"]
    return [f"{len(actors)}-actors", hashlib.sha256(" ".join(actors).encode()).hexdigest()[:8]]


def series(
    data: Dataset,
    model: Model,
    days: Sequence[date],
    domain: str | None = None,
    actors: Iterable[str] | None = None,
) -> pd.DataFrame:
    """The stances on `days` (ascending), columns as in `SERIES_COLUMNS`, by day, actor and domain;
    `domain` and `actors` narrow it. Raises BadInput.
    """
    rows = model.panel(days)
    rows["label"] = labels_of(model.codebook, rows["stance"].to_numpy())
    for column in ("stance", "low", "high"):
        rows[column] = rounded(rows[column].to_numpy())
    rows["name"] = rows["actor"].map(data.actors.set_index("actor")["name"])
    rows["dataset_version"], rows["schema_version"] = data.version, SCHEMA_VERSION
    return _narrowed(rows[list(SERIES_COLUMNS)], model, domain, actors)


def series_csv(rows: pd.DataFrame) -> bytes:
    """A series as CSV, written like a snapshot."""
    return to_csv(_as_text(rows))


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a snapshot or a series for JSON: figures as numbers, what is missing as null."""
    texts = _as_text(rows)
    columns = {str(name): [value or None for value in texts[name].tolist()] for name in texts}
    for name in _FIGURES:
        # Not in a column of the table: pandas would make NaN of None, which is no JSON.
        columns[name] = [value and float(value) for value in columns[name]]
    columns |= {str(name): rows[name].tolist() for name in rows.columns.intersection(["events"])}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Figures to four decimals, days in ISO form, what is missing empty."""
    texts = rows.copy()
    for column in _FIGURES:
        texts[column] = [
            "" if np.isnan(value) else f"{value:.{STANCE_DECIMALS}f}" for value in rows[column]
        ]
    for column in rows.columns.intersection(list(_DAYS)):
        texts[column] = rows[column].dt.strftime("%Y-%m-%d").fillna("")
    return texts


def to_csv(table: pd.DataFrame, figures: Sequence[str] = (*_FIGURES, "events")) -> bytes:
    """A table of texts as UTF-8 CSV with LF line ends.

    A text that a spreadsheet would run as a formula is written with an apostrophe before it; the
    columns named in `figures` are numbers and stay as they are.
    """
    harmless = table.copy()
    for column in harmless.columns.difference(list(figures)):
        texts = harmless[column].astype("str")
        texts = texts.where(~texts.str.startswith(_FORMULA_STARTS), "'" + texts)
        # The csv module leaves a lone CR bare, and the row would break there.
        harmless[column] = texts.str.replace("\r", " ")
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(harmless.columns)
    writer.writerows(harmless.itertuples(index=False))
    return buffer.getvalue().encode()


def table_csv(data: Dataset, name: str) -> bytes:
    """A table of the dataset for a spreadsheet: the columns of its file, formulas made harmless.

    Raises BadInput for a name that is no table.
    """
    _one_of("table", name, TABLE_NAMES)
    return to_csv(*_cells(data, name))


def events_csv(data: Dataset, event_ids: Sequence[str]) -> bytes:
    """The named events in the given order, written like `table_csv`.

    Raises BadInput for an id that is no event's.
    """
    cells, figures = _cells(data, "events")
    rows = cells.set_index("event_id", drop=False)
    strange = set(event_ids) - set(rows.index)
    if strange:
        raise BadInput(f"{shown(min(strange))} is not the id of an event")
    return to_csv(rows.loc[list(event_ids)], figures)


def _cells(data: Dataset, name: str) -> tuple[pd.DataFrame, list[str]]:
    """The cells of a table as they stand in its file, and which columns are numbers."""
    table = tables(data.codebook, data.today)[name]
    text = data.files[table.file].decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    figures = [column.name for column in table.columns if column.kind in ("whole", "number")]
    return pd.DataFrame(rows, columns=header, dtype="str"), figures


def everything(data: Dataset) -> bytes:
    """The tables, the codebook and what explains them, as they lie in the folder, and the outlines
    that the map is drawn from, in one zip.
    """
    buffer = io.BytesIO()
    outlines = {f"geometry/{name}": content for name, content in data.outlines.items()}
    files = {**data.files, **outlines}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            # One fixed time, so that the same files give the same bytes.
            entry = zipfile.ZipInfo(name, data.recorded.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _metadata(
    data: Dataset,
    model: Model,
    day: date,
    narrowed: dict[str, Any],
    content: bytes,
    own_settings: Sequence[str],
) -> dict[str, Any]:
    about, codebook = data.about, model.codebook
    return {
        "title": f"{about.title}: stance table of {day}{_unpublished(own_settings)}",
        "description": about.description,
        "as_of": str(day),
        "narrowed_to": {key: value for key, value in narrowed.items() if value is not None},
        "dataset_version": data.version,
        "dataset_content_sha256": data.content_hash,
        "dataset_recorded": str(data.recorded),
        "schema_version": SCHEMA_VERSION,
        "licence": asdict(about.licence) if about.licence else None,
        "citation": citation(data, day, own_settings=own_settings),
        "scale": {str(level): label for level, label in codebook.scale.labels.items()},
        "model": {
            **asdict(codebook.model),
            "domain_weights": {d.code: d.weight for d in codebook.domains.values()},
            "instruments": {
                i.code: {k: v for k, v in asdict(i).items() if k not in ("code", "label")}
                for i in codebook.instruments.values()
            },
        },
        "columns": SNAPSHOT_COLUMNS,
        "csv_sha256": hashlib.sha256(content).hexdigest(),
    }


def citation(
    data: Dataset, day: date, accessed: date | None = None, own_settings: Sequence[str] = ()
) -> str:
    """How the stance table of a day is cited, in one line; with the day of access if given, and
    with how the settings of its figures differ from the published ones, in words.
    """
    parts = [
        ", ".join(data.about.authors),
        _cited_title(data, day, own_settings),
        f"Dataset {data.version}",
        data.about.licence.name if data.about.licence else "",
        f"Accessed {accessed}" if accessed else "",
    ]
    return ". ".join(filter(None, parts)) + "."


def citation_bibtex(
    data: Dataset, day: date, accessed: date, own_settings: Sequence[str] = ()
) -> str:
    """The same as an entry for BibTeX."""
    licence = data.about.licence
    fields = {
        # An author in braces is one name, whatever words it has.
        "author": " and ".join(f"{{{_for_bibtex(name)}}}" for name in data.about.authors),
        "title": f"{{{_for_bibtex(_cited_title(data, day, own_settings))}}}",
        "year": str(data.recorded.year),
        "month": str(data.recorded.month),
        # Every style prints these two, few know fields for a version or a day of access.
        "howpublished": _for_bibtex(f"Dataset {data.version}"),
        "note": _for_bibtex(f"{f'{licence.name}. ' if licence else ''}Accessed {accessed}"),
        "urldate": str(accessed),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = snapshot_name(data, day, own_settings=bool(own_settings))
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def citation_ris(data: Dataset, day: date, accessed: date, own_settings: Sequence[str] = ()) -> str:
    """The same as a record in RIS."""
    licence = data.about.licence
    fields = [
        ("TY", "DATA"),
        *(("AU", name) for name in data.about.authors),
        ("TI", _cited_title(data, day, own_settings)),
        ("PY", str(data.recorded.year)),
        ("DA", f"{data.recorded:%Y/%m/%d}"),
        ("ET", data.version),
        *([("N1", f"Licence {licence.name}")] if licence else []),
        ("Y2", f"{accessed:%Y/%m/%d}"),
        ("ER", ""),
    ]
    # The format asks for CRLF, and two spaces around a hyphen as here.
    return "".join(f"{tag}  - {_on_one_line(value)}\r\n" for tag, value in fields)


def _cited_title(data: Dataset, day: date, own_settings: Sequence[str]) -> str:
    return f"{data.about.title}, stance table of {day}{_unpublished(own_settings)}"


def _unpublished(own_settings: Sequence[str]) -> str:
    """What a title says of figures that nobody finds under the published settings."""
    if not own_settings:
        return ""
    return f", not as published but with own settings ({'; '.join(own_settings)})"


# What has a meaning to BibTeX, and what stands for it in a text.
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash ",
        "~": r"\textasciitilde ",
        "^": r"\textasciicircum ",
        **{sign: f"\\{sign}" for sign in "{}&%$#_"},
    }
)


def _for_bibtex(text: str) -> str:
    return _on_one_line(text).translate(_BIBTEX)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def write(files: Files, folder: Path) -> tuple[Path, Path]:
    """Write a snapshot and its metadata into `folder`, made if need be; return their paths.

    Each file is complete under its name or not there: it is written aside, then renamed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table, metadata = folder / f"{files.name}.csv", folder / f"{files.name}.metadata.json"
    _write_whole(metadata, files.metadata)
    _write_whole(table, files.csv)
    return table, metadata


def _write_whole(path: Path, content: bytes) -> None:
    handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
