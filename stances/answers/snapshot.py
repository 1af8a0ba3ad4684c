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
from stances.answers.agreement import agreement, agreement_line, coded_by, scored_by
from stances.answers.export import json_rows
from stances.answers.tracker import Tracker, cached, tracker_of
from stances.dataset import releases
from stances.dataset.codebook import MODEL_VERSION, OVERALL
from stances.dataset.faults import BadInput, not_one_of
from stances.dataset.load import Dataset
from stances.model.groups import group_figures
from stances.model.stance import labels_of, round_stance
from stances.tables import AGREEMENT, GROUPS, SERIES, SNAPSHOT
from stances.tables.col import Col

# The numbers of members in GROUPS, by the flag of practice that they count.
_GROUP_FLAGS = {"limiting": "limits", "used": "used", "excluding": "excludes"}


def snapshot(
    tracker: Tracker,
    day: date,
    domain: str | None = None,
    actors: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the stance table of a date, with SNAPSHOT: one row per actor and domain, `overall`
    first, sorted by actor; without a current position the row stays. `domain` and `actors` narrow
    it (None: not). Raises BadInput.
    """
    rows = _narrow(tracker, tracker.position(day), domain, actors)
    rows["as_of"] = pd.Timestamp(day)
    looked_to = tracker.looked_to
    rows["looked_to"] = [looked_to.get(actor, pd.NaT) for actor in rows["actor"]]
    act_level = rows["act_level"]
    rows["act_level"] = act_level.astype("Int64")
    return _published(tracker, rows, SNAPSHOT)


def differences(before: Dataset, after: Dataset, day: date) -> pd.DataFrame:
    """Return the stances of a day that differ, in two places, between two states of a dataset:
    actor, domain, day, was, is, and was_label and is_label. Where there is no position a figure is
    missing.
    """
    states = []
    for data in (before, after):
        rows = snapshot(tracker_of(data), day)
        rows = rows.set_index(["actor", "domain"])
        states.append(rows[["stance", "label"]])
    pairs = pd.concat(states, axis=1)
    pairs.columns = pd.Index(["was", "was_label", "is", "is_label"])

    stances = pairs[["was", "is"]].round(2)
    differs = stances["was"] != stances["is"]
    # Two missing ones differ as numbers (NaN), and not as positions.
    has_position = stances.notna().any(axis=1)
    rows = pairs[differs & has_position].reset_index()
    return rows.assign(day=pd.Timestamp(day))


def series(
    tracker: Tracker,
    days: Sequence[date],
    domain: str | None = None,
    actors: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the stances on `days` (ascending), with SERIES, by day, actor and domain; `domain` and
    `actors` narrow it (None: not). Raises BadInput.
    """
    rows = _narrow(tracker, tracker.model.panel(days), domain, actors)
    # They come as categories, which files and look-ups of names do not take.
    rows = rows.astype({"actor": "str", "domain": "str"})
    exact = rows["stance"].to_numpy()
    rows["label"] = labels_of(tracker.codebook, exact)
    figures = ["stance", "low", "high"]
    rounded = round_stance(rows[figures])
    rows[figures] = rounded
    return _published(tracker, rows, SERIES)


def _published(tracker: Tracker, rows: pd.DataFrame, cols: Sequence[Col]) -> pd.DataFrame:
    """Return the columns `cols` of rows that have all but the versions of what they are from, and
    the name and kind of their actor, if they are of actors: these are written into `rows`.
    """
    data = tracker.data
    rows["dataset_version"] = data.version
    rows["schema_version"] = data.schema_version
    if "actor" in rows:
        rows["name"] = [tracker.names[actor] for actor in rows["actor"]]
        rows["kind"] = [tracker.kinds[actor] for actor in rows["actor"]]
    names = [col.name for col in cols]
    return rows[names]


def _narrow(
    tracker: Tracker,
    rows: pd.DataFrame,
    domain: str | None,
    actors: Iterable[str] | None,
) -> pd.DataFrame:
    """Return the rows of a domain and of some actors, None: of all, as a frame of one's own.
    Raises BadInput.
    """
    if domain is not None:
        # This and `place` are asked to refuse what there is not.
        tracker.column(domain)
        rows = rows[rows["domain"] == domain]
    if actors is not None:
        codes = list(actors)
        for code in codes:
            tracker.model.place(code)
        rows = rows[rows["actor"].isin(codes)]
    return rows.reset_index(drop=True)


def group_means(
    tracker: Tracker,
    days: Sequence[date],
    group: str | None = None,
    domain: str | None = None,
) -> pd.DataFrame:
    """Return what the members of groups come to on `days` (ascending; month ends: see
    `Dataset.months`), with GROUPS, by day, group and domain; `group` and `domain` narrow it (None:
    not). Raises BadInput.
    """
    if group is not None and group not in tracker.groups:
        raise BadInput(not_one_of(group, tracker.groups), "group")
    codebook = tracker.codebook
    groups = tracker.groups if group is None else [group]
    domains = codebook.columns if domain is None else [domain]

    arrays = tracker.model.arrays(days)
    flags = _flags(tracker, tuple(days))
    parts = []
    for name in groups:
        terms = tracker.terms[name]
        belongs = terms.mask(days, len(tracker.actors))
        for code in domains:
            column = tracker.column(code)
            rows = group_figures(arrays, column, belongs, codebook.scale)
            mean = rows["mean"].to_numpy()
            rows["group"] = name
            rows["domain"] = code
            rows["label"] = labels_of(codebook, mean)
            for figure, flag in _GROUP_FLAGS.items():
                members = belongs & flags[flag][:, :, column]
                rows[figure] = members.sum(axis=1)
            parts.append(rows)

    rows = pd.concat(parts)
    # Stable: of a day they stay by group and domain.
    rows = rows.sort_values("date", kind="stable", ignore_index=True)
    return _published(tracker, rows, GROUPS)


@cached
def _flags(tracker: Tracker, days: tuple[date, ...]) -> dict[str, np.ndarray]:
    """Return what everybody's rules come to on some days, by those flags of practice that GROUPS
    count: days x actors x columns.
    """
    # The row of each one's latest act: days x actors x columns.
    latest_acts = tracker.model.arrays(days).act
    flags_by_day = []
    for day, latest in zip(days, latest_acts, strict=True):
        shown_acts = tracker.acts_shown.by_latest(latest, day)
        flags = tracker.practice.on(day, shown_acts)
        flags_by_day.append(flags)

    arrays = {}
    for name in _GROUP_FLAGS.values():
        arrays[name] = np.array([flags[name] for flags in flags_by_day])
    return arrays


def edition(tracker: Tracker) -> dict[str, str]:
    """Return which figures an answer has: the version of the dataset and of the model, and the day
    up to which the sources were looked through, where the data says it.
    """
    versions = {
        "dataset_version": tracker.data.version,
        "model_version": str(MODEL_VERSION),
    }
    if tracker.data.covered_to:
        versions["covered_to"] = str(tracker.data.covered_to)
    return versions


def _release(tracker: Tracker) -> str | None:
    """Return the release that has the tables of a dataset; None: they are of none yet."""
    data = tracker.data
    versions = releases.published(data.folder)["version"]
    if data.version in set(versions):
        return data.version
    return None


def _agreement(tracker: Tracker) -> dict[str, Any] | None:
    """Return how far coders agree in all fields, by their kinds; None: no event was scored by two
    of them.
    """
    rows = agreement(tracker)
    rows = rows[rows["domain"] == OVERALL]
    if rows.empty:
        return None
    return {
        "text": agreement_line(tracker),
        "by_kinds": json_rows(rows, AGREEMENT),
    }


def _coverage(tracker: Tracker) -> dict[str, Any] | None:
    """Return of how many actors sources were looked through, up to which days, and by what; None:
    the data does not say it.
    """
    rows = tracker.data.coverage
    if rows.empty:
        return None
    days = rows["looked_to"].dt.strftime("%Y-%m-%d")
    return {
        "actors": len(rows),
        "earliest": days.min(),
        "latest": days.max(),
        "by": sorted(rows["by"].unique()),
    }


def about_snapshot(
    tracker: Tracker,
    day: date,
    csv: bytes,
    domain: str | None = None,
    actors: Iterable[str] | None = None,
) -> dict[str, Any]:
    """Return what tells of a snapshot: what it is narrowed to, which figures these are and of which
    release, how far coders agree and sources were looked through, who scored, the licence and
    citation, the constants of the model, and the columns: an object of JSON, null where nothing is
    known. `csv`: the bytes of the snapshot; `domain`, `actors`: as it was narrowed by.
    """
    data = tracker.data
    about = tracker.about
    codebook = tracker.codebook
    title = f"stance table of {day}"

    narrowed_to: dict[str, Any] = {}
    if domain is not None:
        narrowed_to["domain"] = domain
    if actors is not None:
        narrowed_to["actors"] = sorted(set(actors))

    instruments = {}
    for code, instrument in codebook.instruments.items():
        constants = asdict(instrument)
        del constants["code"]
        del constants["label"]
        instruments[code] = constants

    return {
        "title": f"{about.title}: {title}",
        "description": about.description,
        "as_of": str(day),
        "basis": tracker.basis,
        "narrowed_to": narrowed_to,
        **edition(tracker),
        "release": _release(tracker),
        "agreement": _agreement(tracker),
        "coverage": _coverage(tracker),
        "scored": scored_by(tracker) or None,
        "events_coded_by": coded_by(tracker),
        "dataset_content_sha256": data.content_hash,
        "dataset_recorded": str(data.recorded),
        "schema_version": data.schema_version,
        "licence": asdict(about.licence) if about.licence else None,
        "citation": citations.citation(tracker, title),
        "scale": codebook.scale.labels,
        "model": {
            **asdict(codebook.model),
            "blind_coders": list(codebook.blind),
            "domain_weights": tracker.weights,
            "instruments": instruments,
        },
        "columns": {col.name: col.about for col in SNAPSHOT},
        "csv_sha256": hashlib.sha256(csv).hexdigest(),
    }
