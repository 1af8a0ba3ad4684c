"""Acts and statements as rows, each with what it changed, as markup."""

from collections.abc import Sequence

from stances import escapes, words
from stances.answers.events import tier_words
from stances.answers.happened import (
    MOST_DETOURS,
    Happened,
    detour_words,
    detours,
    others_back,
)
from stances.answers.ledger import Action, bare, effect_words, kind_words, quote_action
from stances.answers.tracker import Tracker
from stances.dataset.schema import COPY
from stances.markup.blocks import copy_button
from stances.markup.chip import event_chip
from stances.markup.links import event_link, event_place
from stances.markup.sources import link_html


def ledger_html(tracker: Tracker, rows: Sequence[Action]) -> str:
    """Actions as a list, in their order."""
    items = "".join(_row(tracker, action) for action in rows)
    return f'<ul class="ledger">{items}</ul>'


def further_html(tracker: Tracker, texts: Happened) -> str:
    """Return what stands below the headline of what happened: each thing undone on the way leads to
    its event. Empty where there is nothing to say.
    """
    text = [escapes.html(words.sentence_start(sentence)) for sentence in texts.further]
    text += [
        _link_title(tracker, words.sentence_start(detour_words(tracker, detour)), detour.action)
        for detour in texts.detours[:MOST_DETOURS]
    ]
    others = others_back(tracker, texts.detours)
    text += [escapes.html(words.sentence_start(others))] if others else []
    return "".join(f'<p class="further">{sentence}.</p>' for sentence in text)


def steps_html(tracker: Tracker, actions: Sequence[Action]) -> str:
    """Every step of one actor in order, the first one first, also those undone later, and where it
    went there and back the furthest point. `actions`: the newest first.
    """
    if not actions:
        return ""
    items = "".join(_step(tracker, action) for action in reversed(actions))
    beyond = [words.sentence_start(detour_words(tracker, detour)) for detour in detours(actions)]
    text = "".join(f'<p class="small">{escapes.html(detour)}.</p>' for detour in beyond)
    return f'<h3>Every step</h3>{text}<ol class="every-step">{items}</ol>'


def _step(tracker: Tracker, action: Action) -> str:
    chip = event_chip(tracker, action.event_id)
    where = escapes.html(tracker.codebook.domain_label(action.domain))
    title = event_link(tracker, action.event_id, action.title)
    return (
        f"<li><div>{words.short_day(action.when)} · {where} · {chip}</div><div>{title}</div></li>"
    )


def _row(tracker: Tracker, action: Action) -> str:
    """Return an action as a row: its sentence, what it changed and was, who says so, its quote."""
    codebook = tracker.codebook
    text = filter(None, [escapes.html(kind_words(codebook, action)), _source(tracker, action)])
    address, spoken = event_place(tracker, action.event_id), f"Cite: {action.title}"
    button = copy_button(quote_action(tracker, action), address, spoken)
    chip = event_chip(tracker, action.event_id)
    effect = escapes.html(effect_words(codebook, action))
    return (
        f"<li><div>{_link_title(tracker, action.sentence, action)}</div>"
        f"<div><div>{chip}</div>{effect}</div>"
        f'<div class="about">{" · ".join(text)} {button}</div></li>'
    )


def _link_title(tracker: Tracker, text: str, action: Action) -> str:
    """Return a text as markup, in which the title of an action leads to its event."""
    before, title, after = text.partition(bare(action.title))
    link = event_link(tracker, action.event_id, title)
    return f"{escapes.html(before)}{link}{escapes.html(after)}"


def _source(tracker: Tracker, action: Action) -> str:
    """Return the best source by its tier, and a word if even that is a copy of another."""
    best = tracker.best_source(action.event_id)
    if best is None:
        return ""
    copied = f" ({tier_words(tracker.codebook, best.tier)})" if best.tier == COPY else ""
    return f"{link_html(best.url, best.publisher, best.title)}{escapes.html(copied)}"
