"""The fields of a row, made from its table alone, with what is wrong beside each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from stances import words
from stances.dataset import schema
from stances.dataset.days import EARLIEST
from stances.dataset.schema import LIST_SEPARATOR, Column, Row, Table
from stances.links.view import View

# What the house writes itself, and what `links` asks.
MADE = {"recorded", "added", "checked_on", "answered"}
# Cited rows are told by more than a field can: see `form.sources`.
CITED = "source_ids"
_LAST_DAY = date(2100, 12, 31)
# Texts that may be longer have several lines.
_ONE_LINE = 100
_SHORT_FORMS = ("name", "language", "actor", "group")
_TRUTH = {"yes": "Yes", "no": "No"}
_CONTEXT = "Context, no level"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!$:~<>|])")


class Filled(NamedTuple):
    """What fields hold: `cells` as texts, and `faults`, by column; and `slots`, the places beside
    them where more can be told.
    """

    cells: Row
    faults: dict[str, str]
    slots: dict[str, DeltaGenerator]


def draw(
    view: View,
    table: Table,
    was: Mapping[str, str],
    key: str,
    *,
    left_out: set[str],
    strict: bool = True,
    abreast: int = 3,
) -> Filled:
    """Draw the fields of a row and return what they hold. `was`: the cells that it has so far, by
    column; `key`: of the row in the session; `left_out`: columns without a field; `strict`: what is
    empty and must not be is told, too; `abreast`: so many short fields stand side by side.
    """
    columns = [column for column in table.columns if column.name not in left_out]
    short = [column for column in columns if _is_short(column)]
    filled = Filled({}, {}, {})
    for row in _rows(short, abreast):
        for place, column in zip(st.columns(len(row)), row, strict=True):
            with place:
                _put(view, column, was, f"{key}|{column.name}", filled, strict)
    for column in columns:
        if column not in short:
            _put(view, column, was, f"{key}|{column.name}", filled, strict)
    return filled


def tell_fault(slot: DeltaGenerator, fault: str) -> None:
    """Say beside a field what is wrong with it."""
    slot.html(f'<div class="page"><p class="bad" role="status">{escape(fault)}</p></div>')


def as_shown(view: View, column: Column, *cells: str) -> list[str]:
    """Return cells of a column as its field shows them; of an empty one nothing."""
    options = _options(view, column, "") or {}
    texts = []
    for cell in cells:
        parts = cell.split(LIST_SEPARATOR) if column.kind == "list" else [cell]
        texts.append(", ".join(options.get(part, part) for part in parts))
    return texts


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


def _put(
    view: View,
    column: Column,
    was: Mapping[str, str],
    key: str,
    filled: Filled,
    strict: bool,
) -> None:
    """Draw one field and put what it holds, and what is wrong with that, to the rest."""
    name = column.name
    actor = filled.cells.get("actor", was.get("actor", ""))
    cell = _field(view, column, was.get(name), key, actor)
    slot = st.empty()
    fault = schema.cell_fault(column, cell or "", view.tracker.data.today)
    # Who has not chosen has not said that it is context.
    if cell is None and column.scale:
        fault = "is not chosen"
    filled.cells[name] = cell or ""
    filled.slots[name] = slot
    if not fault:
        return
    filled.faults[name] = fault
    if cell or strict:
        tell_fault(slot, fault)


def _field(view: View, column: Column, was: str | None, key: str, actor: str) -> str | None:
    """Draw the field of a column and return its text; None: nothing is chosen."""
    label = f"{column.label} (optional)" if column.optional and not column.scale else column.label
    common: dict[str, Any] = {"label": label, "key": key, "help": plain(column.about)}
    options = _options(view, column, actor)
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
    """Draw a choice. What the row has stays one, though nobody else may choose it."""
    codes = [*options]
    if column.optional and "" not in codes:
        codes.insert(0, "")
    if was and was not in codes:
        codes.append(was)
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
