"""The chart of who moved between two days."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from stances import words
from stances.answers import happened
from stances.answers.directions import NetMove
from stances.answers.ledger import Span
from stances.answers.tracker import Tracker
from stances.charts.chart import Chart, Key, class_keys, hover_label, with_nearer_rows
from stances.figures.dumbbell import dumbbell
from stances.filters.compare import happened_headline, span_of
from stances.links.view import View
from stances.model.stance import level_of


def moves_chart(
    tracker: Tracker, moves: list[happened.Move], span: Span, mode: str, chosen: str | None = None
) -> Chart:
    """Chart those whom actions moved, most first. `chosen`: the actor to mark."""
    moved, days = [move for move in moves if move.has_happened], (span.then, span.now)
    net = _net_moves(tracker, span)
    finding, subtitle = happened.moves_finding(tracker, net, moves, span.domain)
    ends = (
        Key(words.day(span.then), "dot hollow"),
        Key("effect of ageing", "way hollow"),
        Key("what was done", "way"),
        Key(f"{words.day(span.now)}, in the colour of its class:", "dot"),
    )
    figure = dumbbell(_rows(tracker, moved), tracker.codebook, mode, chosen=chosen)
    return Chart(
        finding,
        subtitle,
        happened.moves_alt(tracker.codebook, span.domain, days, moved),
        figure,
        (*ends, *class_keys(tracker, mode)),
        within=partial(with_nearer_rows, figure),
    )


def _net_moves(tracker: Tracker, span: Span) -> dict[str, NetMove]:
    return happened.net_moves(tracker, happened.actions_among(tracker, span))


def _rows(tracker: Tracker, moved: list[happened.Move]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "key": [move.actor for move in moved],
            "name": [tracker.short_names[move.actor] for move in moved],
            "first": np.array([move.then for move in moved], float),
            "between": np.array([move.start_of_actions for move in moved], float),
            "second": np.array([move.now for move in moved], float),
            "level": level_of(np.array([move.now for move in moved], float)),
            "note": [happened.move_note(move) for move in moved],
            "hover": [_hover(tracker, move) for move in moved],
        }
    )


def _hover(tracker: Tracker, move: happened.Move) -> str:
    line = [happened.move_line(tracker.codebook, move)] if move.is_known else []
    return hover_label(move.name, *line, *happened.causes_in_short(move).split("; "))


def moves_of_view(view: View) -> Chart:
    """Chart who moved between the two days of a view."""
    tracker, (span, _) = view.tracker, span_of(view)
    moves = list(happened.moves_among(tracker, span))
    text, subtitle = happened_headline(tracker, span)
    if not any(move.has_happened for move in moves):
        return Chart(text, subtitle)
    chart = moves_chart(tracker, moves, span, view.mode)
    title = happened.moves_title(tracker, span, _net_moves(tracker, span), moves)
    return replace(chart, title=title, subtitle=f"{subtitle} {chart.subtitle}".strip())
