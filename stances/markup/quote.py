"""A button that copies a sentence together with what it rests on."""

from __future__ import annotations

from stances import escapes


def copy_button(text: str, wording: str = "Copy with citation", told: str = "") -> str:
    """Return a button, as markup, that copies a text (`seams/copy.js`). `told`: what it copies, for
    those who hear the page.
    """
    label = f' aria-label="{escapes.html(told)}"' if told else ""
    attributes = f'class="copy" data-copy="{escapes.html(text)}"{label}'
    return f'<button type="button" {attributes}>{escapes.html(wording)}</button>'
