"""Acts and statements as rows, each with what it changed, as markup."""

from __future__ import annotations

from collections.abc import Sequence

from stances import escapes
from stances.answers.events import tier_words
from stances.answers.ledger import Deed, bare, effect_words, kind_words, quoted
from stances.answers.tracker import Tracker
from stances.dataset.schema import COPY
from stances.markup.links import event_link
from stances.markup.quote import copy_button
from stances.markup.sources import link_html
from stances.markup.swatch import swatch
from stances.model.stance import level_of


def ledger_html(tracker: Tracker, rows: Sequence[Deed], mode: str) -> str:
    """Deeds as a list, in their order."""
    items = "".join(_row(tracker, deed, mode) for deed in rows)
    return f'<ul class="ledger">{items}</ul>'


def _row(tracker: Tracker, deed: Deed, mode: str) -> str:
    """A deed as a row: its sentence, what it changed, what it was, who says so, and its quote."""
    codebook = tracker.codebook
    told = filter(None, [escapes.html(kind_words(codebook, deed)), _source(tracker, deed)])
    button = copy_button(quoted(tracker, deed), told=f"Copy with citation: {deed.title}")
    effect = escapes.html(effect_words(codebook, deed))
    return (
        f"<li><div>{_sentence(tracker, deed)}</div>"
        f"<div>{swatch(float(level_of(deed.after)), mode)}{effect}</div>"
        f'<div class="about">{" · ".join(told)} {button}</div></li>'
    )


def _sentence(tracker: Tracker, deed: Deed) -> str:
    """The sentence, in which the title leads to the event."""
    before, title, after = deed.sentence.partition(bare(deed.title))
    link = event_link(tracker.settings, deed.event_id, title)
    return f"{escapes.html(before)}{link}{escapes.html(after)}"


def _source(tracker: Tracker, deed: Deed) -> str:
    """The best source by its tier, and a word where even that is a copy of another's text."""
    best = tracker.best_source(deed.event_id)
    if best is None:
        return ""
    copied = f" ({tier_words(tracker.codebook, best.tier)})" if best.tier == COPY else ""
    return f"{link_html(best.url, best.publisher, best.title)}{escapes.html(copied)}"
