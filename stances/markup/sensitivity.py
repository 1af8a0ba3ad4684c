"""The effect of other settings of the model, in words and tables, as markup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from stances import words
from stances.answers.sensitivity import (
    TAU,
    Sensitivity,
    compare_settings,
    moves,
    presets,
    sensitivity_headline,
    sensitivity_subtitle,
)
from stances.answers.tracker import Tracker, tracker_under
from stances.dataset.codebook import NO_POSITION
from stances.markup.blocks import paragraph_html
from stances.markup.table import cited_in, table_html
from stances.model.settings import Settings

WHAT_IF = (
    "What if the weights were others? Change one: every page then shows the figures under "
    "your settings and says so, and the address carries them. The published figures stay as "
    "they are; in brackets stands what they are made with."
)
ALL_ACTORS = "All actors, changed labels first"
ONLY_OVERALL = (
    "The weights of the domains change only the overall stance: choose it above to see what they "
    "do."
)


def overview_parts(tracker: Tracker, day: date, domain: str) -> Iterator[str]:
    """Yield what each of the presets would change."""
    data, rows = tracker.data, []
    for label, changes in presets(data.codebook).items():
        model = tracker_under(data, Settings.chosen(data.codebook, **changes)).model
        result = compare_settings(tracker.published_model, model, day, domain)
        moved = int((moves(result.table).abs() > 0).sum())
        flips = int(result.table["flips"].sum())
        tau = words.DASH if np.isnan(result.tau) else f"{result.tau:.2f}"
        rows.append((label, f"{flips}", f"{moved} of {result.both}", tau))
    yield table_html(
        f"What other settings would change {words.about_domain(data.codebook, domain)}, "
        f"{words.day(day)}",
        ("Settings", "Labels changed", "Figures moved", "Kendall's tau"),
        rows,
        numbers=(1, 2, 3),
        cited=cited_in(tracker, "sensitivity", day, domain),
    )
    yield paragraph_html(f"{TAU} {NO_POSITION} is a label too.", "small")


def result_texts(
    tracker: Tracker, result: Sensitivity, actors: pd.DataFrame, day: date, domain: str
) -> tuple[str, str]:
    """Return what a reader's settings change, and of what that is. `actors`: of the result, with
    names and moves.
    """
    moved = int((actors["size"] > 0).sum())
    return (
        sensitivity_headline(int(actors["flips"].sum()), result.both, moved),
        sensitivity_subtitle(tracker.codebook, domain, day, result.tau),
    )
