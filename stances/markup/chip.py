"""A label of the scale on its colour; paler where the position is fading."""

from __future__ import annotations

from stances import escapes
from stances.answers.standing import Standing
from stances.dataset.codebook import NO_POSITION, NOT_COVERED
from stances.figures.theme import theme
from stances.words import DASH, beside_label, figure


def chip(level: float, label: str, mode: str, told: str = "", fading: bool = False) -> str:
    """A label on the colour of its class. `told`: what a pointer is told."""
    look = theme(mode)
    paler = " fading" if fading else ""
    title = f' title="{escapes.html(told)}"' if told else ""
    colors = f"--class:{look.level_color(level)};--on-class:{look.on_level(level)}"
    return f'<span class="chip{paler}" style="{colors}"{title}>{escapes.html(label)}</span>'


def stance_chip(row: Standing, mode: str) -> str:
    """Where an actor stands, with the figure for a pointer; that it fades is said in words."""
    if row.stance != row.stance:
        told = NO_POSITION if row.covered else NOT_COVERED
        return f'<span class="none" role="img" aria-label="{told}" title="{told}">{DASH}</span>'
    told = f"{beside_label(row.stance)}, certainty {figure(row.certainty, 2).lstrip('+')}"
    word = ' <span class="small">fading</span>' if row.fading else ""
    return chip(row.level, row.label, mode, told, row.fading) + word
