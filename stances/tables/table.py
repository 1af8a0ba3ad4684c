"""A table by its columns, where it stands, and its rows as a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stances import escapes, words
from stances.answers.citing import dataset_words
from stances.answers.events import fold
from stances.answers.files import csv_of
from stances.answers.rows import Row, missing_last
from stances.links.register import DATA
from stances.links.view import View
from stances.markup.links import page_here, page_link
from stances.tables.paper import Cell, PaperColumn

# What a telephone folds away: the search of a browser finds it all the same, and opens it.
FOLDED = ' hidden="until-found"'
# The class of a small table whose rows are cards on a telephone, as those of long ones are.
RECORDS = "figures records"
_NUMBERS, _DAYS = ("whole", "number"), ("day", "partial")

Text = Callable[[Any], str]


@dataclass(frozen=True)
class TableColumn:
    """A column of a table.

    `name`: its heading; `text`: the cell of a row; `kind`: as of the columns of files; `width`: at
    a desk, empty: a share of what is left; `html`: the cell as markup, where that is more than its
    text, and of no column of titles; `below`: what stands under it, as markup; `orders`: of rows,
    each by its name in the address with its direction, which the heading links to, empty of one
    that is of no column; `parameter`: of these orders, if another than that of the table; `key`: by
    what its orders put the rows, those last of which it is None, without it their text; `labelled`:
    whether a card on a telephone names it; `aside`: whether it is left out beside what is open;
    `folded`: whether a card on a telephone has it folded away, as it has what is left out, and what
    stands below; `css`: the class of its cells in HTML, where each of them names it; `paper`: what
    it is in print, None: left out.
    """

    name: str
    text: Text
    kind: str = "text"
    width: str = ""
    html: Text | None = None
    below: Text | None = None
    orders: Mapping[str, str] = field(default_factory=dict)
    parameter: str = ""
    key: Callable[[Any], Any] | None = None
    labelled: bool = False
    aside: bool = False
    folded: bool = False
    css: str = ""
    paper: PaperColumn | None = None

    def cell(self, row: Any) -> str:
        """Return the content of a cell, as markup; of a figure that is missing a dash."""
        if self.html:
            return f"{self.html(row)}{self.below_html(row)}"
        text = self.wording(row)
        content = escapes.html(text) if text or not self.is_number else words.DASH
        return f"{content}{self.below_html(row)}"

    def below_html(self, row: Any) -> str:
        """Return what stands under the text of a cell; empty where nothing does."""
        below = self.below(row) if self.below else ""
        return f"<div{FOLDED}>{below}</div>" if below else ""

    def wording(self, row: Any) -> str:
        """Return the text of a cell as people read it: a day, in files by ISO, in words."""
        text = self.text(row)
        return words.short_day(words.partial_date(text)) if text and self.kind in _DAYS else text

    @property
    def is_number(self) -> bool:
        """Say whether the cells of the column are figures."""
        return self.kind in _NUMBERS

    def in_order(self, rows: Sequence[Row], order: str) -> list[Row]:
        """Return rows in one of its orders; equals stay in theirs."""
        key = self.key or self._letters
        return missing_last(rows, key, falling=self.orders[order] == "descending")

    def _letters(self, row: Any) -> str | None:
        return fold(self.text(row)) or None


def paper_column(
    name: str,
    cell: Callable[[Any], Cell],
    width: float = 0,
    lines: int = 1,
    kind: str = "text",
) -> TableColumn:
    """Return a column of a table that stands on paper alone."""
    paper = PaperColumn(width, lines, cell)
    return TableColumn(name, lambda row: cell(row).text, kind=kind, paper=paper)


@dataclass(frozen=True)
class RowsTable:
    """A table. `caption`: what it shows; `code`: of a row, which `parameter` has where the row is
    open; `title`: the name of the column that links to that, empty where none does; `link`: of a
    row, as markup, where it leads to another view; `noun`: what a row is; `legend`: what is said of
    the rows that stand on a page, where nothing is open; `kind`: its classes in HTML;
    `row_heads`: whether the title of a row is its head there; `of_cells`: whether a row is cited by
    its cells, though what its title leads to can be cited too; `first`: the order in which its rows
    come; `part`: its id, which its heads lead to where no script follows them.
    """

    caption: str
    columns: tuple[TableColumn, ...]
    title: str = ""
    parameter: str = ""
    code: Text = str
    link: Text | None = None
    noun: str = "row"
    legend: Callable[[Sequence[Any]], str] | None = None
    kind: str = "figures rows"
    row_heads: bool = False
    of_cells: bool = False
    first: str = ""
    part: str = ""

    def order_of(self, chosen: str) -> str:
        """Return a chosen order where it is one of this table, else that in which its rows come."""
        return chosen if self._column_of(chosen) else self.first

    def in_order(self, rows: Sequence[Row], order: str) -> list[Row]:
        """Return rows, which come in the first of its orders, in another."""
        column = self._column_of(order)
        return column.in_order(rows, order) if column and order != self.first else list(rows)

    def _column_of(self, order: str) -> TableColumn | None:
        return next((column for column in self.columns if column.orders.get(order)), None)

    def sentence(self, row: Any) -> str:
        """Return a row in words: cells behind their columns' names, without those of nothing."""
        cells = [(column.name, column.wording(row)) for column in self.columns]
        return "; ".join(f"{name}: {text}" for name, text in cells if text)


@dataclass(frozen=True)
class Place:
    """The place of a table: the page and the parameters of its view; `apart`: whether its links
    open a window of their own, as from a frame; `part`: the id of the part of the page that they
    lead to where no script follows them; `origin`: what it shows and of which dataset, as a row is
    cited, empty where none is; `address`: of the view, however its reader has it drawn.
    """

    page: str
    query: Mapping[str, str]
    apart: bool = False
    part: str = ""
    origin: str = ""
    address: str = ""

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
    place = view.page if page is None else page
    origin = "" if view.embedded else _origin(view)
    address = view.shared.address(place)
    return Place(place, view.texts_on(place), view.embedded, part, origin, address)


def dateless_place(view: View) -> Place:
    """Return where a view's tables stand with the same rows every day, cited as such."""
    return replace(place_of(view), origin=dataset_words(view.tracker))


def _origin(view: View) -> str:
    # The page of data is over all fields.
    field = "" if view.page == DATA else f", {view.tracker.codebook.domain_label(view.domain)}"
    return f"{words.day(view.day)}{field}; {dataset_words(view.tracker)}"


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
