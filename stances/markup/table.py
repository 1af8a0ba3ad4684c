"""Small tables as markup, to be read rather than sorted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from stances import escapes, words
from stances.answers.citing import dataset_words
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.links.register import DATA
from stances.links.view import path_with
from stances.markup.blocks import copy_button
from stances.markup.links import own_query, view_of

_TAG = re.compile(r"<[^>]*>")


class RowOrigin(NamedTuple):
    """Texts with which rows of a table are cited. `origin`: of which day and dataset they are;
    `address`: of the page that shows them.
    """

    origin: str
    address: str


def cited_in(
    tracker: Tracker, section: str, day: date | None = None, domain: str = OVERALL
) -> RowOrigin:
    """Return what the rows of a table in a section of the page of data are cited with. `day`: None
    where they are the same on every day.
    """
    of_day = view_of(tracker, day, domain) if day else {}
    address = path_with(DATA, {"section": section, **of_day, **own_query(tracker)})
    return RowOrigin(
        "; ".join([*([words.day(day)] if day else []), dataset_words(tracker)]), address
    )


def table_html(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Collection[int] = (),
    marked: Collection[int] = (),
    kind: str = "",
    measures: str = "",
    cited: RowOrigin | None = None,
) -> str:
    """Return a table. `rows`: cells as markup, with every text from the data escaped; `numbers`:
    the columns of figures, counted from 0; `marked`: the rows to stand out; `caption`: what it
    shows; `kind`: further classes; `measures`: their properties, as a style; `cited`: what each row
    can be copied with, None: it cannot.
    """
    heads = "".join(_head(text, place in numbers) for place, text in enumerate(head))
    body = "".join(
        f"<tr{_class('shown', place in marked)}>{_cells(cells, numbers)}</tr>"
        for place, cells in enumerate(_with_cite(head, row, cited) for row in rows)
    )
    origin = f' data-origin="{escapes.html(f"({caption}; {cited.origin}.)")}"' if cited else ""
    kinds = f"figures {kind}".rstrip()
    style = f' style="{measures}"' if measures else ""
    return (
        f'<table class="{kinds}"{style}{origin}><caption>{escapes.html(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _with_cite(head: Sequence[str], row: Sequence[str], cited: RowOrigin | None) -> Sequence[str]:
    """Return the cells of a row with what copies it, its cells behind the names of their columns,
    at the end of the first.
    """
    if cited is None:
        return row
    cells = (
        (name, escapes.as_written(_TAG.sub("", cell))) for name, cell in zip(head, row, strict=True)
    )
    text = "; ".join(f"{name}: {cell}" for name, cell in cells if name and cell)
    link = copy_button(text, cited.address, "Cite this row", "", "copy cite")
    return [f"{row[0]}{link}", *row[1:]]


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
