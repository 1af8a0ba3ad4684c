"""The chart of how far apart the actors of a group are."""

from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from stances import words
from stances.answers.history import period_up_to
from stances.answers.nearest import matrix_alt, matrix_headline, matrix_subtitle
from stances.answers.neighbours import distances, group_of
from stances.answers.tracker import Tracker
from stances.charts.chart import Chart, Key
from stances.dataset.schema import ALL_ACTORS
from stances.figures.matrix import STEPS, distance_colors, lower_matrix, matrix
from stances.links.view import View
from stances.model.distance import Distances


def distances_chart(tracker: Tracker, result: Distances, mode: str) -> Chart:
    """Return the distances of each two, the nearer the darker."""
    ends, text, blank = _ends(tracker, result)
    names = [tracker.short_names[actor] for actor in result.actors]
    figure = matrix(names, result.distance, mode)
    return Chart(
        matrix_headline(*ends),
        "",
        matrix_alt(*ends, text, blank),
        figure,
        _keys(mode),
        within=partial(lower_matrix, figure),
    )


def _keys(mode: str) -> tuple[Key, ...]:
    """Return the classes of distance, and what is left blank."""
    ends = [f"{step:g}" for step in STEPS[1:]]
    between = [f"{low} to {high}" for low, high in pairwise(ends)]
    wording = [f"under {ends[0]}", *between, f"{ends[-1]} and more"]
    colors = zip(wording, distance_colors(mode), strict=True)
    classes = (Key(text, "swatch", color) for text, color in colors)
    return (Key("Points apart:"), *classes, Key("cannot be told", "swatch blank"))


def pairs_of(result: Distances) -> pd.DataFrame:
    """Each pair once: the places of the two, distance and pairs, the nearest first."""
    one, other = np.triu_indices(len(result.actors), 1)
    table = pd.DataFrame(
        {
            "one": one,
            "other": other,
            "distance": result.distance[one, other],
            "pairs": result.pairs[one, other],
        }
    )
    return table.sort_values(["distance", "one", "other"], na_position="last", ignore_index=True)


def _ends(tracker: Tracker, result: Distances) -> tuple[tuple[Any, Any], int, int]:
    """Return the nearest and the furthest pair, None: none; how many can be told, how many not."""
    table = pairs_of(result)
    known = table.dropna(subset=["distance"])
    rows: list[Any] = [*known.head(1).itertuples(), *known.tail(1).itertuples()]
    names = [tracker.sentence_names[actor] for actor in result.actors]
    alike = known["distance"].map(words.two_decimals).value_counts()
    near, far = [
        (names[row.one], names[row.other], int(alike[words.two_decimals(row.distance)]))
        for row in rows
    ] or (None, None)
    return (near, far), len(known), len(table) - len(known)


def distances_of_view(view: View) -> Chart:
    """Return the distances within the group of a view, over its period."""
    tracker, period = view.tracker, period_up_to(view.tracker, view["from"], view.day)
    result = distances(tracker, group_of(tracker, view["group"], view.day), period)
    chart = distances_chart(tracker, result, view.mode)
    group = "" if view["group"] == ALL_ACTORS else view["group"]
    subtitle = matrix_subtitle(tracker.codebook, group, len(result.actors), period)
    return replace(chart, subtitle=subtitle)
