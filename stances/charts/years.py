"""The chart of the members of a group through the years."""

import math
from functools import partial

from stances.answers.tracker import Tracker
from stances.answers.years import (
    AGED,
    AGED_WORDS,
    MARK,
    GroupYears,
    YearRow,
    cell_sign,
    column_name,
    counted_years,
    group_years,
    mark_key,
    years_alt,
    years_headline,
    years_subtitle,
)
from stances.charts.chart import Chart, Key
from stances.dataset.codebook import NO_POSITION
from stances.figures.levels import LevelCells, grid_parts, level_grid
from stances.figures.theme import OLD_CELL, theme
from stances.links.view import View
from stances.words import figure

# A level with its mark needs so many px.
_CELL = 22


def years_of_view(view: View) -> Chart:
    """Return the levels of a view's group: a row for each member, a column for each year."""
    return years_chart(view.tracker, years_of(view), view.mode)


def years_of(view: View) -> GroupYears:
    """Return the members of a view's group that it shows, through their years."""
    since = int(view["years_from"])
    years = group_years(view.tracker, view["group"], view.day, view.domain, since)
    return counted_years(view.tracker, years, view["practice"])


def years_chart(tracker: Tracker, years: GroupYears, mode: str) -> Chart:
    """Return the levels of the members of a group at the end of each year."""
    codebook = tracker.codebook
    title, subtitle = years_headline(tracker, years), years_subtitle(tracker, years)
    if not years.rows:
        return Chart(title)
    cells = LevelCells(
        [row.short_name for row in years.rows],
        [column_name(day) for day in years.days],
        [_levels(row) for row in years.rows],
        [[cell_sign(cell) for cell in row.cells] for row in years.rows],
        [[cell.old for cell in row.cells] for row in years.rows],
    )
    grid = level_grid(cells, codebook.scale.levels, mode)
    return Chart(
        title,
        subtitle,
        years_alt(tracker, years),
        grid,
        years_keys(tracker, years, mode),
        parts=partial(grid_parts, grid, cell=_CELL),
    )


def _levels(row: YearRow) -> list[float]:
    return [math.nan if cell.level is None else float(cell.level) for cell in row.cells]


def years_keys(tracker: Tracker, years: GroupYears, mode: str) -> tuple[Key, ...]:
    """Return what signs, colours and the mark mean, as far as they are drawn."""
    scale, palette = tracker.codebook.scale, theme(mode)
    cells = [cell for row in years.rows for cell in row.cells]
    levels = sorted({cell.level for cell in cells if cell.level is not None})
    keys = [
        Key(f"{figure(level, 0)} {scale.labels[level]}", "swatch", palette.level_color(level))
        for level in levels
    ]
    if any(cell.old for cell in cells):
        paler = palette.paler_color(scale.restricting)
        keys.append(Key(OLD_CELL, "swatch", paler))
    if any(cell.level is None for cell in cells):
        keys.append(Key(NO_POSITION, "swatch blank"))
    if any(cell.used for cell in cells):
        keys.append(Key(f"{MARK} {mark_key(tracker, years.domain)}"))
    if any(cell.aged for cell in cells):
        keys.append(Key(f"{AGED} {AGED_WORDS}"))
    return tuple(keys)
