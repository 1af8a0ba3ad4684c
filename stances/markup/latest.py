"""What actors did last as markup, each with its day, its actor and its level."""

from __future__ import annotations

from datetime import date
from typing import Any

from stances import escapes, words
from stances.answers.deeds import latest_deeds
from stances.answers.tracker import Tracker
from stances.markup.links import event_link
from stances.markup.swatch import swatch

# Deeds that stand beside the map while no actor is chosen.
_LATEST = 7


def latest_html(tracker: Tracker, day: date, domain: str, mode: str) -> str:
    """The last acts and statements, each with its day, its actor and its level."""
    deeds = latest_deeds(tracker, day, domain, _LATEST)
    if not deeds:
        return f'<p class="small">Nothing is recorded up to {words.day(day)}.</p>'
    items = "".join(_deed(tracker, deed, mode) for deed in deeds)
    return f'<ul class="latest">{items}</ul>'


def _deed(tracker: Tracker, deed: Any, mode: str) -> str:
    codebook = tracker.codebook
    label = codebook.scale.labels[int(deed.score)]
    kind = codebook.instruments[tracker.event_instruments[deed.event_id]].label
    told = escapes.html(f"{label} · {kind}, {codebook.domain_label(deed.domain)}")
    return (
        f"<li><div>{words.short_day(tracker.dated[deed.event_id])} · "
        f"<b>{_short(tracker, deed.actor)}</b> · "
        f"{swatch(float(deed.score), mode)}{told}</div>"
        f"{event_link(tracker.settings, deed.event_id, deed.title)}</li>"
    )


def _short(tracker: Tracker, actor: str) -> str:
    return escapes.html(tracker.short_names[actor])
