"""Changes of stances between two days: what was done, and what time alone did.

Three states of an actor are compared: as it stood *then*; as it would stand *now* if nothing had
been done since (what counted then, only older: no act ended, none came); and as it stands *now*.
The way from the first to the second is what **time** did, that from the second to the third what
was **done**. The two add up to the move.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from stances.dataset.codebook import OVERALL
from stances.dataset.days import day_number
from stances.dataset.faults import BadInput
from stances.model.lifetimes import sum_by_cell
from stances.model.stance import Model

# What became of the position of an actor between two days.
LASTING = "held"
GAINED = "gained"
LOST = "lost"
FADED_AWAY = "faded away"
NEVER_HAD = "none"


def changes(
    model: Model,
    then: date,
    now: date,
    domain: str = OVERALL,
) -> pd.DataFrame:
    """Return how the stance of every actor moved between two days, indexed by actor: then, now,
    move, done, time (points of the scale, exact; done + time = move) and position.

    `position`: LASTING (on both days), GAINED, LOST (by what was done), FADED_AWAY (by time alone)
    or NEVER_HAD (on neither); but for LASTING there are no figures of the move. Raises BadInput
    where `now` is before `then`, and for an unknown domain.
    """
    if now < then:
        raise BadInput(f"{now} is before {then}; allowed is the same day or a later one", "to")

    stances = model.arrays([then, now]).stance
    stance_then, stance_now = stances[:, :, model.column(domain)]

    # What counted then, with the scores that it counted with, only older.
    living_then = model.living(then)
    aged = model.lifetimes.weighed(living_then.row, living_then.counted, day_number(now))
    actor = model.lifetimes.actor[aged.row]
    contributions = model.shares(aged, domain) * aged.counted
    stance_aged = sum_by_cell(actor, contributions, len(model.actors))

    had_position = ~np.isnan(stance_then)
    has_position = ~np.isnan(stance_now)
    # Whether there would be one now if nothing had been done.
    would_have = model.has_position(aged, domain)
    lasting = had_position & has_position
    # The first that holds counts, so that the latter three are of those without one on a day.
    cases = [lasting, had_position & would_have, had_position, has_position]
    words = [LASTING, LOST, FADED_AWAY, GAINED]
    position = np.select(cases, words, NEVER_HAD)

    # Missing where one of the two is.
    move = stance_now - stance_then
    time = np.where(lasting, stance_aged - stance_then, np.nan)
    columns = {
        "then": stance_then,
        "now": stance_now,
        "move": move,
        "done": move - time,
        "time": time,
        # As texts are in other frames, of any length.
        "position": position.astype(object),
    }
    return pd.DataFrame(columns, index=pd.Index(model.actors, name="actor", dtype=object))
