"""The life of an act of the register: when it is still to come, when it binds, when it is over.

The only place that says so. A date that is known in part counts from its first day where something
begins and to its last where something ends or falls due.
"""

from collections.abc import Callable, Iterable
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.dataset.days import first_day, last_day
from stances.dataset.schema import UNKNOWN

NOT_YET, IN_FORCE, ENDED = "not yet", "in force", "ended"
# The status of an act on a day before it was adopted.
NO_ACT_YET = ""

# What has become of an act in practice, as `acts.csv` has it.
PRACTICE_COLUMNS = ("applied", "applied_what", "applied_since")

Days = NDArray[np.datetime64]


class Register:
    """The acts of `acts.csv`, prepared to be asked on any day; the answers are in their order."""

    def __init__(self, acts: pd.DataFrame) -> None:
        dates = list(zip(acts["adopted"], acts["in_force_from"], strict=True))
        self._adopted = _days([adopted or from_ for adopted, from_ in dates], first_day)
        self._binding = _days([binds_from(*both) for both in dates], first_day)
        self._deadline = _days(acts["deadline"], last_day)
        self._ended = _days(acts["ended"], last_day)
        self._acts = acts

    def status(self, day: date) -> NDArray[np.object_]:
        """Return the status of each act on a day: NOT_YET, IN_FORCE, ENDED (on the day of its end
        already), or NO_ACT_YET where it was not adopted or nothing of its beginning is known.
        """
        then = np.datetime64(day, "D")
        cases = [~(self._adopted <= then), self._ended <= then, then < self._binding]
        return np.select(cases, [NO_ACT_YET, ENDED, NOT_YET], IN_FORCE).astype(object)

    @property
    def days(self) -> Days:
        """The days on which the status of some act changes."""
        known = np.concatenate([self._adopted, self._binding, self._ended])
        return np.unique(known[~np.isnat(known)])

    def deadline_passed(self, day: date) -> NDArray[np.bool_]:
        """Say whether each act is in force on a day that comes after its deadline."""
        passed = self._deadline < np.datetime64(day, "D")
        return np.asarray(passed & (self.status(day) == IN_FORCE), bool)

    def practice(self, day: date) -> dict[str, list[str]]:
        """Say whether each act was applied by a day, how, since when, by PRACTICE_COLUMNS."""
        rows = zip(*(self._acts[name] for name in PRACTICE_COLUMNS), strict=True)
        text = zip(*(practice_by(day, *row) for row in rows), strict=True)
        return dict(zip(PRACTICE_COLUMNS, map(list, text), strict=False))


def practice_by(day: date, applied: str, what: str, since: str) -> tuple[str, str, str]:
    """Return whether an act has been applied by a day, what was done, and since when. Before the
    first use that is known none is: no source says that there was none, and what came later is
    not told.
    """
    if since and day < first_day(since):
        return UNKNOWN, "", ""
    return applied, what, since


def binds_from(adopted: str, in_force_from: str) -> str:
    """Return the date, known in part, from which on an act binds; empty: not known. No act binds
    before it is adopted: in force "from 2023", adopted in June, is from June.
    """
    if not adopted or not in_force_from:
        return adopted or in_force_from
    return max(in_force_from, adopted, key=first_day)


def _days(partial: Iterable[str], completed: Callable[[str], date]) -> Days:
    """Dates known in part as whole days; empty ones are missing."""
    return np.array([completed(text) if text else None for text in partial], "datetime64[D]")
