"""A table as HTML: a hundred rows at a time, each with a link to what it is of, under heads that
sort by a link.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from stances import escapes
from stances.answers.events import rows_text
from stances.links.parameters import DAY
from stances.links.register import ACTOR, OF_RELEASE
from stances.links.view import path_with, query_of
from stances.markup import blocks
from stances.pages.block import TableBlock
from stances.tables.table import FOLDED, Place, RowsTable, TableColumn

# So many rows stand on a page, and in a frame of another page, whose height is set.
_MOST, _MOST_FRAMED = 100, 4


def table_html(block: TableBlock) -> str:
    """Return a table's rows on its page, which they are, links to others; all without pages."""
    table, rows, place = block.table, block.rows, block.place
    if not block.number:
        return _rows_html(block, rows)
    part = part_of(place, len(rows), block.number)
    visible = rows[part]
    text = rows_text(part, len(rows), block.text, table.noun) if block.text else ""
    # Beside what is open the column with the marks has no room.
    legend = table.legend(visible) if table.legend and block.opened is None else ""
    said = escapes.html(" ".join(filter(None, (text, legend))))
    listed = f'<p class="small">{said}</p>' if said else ""
    return f"{_rows_html(block, visible)}{listed}{pager_html(place, len(rows), part)}"


def _rows_html(block: TableBlock, rows: Sequence[Any]) -> str:
    """Return rows under their heads; beside what is open without the columns that have no room."""
    table, opened = block.table, block.opened
    # What the rows are in the order of stands on every card.
    columns = [
        replace(column, folded=False, aside=False) if column.orders.get(block.order[1]) else column
        for column in table.columns
        if opened is None or not column.aside
    ]
    to = replace(block.place, part=table.part or block.place.part)
    heads = "".join(_head(column, to, *block.order) for column in columns)
    body = "".join(_row(table, columns, row, block.place, opened) for row in rows)
    labels = "".join(
        f"--c{number}:'{escapes.html(_in_css(column.name))}: ';"
        for number, column in enumerate(columns, 1)
        if column.labelled
    )
    style = f' style="{labels}"' if labels else ""
    name = f' id="{table.part}"' if table.part else ""
    return (
        f'{_fold(block, columns)}<table class="{table.kind}"{name}{style}{_origin(block)}>'
        f"<caption>{escapes.html(table.caption)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _origin(block: TableBlock) -> str:
    """Return what all rows of a table are cited with, as an attribute (`render/copy.js`)."""
    place, table = block.place, block.table
    if not place.origin or not _is_of_cells(table):
        return ""
    return f' data-origin="{escapes.clipboard(f"({table.caption}; {place.origin}.)")}"'


def _fold(block: TableBlock, columns: Sequence[TableColumn]) -> str:
    """Return what unfolds a telephone's cards, and on a tablet the columns of a table, where some
    are folded; in frames nothing.
    """
    folds = not block.place.apart and any(map(_is_folded, columns))
    return f'<details class="fold"><summary>{_UNFOLD}</summary></details>' if folds else ""


def _is_folded(column: TableColumn) -> bool:
    return column.aside or column.folded


def _in_css(text: str) -> str:
    """Return a text within quotation marks of a style."""
    return "".join(f"\\{ord(sign):x} " if sign in "'\"\\\n;{}<>" else sign for sign in text)


def _head(column: TableColumn, place: Place, parameter: str, order: str) -> str:
    """Return the heading of a column, which links to the next of its orders."""
    content = escapes.html(column.name)
    names = list(column.orders)
    if names and parameter and not place.apart:
        following = names[(names.index(order) + 1) % len(names)] if order in names else names[0]
        query = {parameter: None, column.parameter or parameter: following, "page": None}
        content = place.link(column.name, **query)
    css = " ".join(filter(None, ("number" * column.is_number, "folds" * _is_folded(column))))
    kind = f' class="{css}"' if css else ""
    direction = column.orders.get(order)
    sorted_by = f' aria-sort="{direction}"' if direction else ""
    width = f' style="width:{column.width}"' if column.width else ""
    # Where it says nothing there is nothing to read out.
    tag, of = ("th", ' scope="col"') if column.name else ("td", "")
    return f"<{tag}{of}{kind}{sorted_by}{width}>{content}</{tag}>"


def _row(
    table: RowsTable, columns: Sequence[TableColumn], row: Any, place: Place, opened: str | None
) -> str:
    code = table.code(row)
    title = table.title or columns[0].name
    cited = _cited_html(table, row, code, place)
    cells = "".join(
        _cell(table, column, row, place, cited if column.name == title else "")
        for column in columns
    )
    attribute = ' class="shown"' if code == opened else ""
    return f"<tr{attribute}>{cells}</tr>"


def _cell(table: RowsTable, column: TableColumn, row: Any, place: Place, cited: str) -> str:
    """Return a cell. `cited`: what copies the row, in one of its cells."""
    if table.title and column.name == table.title:
        here = {table.parameter: table.code(row)}
        link = table.link(row) if table.link else place.link(column.wording(row), **here)
        if table.row_heads:
            return f'<th scope="row">{link}{cited}</th>'
        return f'<td class="title">{link}{cited}{column.below_html(row)}</td>'
    css = column.css or "number" * column.is_number
    kind = f' class="{css}"' if css else ""
    label = f' data-label="{escapes.html(column.name)}"' if column.css else ""
    folded = FOLDED * _is_folded(column)
    return f"<td{kind}{label}{folded}>{column.cell(row)}{cited}</td>"


# Where what a row is of lies as text, by the parameter that opens it.
_TEXTS = {"event": blocks.EVENTS_FOLDER, "act": blocks.ACTS_FOLDER}
_OF_ACTOR = (ACTOR, DAY, "domain", "settings", "basis", *OF_RELEASE)
# What opens the cards of a table on a telephone, all at once, and its columns on a tablet.
_UNFOLD = "All columns"


def _is_of_cells(table: RowsTable) -> bool:
    """Say whether rows are cited by their cells: of no event, act or actor, or saying more."""
    return table.of_cells or table.parameter not in (*_TEXTS, ACTOR)


def _cited_html(table: RowsTable, row: Any, code: str, place: Place) -> str:
    """Return what copies a row with its citation; nothing in a frame."""
    if place.apart:
        return ""
    if _is_of_cells(table):
        text = table.sentence(row)
        return (
            blocks.copy_button(text, place.address, blocks.CITE_ROW, "", blocks.CITE_CSS)
            if place.origin
            else ""
        )
    query = {**place.query, table.parameter: code}
    if table.parameter == ACTOR:
        texts = {name: query[name] for name in _OF_ACTOR if name in query}
        address = f"{blocks.QUOTES_FOLDER}{ACTOR}.txt?{query_of(texts)}"
    else:
        names = (DAY, *OF_RELEASE) if table.parameter == "act" else OF_RELEASE
        texts = {name: query[name] for name in names if name in query}
        address = path_with(f"{_TEXTS[table.parameter]}{code}.txt", texts)
    return blocks.row_cite(address)


def part_of(place: Place, count: int, number: int) -> slice:
    """Return the places of a page's rows, by its number; of the last if there are fewer."""
    most = _MOST_FRAMED if place.apart else _MOST
    last = max(1, -(-count // most))
    first = (min(number, last) - 1) * most
    return slice(first, min(first + most, count))


def pager_html(place: Place, count: int, part: slice) -> str:
    """Links to the rows before and after a part; empty: it is the whole, or in a frame."""
    if place.apart:
        return ""
    number = part.start // _MOST + 1
    links = []
    if part.start:
        before = str(number - 1) if number > 2 else None
        links.append(place.link(f"Previous {_MOST}", page=before))
    if part.stop < count:
        following = min(_MOST, count - part.stop)
        links.append(place.link(f"Next {following}", page=str(number + 1)))
    return f'<nav class="pager" aria-label="More rows">{"".join(links)}</nav>' if links else ""
