"""Countries: where all stand in every field, from which one is opened."""

from __future__ import annotations

import pandas as pd

from stances.answers import stance
from stances.dataset.codebook import OVERALL
from stances.links import filtered
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Control, Page

# What a cell has of `stance.standings`.
_FIGURES = ["level", "is_old", "rests_on"]


def page(view: View) -> Page:
    """Return the levels of all in every field, or of those who stand at a level in one of them."""
    tracker = view.tracker
    standings = {}
    for code in tracker.codebook.columns:
        standings[code] = stance.standings(tracker, view.day, code)[_FIGURES]
    # A row for each field and actor.
    cells = pd.concat(standings)
    actors = sorted(tracker.actors, key=tracker.short.__getitem__)
    if view["level"]:
        # Of each actor, in whatever field; overall is none.
        levels_by_field = cells["level"].drop(OVERALL, level=0)
        fits = levels_by_field.between(*view["level"]).groupby(level=1).any()
        levels = filtered.filter_in_words(view, "level")
        headline = stance.standing_at(tracker, fits, levels, "in some field")
        actors = [actor for actor in actors if fits[actor]]
    else:
        headline = stance.restricting(tracker, standings[OVERALL]["level"], OVERALL)

    # Templates take None for missing; figures alone would have NaN for it again.
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
        controls=[*shared.controls(view), _levels(view)],
        file=(f"Levels on {view.day_in_words}", "snapshots"),
        scope=f"all, {view.field}",
        printed_title=f"All fields, {view.day_in_words}",
        blocks=[shared.scale_bar(view, "old", "blank"), grid],
    )


def _levels(view: View) -> Control:
    """Return the choice of a level, or of several up to an end of the scale."""
    labels = view.labels
    strictest = min(labels)
    friendliest = max(labels)
    options = [("", "Any level")]
    strict = [(strictest, level) for level in range(-1, strictest, -1)]
    friendly = [(level, friendliest) for level in range(1, friendliest)]
    for low, high in [*strict, *friendly]:
        text = f"{labels[low]} to {labels[high]}"
        options.append((f"{low}..{high}", text))
    for level, label in sorted(labels.items()):
        options.append((str(level), label))
    return Control("select", "level", "Level", view.texts.get("level", ""), options)
