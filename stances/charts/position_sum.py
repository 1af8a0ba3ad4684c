"""The chart of how a position is made: its parts as a sum, and their average on the scale."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from stances import words
from stances.answers import position_sum
from stances.answers.actor_history import no_events
from stances.answers.reasons import why_none
from stances.answers.tracker import Tracker
from stances.charts.chart import Chart, hover_label
from stances.figures.position_sum import Average, summed_bars
from stances.links.view import View

# So many parts have a row of their own, unless one more is all that is left.
_ROWS = 8


def summed_chart(tracker: Tracker, whole: position_sum.PositionSum, day: date, mode: str) -> Chart:
    """Return a position as a sum, its smallest parts in one row."""
    singly, rest = whole.summands[:_ROWS], whole.summands[_ROWS:]
    if len(rest) == 1:
        singly, rest = whole.summands, ()
    groups = [[one] for one in singly] + ([list(rest)] if rest else [])
    return Chart(
        position_sum.sum_title(tracker, whole),
        position_sum.sum_subtitle(tracker, whole, day),
        position_sum.sum_alt(tracker, whole, day),
        summed_bars(_rows(groups), _segments(groups), _average(tracker, whole), mode),
    )


def _rows(groups: Sequence[Sequence[position_sum.Summand]]) -> pd.DataFrame:
    alone = [group[0] if len(group) == 1 else None for group in groups]
    return pd.DataFrame(
        {
            "label": [
                one.label if one else position_sum.rest_words(len(group))
                for one, group in zip(alone, groups, strict=True)
            ],
            "how": [one.how if one else "" for one in alone],
            "what": [
                one.what if one else _label_note(group)
                for one, group in zip(alone, groups, strict=True)
            ],
            "share": _shares(groups),
            "part": [words.figure(sum(one.part for one in group), 2) for group in groups],
        }
    )


def _shares(groups: Sequence[Sequence[position_sum.Summand]]) -> list[str]:
    """Return the share of each row in whole percent, which add up as printed."""
    return words.portions([sum(one.share for one in group) for group in groups])


def _label_note(group: Sequence[position_sum.Summand]) -> str:
    """Return at which labels several parts count."""
    labels = dict.fromkeys(one.label for one in sorted(group, key=lambda one: one.level))
    return f"Each in the colour of its label: {words.listing(list(labels))}"


def _segments(groups: Sequence[Sequence[position_sum.Summand]]) -> pd.DataFrame:
    parts = [(row, one) for row, group in enumerate(groups) for one in group]
    # A row of one part says its share beside it, which adds up with the others.
    printed = _shares(groups)
    shares = [
        printed[row] if len(groups[row]) == 1 else words.portion(one.share) for row, one in parts
    ]
    return pd.DataFrame(
        {
            "row": [row for row, _ in parts],
            "code": [one.code for _, one in parts],
            "level": [one.level for _, one in parts],
            "share": [one.share for _, one in parts],
            "hover": [_hover(one, share) for (_, one), share in zip(parts, shares, strict=True)],
        }
    )


def _hover(one: position_sum.Summand, share: str) -> str:
    adds = f"{share} of all, adds {words.figure(one.part, 2)}"
    named = f"{one.label}{f': {one.how}' if one.how else ''}"
    return hover_label(one.what, named, adds)


def _average(tracker: Tracker, whole: position_sum.PositionSum) -> Average:
    scale = tracker.codebook.scale
    return Average(
        words.label(tracker.codebook, whole.stance),
        words.figure(whole.stance, 2),
        position_sum.margin_words(whole),
        whole.stance,
        scale.levels,
        scale.labels,
    )


def summed_of(view: View) -> Chart:
    """Return how the position of the actor of a view is made; words where it has none."""
    tracker, actor, domain, day = view.tracker, view.actor, view.domain, view.day
    if actor in tracker.groups:
        return Chart(no_events(tracker, actor, day, domain))
    whole = position_sum.sum_up(tracker, actor, domain, day)
    if whole is None:
        return Chart(why_none(tracker, actor, domain, day))
    return summed_chart(tracker, whole, day, view.mode)
