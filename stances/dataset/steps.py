"""The steps of an act, and the one of them that the act is told by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from stances.dataset.codebook import OTHER_PART, Codebook
from stances.dataset.days import last_day
from stances.dataset.schema import is_partial

if TYPE_CHECKING:
    from stances.dataset.tables import Dataset

Cells = Mapping[str, str]


def leading_kind(codebook: Codebook) -> str:
    """Return the kind of deadline that comes first in the codebook; empty: it has none."""
    return next(iter(codebook.acts.deadline_kind), "")


def last_of(codebook: Codebook, steps: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Return the deadline and kind of the step that an act is told by, of one at least: the last of
    the kind that leads, else the last step. Of two that end on one day the one known more exactly.
    """
    known, leading = list(steps), leading_kind(codebook)
    foremost = [step for step in known if step[1] == leading]
    return max(foremost or known, key=lambda step: (last_day(step[0]), len(step[0])))


def deadline_of(codebook: Codebook, steps: Iterable[Cells]) -> dict[str, str]:
    """Return what the steps of an act say in its columns; nothing: none has a date and a kind."""
    dated = [
        ((step["deadline"], step["kind"]), step)
        for step in steps
        if step.get("kind") and is_partial(step.get("deadline", ""))
    ]
    if not dated:
        return {}
    last = last_of(codebook, (text for text, _ in dated))
    what = next(step.get("what", "") for text, step in dated if text == last)
    return {"deadline": last[0], "deadline_kind": last[1], "deadline_what": what}


def steps_of(data: Dataset, act: Cells, steps: Sequence[Cells] | None) -> Sequence[Cells]:
    """Return an act's steps as given: else its deadline is one, unless the folder has no steps."""
    if steps is not None:
        return steps
    is_recorded = len(data.deadlines) > 0 or not data.acts["deadline"].any()
    if not act.get("deadline") or not is_recorded:
        return ()
    said = (("kind", "deadline_kind"), ("what", "deadline_what"))
    step = {name: act[of] for name, of in said if of in act}
    return ({"deadline": act["deadline"], "part": OTHER_PART} | step,)
