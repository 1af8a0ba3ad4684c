"""The stances that two states of the tables have apart, on the day that opens."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from stances.dataset.load import Dataset

_MOST = 40


def stances_of(data: Dataset, day: date) -> pd.DataFrame:
    """Return the stance and label of each actor in each domain on a day, by these two."""
    from stances.answers.snapshot import snapshot  # noqa: PLC0415
    from stances.answers.tracker import tracker_of  # noqa: PLC0415

    rows = snapshot(tracker_of(data), day).set_index(["actor", "domain"])
    return rows[["stance", "label"]]


def differences(before: Dataset, after: Dataset) -> Iterator[str]:
    """Yield how many stances differ on the day that opens, then each of them, if they are few."""
    day = min(before.opening_day, after.opening_day)
    pairs = stances_of(before, day).join(stances_of(after, day), how="outer", rsuffix="_after")
    then, now = pairs["stance"].round(2), pairs["stance_after"].round(2)
    moved = pairs[(then != now) & ~(then.isna() & now.isna())]
    count = f"{len(moved):,} stances differ" if len(moved) != 1 else "1 stance differs"
    yield f"Figures on {day}: {count}." if len(moved) else f"Figures on {day}: no stance differs."
    for key, row in moved.iterrows() if len(moved) <= _MOST else ():
        shown = [
            "none"
            if pd.isna(row[f"stance{of}"])
            else f"{row[f'stance{of}']:.2f} {row[f'label{of}']}"
            for of in ("", "_after")
        ]
        yield f"  {' '.join(map(str, key))}: {' to '.join(shown)}"  # type: ignore[arg-type]
