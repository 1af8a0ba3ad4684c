"""The stances of a day, of months, and of groups, as they leave: columns that never change.

Columns are only ever added, at the end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from stances.answers import text
from stances.answers.export import Col
from stances.answers.tracker import Tracker, cached
from stances.dataset.codebook import MODEL_VERSION, NO_POSITION
from stances.dataset.faults import BadInput, not_one_of
from stances.model.groups import group_figures
from stances.model.practice import FLAGS
from stances.model.stance import labels_of, round_stance

_VERSIONS = [
    Col(
        "dataset_version",
        "text",
        "Day of the newest row of the dataset, and the start of its content hash",
    ),
    Col("schema_version", "text", "Version of these columns"),
]
_CERTAINTY = Col("certainty", "number", "How certain the position is: 0 (none) to 1, four decimals")
_DOMAIN = Col("domain", "text", "What the stance is about: overall, or a domain of the codebook")
_ACTOR = Col(
    "actor", "text", "Code of the actor: ISO 3166-1 alpha-3, or the code of an institution"
)
_NAME = Col("name", "text", "Name of the actor")
_FIGURES = [
    Col(
        "stance",
        "number",
        "Weighted mean of the scores that count, four decimals; empty: no current position",
    ),
    Col(
        "low",
        "number",
        "Lower end of the coding band, by confidence and blind codings; empty: no current position",
    ),
    Col("high", "number", "Upper end of the coding band, by the same; empty: no current position"),
    Col("label", "text", f"The stance in a word of the scale, or {NO_POSITION}"),
    Col("evidence", "number", "Sum of the weights of the events that count, four decimals"),
]

COLUMNS = [
    Col("as_of", "day", "Day of which the row tells the stance (ISO 8601)"),
    _ACTOR,
    _NAME,
    Col("kind", "text", "What the actor is"),
    _DOMAIN,
    *_FIGURES,
    Col(
        "in_force_event_id",
        "text",
        "The act that set the level in force; empty: none, and on overall rows",
    ),
    Col("in_force_since", "day", "Day of that act"),
    Col("last_event_id", "text", "Latest scored event up to the day; empty: none"),
    Col("last_event_date", "day", "Day of that event"),
    Col("events", "whole", "Number of scored events up to the day"),
    *_VERSIONS,
    _CERTAINTY,
    Col(
        "act_level",
        "whole",
        "Level in force: the score of the act in force; empty: none, and on overall rows",
    ),
    Col(
        "act_event_id",
        "text",
        "The act shown for that level: see act_id; empty: none, and on overall rows",
    ),
    Col("act_id", "text", "Its line in the register of acts (acts.csv); empty: it has none"),
]

SERIES = [
    Col("date", "day", "Last day of a month, or the last day of the series (ISO 8601)"),
    _ACTOR,
    _NAME,
    _DOMAIN,
    *_FIGURES,
    *_VERSIONS,
    _CERTAINTY,
]

_NOBODY = "empty: no member has a position"
GROUPS = [
    Col("date", "day", "Last day of a month, or the last day of the series (ISO 8601)"),
    Col("group", "text", "Name of the group"),
    Col("domain", "text", "What the stances are about: overall, or a domain of the codebook"),
    Col("mean", "number", f"Mean stance of the members, each weighed by its certainty; {_NOBODY}"),
    Col("label", "text", f"The mean in a word of the scale, or {NO_POSITION}"),
    Col("median", "number", f"Median stance of the members; {_NOBODY}"),
    Col("spread", "number", f"Population standard deviation, weighed as the mean; {_NOBODY}"),
    Col("members", "whole", "Number of members on the day"),
    Col("with_position", "whole", "Of these, how many have a position"),
    Col("restricting", "whole", "Of these, how many restrict"),
    Col("open", "whole", "And how many are open"),
    *(Col(col.name, "text", f"Version of the {col.name.split('_')[0]}") for col in _VERSIONS),
    Col("mean_plain", "number", f"Mean stance, all members alike; {_NOBODY}"),
    Col(
        "limiting",
        "whole",
        "Of the members, how many can or do limit the subject by a rule in force, or have an open "
        "case; overall: by a rule in any domain",
    ),
    Col("used", "whole", "Of these, how many are known to have used such a rule"),
    Col(
        "excluding",
        "whole",
        "Of those who can or do limit it, how many have a rule at the strictest level of the scale",
    ),
]


def snapshot(
    tracker: Tracker,
    day: date,
    domain: str | None = None,
    actors: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the stance table of a date, with COLUMNS: one row per actor and domain, `overall`
    first, sorted by actor; without a current position the row stays. `domain` and `actors` narrow
    it. Raises BadInput.
    """
    rows = _narrow(tracker, tracker.position(day), domain, actors)
    rows = _named(tracker, rows).assign(as_of=pd.Timestamp(day))
    rows["act_level"] = rows["act_level"].astype("Int64")
    return rows[[col.name for col in COLUMNS]]


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
        "citation": text.citation(tracker, f"stance table of {day}"),
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
        "columns": {col.name: col.about for col in COLUMNS},
        "csv_sha256": hashlib.sha256(csv).hexdigest(),
    }
