"""The stances of a day, of months, and of groups, as they leave the house."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from stances.answers import citations
from stances.answers.tracker import Tracker, cached
from stances.dataset.codebook import MODEL_VERSION
from stances.dataset.faults import BadInput, not_one_of
from stances.model.groups import group_figures
from stances.model.practice import FLAGS
from stances.model.stance import labels_of, round_stance
from stances.tables import GROUPS, SERIES, SNAPSHOT


def snapshot(
    tracker: Tracker,
    day: date,
    domain: str | None = None,
    actors: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the stance table of a date, with SNAPSHOT: one row per actor and domain, `overall`
    first, sorted by actor; without a current position the row stays. `domain` and `actors` narrow
    it. Raises BadInput.
    """
    rows = _narrow(tracker, tracker.position(day), domain, actors)
    rows = _named(tracker, rows).assign(as_of=pd.Timestamp(day))
    rows["act_level"] = rows["act_level"].astype("Int64")
    return rows[[col.name for col in SNAPSHOT]]


def series(
    tracker: Tracker,
    days: Sequence[date],
    domain: str | None = None,
    actors: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the stances on `days` (ascending), with SERIES, by day, actor and domain; `domain` and
    `actors` narrow it. Raises BadInput.
    """
    rows = _narrow(tracker, tracker.model.panel(days), domain, actors)
    rows = _named(tracker, rows.astype({"actor": "str", "domain": "str"}))
    rows["label"] = labels_of(tracker.codebook, rows["stance"].to_numpy())
    for name in ("stance", "low", "high"):
        rows[name] = round_stance(rows[name].to_numpy())
    return rows[[col.name for col in SERIES]]


def _named(tracker: Tracker, rows: pd.DataFrame) -> pd.DataFrame:
    kinds = tracker.data.actors.set_index("actor")["kind"]
    return rows.assign(
        name=rows["actor"].map(tracker.names),
        kind=rows["actor"].map(kinds),
        dataset_version=tracker.data.version,
        schema_version=tracker.data.schema_version,
    )


def _narrow(
    tracker: Tracker, rows: pd.DataFrame, domain: str | None, actors: Iterable[str] | None
) -> pd.DataFrame:
    if domain is not None:
        tracker.column(domain)
        rows = rows[rows["domain"] == domain]
    if actors is not None:
        wanted = [*actors]
        for actor in wanted:
            tracker.model.place(actor)
        rows = rows[rows["actor"].isin(wanted)]
    return rows.reset_index(drop=True)


def group_means(
    tracker: Tracker,
    days: Sequence[date],
    group: str | None = None,
    domain: str | None = None,
) -> pd.DataFrame:
    """Return what the members of groups come to on `days` (ascending; month ends: see
    `Dataset.months`), with GROUPS, by day, group and domain; `group` and `domain` narrow it.
    Raises BadInput.
    """
    if group is not None and group not in tracker.groups:
        raise BadInput(not_one_of(group, tracker.groups), "group")
    columns = tracker.codebook.columns
    domains = columns if domain is None else [columns[tracker.column(domain)]]
    arrays, flags = tracker.model.arrays(days), _flags(tracker, tuple(days))
    parts = []
    for name in tracker.groups if group is None else [group]:
        belongs = tracker.terms[name].mask(days, len(tracker.actors))
        for code in domains:
            column = columns.index(code)
            rows = group_figures(arrays, column, belongs, tracker.codebook.scale)
            of = {
                kind: (belongs & flags[kind][:, :, column]).sum(axis=1)
                for kind in ("limits", "used", "excludes")
            }
            parts.append(
                rows.assign(
                    group=name,
                    domain=code,
                    label=labels_of(tracker.codebook, rows["mean"].to_numpy()),
                    dataset_version=tracker.data.version,
                    schema_version=tracker.data.schema_version,
                    limiting=of["limits"],
                    used=of["used"],
                    excluding=of["excludes"],
                )
            )
    rows = pd.concat(parts).sort_values("date", kind="stable", ignore_index=True)
    return rows[[col.name for col in GROUPS]]


@cached
def _flags(tracker: Tracker, days: tuple[date, ...]) -> dict[str, np.ndarray]:
    """Return what everybody's rules come to on some days, by FLAGS: days x actors x columns."""
    acts = tracker.model.arrays(days).act
    of_days = [
        tracker.practice.on(day, tracker.acts_shown.by_latest(act, day))
        for day, act in zip(days, acts, strict=True)
    ]
    return {name: np.array([flags[name] for flags in of_days]) for name in FLAGS}


def edition(tracker: Tracker) -> dict[str, str]:
    """Return which figures an answer has: the version of the dataset and of the model, and the day
    up to which the sources were looked through, where the data says it.
    """
    covered = tracker.data.about.covered_to
    named = {"dataset_version": tracker.data.version, "model_version": str(MODEL_VERSION)}
    return {**named, **({"covered_to": str(covered)} if covered else {})}


def about_snapshot(
    tracker: Tracker,
    day: date,
    csv: bytes,
    domain: str | None = None,
    actors: Iterable[str] | None = None,
) -> dict[str, Any]:
    """Return what tells of a snapshot: what it is narrowed to, which figures these are, the licence
    and citation, the constants of the model, and the columns. `csv`: its bytes.
    """
    data, codebook, about = tracker.data, tracker.codebook, tracker.about
    whose = None if actors is None else sorted(set(actors))
    narrowed = {"domain": domain, "actors": whose}
    kinds = codebook.instruments.values()
    return {
        "title": f"{about.title}: stance table of {day}",
        "description": about.description,
        "as_of": str(day),
        "basis": tracker.basis,
        "narrowed_to": {name: value for name, value in narrowed.items() if value is not None},
        **edition(tracker),
        "dataset_content_sha256": data.content_hash,
        "dataset_recorded": str(data.recorded),
        "schema_version": data.schema_version,
        "licence": asdict(about.licence) if about.licence else None,
        "citation": citations.citation(tracker, f"stance table of {day}"),
        "scale": {str(level): label for level, label in codebook.scale.labels.items()},
        "model": {
            **asdict(codebook.model),
            "blind_coders": list(codebook.blind),
            "domain_weights": {code: of.weight for code, of in codebook.domains.items()},
            "instruments": {
                of.code: {k: v for k, v in asdict(of).items() if k not in ("code", "label")}
                for of in kinds
            },
        },
        "columns": {col.name: col.about for col in SNAPSHOT},
        "csv_sha256": hashlib.sha256(csv).hexdigest(),
    }
