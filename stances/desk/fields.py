"""The fields of a row, made from its table alone, with what is wrong beside each."""

import re
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from stances import words
from stances.dataset import schema
from stances.dataset.days import written_partial
from stances.dataset.schema import LIST_SEPARATOR, Column, Row
from stances.links.view import View

# Of a field: its table and its column.
Place = tuple[str, str]
# What the house writes itself, and what `links` asks.
_MADE = {"recorded", "added", "checked_on", "answered"}
# px. As many short fields as have room stand side by side.
_SHORT_WIDTH = 230
# The kinds and the forms of these.
_SHORT = {"day", "partial", "number", "truth", "name", "language", "actor", "group"}
# Texts that may be longer have several lines.
_ONE_LINE = 100
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!$:~<>|])")
# In the session: the key of the form whose Save was pressed, and which says what is missing.
_TRIED = "desk-tried"


@dataclass
class Draft:
    """A form, and what its fields say while they are drawn. `key`: of the form in the session;
    `table`: of its row. `moves`: label, was and is of each known cell that differs; `faults`: one
    line each; `slots`: what stands beside the fields.
    """

    view: View
    key: str
    table: str
    moves: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    slots: dict[Place, DeltaGenerator] = field(default_factory=dict)

    @property
    def is_tried(self) -> bool:
        """Whether Save was pressed, so that what is empty and must not be is told."""
        tried: str = st.session_state.get(_TRIED, "")
        return tried == self.key

    def try_save(self) -> None:
        """Have the form say from now on what is missing."""
        st.session_state[_TRIED] = self.key

    def tell(self, place: Place, fault: str) -> None:
        """Say beside a field what is wrong with it, if it is drawn."""
        text = f'<div class="page"><p class="bad" role="status">{escape(fault)}</p></div>'
        if place in self.slots:
            self.slots[place].html(text)


def draw(draft: Draft, name: str, was: Row, key: str, left_out: set[str]) -> Row:
    """Draw the fields of a row of a table and return the cells that they hold; what is wrong with
    those that differ goes into the draft. `was`: the cells so far, of a new row those that are
    known; `key`: of the row in the session; `left_out`: columns without a field.
    """
    data = draft.view.tracker.data
    short_fields = st.container(horizontal=True)
    cells = Row()
    for column in schema.tables(data.codebook)[name].columns:
        if column.name in left_out | _MADE:
            continue
        # A score that nobody has given is not chosen (None), and no context (empty).
        before = was.get(column.name, None if column.scale else column.default)
        options = _options(draft.view, column, cells.get("actor", was.get("actor", "")))
        is_short = _is_short(column)
        with short_fields.container(width=_SHORT_WIDTH) if is_short else st.container():
            cell = _field(column, options, before, f"{key}|{column.name}")
            # Of two rows of a table the one that is added is drawn last.
            draft.slots[name, column.name] = st.empty()
        text = cell or ""
        cells[column.name] = text
        if column.name in was and text == before:
            continue

        if column.name in was:
            shown = _as_shown(options, before or "")
            draft.moves.append((column.label, shown, _as_shown(options, text)))
        fault = schema.cell_fault(column, text, data.today)
        if cell is None and column.scale:
            fault = "is not chosen"
        if fault:
            draft.faults.append(sentence(column.label, fault))
        # In a new row all is empty at first: that is wrong only once somebody would save it.
        if fault and (text or column.name in was or draft.is_tried):
            draft.tell((name, column.name), fault)
    return cells


def _is_short(column: Column) -> bool:
    """Say whether fields of this kind stand side by side."""
    if column.kind == "list" or column.most:
        return False
    if {column.kind, column.form} & _SHORT:
        return True
    return bool(column.codes) or column.scale or column.to == "actors.actor"


def _field(column: Column, options: Row | None, before: str | None, key: str) -> str | None:
    """Draw the field of a column and return its text; None: nothing is chosen."""
    label = column.label
    if column.optional and not column.scale:
        label += " (optional)"
    common: dict[str, Any] = {
        "label": label,
        "key": key,
        "help": plain(column.about),
        # Who looks something up in another task finds the form as it was left.
        "persist_state": "session",
    }
    begun = before or ""
    if column.kind == "list" and options is not None:
        chosen = st.multiselect(
            options=options,
            default=filter(None, begun.split(LIST_SEPARATOR)),
            format_func=options.__getitem__,
            placeholder="Choose",
            **common,
        )
        return LIST_SEPARATOR.join(chosen)
    if options is not None:
        codes = [*options]
        code: str | None = st.selectbox(
            options=codes,
            index=codes.index(begun) if before in options else None,
            format_func=options.__getitem__,
            placeholder="Choose",
            **common,
        )
        return code
    # Not `max_chars`: it drops what is pasted beyond, and says nothing.
    is_long = column.most > _ONE_LINE or not (column.form or column.most)
    if column.kind == "text" and is_long:
        text: str = st.text_area(value=begun, height="content", **common)
    else:
        text = st.text_input(value=begun, live=True, **common)
    # A cell has one line; what was not touched stays as it is.
    if text == begun:
        return text
    text = " ".join(text.split())
    # Days as people write them. Streamlit's own field would make 28 Feb of 31 Feb.
    return written_partial(text) if column.kind in ("day", "partial") else text


def _options(view: View, column: Column, actor: str) -> Row | None:
    """Return what can be chosen in a column, label by code; None: it is no choice. `actor`: whose
    row it is, so that only rows of the same can be named; empty: all.
    """
    if column.scale:
        # By the hyphen of a keyboard: who types -1 finds it.
        levels = {str(level): f"{level} {label}" for level, label in view.labels.items()}
        return {"": "Context, no level", **levels}
    if column.kind == "truth":
        options = {"yes": "Yes", "no": "No"}
    elif column.codes:
        options = {}
        for code, label in column.codes.items():
            options[code] = label or words.capital(code)
    elif column.to:
        table, key = column.to.split(".")
        rows = getattr(view.tracker.data, table)
        # What is chosen here is of an actor, or one: sources have fields of their own.
        if actor and table != "actors":
            rows = rows[rows["actor"] == actor]
        title = "title" if "title" in rows else "name"
        rows = rows.sort_values(title)
        options = dict(zip(rows[key], rows[title], strict=True))
    else:
        return None
    if column.optional and column.kind != "list":
        return {"": "None", **options}
    return options


def _as_shown(options: Row | None, cell: str) -> str:
    """Return a cell in the words of its field, which has these options."""
    if options is None:
        return cell
    return ", ".join(options.get(part, part) for part in cell.split(LIST_SEPARATOR))


def sentence(label: str, fault: str) -> str:
    """Return what is wrong with a field: Title is empty; Title: 300 letters at most."""
    if fault.startswith(("is ", "must ")):
        return f"{label} {fault}"
    return f"{label}: {fault}"


def plain(text: str) -> str:
    """Return a text as the label of a widget takes it, without any markup."""
    return _MARKDOWN.sub(r"\\\1", text)


def day_in(cell: str) -> date | None:
    """Return the day of a cell; None: it is none."""
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None
