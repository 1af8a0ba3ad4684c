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

NOT_YET, IN_FORCE, ENDED = "not yet", "in force", "ended"
# The status of an act on a day before it was adopted.
NO_ACT_YET = ""
# Whether an act has been used, as `acts.csv` has it.
USED, EASED, UNKNOWN = "yes", "eased", "unknown"

Days = NDArray[np.datetime64]


class Register:
    """The acts of `acts.csv`, prepared to be asked on any day; the answers are in their order.

    `used_from`: the day from which on each had been used; missing: it is not known to have been.
    """

    def __init__(self, acts: pd.DataFrame) -> None:
        dates = list(zip(acts["adopted"], acts["in_force_from"], strict=True))
        self._adopted = _days([adopted or from_ for adopted, from_ in dates], first_day)
        self._binding = _days([binds_from(*both) for both in dates], first_day)
        self._ended = _days(acts["ended"], last_day)
        since = _days([text or "0001" for text in acts["applied_since"]], first_day)
        used = acts["applied"].isin([USED, EASED]).to_numpy(bool)
        self.used_from: Days = np.where(used, since, np.datetime64("NaT", "D"))

    def status(self, day: date) -> NDArray[np.object_]:
        """Return the status of each act on a day: NOT_YET, IN_FORCE, ENDED (on the day of its end
        already), or NO_ACT_YET where it was not adopted or nothing of its beginning is known.
        """
        then = np.datetime64(day, "D")
        cases = [~(self._adopted <= then), self._ended <= then, then < self._binding]
        return np.select(cases, [NO_ACT_YET, ENDED, NOT_YET], IN_FORCE).astype(object)

    @property
    def days(self) -> Days:
        """The days on which the status, or the use, of some act changes."""
        known = np.concatenate([self._adopted, self._binding, self._ended, self.used_from])
        return np.unique(known[~np.isnat(known)])


def binds_from(adopted: str, in_force_from: str) -> str:
    """Return the date, known in part, from which on an act binds; empty: not known. No act binds
    before it is adopted: in force "from 2023", adopted in June, is from June.
    """
    if not adopted or not in_force_from:
        return adopted or in_force_from
    return max(in_force_from, adopted, key=first_day)


def _days(partial: Iterable[str], completed: Callable[[str], date]) -> Days:
    """Return dates known in part as whole days; empty ones are missing."""
    return np.array([completed(text) if text else None for text in partial], "datetime64[D]")
