"""A label of the scale on its colour, and a small square of it; paler where the position is old."""

from datetime import date

from stances import escapes
from stances.answers.directions import chip_words, direction_words
from stances.answers.firm import unsure_words
from stances.answers.standing import OLD_EVIDENCE, Standing
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, NOT_COVERED
from stances.figures.theme import BOTH
from stances.markup.links import made_link
from stances.words import DASH, band, beside_label


def chip(level: float, label: str, text: str = "", old: bool = False) -> str:
    """Return a label on the colour of its class. `text`: what a pointer is told."""
    paler = " fading" if old else ""
    title = f' title="{escapes.html(text)}"' if text else ""
    colors = f"--class:{BOTH.level_color(level)};--on-class:{BOTH.on_level(level)}"
    return f'<span class="chip{paler}" style="{colors}"{title}>{escapes.html(label)}</span>'


def event_chip(tracker: Tracker, event_id: str) -> str:
    """Return where an event stands or what it says, on the colour of its level, which way it
    went, and that it is told on weak ground, where it is.
    """
    row = tracker.events[event_id]
    label = chip_words(tracker.codebook, row.instrument, float(row.score))
    direction = escapes.html(direction_words(tracker, event_id, row.instrument))
    weak = unsure_words(tracker, event_id)
    text = f' · <span class="unsure">{escapes.html(weak)}</span>' if weak else ""
    colored = chip(float(row.score), label)
    return f'{colored} <span class="direction">{direction}</span>{text}'


def stance_chip(row: Standing) -> str:
    """Say where an actor stands, figure and band for a pointer; in words, that it is old."""
    if row.stance != row.stance:
        text = NO_POSITION if row.covered else NOT_COVERED
        return f'<span class="none" role="img" aria-label="{text}" title="{text}">{DASH}</span>'
    ends = band(row.low, row.high)
    text = f"{beside_label(row.stance)}{f', margin of doubt {ends}' if ends else ''}"
    word = f' <span class="small">{OLD_EVIDENCE}</span>' if row.old else ""
    return chip(row.level, row.label, text, row.old) + word


def swatch(level: float, old: bool = False) -> str:
    """Return a small square in a class's colour, paler if old; NaN: hatched, no position."""
    if level != level:
        return '<span class="swatch no-position"></span>'
    color = BOTH.faded_color(level) if old else BOTH.level_color(level)
    return f'<span class="swatch{" fading" if old else ""}" style="background:{color}"></span>'


def made_chip(tracker: Tracker, row: Standing, day: date, domain: str) -> str:
    """Return where an actor stands in a domain; a label leads to how it is made."""
    label = stance_chip(row)
    known = row.stance == row.stance
    return made_link(tracker, row.actor, day, domain, label) if known else label
