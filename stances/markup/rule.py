"""The lines on an act wherever one is listed: its name, its use and what is in doubt."""

from __future__ import annotations

from stances import escapes
from stances.answers.acts import Use, doubt_words
from stances.answers.practice import use_words


def legal_html(name: str) -> str:
    """Return what an act is called, as a line under what it does; nothing where it has no name."""
    return f'<div class="small legal">{escapes.html(name)}</div>' if name else ""


def use_html(use: Use, known: str = "") -> str:
    """Say whether an act has been used and since when, and under it what was done. `known`: the day
    by which it was, where that is later than the one shown (`known_later`).
    """
    text = escapes.html(f"By {known}: {use.what}" if known else use.what)
    what = f'<div class="small">{text}</div>' if use.what else ""
    return f"{escapes.html(use_words(use))}{what}"


def doubt_html(doubt: str, known: str = "") -> str:
    """Say why the status of an act is not certain, as a line under it; nothing where it is."""
    text = escapes.html(doubt_words(doubt, known))
    return f'<div class="small doubt">{text}</div>' if doubt else ""
