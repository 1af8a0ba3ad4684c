"""The room that controls of a page will take, so that what is below them stays where it is."""

from __future__ import annotations


def room(wide: int, narrow: int) -> str:
    """So many px, in a window for a desk and in one for a hand, where there will be controls."""
    return f'<div class="own" aria-hidden="true" style="--wide:{wide}px;--narrow:{narrow}px"></div>'
