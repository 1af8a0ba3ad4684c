"""Who belongs to a group on a day, and since when."""

from __future__ import annotations

from datetime import date

import pandas as pd

from stances.dataset.tables import Dataset
from stances.model import groups


def members_on(data: Dataset, group: str, day: date) -> pd.DataFrame:
    """The members of a group on a day, in order of their names: actor, name and joined, the first
    day of the membership. Raises BadInput for a group that is not in the table.
    """
    belong = groups.members(data.memberships, group, day)
    terms = data.memberships[data.memberships["group"] == group]
    begun = terms[terms["actor"].isin(belong) & (terms["joined"] <= pd.Timestamp(day))]
    # Who left and came back has the day on which this membership began.
    joined = begun.groupby("actor", as_index=False)["joined"].max()
    found: pd.DataFrame = joined.merge(data.actors[["actor", "name"]], on="actor")
    return found.reindex(columns=["actor", "name", "joined"]).sort_values("name", ignore_index=True)
