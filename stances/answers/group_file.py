"""The figures of groups as they leave: month by month the mean, how far members differ, and how
many can limit the subject and have.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from stances.answers.files import figures_name, narrowed_parts
from stances.answers.practice import practice_series
from stances.answers.tracker import Tracker
from stances.answers.typed_table import TypedTable, about, records
from stances.dataset.codebook import NO_POSITION
from stances.dataset.descriptions import file_stem
from stances.dataset.schema import Column, optional
from stances.model.stance import labels_of

_NOBODY = "empty: no member has a position"
# Frozen: columns are only ever added, at the end.
COLUMNS = (
    Column("date", "day", "Last day of a month, or the last day of the series (ISO 8601)"),
    Column("group", "text", "Name of the group"),
    Column("domain", "text", "What the stances are about: overall, or a domain of the codebook"),
    optional(
        "mean", "number", f"Mean stance of the members, each weighed by its certainty; {_NOBODY}"
    ),
    Column("label", "text", f"The mean in a word of the scale, or {NO_POSITION}"),
    optional("median", "number", f"Median stance of the members; {_NOBODY}"),
    optional("spread", "number", f"Population standard deviation, weighed as the mean; {_NOBODY}"),
    Column("members", "whole", "Number of members on the day"),
    Column("with_position", "whole", "Of these, how many have a position"),
    Column("restricting", "whole", "Of these, how many restrict"),
    Column("open", "whole", "And how many are open"),
    Column("dataset_version", "text", "Version of the dataset"),
    Column("schema_version", "text", "Version of the schema"),
    optional("mean_plain", "number", f"Mean stance, all members alike; {_NOBODY}"),
    Column(
        "limiting",
        "whole",
        "Of the members, how many can or do limit the subject by a rule in force, or have an open "
        "case; overall: by a rule in any domain",
    ),
    Column("used", "whole", "Of these, how many are known to have used such a rule"),
    Column("unused", "whole", "And how many are not known to have used one"),
    Column(
        "excluding",
        "whole",
        "Of those who can or do limit it, how many have a rule at the strictest level of the scale",
    ),
    Column("doubted", "whole", "And for how many it is in doubt whether any of these rules holds"),
    Column(
        "single",
        "whole",
        "Of those not known to have used a rule, how many have decided a single case, which has no "
        "line in the register of acts",
    ),
)


def groups_table(
    tracker: Tracker,
    groups: Sequence[str],
    domains: Sequence[str],
    period: tuple[date, date],
    query: Mapping[str, str | None],
) -> TypedTable:
    """Return the figures of groups in domains at the month ends of a period, and today: by day,
    group and domain in the order given. `query`: what else they are narrowed to.
    """
    data, basis = tracker.data, tracker.model.basis
    text = {"from": str(period[0]), "to": str(period[1]), **query, "basis": basis}
    name = [file_stem(data), "series", "groups", *narrowed_parts(data, text)]
    return TypedTable(
        title="Groups",
        name=figures_name(name, bool(tracker.own_settings), basis),
        columns=COLUMNS,
        parts=[_rows(tracker, groups, domains, period)],
        about=about(data, "means of groups", period[1], text, tracker.own_settings),
    )


def _rows(
    tracker: Tracker, groups: Sequence[str], domains: Sequence[str], period: tuple[date, date]
) -> pd.DataFrame:
    data = tracker.data
    versions = {"dataset_version": data.version, "schema_version": data.schema_version}
    rows = pd.concat(_series(tracker, groups, domains, period)).sort_values("date", kind="stable")
    labels = labels_of(tracker.codebook, rows["mean"].to_numpy())
    return rows.assign(label=labels, **versions)


def _series(
    tracker: Tracker, groups: Sequence[str], domains: Sequence[str], period: tuple[date, date]
) -> Iterator[pd.DataFrame]:
    first, last = map(pd.Timestamp, period)
    for group in groups:
        for domain in domains:
            whole = tracker.group_series(group, domain).assign(
                group=group, domain=domain, **practice_series(tracker, group, domain)
            )
            yield whole[whole["date"].between(first, last)]


def groups_json(table: TypedTable) -> dict[str, Any]:
    """Return the table with what it is narrowed to."""
    rows = [record for part in table.parts for record in records(table.columns, part)]
    named = ("dataset_version", "model_version", "covered_to", "from", "to", "basis")
    about = {name: table.about[name] for name in named if name in table.about}
    return {**about, "count": len(rows), "rows": rows}
