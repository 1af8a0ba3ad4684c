"""A stance taken apart: the events that make it, and the share of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from stances.model.lifetimes import Bools, Floats, Ints, Lifetimes, Living

EXPLANATION_COLUMNS = (
    "event_id", "domain", "date", "instrument", "role", "score", "counted_score", "confirms",
    "weight", "share", "contribution",
)  # fmt: skip
ROLE_ACT, ROLE_SPENT, ROLE_WORD = "act in force", "spent act", "word"


@dataclass(frozen=True)
class Counting:
    """The events that count for the stances of all actors on a day, one element an event.

    `row`: in the model's events, ascending; `weight`: on that day; `counted`: the score that it
    counts with; `share`: of the stance of its actor (above 0; for each actor with a position they
    add up to 1, or overall to less where it is known in little, and the sum of share x counted is
    the stance).
    """

    row: Ints
    weight: Floats
    counted: Floats
    share: Floats

    def only(self, chosen: Bools | Ints) -> Counting:
        """Keep the events that are True in `chosen`, or at its places, in their order."""
        return Counting(
            self.row[chosen], self.weight[chosen], self.counted[chosen], self.share[chosen]
        )


def with_shares(living: Living, share: Floats) -> Counting:
    """Return the events of a day with their shares; those that have none are left out."""
    return Counting(living.row, living.weight, living.counted, share).only(share > 0)


def explanation(lifetimes: Lifetimes, counting: Counting) -> pd.DataFrame:
    """Return the events that count as a table with EXPLANATION_COLUMNS, the heaviest first."""
    events = lifetimes
    order = np.lexsort((events.ids[counting.row], -events.day[counting.row], -counting.share))
    counting = counting.only(order)
    rows, counted, share = counting.row, counting.counted, counting.share
    cells = {
        name: events.events[name].array[rows]
        for name in ("event_id", "domain", "date", "instrument", "score")
    }
    roles = np.select(
        [~events.binding[rows], events.score[rows] == 0], [ROLE_WORD, ROLE_SPENT], ROLE_ACT
    )
    derived = {
        "role": roles,
        "counted_score": counted,
        "confirms": counted != events.score[rows],
        "weight": counting.weight,
        "share": share,
        "contribution": share * counted,
    }
    return pd.DataFrame(cells | derived, columns=list(EXPLANATION_COLUMNS))
