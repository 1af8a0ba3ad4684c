"""A table by its columns, and the markup that they make of rows: a hundred at a time, each with a
link to what it is of, under heads that sort by a link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stances import escapes, words
from stances.answers.events import rows_text
from stances.answers.files import csv_of
from stances.links.view import View
from stances.markup.links import page_here, page_link

# So many rows stand on a page, and in a frame of another page, whose height is set.
MOST, MOST_FRAMED = 100, 4
_NUMBERS = ("whole", "number")

Text = Callable[[Any], str]


@dataclass(frozen=True)
class TableColumn:
    """A column of a table.

    `name`: its heading; `text`: the cell of a row; `kind`: as of the columns of files; `width`: at
    a desk, empty: a share of what is left; `html`: the cell as markup, where that is more than its
    text, and in the column of titles what stands below; `orders`: of rows, each by its name in the
    address with its direction, which the heading links to; `labelled`: whether a card on a
    telephone names it; `aside`: whether it is left out beside what is open.
    """

    name: str
    text: Text
    kind: str = "text"
    width: str = ""
    html: Text | None = None
    orders: Mapping[str, str] = field(default_factory=dict)
    labelled: bool = False
    aside: bool = False

    def cell(self, row: Any) -> str:
        """Return the content of a cell, as markup; of a figure that is missing a dash."""
        if self.html:
            return self.html(row)
        text = self.text(row)
        return escapes.html(text) if text or not self.is_number else words.DASH

    @property
    def is_number(self) -> bool:
        """Whether its cells are figures."""
        return self.kind in _NUMBERS


@dataclass(frozen=True)
class RowsTable:
    """A table. `caption`: what it shows; `code`: of a row, which `parameter` has where the row is
    open; `title`: the name of the column that links to that; `link`: of a row, as markup, where it
    leads to another view.
    """

    caption: str
    columns: tuple[TableColumn, ...]
    title: str
    parameter: str
    code: Text
    link: Text | None = None


@dataclass(frozen=True)
class Place:
    """Where a table stands: the page and the parameters of its view; `apart`: whether its links
    open a window of their own, as from a frame; `part`: the id of the part of the page that they
    lead to where no script follows them.
    """

    page: str
    query: Mapping[str, str]
    apart: bool = False
    part: str = ""

    @property
    def most(self) -> int:
        """How many rows stand there."""
        return MOST_FRAMED if self.apart else MOST

    def link(self, wording: str, **more: str | None) -> str:
        """Return a link to the same view, apart from `more`; None: without that parameter."""
        query = {name: text for name, text in {**self.query, **more}.items() if text is not None}
        if self.apart:
            return page_link(None, self.page or "./", query, wording)
        return page_here(self.page, query, wording, part=self.part)


def place_of(view: View, page: str | None = None, part: str = "") -> Place:
    """Return where the tables of a view stand, or, for their links, the same view on a page.
    `part`: of the page, by its id.
    """
    shown = view.page if page is None else page
    return Place(shown, view.texts_on(shown), view.embedded, part)


def rows_html(
    table: RowsTable,
    rows: Sequence[Any],
    place: Place,
    order: tuple[str, str] = ("", ""),
    opened: str | None = None,
    beside: bool = False,
) -> str:
    """Rows of a table as markup. `order`: its parameter and the one that is shown; `opened`: the
    code of what is open; `beside`: whether the table stands beside that.
    """
    columns = [column for column in table.columns if not (beside and column.aside)]
    heads = "".join(_head(column, place, *order) for column in columns)
    body = "".join(_row(table, columns, row, place, opened) for row in rows)
    labels = "".join(
        f"--c{number}:'{escapes.html(_in_css(column.name))}: ';"
        for number, column in enumerate(columns, 1)
        if column.labelled
    )
    style = f' style="{labels}"' if labels else ""
    return (
        f'<table class="figures rows"{style}><caption>{escapes.html(table.caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def part_html(
    table: RowsTable,
    rows: Sequence[Any],
    place: Place,
    number: int,
    order: str,
    opened: str | None = None,
) -> str:
    """Return a hundred of the rows of a table in their one order, which they are, and links to the
    others. `number`: of the page of the table; `order`: in words.
    """
    part = part_of(place, len(rows), number)
    text = escapes.html(rows_text(part, len(rows), order, "row"))
    shown = rows_html(table, rows[part], place, opened=opened)
    return f'{shown}<p class="small">{text}</p>{pager_html(place, len(rows), part)}'


def rows_csv(table: RowsTable, rows: Sequence[Any]) -> bytes:
    """All rows of a table as a file."""
    return csv_of(
        {column.name: [_plain(column, row) for row in rows] for column in table.columns},
        [column.name for column in table.columns if column.is_number],
    )


def _plain(column: TableColumn, row: Any) -> str:
    """Return a cell of a file: of a figure without the signs that are for readers."""
    text = column.text(row)
    return text.replace(words.MINUS, "-").lstrip("+") if column.is_number else text


def _in_css(text: str) -> str:
    """Return a text within quotation marks of a style."""
    return "".join(f"\\{ord(sign):x} " if sign in "'\"\\\n;{}<>" else sign for sign in text)


def _head(column: TableColumn, place: Place, parameter: str, order: str) -> str:
    """Return the heading of a column, which links to the next of its orders."""
    content = escapes.html(column.name)
    names = list(column.orders)
    if names and parameter and not place.apart:
        following = names[(names.index(order) + 1) % len(names)] if order in names else names[0]
        content = place.link(column.name, **{parameter: following, "page": None})
    kind = ' class="number"' if column.is_number else ""
    sorted_by = f' aria-sort="{column.orders[order]}"' if order in names else ""
    width = f' style="width:{column.width}"' if column.width else ""
    return f'<th scope="col"{kind}{sorted_by}{width}>{content}</th>'


def _row(
    table: RowsTable, columns: Sequence[TableColumn], row: Any, place: Place, opened: str | None
) -> str:
    code = table.code(row)
    cells = "".join(_cell(table, column, row, code, place) for column in columns)
    shown = ' class="shown"' if code == opened else ""
    return f"<tr{shown}>{cells}</tr>"


def _cell(table: RowsTable, column: TableColumn, row: Any, code: str, place: Place) -> str:
    if column.name == table.title:
        here = {table.parameter: code}
        link = table.link(row) if table.link else place.link(column.text(row), **here)
        below = column.html(row) if column.html else ""
        return f'<td class="title">{link}{below}</td>'
    kind = ' class="number"' if column.is_number else ""
    return f"<td{kind}>{column.cell(row)}</td>"


def part_of(place: Place, count: int, number: int) -> slice:
    """Return the places of the rows of a page, by its number; of the last one where there are
    fewer.
    """
    most = place.most
    last = max(1, -(-count // most))
    first = (min(number, last) - 1) * most
    return slice(first, min(first + most, count))


def pager_html(place: Place, count: int, part: slice) -> str:
    """Links to the rows before and after a part of so many; empty where it is the whole, and in a
    frame, which has a link to the full view.
    """
    if place.apart:
        return ""
    number = part.start // MOST + 1
    links = []
    if part.start:
        before = str(number - 1) if number > 2 else None
        links.append(place.link(f"Previous {MOST}", page=before))
    if part.stop < count:
        following = min(MOST, count - part.stop)
        links.append(place.link(f"Next {following}", page=str(number + 1)))
    return f'<nav class="pager" aria-label="More rows">{"".join(links)}</nav>' if links else ""
