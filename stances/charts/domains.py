"""The chart of where the members of a group stand in each domain."""

import math
from functools import partial

from stances import words
from stances.answers.domains import domain_rows, domains_headline
from stances.answers.standing import OLD_EVIDENCE, Standing
from stances.charts.chart import Chart, Key, class_keys
from stances.dataset.codebook import NO_POSITION
from stances.figures.levels import LevelCells, grid_parts, level_grid
from stances.figures.theme import OLD_CELL, theme
from stances.links.view import View

# A label, maybe with that it rests on old evidence, needs so many px.
_CELL = 100


def fields_of_view(view: View) -> Chart:
    """Return the levels of a view's group: a row for each member, a column for each domain."""
    tracker, group, day, domain = view.tracker, view["group"], view.day, view.domain
    rows, codebook = domain_rows(tracker, group, day, domain), tracker.codebook
    title, subtitle = domains_headline(tracker, group, day, domain)
    if not rows:
        return Chart(title, subtitle)
    cells = LevelCells(
        [row.short_name for row in rows],
        [codebook.domain_label(code) for code in codebook.columns],
        [[row.standings[code].level for code in codebook.columns] for row in rows],
        [[_text(row.standings[code]) for code in codebook.columns] for row in rows],
        [[row.standings[code].old for code in codebook.columns] for row in rows],
    )
    figure = level_grid(cells, codebook.scale.levels, view.mode)
    where = words.about_domain(codebook, domain)
    stands = [f"{row.short_name} {row.standings[domain].label or NO_POSITION}" for row in rows]
    alt = f"{title} {subtitle} The most restrictive {where} first: {'; '.join(stands)}."
    paler = theme(view.mode).paler_color(codebook.scale.restricting)
    pale = [Key(OLD_CELL, "swatch", paler)] if any(map(any, cells.old)) else []
    keys = *class_keys(tracker, view.mode), *pale, Key(NO_POSITION, "swatch blank")
    return Chart(title, subtitle, alt, figure, keys, parts=partial(grid_parts, figure, cell=_CELL))


def _text(row: Standing) -> str:
    """Return what a cell says: the label, and that it rests on old evidence."""
    if math.isnan(row.stance):
        return ""
    return f"{row.label}, {OLD_EVIDENCE}" if row.old else row.label
