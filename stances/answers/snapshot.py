"""The stance table of a date as a CSV file, with its metadata beside it.

The same input gives the same bytes, whoever asks: command line, dashboard or HTTP.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from stances.answers import files, typed_table
from stances.answers.arguments import valid_value
from stances.answers.citing import Citation, own_settings_note
from stances.answers.typed_table import (
    TypedTable,
    about,
    csv_parts,
    descriptions,
    to_bytes,
    versions,
)
from stances.dataset.codebook import NO_POSITION
from stances.dataset.descriptions import file_stem
from stances.dataset.schema import Column, optional
from stances.dataset.tables import Dataset
from stances.model.acts_shown import ActsShown
from stances.model.stance import ALL, Model, labels_of, round_stance

# Frozen: columns are only ever added, at the end.
COLUMNS = (
    Column("as_of", "day", "Day of which the row tells the stance (ISO 8601)"),
    Column("actor", "text", "Code of the actor: ISO 3166-1 alpha-3, or the code of an institution"),
    Column("name", "text", "Name of the actor"),
    Column("kind", "text", "What the actor is"),
    Column("domain", "text", "What the stance is about: overall, or a domain of the codebook"),
    optional(
        "stance",
        "number",
        "Weighted mean of the scores that count, four decimals; empty: no current position",
    ),
    optional(
        "low",
        "number",
        "Lower end of the coding band, by confidence and blind codings; empty: no current position",
    ),
    optional(
        "high", "number", "Upper end of the coding band, by the same; empty: no current position"
    ),
    Column("label", "text", f"The stance in a word of the scale, or {NO_POSITION}"),
    Column("evidence", "number", "Sum of the weights of the events that count, four decimals"),
    optional(
        "in_force_event_id",
        "text",
        "The act that set the level in force; empty: none, and on overall rows",
    ),
    optional("in_force_since", "day", "Day of that act"),
    optional("last_event_id", "text", "Latest scored event up to the day; empty: none"),
    optional("last_event_date", "day", "Day of that event"),
    Column("events", "whole", "Number of scored events up to the day"),
    Column(
        "dataset_version",
        "text",
        "Day of the newest row of the dataset, and the start of its content hash",
    ),
    Column("schema_version", "text", "Version of these columns"),
    Column("certainty", "number", "How certain the position is: 0 (none) to 1, four decimals"),
    optional(
        "act_level",
        "whole",
        "Level in force: the score of the act in force; empty: none, and on overall rows",
    ),
    optional(
        "act_event_id",
        "text",
        "The act shown for that level: see act_id; empty: none, and on overall rows",
    ),
    optional("act_id", "text", "Its line in the register of acts (acts.csv); empty: it has none"),
)
SNAPSHOT_COLUMNS = descriptions(COLUMNS)

# Frozen like those of a snapshot.
_OF_SNAPSHOT = {column.name: column for column in COLUMNS}
# What the archive of a release has of a series: the same for ever under its name.
OF_ARCHIVE = (
    Column("date", "day", "Last day of a month, or the last day of the series (ISO 8601)"),
    *(
        _OF_SNAPSHOT[name]
        for name in (
            "actor", "name", "domain", "stance", "low", "high", "label", "evidence",
            "dataset_version", "schema_version",
        )
    ),
)  # fmt: skip
OF_SERIES = (*OF_ARCHIVE, _OF_SNAPSHOT["certainty"])
SERIES_COLUMNS = descriptions(OF_SERIES)

# Days of a series that are derived and written at a time.
_PART = 12


def snapshot(
    data: Dataset,
    model: Model,
    as_of: date | str,
    domain: str | None = None,
    actors: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the stance table of a date, columns as in `SNAPSHOT_COLUMNS`.

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
    rows["schema_version"] = data.schema_version
    rows = rows.assign(**ActsShown(model, data.acts, data.events).on(day))
    rows["act_level"] = rows["act_level"].astype("Int64")
    return _narrow(rows[list(SNAPSHOT_COLUMNS)], model, domain, actors)


def _narrow(
    rows: pd.DataFrame, model: Model, domain: str | None, actors: str | Iterable[str] | None
) -> pd.DataFrame:
    if domain is not None:
        valid_value("domain", domain, model.codebook.columns)
        rows = rows[rows["domain"] == domain]
    if actors is not None:
        wanted = files.as_list(actors)
        names = dict(zip(rows["actor"], rows["name"], strict=True))
        for actor in wanted:
            valid_value("actor", actor, model.actors, names)
        rows = rows[rows["actor"].isin(wanted)]
    return rows.reset_index(drop=True)


def snapshot_files(
    data: Dataset,
    model: Model,
    as_of: date | str,
    domain: str | None = None,
    actors: str | Iterable[str] | None = None,
    own_settings: Sequence[str] = (),
) -> files.Files:
    """Return the snapshot of a date as CSV bytes with metadata; same bytes for the same
    input.

    `own_settings`: in words, how the settings of the model differ from the published ones.
    """
    chosen = _sort(actors)
    table = snapshot_table(data, model, as_of, domain, chosen, own_settings)
    content = to_bytes(table)
    narrowed = {"domain": domain, "actors": chosen}
    metadata = _metadata(data, model, data.day(as_of), narrowed, content, own_settings)
    changed = {"own_settings": list(own_settings)} if own_settings else {}
    return files.Files(
        table.name, content, files.json_bytes(metadata | {"basis": model.basis} | changed)
    )


def snapshot_table(
    data: Dataset,
    model: Model,
    as_of: date | str,
    domain: str | None = None,
    actors: str | Iterable[str] | None = None,
    own_settings: Sequence[str] = (),
) -> TypedTable:
    """Return the snapshot of a date with its columns; the arguments as of `snapshot_files`."""
    chosen, day = _sort(actors), data.day(as_of)
    query = {
        "as_of": str(day),
        "actor": None if chosen is None else ", ".join(chosen) or "none",
        "domain": domain,
        "basis": model.basis,
    }
    return TypedTable(
        title="Snapshot",
        name=files.snapshot_name(data, day, domain, chosen, bool(own_settings), model.basis),
        columns=COLUMNS,
        parts=[snapshot(data, model, day, domain, chosen)],
        about=about(data, f"stance table of {day}", day, query, own_settings),
    )


def _sort(actors: str | Iterable[str] | None) -> list[str] | None:
    return None if actors is None else sorted(set(files.as_list(actors)))


def series(
    data: Dataset,
    model: Model,
    days: Sequence[date],
    domain: str | None = None,
    actors: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the stances on `days` (ascending), columns as in `SERIES_COLUMNS`, by day, actor and
    domain; `domain` and `actors` narrow it. Raises BadInput.
    """
    rows = model.panel(days)
    rows["label"] = labels_of(model.codebook, rows["stance"].to_numpy())
    for column in ("stance", "low", "high"):
        rows[column] = round_stance(rows[column].to_numpy())
    rows["name"] = rows["actor"].map(data.actors.set_index("actor")["name"])
    rows["dataset_version"], rows["schema_version"] = data.version, data.schema_version
    return _narrow(rows[list(SERIES_COLUMNS)], model, domain, actors)


def series_in_parts(
    data: Dataset,
    model: Model,
    days: Sequence[date],
    domain: str | None = None,
    actors: str | Iterable[str] | None = None,
) -> Iterator[pd.DataFrame]:
    """Yield the stances on `days` in parts, columns as in `SERIES_COLUMNS`, so that the whole never
    lies in memory; one without rows where there are no days.
    """
    for at in range(0, max(1, len(days)), _PART):
        yield series(data, model, days[at : at + _PART], domain, actors)


def series_csv(
    parts: Iterable[pd.DataFrame], columns: tuple[Column, ...] = OF_SERIES
) -> Iterator[bytes]:
    """Return a series in parts as CSV, written like a snapshot."""
    return csv_parts(TypedTable("Series", "", columns, parts, {}))


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a snapshot or a series for JSON: figures as numbers, what is missing as null."""
    return typed_table.records(OF_SERIES if "date" in rows else COLUMNS, rows)


def series_table(
    data: Dataset,
    parts: Iterable[pd.DataFrame],
    query: Mapping[str, str | None],
    actors: list[str] | None = None,
) -> TypedTable:
    """Return a series in parts with its columns. `query`: what narrows it; no `actors`: all."""
    text = about(data, "month-end stances", data.today, query)
    named = [file_stem(data), "series", *files.narrowed_parts(data, query, actors)]
    name = files.figures_name(named, own_settings=False, basis=query.get("basis") or ALL)
    return TypedTable("Series", name, OF_SERIES, parts, text)


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
        "title": f"{about.title}: stance table of {day}{own_settings_note(own_settings)}",
        "description": about.description,
        "as_of": str(day),
        "narrowed_to": {key: value for key, value in narrowed.items() if value is not None},
        **versions(data),
        "dataset_content_sha256": data.content_hash,
        "dataset_recorded": str(data.recorded),
        "schema_version": data.schema_version,
        "licence": asdict(about.licence) if about.licence else None,
        "citation": Citation(data, day, own_settings=own_settings).line,
        "scale": {str(level): label for level, label in codebook.scale.labels.items()},
        "model": {
            **asdict(codebook.model),
            "blind_coders": codebook.blind,
            "domain_weights": {d.code: d.weight for d in codebook.domains.values()},
            "instruments": {
                i.code: {k: v for k, v in asdict(i).items() if k not in ("code", "label")}
                for i in codebook.instruments.values()
            },
        },
        "columns": SNAPSHOT_COLUMNS,
        "csv_sha256": hashlib.sha256(content).hexdigest(),
    }
