"""A button that copies a sentence together with what it rests on."""

from __future__ import annotations

from stances import escapes


def copy_button(text: str, wording: str = "Copy with citation", spoken: str = "") -> str:
    """Return a button, as markup, that copies a text (`seams/copy.js`). `spoken`: what it copies,
    for those who hear the page.
    """
    label = f' aria-label="{escapes.html(spoken)}"' if spoken else ""
    attributes = f'class="copy" data-copy="{escapes.html(text)}"{label}'
    return f'<button type="button" {attributes}>{escapes.html(wording)}</button>'
