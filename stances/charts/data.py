"""The charts of the page of data: how much there is, and what other settings would change."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from stances import words
from stances.answers import coverage, sensitivity
from stances.answers.coverage import coverage_alt, coverage_headline, coverage_subtitle
from stances.answers.tracker import Tracker
from stances.charts.chart import Chart, Key, class_keys, hover_label, with_nearer_rows
from stances.dataset.codebook import Codebook
from stances.figures.coverage import coverage_map
from stances.figures.dumbbell import dumbbell
from stances.figures.levels import grid_parts
from stances.links.view import View
from stances.model.stance import level_of

# So many moves are drawn, the largest first.
MOST_DRAWN = 25
_TOP = 3
# A number of events needs so many px.
_CELL = 12


def coverage_chart(
    tracker: Tracker, counts: pd.DataFrame, measure: str, day: date, mode: str
) -> Chart:
    """Events or sources by actor and year. `counts`: of `coverage.by_year`."""
    data = tracker.data
    totals = counts.groupby("actor", sort=False)[measure].sum().sort_values(ascending=False)
    rows = [(tracker.names[str(actor)], int(total)) for actor, total in totals.items()]
    first = int(counts["year"].min()) if len(counts) else 0
    last = int(counts["year"].max()) if len(counts) else 0
    events = counts.groupby("actor", sort=False)["events"].sum()
    silent = coverage.silent(data.actors, data.events, day)
    actors, top = len(data.actors), int(events.head(_TOP).sum())
    subtitle = coverage_subtitle(int(events.sum()), actors, top, day)
    grid = coverage_map(counts, tracker.short_names, measure, measure, mode)
    return Chart(
        coverage_headline(actors, len(silent), coverage.SILENT_YEARS, day),
        f"{words.sentence_start(measure)} by actor and year. {subtitle}",
        coverage_alt(measure, rows, first, last),
        grid,
        parts=partial(grid_parts, grid, cell=_CELL),
    )


def coverage_of_view(view: View) -> Chart:
    """Return what a view covers up to its day."""
    data, day = view.tracker.data, view.day
    counts = coverage.by_year(data.actors, data.events, data.event_sources, day)
    return coverage_chart(view.tracker, counts, view["measure"], day, view.mode)


def sensitivity_chart(
    tracker: Tracker, actors: pd.DataFrame, mode: str, title: str = "", subtitle: str = ""
) -> Chart:
    """Return the largest moves to a reader's settings. `actors`: of `named_moves`."""
    moved = actors[actors["move"].abs() > 0]
    drawn = moved.sort_values(["size", "name"], ascending=[False, True]).head(MOST_DRAWN)
    largest: list[Any] = list(drawn.itertuples(index=False))
    rows = pd.DataFrame(
        {
            "key": drawn["actor"],
            "name": [tracker.short_names[code] for code in drawn["actor"]],
            "first": drawn["published"],
            "second": drawn["stance"],
            "level": level_of(drawn["stance"].to_numpy(np.float64)),
            "note": [words.figure(move, 2) for move in drawn["move"]],
            "hover": [_hover(tracker.codebook, row) for row in largest],
        }
    )
    ends = Key("published", "dot hollow"), Key("under your settings", "dot")
    figure = dumbbell(rows, tracker.codebook, mode)
    return Chart(
        title,
        subtitle,
        sensitivity.sensitivity_alt(tracker.codebook, largest),
        figure,
        (*ends, *class_keys(tracker, mode)),
        within=partial(with_nearer_rows, figure),
    )


def _hover(codebook: Codebook, row: Any) -> str:
    published, own = (words.with_label(codebook, figure) for figure in (row.published, row.stance))
    return hover_label(row.name, f"published {published}", f"yours {own}")


def has_settings(view: Mapping[str, Any]) -> bool:
    """Say whether a view has settings of a reader's own, which alone change something."""
    return view["settings"] is not None


def sensitivity_of_view(view: View) -> Chart:
    """Return what the settings of a view change; words where it has none, or nothing changes."""
    tracker, day, domain = view.tracker, view.day, view.domain
    if tracker.settings is None:
        return Chart(sensitivity.NO_SETTINGS)
    result = sensitivity.compare_settings(tracker.published_model, tracker.model, day, domain)
    actors = sensitivity.named_moves(tracker, result.table)
    moved = int((actors["size"] > 0).sum())
    title = sensitivity.sensitivity_headline(int(actors["flips"].sum()), result.both, moved)
    subtitle = sensitivity.sensitivity_subtitle(tracker.codebook, domain, day, result.tau)
    if not moved:
        return Chart(title, subtitle)
    return sensitivity_chart(tracker, actors, view.mode, title, subtitle)
