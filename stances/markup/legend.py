"""The legend of the map as markup."""

from __future__ import annotations

from stances import escapes, words
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, NOT_COVERED
from stances.figures.theme import FADING_LABEL, theme
from stances.markup.source_line import source_html
from stances.markup.swatch import swatch


def legend_html(tracker: Tracker, mode: str) -> str:
    """The colours and, since no step sends this text again, the source line."""
    scale, look = tracker.codebook.scale, theme(mode)
    held = words.holds_anywhere(tracker.codebook).capitalize()
    items = [f"{swatch(level, mode)}{escapes.html(scale.labels[level])}" for level in scale.levels]
    items += [
        f"{swatch(scale.restricting, mode, True)}{FADING_LABEL}",
        f'<span class="swatch no-position"></span>{NO_POSITION}',
        f'<span class="swatch" style="background:{look.not_covered}"></span>{NOT_COVERED}',
        f'<span class="swatch" style="border:2px solid {look.outline}"></span>{held}',
    ]
    legend = "".join(f"<span>{item}</span>" for item in items)
    return f'<div class="legend">{legend}</div>{source_html(tracker)}'
