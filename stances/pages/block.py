"""The five kinds of blocks that a page is made of. What is markup in them has all from the data
escaped.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Literal, NamedTuple

from stances import words
from stances.answers.files import figures_name
from stances.charts import chart
from stances.dataset.codebook import OVERALL
from stances.dataset.descriptions import file_stem
from stances.links.parameters import PARAMETERS, SEPARATOR, parameter_on
from stances.links.view import View, query_of
from stances.markup.blocks import QUOTES_FOLDER, copy_link
from stances.markup.links import page_here
from stances.tables.table import Place, RowsTable, place_of


@dataclass(frozen=True, kw_only=True)
class _Placed:
    """The place of a block, and who draws it.

    `live`: the name of what the dashboard draws in its place, under the reader's hand; empty: it
    shows the block itself. `group`: the name of the columns in which it stands, and `column`: in
    which of them, from 1 on; empty and 0: across the page. `folded`: what is pressed to see it,
    which on paper stands only where space is left over; empty: it is seen at once; `unfolds`:
    whether it is seen at once nevertheless.
    """

    live: str = ""
    group: str = ""
    column: int = 0
    folded: str = ""
    unfolds: bool = False


@dataclass(frozen=True)
class HeadlineBlock(_Placed):
    """The finding of a page, and in lines under it what that is measured on. `sentence`: it is
    whole sentences, which are set smaller; `quote`: the finding as it is quoted, empty: with its
    day; and its strongest `source`, if any, and the name of what in it that `backs`; `copied`: what
    copies that, as markup, where it stands beside.
    """

    text: str
    lines: tuple[str, ...] = ()
    sentence: bool = False
    quote: str = ""
    source: Any = None
    backs: str = ""
    copied: str = ""


class Note(NamedTuple):
    """A small paragraph behind its label, maybe a link."""

    label: str
    text: str
    link: str = ""


@dataclass(frozen=True)
class TextBlock(_Placed):
    """A heading over paragraphs, in words, and small ones behind their labels, `notes`. What is
    richer, such as an explanation, an event or an act, is `html`, which stands alone. `kind`: of
    the heading; `css`: the class of the paragraphs; `lines`: that each may have on paper.
    """

    html: str = ""
    heading: str = ""
    text: tuple[str, ...] = ()
    kind: Literal["finding", "actor", "part"] = "finding"
    css: str = "small"
    notes: tuple[Note, ...] = ()
    lines: int = 4


class TableFile(NamedTuple):
    """Rows as a file that the dashboard makes. `what`: they are, in a word; `name`: without its
    ending; `noun`: what a row is; `rows`: all of them, where the block shows some; empty: its own;
    `of`: what it has of them, before their number, empty where it has them as they are.
    """

    what: str
    name: str
    noun: str
    rows: Sequence[Any] = ()
    of: str = ""

    def label(self, count: int) -> str:
        """Return what a reader takes along, by how many rows it has."""
        return f"{self.of}{words.plural(count, self.noun, start=not self.of)} as CSV"


@dataclass(frozen=True)
class TableBlock(_Placed):
    """Rows under the declaration of their table, and where they stand.

    `number`: which hundred of them is shown, from 1 on; 0: all; `text`: their order in words, empty
    where the heads say it; `order`: its parameter, and the one of the heads that is shown;
    `opened`: the code of what is open; `file`: the rows to take along, where they are in no other.
    """

    table: RowsTable
    rows: Sequence[Any]
    place: Place
    number: int = 0
    text: str = ""
    order: tuple[str, str] = ("", "")
    opened: str | None = None
    file: TableFile | None = None


@dataclass(frozen=True)
class ChartBlock(_Placed):
    """A chart, by whose name `live` is drawn by plotly. `kind`: classes of its place before
    scripts; `framed`: whether a frame of the view shows it too, and must be as high; `opens`: the
    setting that takes the code of a point that is pressed; `zooms`: whether a reader can look
    closer at a part of it.
    """

    chart: chart.Chart
    kind: str = ""
    framed: bool = True
    opens: str = ""
    zooms: bool = False


@dataclass(frozen=True)
class FilesBlock(_Placed):
    """The files that a reader takes along or turns to, as links and buttons in markup."""

    html: str


Block = HeadlineBlock | TextBlock | TableBlock | ChartBlock | FilesBlock
Blocks = Iterator[Block]


def in_order(view: View, block: TableBlock) -> TableBlock:
    """Return a table, and its file, in the order that a link names, if it is one of its own."""
    table, file = block.table, block.file
    order = table.order_of(view["sort"])
    if file and file.rows:
        file = file._replace(rows=table.in_order(file.rows, order))
    labels = parameter_on(view.page, "sort").labels
    text = words.within(labels(view.tracker)[order]) if labels and block.number else ""
    rows = table.in_order(block.rows, order)
    return replace(block, rows=rows, text=text, order=("sort", order), file=file)


def file_of(view: View, what: str, *parts: str, noun: str = "row") -> TableFile:
    """Return the file of a table that lies in no other. `parts`: of its name, after `what`."""
    tracker = view.tracker
    named = [file_stem(tracker.data), what, *parts, str(view.day)]
    name = figures_name(named, bool(tracker.own_settings), tracker.model.basis)
    return TableFile(what, name, noun)


# What says how a page is shown, and nothing of what it finds.
_UNQUOTED = ("live", "page", "play")


def quote_link(view: View) -> str:
    """Return what copies the finding of a page with its citation, as markup; nothing in a frame."""
    if view.embedded:
        return ""
    texts = {name: text for name, text in view.texts_of_page.items() if name not in _UNQUOTED}
    address = f"{QUOTES_FOLDER}{view.page or 'map'}.txt?{query_of(texts)}"
    return copy_link(address, spoken="Cite: this sentence")


# Of so many actors each two are offered to be compared.
_MOST_PAIRED = 3
_TRENDS = "trends"


def pairs_block(view: View, actors: Sequence[str]) -> TextBlock | None:
    """Return the ways from a few actors to their lines, and from each two of them to what made them
    part; None: from more than a few, of one alone, and in a frame.
    """
    pairs = list(combinations(actors, 2))
    if not pairs or len(actors) > _MOST_PAIRED or view.embedded:
        return None
    called, place = view.tracker.sentence_names, place_of(view, "compare")
    links = []
    if view.page != _TRENDS:
        every = words.sentence_start(words.listing([called[code] for code in actors]))
        chosen = {"actors": SEPARATOR.join(actors), "page": None, "event": None, "sort": None}
        links.append(place_of(view, _TRENDS).link(f"{every} over time", **chosen))
    links += [
        place.link(
            f"What made {called[one]} and {called[other]} part",
            compare="actors",
            first=one,
            second=other,
            page=None,
            sort=None,
        )
        for one, other in pairs
    ]
    return TextBlock(f'<p class="paths">{"".join(links)}</p>')


# The names of controls that a page has of its own, which a telephone has in the drawer of filters.
OWN_CONTROLS = frozenset({"choice", "controls"})
# A line of controls, by its height: a control such as a button; one under its label; choices of a
# few that take two lines; a control that stands beside the one before where there is room.
Line = Literal["control", "field", "chips", "beside"]


def space(live: str, *lines: Line) -> TextBlock:
    """Return the place of lines of controls, which is kept free until the dashboard draws them. How
    high each is says the style sheet, to the dashboard too.
    """
    drawer = " drawer" if live in OWN_CONTROLS else ""
    inside = "".join(f'<i class="{line}"></i>' for line in lines)
    return TextBlock(f'<div class="space{drawer}" aria-hidden="true">{inside}</div>', live=live)


def beside(opened: Block | None, rows: Blocks) -> Blocks:
    """Yield what is open, and beside it what was found; without it that alone, across the page."""
    if opened is None:
        yield from rows
        return
    # First, so that who reads from the top down comes to it before a hundred rows.
    yield from within("opened", 2, [opened])
    yield from within("opened", 1, rows)


def within(group: str, column: int, blocks: Iterable[Block]) -> Blocks:
    """Yield blocks in a column of a group."""
    for block in blocks:
        yield replace(block, group=group, column=column)


# How wide the columns of a group are, relative to one another; those of others are even.
WIDTHS: Mapping[str, Sequence[float]] = {
    "beside": (1.4, 1),
    "beside unchosen": (1.4, 1),
    "opened": (2, 1),
    "columns moves": (1.6, 1),
    "columns fields": (1.15, 1),
    "columns near": (1.15, 1),
    "columns uneven": (3, 2),
}


# What says which of the rows found are seen.
ROW_SETTINGS = ("page", "event", "act")


def elsewhere(view: View, here: int, everywhere: Callable[[], int]) -> Blocks:
    """Yield how many in all other fields fit the words that are looked for, as the way to them;
    nothing where there are none. `here`: how many do here; `everywhere`: in all fields.
    """
    if not view["q"] or view.domain == OVERALL or view.embedded:
        return
    if more := everywhere() - here:
        yield in_all_fields(view, here, more)


def in_all_fields(view: View, here: int, more: int) -> TextBlock:
    """Return the way to all fields. `here`: how many rows there are; `more`: in the others."""
    query = {name: text for name, text in view.texts_of_page.items() if name not in ROW_SETTINGS}
    query["domain"] = PARAMETERS["domain"].write(OVERALL)
    # Where nothing is found here, that is what a reader came for.
    text, css = (" more", "small") if here else ("", "nothing")
    link = page_here(view.page, query, f"{words.number(more, start=True)}{text} in other fields")
    return TextBlock(f'<p class="{css}">{link}</p>')


def texts(parts: Iterable[str]) -> Blocks:
    """Yield markup, each piece below the one before it."""
    yield from map(TextBlock, parts)
