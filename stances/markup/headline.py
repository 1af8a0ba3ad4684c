"""What a page finds and shows, as markup."""

from __future__ import annotations

from stances import escapes


def headline_html(found: str, *shown: str, sentence: bool = False) -> str:
    """Return what a page finds, and in lines under it what it shows, as markup. `sentence`: it is
    one or two whole sentences, which are set smaller.
    """
    lines = "".join(f'<p class="subtitle">{escapes.html(line)}</p>' for line in shown)
    kind = ' data-sentence="1"' if sentence else ""
    return f'<h1 class="headline"{kind}>{escapes.html(found)}</h1>{lines}'


def list_headline_html(found: str, counted: str, *further: str) -> str:
    """Return what a page of a list finds, how much of it is shown, which is said aloud where it
    changes, and further lines.
    """
    lines = "".join(f'<p class="subtitle">{escapes.html(line)}</p>' for line in further)
    said = f'<p class="subtitle" role="status">{escapes.html(counted)}</p>'
    return f"{headline_html(found)}{said}{lines}"
