"""One stance as a sum, as a picture: weights as widths, scores as colours, the result on the scale.

Places are in percent of the width and letters are not stretched, so that it can be read at any
width.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from stances import escapes, words
from stances.answers.summed import Summand, Summed
from stances.answers.tracker import Tracker
from stances.dataset.codebook import Scale
from stances.figures.theme import Theme, theme
from stances.markup.chip import swatch
from stances.model.explain import ROLE_ACT, ROLE_SPENT

# Heights: the weights, and the scale under them.
_BAR, _SCALE_AT, _SCALE, _HEIGHT = 30, 56, 20, 122
# Percent of the width from which on a score, or a weight, has room in or under its segment.
_ROOM = 9.0


def summed_html(tracker: Tracker, summed: Summed, day: date, mode: str) -> str:
    """Return the picture with what it shows, and its events as a list."""
    text = escapes.html(f"{_whose(tracker, summed)}, {words.day(day)}")
    alt = escapes.html(in_words(tracker, summed))
    look, scale = theme(mode), tracker.codebook.scale
    drawn = "".join([*_weights(summed, look), *_scale(scale, look), *_result(tracker, summed)])
    listed = "".join(_listed(tracker, each, mode) for each in summed.summands)
    return (
        f'<figure class="sum"><figcaption><b>One stance as a sum.</b> {text}: each event as wide '
        "as it weighs, in the colour of its score; below, their mean on the scale.</figcaption>"
        f'<svg role="img" aria-label="{alt}" height="{_HEIGHT}">{drawn}</svg>'
        f"<ul>{listed}</ul><p>{escapes.html(_division(summed))}</p></figure>"
    )


def in_words(tracker: Tracker, summed: Summed) -> str:
    """Return what the picture shows, for whoever does not see it."""
    parts = [f"{each.weight:.2f} at {words.figure(each.counted, 0)}" for each in summed.summands]
    labelled = words.labelled(tracker.codebook, summed.stance)
    return (
        f"{_whose(tracker, summed)}: the weights are {words.listed(parts)}; their mean is "
        f"{labelled}, coding band {words.band(summed.low, summed.high)}."
    )


def _division(summed: Summed) -> str:
    """Return the stance as the division that gives it, and what the line under the scale is."""
    terms = [
        f"{each.weight:.2f} {words.TIMES} {words.figure(each.counted, 0)}"
        for each in summed.summands
    ]
    evidence = sum(each.weight for each in summed.summands)
    division = f"({' + '.join(terms)}) / {evidence:.2f} = {words.figure(summed.stance, 2)}"
    band = words.band(summed.low, summed.high)
    return f"{division}. The line below the scale is the coding band, {band}." if band else division


def _whose(tracker: Tracker, summed: Summed) -> str:
    where = words.about_domain(tracker.codebook, summed.domain)
    return f"{tracker.names[summed.actor]} {where}"


def _weights(summed: Summed, look: Theme) -> Iterator[str]:
    """Yield a segment for each event, with its score in it and its weight under it."""
    left = 0.0
    for each in summed.summands:
        wide, middle = 100 * each.share, left + 50 * each.share
        yield (
            f'<rect x="{left:.3f}%" width="{wide:.3f}%" height="{_BAR}" '
            f'fill="{look.level_color(each.counted)}" stroke="{look.background}"/>'
        )
        if wide >= _ROOM:
            yield _text(middle, 20, words.figure(each.counted, 0), look.on_level(each.counted))
            yield _text(middle, _BAR + 14, f"{each.weight:.2f}", css="muted")
        left += wide


def _scale(scale: Scale, look: Theme) -> Iterator[str]:
    """Yield the scale as cells, each with its score."""
    wide = 100 / len(scale.levels)
    for place, level in enumerate(scale.levels):
        yield (
            f'<rect x="{place * wide:.3f}%" y="{_SCALE_AT}" width="{wide:.3f}%" height="{_SCALE}" '
            f'fill="{look.level_color(level)}" stroke="{look.background}"/>'
        )
        middle = (place + 0.5) * wide
        yield _text(middle, _SCALE_AT + 14, words.figure(level, 0), look.on_level(level))


def _result(tracker: Tracker, summed: Summed) -> Iterator[str]:
    """Yield the coding band as a line under the scale, and the stance as a mark with its label."""
    scale = tracker.codebook.scale
    low, stance, high = (_place(scale, each) for each in (summed.low, summed.stance, summed.high))
    under = _SCALE_AT + _SCALE
    yield (
        f'<line x1="{low:.3f}%" x2="{high:.3f}%" y1="{under + 5}" y2="{under + 5}" '
        'stroke="currentColor" stroke-width="3"/>'
    )
    yield _text(stance, under + 20, "\N{BLACK UP-POINTING TRIANGLE}")
    # A long label stays within the picture.
    anchor = "start" if stance < 25 else "end" if stance > 75 else "middle"
    at = {"start": max(0.0, stance - 3), "end": min(100.0, stance + 3)}.get(anchor, stance)
    yield _text(at, under + 38, words.labelled(tracker.codebook, summed.stance), "", "mean", anchor)


def _place(scale: Scale, score: float) -> float:
    """Return where a score lies on the scale, in percent of the width."""
    return 100 * (score - scale.min + 0.5) / len(scale.levels)


def _text(
    x: float, y: float, text: str, fill: str = "", css: str = "", anchor: str = "middle"
) -> str:
    color = f' fill="{fill}"' if fill else ""
    named = f' class="{css}"' if css else ""
    return (
        f'<text x="{x:.3f}%" y="{y:g}" text-anchor="{anchor}"{color}{named}>'
        f"{escapes.html(text)}</text>"
    )


def _listed(tracker: Tracker, each: Summand, mode: str) -> str:
    """Return an event in a line: what it is, what it weighs, and as what it counts."""
    what = {ROLE_ACT: "Act in force", ROLE_SPENT: "Spent act"}.get(each.role, "Words")
    scored = ""
    if each.counted != each.score:
        scored = f", scored {words.figure(each.score, 0)}"
    day = words.day(tracker.dated[each.event_id])
    title = tracker.titles[each.event_id]
    labelled = f"{words.figure(each.counted, 0)} {tracker.codebook.scale.labels[int(each.counted)]}"
    return (
        f"<li>{swatch(each.counted, mode)}<span><b>{escapes.html(labelled)}</b>{scored}, weight "
        f"{each.weight:.2f}. {what}, {escapes.html(day)}: {escapes.html(title)}</span></li>"
    )
