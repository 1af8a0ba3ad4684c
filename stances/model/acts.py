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

# Whether an act has been used, as `acts.csv` has it.
USED = "yes"
EASED = "eased"
UNKNOWN = "unknown"

Days = NDArray[np.datetime64]


class Register:
    """The acts of `acts.csv`, prepared to be asked on any day; the answers are in their order.

    `used_from`: the day from which on each had been used; missing: it is not known to have been.
    """

    def __init__(self, acts: pd.DataFrame) -> None:
        adopted = acts["adopted"]
        in_force_from = acts["in_force_from"]
        binding = map(binds_from, adopted, in_force_from)
        self._adopted = _days(adopted.where(adopted != "", in_force_from), first_day)
        self._binding = _days(binding, first_day)
        self._ended = _days(acts["ended"], last_day)

        # A use of which no day is known has always been.
        used_since = acts["applied_since"].replace("", "0001")
        was_used = acts["applied"].isin([USED, EASED])
        self.used_from = _days(used_since.where(was_used, ""), first_day)

    def status(self, day: date) -> NDArray[np.object_]:
        """Return the status of each act on a day: NOT_YET, IN_FORCE, ENDED (on the day of its end
        already), or NO_ACT_YET where it was not adopted or nothing of its beginning is known.
        """
        then = np.datetime64(day, "D")
        # The first that holds counts; missing days compare as false.
        cases = {
            NO_ACT_YET: ~(self._adopted <= then),
            ENDED: self._ended <= then,
            NOT_YET: self._binding > then,
        }
        status = np.select([*cases.values()], [*cases], IN_FORCE)
        return status.astype(object)

    @property
    def days(self) -> Days:
        """The days on which the status, or the use, of some act changes."""
        days = np.concatenate([self._adopted, self._binding, self._ended, self.used_from])
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
    """Return dates known in part as whole days; empty ones are missing."""
    days = [completed(text) if text else None for text in partial]
    return np.array(days, "datetime64[D]")
