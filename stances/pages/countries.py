"""Countries: where all stand in every field, from which one is opened."""

from __future__ import annotations

import pandas as pd

from stances.answers import stance
from stances.dataset.codebook import OVERALL
from stances.links import filtered
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Control, Page

_FIGURES = ["level", "is_old", "rests_on"]


def page(view: View) -> Page:
    """Return the levels of all in every field, or of those who stand at a level in one of them."""
    tracker = view.tracker
    standings = {}
    for code in tracker.codebook.columns:
        standings[code] = stance.standings(tracker, view.day, code)[_FIGURES]
    # A row for each field and actor.
    cells = pd.concat(standings)
    headline = stance.restricting(tracker, standings[OVERALL]["level"], OVERALL)
    actors = sorted(tracker.actors, key=tracker.short.__getitem__)
    if view["level"]:
        fits = cells["level"].between(*view["level"]).groupby(level=1).any()
        levels = filtered.filter_in_words(view, "level")
        headline = stance.standing_at(tracker, fits, levels, "in some field")
        actors = [actor for actor in actors if fits[actor]]

    # Templates take None for missing, not NaN.
    cells = cells.astype(object).where(cells.notna(), None)
    grid = Block(
        "grid",
        "countries",
        fields={code: tracker.codebook.domain_label(code) for code in standings},
        actors=actors,
        cells=cells.to_dict("index"),
    )
    return Page(
        headline=shared.dated(view, headline),
        controls=[*shared.controls(view, "actor", "as_of"), _levels(view)],
        file=(f"Levels on {view.day_in_words}", "snapshots"),
        scope=f"all, {view.field}",
        printed_title=f"All fields, {view.day_in_words}",
        blocks=[shared.scale_bar(view, "old", "blank"), grid],
    )


def _levels(view: View) -> Control:
    """Return the choice of a level, or of several up to an end of the scale."""
    scale = view.tracker.codebook.scale
    labels = view.labels
    options = [("", "Any level")]
    strict = [(scale.min, level) for level in range(-1, scale.min, -1)]
    friendly = [(level, scale.max) for level in range(1, scale.max)]
    for low, high in [*strict, *friendly]:
        options.append((f"{low}..{high}", f"{labels[low]} to {labels[high]}"))
    options += [(str(level), label) for level, label in sorted(labels.items())]
    return Control("select", "level", "Level", view.texts.get("level", ""), options)
