"""The legends of map and charts, and the line under them on where they are from, as markup."""

from __future__ import annotations

from collections.abc import Iterable

from stances import escapes
from stances.answers.citing import source_line
from stances.answers.practice import outline_words
from stances.answers.tracker import Tracker
from stances.charts.chart import Key
from stances.dataset.codebook import NO_POSITION, NOT_COVERED
from stances.figures.map import outline_lines
from stances.figures.theme import OLD_LABEL, theme
from stances.markup.chip import swatch


def legend_html(tracker: Tracker, mode: str) -> str:
    """Return the colours and, since no step sends this text again, the source line."""
    scale, look = tracker.codebook.scale, theme(mode)
    items = [f"{swatch(level, mode)}{escapes.html(scale.labels[level])}" for level in scale.levels]
    items += [
        f"{swatch(scale.restricting, mode, True)}{OLD_LABEL}",
        f'<span class="swatch no-position"></span>{NO_POSITION}',
        f'<span class="swatch" style="background:{look.not_covered}"></span>{NOT_COVERED}',
    ]
    lines = outline_lines(look)
    for kind, text in outline_words(tracker.codebook).items():
        color, wide = lines[kind]
        drawn = f"border:{wide:g}px solid {color}"
        items.append(f'<span class="swatch" style="{drawn}"></span>{escapes.html(text)}')
    legend = "".join(f"<span>{item}</span>" for item in items)
    return f'<div class="legend">{legend}</div>{source_html(tracker)}'


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
