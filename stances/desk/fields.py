"""The fields of a row, made from its table alone, with what is wrong beside each."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from stances import words
from stances.dataset import schema
from stances.dataset.days import EARLIEST
from stances.dataset.schema import LIST_SEPARATOR, Column, Row
from stances.dataset.write import Change
from stances.links.view import View

# What the house writes itself, and what `links` asks.
_MADE = {"recorded", "added", "checked_on", "answered"}
_LAST_DAY = date(2100, 12, 31)
# Texts that may be longer have several lines.
_ONE_LINE = 100
_SHORT_FORMS = ("name", "language", "actor", "group")
_TRUTH = {"yes": "Yes", "no": "No"}
_CONTEXT = "Context, no level"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!$:~<>|])")


@dataclass
class Draft:
    """A change as it stands in a form. `key`: of the form in the session; `table`: of its row;
    `make`: what puts it into a Change, and returns the id of the row; `entry`: all that is changed,
    empty: nothing is; `moves`: label, was and is of each cell; `faults`: one line each; `slots`:
    where more of these are told, by table and column; `day`: that of the event, if it has one;
    `is_new`: no row is corrected; `is_strict`: what is empty and must not be is told beside its
    field, too; `needs_name`: it scores; `saved`: what is done with the id after it was written.
    """

    key: str
    table: str
    make: Callable[[Change], Any] = str
    entry: Any = None
    moves: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    slots: dict[tuple[str, str], DeltaGenerator] = field(default_factory=dict)
    day: date | None = None
    is_new: bool = False
    is_strict: bool = True
    needs_name: bool = False
    saved: Callable[[str], None] | None = None

    def tell(self, place: tuple[str, str], fault: str) -> None:
        """Say beside a field, by its table and column, what is wrong with it."""
        text = f'<div class="page"><p class="bad" role="status">{escape(fault)}</p></div>'
        self.slots[place].html(text)


def draw(
    view: View,
    draft: Draft,
    name: str,
    was: Mapping[str, str],
    key: str,
    left_out: set[str],
    abreast: int = 3,
) -> Row:
    """Draw the fields of a row of a table and return the cells that they hold; what is wrong with
    those that differ goes into the draft. `was`: the cells so far; `key`: of the row in the
    session; `left_out`: columns without a field; `abreast`: so many short ones side by side.
    """
    hidden = left_out | _MADE
    table = schema.tables(view.tracker.data.codebook)[name]
    columns = [column for column in table.columns if column.name not in hidden]
    short = [column for column in columns if _is_short(column)]
    cells = Row()
    for row in _rows(short, abreast):
        for place, column in zip(st.columns(len(row)), row, strict=True):
            with place:
                _put(view, draft, name, column, was, key, cells)
    for column in columns:
        if column not in short:
            _put(view, draft, name, column, was, key, cells)
    return cells


def _put(
    view: View,
    draft: Draft,
    table: str,
    column: Column,
    was: Mapping[str, str],
    key: str,
    cells: Row,
) -> None:
    """Draw one field of a row and put what it holds to its cells."""
    name = column.name
    before = was.get(name)
    actor = cells.get("actor", was.get("actor", ""))
    options = _options(view, column, actor)
    cell = _field(column, options, before, f"{key}|{name}")
    cells[name] = cell or ""
    # Of two rows of a table the one that is added is drawn last.
    draft.slots[table, name] = st.empty()
    if name in was and cell == before:
        return

    if not draft.is_new:
        now = _as_shown(column, options, cells[name])
        draft.moves.append((column.label, _as_shown(column, options, before or ""), now))
    fault = schema.cell_fault(column, cells[name], view.tracker.data.today)
    # Who has not chosen has not said that it is context.
    if cell is None and column.scale:
        fault = "is not chosen"
    if fault:
        draft.faults.append(f"{column.label}: {fault}")
    if fault and (cell or draft.is_strict):
        draft.tell((table, name), fault)


def _as_shown(column: Column, options: Mapping[str, str] | None, cell: str) -> str:
    """Return a cell in the words of its field."""
    parts = cell.split(LIST_SEPARATOR) if column.kind == "list" else [cell]
    return ", ".join((options or {}).get(part, part) for part in parts)


def plain(text: str) -> str:
    """Return a text as the label of a widget takes it, without any markup."""
    return _MARKDOWN.sub(r"\\\1", text)


def _is_short(column: Column) -> bool:
    """Say whether some fields of this kind stand side by side."""
    if column.kind == "list":
        return False
    is_choice = bool(column.codes) or column.scale or column.to == "actors.actor"
    is_name = column.form in _SHORT_FORMS and not column.most
    return is_choice or is_name or column.kind in ("day", "partial", "number", "truth")


def _rows(columns: Sequence[Column], most: int) -> Iterator[Sequence[Column]]:
    """Yield columns in rows of about one length: none stands alone beside empty places."""
    count = -(-len(columns) // most)
    for n in range(count):
        first = n * len(columns) // count
        last = (n + 1) * len(columns) // count
        yield columns[first:last]


def _field(
    column: Column, options: Mapping[str, str] | None, was: str | None, key: str
) -> str | None:
    """Draw the field of a column and return its text; None: nothing is chosen."""
    label = f"{column.label} (optional)" if column.optional and not column.scale else column.label
    common: dict[str, Any] = {"label": label, "key": key, "help": plain(column.about)}
    begun = was or ""
    if column.kind == "list":
        known = options or {}
        parts = [part for part in begun.split(LIST_SEPARATOR) if part]
        codes = list(dict.fromkeys([*parts, *known]))
        chosen = st.multiselect(
            options=codes,
            default=parts,
            format_func=lambda code: known.get(code, code),
            placeholder="Choose",
            **common,
        )
        return LIST_SEPARATOR.join(chosen)
    if options is not None:
        return _select(options, was, column, common)
    if column.kind == "day":
        day = st.date_input(
            value=day_in(begun),
            min_value=EARLIEST,
            max_value=_LAST_DAY,
            format="YYYY-MM-DD",
            **common,
        )
        return str(day) if day else ""

    # Not `max_chars`: it drops what is pasted beyond, and says nothing.
    is_free = not (column.form or column.most)
    if column.kind == "text" and (is_free or column.most > _ONE_LINE):
        text = st.text_area(value=begun, height="content", **common)
    else:
        text = st.text_input(value=begun, live=True, **common)
    text = text or ""
    return text if text == begun else " ".join(text.split())


def _select(
    options: Mapping[str, str],
    was: str | None,
    column: Column,
    common: Mapping[str, Any],
) -> str | None:
    """Draw a choice."""
    codes = [*options]
    if column.optional and "" not in codes:
        codes.insert(0, "")
    if was is None and column.optional and not column.scale:
        was = ""
    chosen: str | None = st.selectbox(
        options=codes,
        index=codes.index(was) if was in codes else None,
        format_func=lambda code: options.get(code, code) or "None",
        placeholder="Choose",
        **common,
    )
    return chosen


def _options(view: View, column: Column, actor: str) -> Mapping[str, str] | None:
    """Return what can be chosen in a column, label by code; None: it is no choice. `actor`: whose
    row it is, so that only rows of the same can be named; empty: all.
    """
    if column.scale:
        levels = view.tracker.codebook.scale.levels
        return {cell: _level(view, cell) for cell in ("", *map(str, levels))}
    if column.kind == "truth":
        return _TRUTH
    if column.codes:
        return {code: label or words.capital(code) for code, label in column.codes.items()}
    if not column.to:
        return None

    table, key = column.to.split(".")
    rows = getattr(view.tracker.data, table)
    if table == "actors":
        rows = rows.sort_values("name")
    elif actor and "actor" in rows:
        rows = rows[rows["actor"] == actor]
    name = next(title for title in ("title", "name") if title in rows)
    return dict(zip(rows[key], rows[name], strict=True))


def _level(view: View, cell: str) -> str:
    """Return a level with its figure, by the hyphen of a keyboard: who types -1 finds it."""
    if not cell:
        return _CONTEXT
    return f"{cell} {view.labels[int(cell)]}"


def day_in(cell: str) -> date | None:
    """Return the day of a cell; None: it is none that a field can show."""
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return None
    return day if day >= EARLIEST else None
