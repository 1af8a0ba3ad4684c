"""The register of acts on a day: what was adopted, what binds, what has ended."""

from __future__ import annotations

from datetime import date

import pandas as pd

from stances.dataset.tables import Dataset
from stances.model.register import NO_ACT_YET, Register


def acts_on(data: Dataset, day: date) -> pd.DataFrame:
    """The acts that were adopted by a day, in the order of the register: its columns, the status
    on that day (not yet, in force or ended) and deadline_passed, whether an act in force is past
    its deadline.
    """
    register = Register(data.acts)
    rows = data.acts.assign(
        status=register.status(day), deadline_passed=register.deadline_passed(day)
    )
    return rows[rows["status"] != NO_ACT_YET].reset_index(drop=True)
