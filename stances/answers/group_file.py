"""The means of groups as they leave: month by month, with how far their members differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from stances.answers.files import figures_name
from stances.answers.tracker import Tracker
from stances.answers.typed import Typed, about, records
from stances.dataset.codebook import NO_POSITION
from stances.dataset.descriptions import file_stem
from stances.dataset.schema import SCHEMA_VERSION, Column
from stances.model.stance import labels_of

_NOBODY = "empty: no member has a position"
# Frozen: columns are only ever added, at the end.
COLUMNS = (
    Column("date", "day", "Last day of a month, or the last day of the series (ISO 8601)"),
    Column("group", "text", "Name of the group"),
    Column("domain", "text", "What the stances are about: overall, or a domain of the codebook"),
    Column(
        "mean",
        "number",
        f"Mean stance of the members, each weighed by its certainty; {_NOBODY}",
        optional=True,
    ),
    Column("label", "text", f"The mean in a word of the scale, or {NO_POSITION}"),
    Column("median", "number", f"Median stance of the members; {_NOBODY}", optional=True),
    Column(
        "spread",
        "number",
        f"Population standard deviation, weighed as the mean; {_NOBODY}",
        optional=True,
    ),
    Column("members", "whole", "Number of members on the day"),
    Column("with_position", "whole", "Of these, how many have a position"),
    Column("restricting", "whole", "Of these, how many restrict"),
    Column("open", "whole", "And how many are open"),
    Column("dataset_version", "text", "Version of the dataset"),
    Column("schema_version", "text", "Version of the schema"),
)


def groups_table(
    tracker: Tracker,
    groups: Sequence[str],
    domains: Sequence[str],
    period: tuple[date, date],
    asked: Mapping[str, str | None],
) -> Typed:
    """The figures of groups in domains at the month ends of a period, and today: by day, group and
    domain in the order given. `asked`: what else they are narrowed to.
    """
    data, basis = tracker.data, tracker.model.basis
    told = {"from": str(period[0]), "to": str(period[1]), **asked, "basis": basis}
    name = [file_stem(data), "series", "groups"]
    return Typed(
        title="Groups",
        name=figures_name(name, bool(tracker.own_settings), basis),
        columns=COLUMNS,
        parts=[_rows(tracker, groups, domains, period)],
        about=about(data, "means of groups", period[1], told, tracker.own_settings),
    )


def _rows(
    tracker: Tracker, groups: Sequence[str], domains: Sequence[str], period: tuple[date, date]
) -> pd.DataFrame:
    versions = {"dataset_version": tracker.data.version, "schema_version": SCHEMA_VERSION}
    rows = pd.concat(_series(tracker, groups, domains, period)).sort_values("date", kind="stable")
    labels = labels_of(tracker.codebook, rows["mean"].to_numpy())
    return rows.assign(label=labels, **versions)


def _series(
    tracker: Tracker, groups: Sequence[str], domains: Sequence[str], period: tuple[date, date]
) -> Iterator[pd.DataFrame]:
    first, last = map(pd.Timestamp, period)
    for group in groups:
        for domain in domains:
            whole = tracker.group_series(group, domain)
            yield whole[whole["date"].between(first, last)].assign(group=group, domain=domain)


def groups_json(table: Typed) -> dict[str, Any]:
    """The table with what it is narrowed to."""
    rows = [record for part in table.parts for record in records(table.columns, part)]
    asked = ("dataset_version", "from", "to", "basis")
    return {**{name: table.about[name] for name in asked}, "count": len(rows), "rows": rows}
