"""The tables of what a release changed: stances that are others by it, and rows of the tables."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stances import escapes, words
from stances.answers.events import fold
from stances.answers.release_diff import CORRECTED, FigureChange, RowChange
from stances.answers.release_words import FIGURES, MOST, field_text, reading_text
from stances.answers.rows import Row, missing_last
from stances.answers.tracker import Tracker
from stances.dataset.schema import LIST_SEPARATOR
from stances.links.register import ACTOR
from stances.markup.chip import swatch
from stances.markup.links import event_link, page_link
from stances.model.stance import level_of
from stances.tables.table import Place, RowsTable, TableColumn

# Longer texts of a field are cut, and so are long lists of events: the whole stands in the file.
_LONGEST, _EVENTS = 80, 3
# So much that two texts begin alike with stands before where they part.
_ALIKE = 20
_EMPTY = "(empty)"
# The tables whose rows begin with the id of an event, and with that of an act.
_OF_EVENTS, _OF_ACTS = ("events", "codings"), ("acts", "deadlines")


def figures_table(
    tracker: Tracker, titles: Mapping[str, str], caption: str, to: Place
) -> RowsTable:
    """Return the stances that a release moved. `titles`: of events that either release has; `to`:
    where the pages of actors are.
    """

    def who(row: FigureChange) -> str:
        return tracker.names.get(row.actor, row.actor)

    def who_link(row: FigureChange) -> str:
        if row.actor not in tracker.names:
            return escapes.html(who(row))
        return to.link(who(row), actor=row.actor, domain=row.domain)

    def field(row: FigureChange) -> str:
        return field_text(tracker.data, row.domain)

    by_name, by_field = (_by(FIGURES, order) for order in ("name", "field"))
    return RowsTable(
        caption=caption,
        columns=(
            TableColumn(words.WHO, who, width="10rem", orders=by_name),
            TableColumn(words.FIELD, field, width="9rem", orders=by_field, labelled=True),
            _reading("Before", "before", _by(FIGURES, "before")),
            _reading("Now", "after", _by(FIGURES, "now")),
            _causes(tracker, titles),
        ),
        title=words.WHO,
        code=lambda row: row.actor,
        link=who_link,
    )


def _by(table: str, order: str) -> dict[str, str]:
    """Return the orders of a head: its own, and that in which the rows come, of no column."""
    return {f"{table}-{order}": "ascending", f"{table}-{MOST}": ""}


def figures_in_order(
    tracker: Tracker, rows: Sequence[FigureChange], order: str
) -> list[FigureChange]:
    """Return stances in one of RELEASE_ORDERS, the most restrictive first where it is of these."""
    keys: dict[str, Callable[[FigureChange], Any]] = {
        "name": lambda row: fold(tracker.names.get(row.actor, row.actor)),
        "field": lambda row: fold(field_text(tracker.data, row.domain)),
        "before": lambda row: row.before.stance,
        "now": lambda row: row.after.stance,
    }
    return _in_order(rows, FIGURES, keys, order)


def rows_in_order(rows: Sequence[RowChange], change: str, order: str) -> list[RowChange]:
    """Return rows that a change came to in one of RELEASE_ORDERS."""
    keys: dict[str, Callable[[RowChange], Any]] = {
        "row": lambda row: fold(" ".join(row.key)),
        "table": lambda row: row.table,
    }
    return _in_order(rows, change, keys, order)


def _in_order(
    rows: Sequence[Row], table: str, keys: Mapping[str, Callable[[Row], Any]], order: str
) -> list[Row]:
    """Return rows as they come where the order is that of another table, or of no column."""
    of, _, name = order.partition("-")
    return missing_last(rows, keys[name]) if of == table and name in keys else list(rows)


def _reading(name: str, of: str, orders: Mapping[str, str]) -> TableColumn:
    """Return the column of a stance, with its label and band, behind the colour of its class."""

    def text(row: FigureChange) -> str:
        return reading_text(getattr(row, of))

    def with_swatch(row: FigureChange) -> str:
        stance = getattr(row, of).stance
        mark = "" if stance is None else swatch(float(level_of(stance)))
        return f"{mark}{escapes.html(text(row))}"

    return TableColumn(name, text, width="15.5rem", html=with_swatch, orders=orders, labelled=True)


def _causes(tracker: Tracker, titles: Mapping[str, str]) -> TableColumn:
    """Return the column of what moved a stance: the data with its events, the method, or both."""

    def cause(row: FigureChange) -> str:
        return _cause(row, [titles.get(event, event) for event in row.events[:_EVENTS]])

    def cause_links(row: FigureChange) -> str:
        return _cause(row, [_event(tracker, titles, event) for event in row.events[:_EVENTS]])

    return TableColumn("By what", cause, html=cause_links, labelled=True)


def _cause(row: FigureChange, events: list[str]) -> str:
    more = len(row.events) - len(events)
    named = [*events, f"{words.number(more)} more"] if more else events
    data = f"data: {'; '.join(named)}" if named else "data"
    return "; ".join([data] * row.by_data + ["method"] * row.by_method)


def _event(tracker: Tracker, titles: Mapping[str, str], event: str) -> str:
    """Return the title of an event, which is a link where the event is still there."""
    title = titles.get(event, event)
    if event in tracker.titles:
        return event_link(tracker, event, title)
    return f"{escapes.html(title)} (withdrawn)"


def rows_table(tracker: Tracker, change: str, caption: str) -> RowsTable:
    """Return rows that came in, were corrected or went, by which of these `change` is."""

    def name(row: RowChange) -> str:
        return " ".join(row.key)

    def row_link(row: RowChange) -> str:
        return _row_link(tracker, row, name(row))

    def table(row: RowChange) -> str:
        return row.table.replace("_", " ")

    def reason(row: RowChange) -> str:
        by = f" ({', '.join(row.by)})" if row.by else ""
        return f"{words.on_one_line(row.why)}{by}" if row.why else ""

    about = (
        TableColumn("Row", name, html=row_link, width="17rem", orders=_by(change, "row")),
        TableColumn("Table", table, width="6rem", orders=_by(change, "table"), labelled=True),
    )
    corrected = (
        TableColumn("What changed", fields_text, html=_fields_html, labelled=True),
        TableColumn("Why", reason, width="16rem", labelled=True),
    )
    title = TableColumn("What it is", lambda row: row.title, labelled=True)
    return RowsTable(
        caption=caption,
        columns=(*about, *corrected) if change == CORRECTED else (*about, title),
        code=name,
    )


def _row_link(tracker: Tracker, row: RowChange, wording: str) -> str:
    """Return a row as a link to the event, the act or the actor that it is of; its wording alone
    where that is not there any more, or the row is of none.
    """
    code = row.key[0]
    if row.table in _OF_EVENTS and code in tracker.titles:
        return event_link(tracker, code, wording)
    if row.table in _OF_ACTS and code in tracker.acts:
        return page_link(tracker, "acts", {"act": code}, wording)
    if row.table not in (*_OF_EVENTS, *_OF_ACTS) and row.actor in tracker.model.actors:
        return page_link(tracker, ACTOR, {ACTOR: row.actor}, wording)
    return escapes.html(wording)


def fields_text(row: RowChange) -> str:
    """Return what each column of a corrected row said and says."""
    return "; ".join(f"{name}: {then} to {now}" for name, then, now in _fields(row))


def _fields_html(row: RowChange) -> str:
    parts = (
        f"<b>{escapes.html(name)}</b>: {escapes.html(then)} → {escapes.html(now)}"
        for name, then, now in _fields(row)
    )
    return "<br>".join(parts)


def _fields(row: RowChange) -> list[tuple[str, str, str]]:
    return [(name, *_parting(*both)) for name, both in row.fields.items()]


def _parting(then: str, now: str) -> tuple[str, str]:
    """Return two texts from a little before they part, as long as can be read side by side."""
    texts = [words.on_one_line(text) for text in (then, now)]
    signs = enumerate(zip(*texts, strict=False))
    parted = next((at for at, (one, other) in signs if one != other), min(map(len, texts)))
    ahead = texts[0][: max(0, parted - _ALIKE)]
    start = max(ahead.rfind(mark) for mark in (" ", LIST_SEPARATOR)) + 1
    before = "\N{HORIZONTAL ELLIPSIS}" if start else ""
    one, other = (f"{before}{words.shorten(text[start:], _LONGEST)}" for text in texts)
    return one or _EMPTY, other or _EMPTY
