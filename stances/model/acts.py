"""The life of an act of the register: when it is still to come, when it binds, when it is over.

The only place that says so. A date that is known in part counts from its first day where something
begins and to its last where something ends.
"""

from collections.abc import Callable, Iterable
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.days import first_day, last_day

NOT_YET = "not yet"
IN_FORCE = "in force"
ENDED = "ended"
# The status of an act on a day before it was adopted.
NO_ACT_YET = ""

# Whether an act has been used (`applied` of `acts.csv`); eased: it was, and is softened since.
USED = "yes"
EASED = "eased"
UNKNOWN = "unknown"

Days = NDArray[np.datetime64]


class Register:
    """Acts with the columns of `acts.csv`, prepared to be asked on any day; the answers are in
    their order.

    Of each act a day, missing (NaT) where it is not known: `used_from`, from which on it had been
    used (missing too where it was not); `_adopted_on`; `_binding_from`, its first in force;
    `_ended_on`, its first out of force.
    """

    def __init__(self, acts: pd.DataFrame) -> None:
        adopted = acts["adopted"]
        in_force_from = acts["in_force_from"]
        # Where no day of adoption is known, an act is there from when it is in force.
        known_from = adopted.where(adopted != "", in_force_from)
        binding_from = map(binds_from, adopted, in_force_from)
        self._adopted_on = _days(known_from, first_day)
        self._binding_from = _days(binding_from, first_day)
        self._ended_on = _days(acts["ended"], last_day)

        # A use of which no day is known has always been: from the year 1 on.
        used_since = acts["applied_since"].replace("", "0001")
        was_used = acts["applied"].isin([USED, EASED])
        # What was not used has no day of use.
        used_since = used_since.where(was_used, "")
        self.used_from = _days(used_since, first_day)

    def status(self, day: date) -> NDArray[np.object_]:
        """Return the status of each act on a day: NOT_YET, IN_FORCE, ENDED (on the day of its end
        already), or NO_ACT_YET where it was not adopted or nothing of its beginning is known.
        """
        then = np.datetime64(day, "D")
        is_adopted = self._adopted_on <= then
        has_ended = self._ended_on <= then
        is_to_come = self._binding_from > then
        # The first that holds counts. A missing day compares as false: what has no day of adoption
        # is not adopted, what has no end has not ended, what has no day of force is in force.
        cases = [~is_adopted, has_ended, is_to_come]
        status = np.select(cases, [NO_ACT_YET, ENDED, NOT_YET], IN_FORCE)
        # As texts are in frames, of any length.
        return status.astype(object)

    @property
    def days(self) -> Days:
        """The days on which the status, or the use, of some act changes."""
        dates = [
            self._adopted_on,
            self._binding_from,
            self._ended_on,
            self.used_from,
        ]
        days = np.concatenate(dates)
        return np.unique(days[~np.isnat(days)])


def binds_from(adopted: str, in_force_from: str) -> str:
    """Return the date, known in part, from which on an act binds; empty: not known. No act binds
    before it is adopted: in force "from 2023", adopted in June, is from June.
    """
    if not adopted:
        return in_force_from
    if not in_force_from:
        return adopted
    return max(in_force_from, adopted, key=first_day)


def _days(partial: Iterable[str], completed: Callable[[str], date]) -> Days:
    """Return dates known in part as whole days, by `completed` (`first_day` or `last_day`); empty
    ones are missing.
    """
    days = [completed(text) if text else None for text in partial]
    return np.array(days, "datetime64[D]")
