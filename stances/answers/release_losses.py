"""Positions and history lost since the release before, which no change of an event explains."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from stances.answers.release_diff import FACTS, diff_with_last, models_apart, moved_events
from stances.dataset.changelog import text_since
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.comparison import Cells
from stances.dataset.days import day_at_start, month_ends
from stances.dataset.release import last_day
from stances.dataset.tables import Dataset
from stances.model.lifetimes import Bools, Ints
from stances.model.stance import Model


def loss_lines(data: Dataset, changelog: bytes) -> Iterator[str]:
    """Yield a line for each actor and domain that had a position in the release before, at month
    ends or on the last day of the series, and has none then, though none of its events was
    corrected in what a position rests on, no act came in, and the changelog names none that was
    withdrawn: so rows that were cut off do not go unseen.

    Both are derived by the method of that release, so that neither time nor method is a loss.
    """
    diff = diff_with_last(data)
    if diff is None:
        return
    models, last = models_apart(diff.old, data), last_day(data)
    days = month_ends(data.codebook.first_date, last)
    had, has = (_presence(model, days) for model in (models.before, models.between))
    never = np.zeros(len(days), bool)
    reasons = [*_reasons(diff.old, data, last, text_since(changelog, diff.old.version))]
    for (actor, domain), before in had.items():
        lost = np.flatnonzero(before & ~has.get((actor, domain), never))
        if len(lost) and not any(
            of == actor and domain in (about, OVERALL) and since <= days[lost[0]]
            for of, about, since in reasons
        ):
            yield (
                f"{actor}, {domain}: {diff.old.version} has a position {_span(days, lost)}, these "
                "tables have none; no event was corrected that explains it, and the changelog "
                "names none that was withdrawn"
            )


def _presence(model: Model, days: Sequence[date]) -> dict[tuple[str, str], Bools]:
    """Return whether there is a position on each of some days, by actor and domain."""
    present = ~np.isnan(model.arrays(days).stance)
    return {
        (actor, domain): present[:, row, column]
        for row, actor in enumerate(model.actors)
        for column, domain in enumerate(model.codebook.columns)
    }


def _reasons(
    old: Dataset, new: Dataset, last: date, changelog: str
) -> Iterator[tuple[str, str, date]]:
    """Yield the actor, the domain and the day from which each event can have ended positions: those
    that were corrected, acts that came in, and those withdrawn that the changelog names.
    """
    for event, (before, after) in moved_events(old, new, last).items():
        if before and after:
            ended = any(before[name] != after[name] for name in FACTS)
        else:
            ended = f"`{event}`" in changelog if before else _binds(new.codebook, after)
        for row in (before, after) if ended else ():
            if row:
                yield row["actor"], row["domain"], day_at_start(row["date"])


def _binds(codebook: Codebook, row: Cells | None) -> bool:
    return row is not None and codebook.instruments[row["instrument"]].binding


def _span(days: Sequence[date], lost: Ints) -> str:
    first, last = days[lost[0]], days[lost[-1]]
    if len(lost) == 1:
        return f"on {first}"
    return f"on {len(lost)} month ends from {first} to {last}"
