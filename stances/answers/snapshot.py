"""What leaves the house: the stance table of a date as CSV, with its metadata beside it.

The same input gives the same bytes, whoever asks: command line, dashboard or HTTP.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from stances.answers.citing import citation, unpublished
from stances.answers.files import (
    FIGURES,
    Files,
    as_list,
    figure_texts,
    json_bytes,
    one_of,
    snapshot_name,
    to_csv,
)
from stances.dataset.codebook import NO_POSITION
from stances.dataset.schema import SCHEMA_VERSION
from stances.dataset.tables import Dataset
from stances.model.shown import ActsShown
from stances.model.stance import Model, labels_of, rounded

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
    "certainty": "How certain the position is: 0 (none) to 1, four decimals",
    "act_level": "Level in force: the score of the act in force; empty: none, and on overall rows",
    "act_event_id": "The act shown for that level: see act_id; empty: none, and on overall rows",
    "act_id": "Its line in the register of acts (acts.csv); empty: it has none",
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

# Days of a series that are derived and written at a time.
_PART = 12

_DAYS = ("as_of", "date", "in_force_since", "last_event_date")


def snapshot(
    data: Dataset,
    model: Model,
    as_of: date | str,
    domain: str | None = None,
    actors: str | Iterable[str] | None = None,
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
    rows = rows.assign(**ActsShown(model, data.acts, data.events).on(day))
    rows["act_level"] = rows["act_level"].astype("Int64")
    return _narrowed(rows[list(SNAPSHOT_COLUMNS)], model, domain, actors)


def _narrowed(
    rows: pd.DataFrame, model: Model, domain: str | None, actors: str | Iterable[str] | None
) -> pd.DataFrame:
    if domain is not None:
        one_of("domain", domain, model.codebook.columns)
        rows = rows[rows["domain"] == domain]
    if actors is not None:
        wanted = as_list(actors)
        for actor in wanted:
            one_of("actor", actor, model.actors)
        rows = rows[rows["actor"].isin(wanted)]
    return rows.reset_index(drop=True)


def snapshot_files(
    data: Dataset,
    model: Model,
    as_of: date | str,
    domain: str | None = None,
    actors: str | Iterable[str] | None = None,
    own_settings: Sequence[str] = (),
) -> Files:
    """The snapshot of a date as CSV bytes with metadata; same bytes for the same input.

    `own_settings`: in words, how the settings of the model differ from the published ones.
    """
    chosen = None if actors is None else sorted(set(as_list(actors)))
    rows = snapshot(data, model, as_of, domain, chosen)
    day = data.day(as_of)
    content = to_csv(_as_text(rows))
    narrowed = {"domain": domain, "actors": chosen}
    metadata = _metadata(data, model, day, narrowed, content, own_settings)
    own = {"own_settings": list(own_settings)} if own_settings else {}
    name = snapshot_name(data, day, domain, chosen, bool(own), model.basis)
    return Files(name, content, json_bytes(metadata | {"basis": model.basis} | own))


def series(
    data: Dataset,
    model: Model,
    days: Sequence[date],
    domain: str | None = None,
    actors: str | Iterable[str] | None = None,
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


def series_in_parts(
    data: Dataset,
    model: Model,
    days: Sequence[date],
    domain: str | None = None,
    actors: str | Iterable[str] | None = None,
) -> Iterator[pd.DataFrame]:
    """The same in parts, one after the other, so that the whole never lies in memory; one without
    rows where there are no days.
    """
    for at in range(0, max(1, len(days)), _PART):
        yield series(data, model, days[at : at + _PART], domain, actors)


def series_csv(parts: Iterable[pd.DataFrame]) -> Iterator[bytes]:
    """A series in parts as CSV, written like a snapshot."""
    for number, rows in enumerate(parts):
        yield to_csv(_as_text(rows), headed=number == 0)


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a snapshot or a series for JSON: figures as numbers, what is missing as null."""
    texts = _as_text(rows)
    columns = {str(name): [value or None for value in texts[name].tolist()] for name in texts}
    for name in rows.columns.intersection(list(FIGURES)):
        # Not in a column of the table: pandas would make NaN of None, which is no JSON.
        columns[name] = [value and float(value) for value in columns[name]]
    columns |= {str(name): rows[name].tolist() for name in rows.columns.intersection(["events"])}
    if "act_level" in columns:
        columns["act_level"] = [value and int(value) for value in columns["act_level"]]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Figures to four decimals, days in ISO form, what is missing empty."""
    texts = rows.copy()
    for column in rows.columns.intersection(list(FIGURES)):
        texts[column] = figure_texts(rows[column])
    if "act_level" in rows:
        texts["act_level"] = rows["act_level"].astype("str").where(rows["act_level"].notna(), "")
    for column in rows.columns.intersection(list(_DAYS)):
        texts[column] = rows[column].dt.strftime("%Y-%m-%d").fillna("")
    return texts


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
        "title": f"{about.title}: stance table of {day}{unpublished(own_settings)}",
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
