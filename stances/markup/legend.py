"""The legends of map and charts, and the line under them on where they are from, as markup."""

import math
from collections.abc import Iterable

from stances import escapes
from stances.answers.citing import source_line
from stances.answers.practice import outline_words
from stances.answers.tracker import Tracker
from stances.charts.chart import Key
from stances.dataset.codebook import Scale
from stances.figures.map import LegendEntry, map_legend, outline_lines
from stances.figures.theme import BOTH, faded_level, no_position_level, not_covered_level
from stances.markup.chip import swatch


def legend_html(tracker: Tracker) -> str:
    """Return the colours and, since no step sends this text again, the source line."""
    scale = tracker.codebook.scale
    legend = "".join(
        f"<span>{_map_mark(entry, scale)}{escapes.html(entry.text)}</span>"
        for entry in map_legend(scale, outline_words(tracker.codebook))
    )
    return f'<div class="legend">{legend}</div>{source_html(tracker)}'


def _map_mark(entry: LegendEntry, scale: Scale) -> str:
    levels = scale.levels
    if entry.level is None:
        color, wide = outline_lines(BOTH)[entry.kind]
        return f'<span class="swatch" style="border:{wide:g}px solid {color}"></span>'
    if entry.level == not_covered_level(levels):
        return f'<span class="swatch" style="background:{BOTH.not_covered}"></span>'
    if entry.level == no_position_level(levels):
        return swatch(math.nan)
    is_old = entry.level == faded_level(scale.restricting, levels)
    return swatch(scale.restricting if is_old else entry.level, is_old)


def keys_html(keys: Iterable[Key]) -> str:
    """Return the legend of a chart."""
    items = "".join(f"<span>{_mark(key)}{escapes.html(key.text)}</span>" for key in keys)
    return f'<div class="legend">{items}</div>'


def _mark(key: Key) -> str:
    color = f' style="background:{key.color}"' if key.color else ""
    return f'<span class="{key.mark}"{color}></span>' if key.mark else ""


def source_html(tracker: Tracker) -> str:
    """Return the source line that stands under a chart and in its picture."""
    line = source_line(tracker.data, tracker.own_settings)
    return f'<p class="source"><span>{escapes.html(line)}</span></p>'
