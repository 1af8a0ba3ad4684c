"""The lines on an act wherever one is listed: its name, its use and what is in doubt."""

from __future__ import annotations

from stances import escapes
from stances.answers.acts import Use, doubt_words
from stances.answers.practice import use_words


def legal_html(name: str) -> str:
    """Return what an act is called, as a line under what it does; nothing where it has no name."""
    return f'<div class="small legal">{escapes.html(name)}</div>' if name else ""


def use_html(use: Use) -> str:
    """Say whether an act has been used and since when, and under it what was done."""
    what = f'<div class="small">{escapes.html(use.what)}</div>' if use.what else ""
    return f"{escapes.html(use_words(use))}{what}"


def doubt_html(doubt: str) -> str:
    """Say why the status of an act is not certain, as a line under it; nothing where it is."""
    return f'<div class="small doubt">{escapes.html(doubt_words(doubt))}</div>' if doubt else ""
