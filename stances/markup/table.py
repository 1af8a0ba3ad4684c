"""Small tables as markup, to be read rather than sorted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import pandas as pd

from stances import escapes


def table_html(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Collection[int] = (),
    marked: Collection[int] = (),
    kind: str = "",
    measures: str = "",
) -> str:
    """Return a table. `rows`: cells as markup, with every text from the data escaped; `numbers`:
    the columns of figures, counted from 0; `marked`: the rows to stand out; `caption`: what it
    shows; `kind`: further classes; `measures`: their properties, as a style.
    """
    heads = "".join(_head(text, place in numbers) for place, text in enumerate(head))
    body = "".join(
        f"<tr{_class('shown', place in marked)}>{_cells(row, numbers)}</tr>"
        for place, row in enumerate(rows)
    )
    kinds = f"figures {kind}".rstrip()
    style = f' style="{measures}"' if measures else ""
    return (
        f'<table class="{kinds}"{style}><caption>{escapes.html(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _head(text: str, is_number: bool) -> str:
    """Return the head of a column; where it says nothing a cell, as there is nothing to
    read out.
    """
    start, end = ('th scope="col"', "th") if text.strip() else ("td", "td")
    return f"<{start}{_class('number', is_number)}>{escapes.html(text)}</{end}>"


def _cells(contents: Sequence[str], numbers: Collection[int]) -> str:
    return "".join(
        f"<td{_class('number', place in numbers)}>{content}</td>"
        for place, content in enumerate(contents)
    )


def _class(name: str, applies: bool) -> str:
    return f' class="{name}"' if applies else ""


def rows_of(frame: pd.DataFrame) -> list[Any]:
    """Return the rows of a table, with its columns as attributes."""
    return list(frame.itertuples(index=False))
