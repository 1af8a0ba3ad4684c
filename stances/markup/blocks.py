"""Headings, findings, paragraphs and buttons of the sections of a page, as markup."""

from __future__ import annotations

from stances import escapes


def heading_html(text: str) -> str:
    """Return the heading of a part of a section."""
    return f'<h3 class="part">{escapes.html(text)}</h3>'


def finding_html(found: str, shown: str) -> str:
    """Return what a section finds, and under it what it shows."""
    heading = f'<h2 class="finding">{escapes.html(found)}</h2>'
    return f'{heading}<p class="subtitle">{escapes.html(shown)}</p>'


def paragraph_html(text: str, css: str = "") -> str:
    """Return a plain text, escaped."""
    return f'<p class="{css}">{escapes.html(text)}</p>'


def not_among_html(noun: str) -> str:
    """Return that what is open is in no row. `noun`: what it is."""
    return f'<p class="small">Not among the {noun}s found.</p>'


def nothing_html(why: str) -> str:
    """Say why nothing was found, also aloud."""
    return f'<p class="nothing" role="status">{escapes.html(why)}</p>'


def copy_button(text: str, wording: str = "Copy with citation", spoken: str = "") -> str:
    """Return a button, as markup, that copies a text (`seams/copy.js`). `spoken`: what it copies,
    for those who hear the page.
    """
    label = f' aria-label="{escapes.html(spoken)}"' if spoken else ""
    attributes = f'class="copy" data-copy="{escapes.html(text)}"{label}'
    return f'<button type="button" {attributes}>{escapes.html(wording)}</button>'
