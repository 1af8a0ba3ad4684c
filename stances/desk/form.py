"""The form of a row, and of a new event with its sources and, if any, its act and its steps."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from stances.dataset import schema
from stances.dataset.faults import BadInput
from stances.dataset.schema import LIST_SEPARATOR, Row, Table
from stances.dataset.write import Change
from stances.desk import candidates, doubles, fields, outcome
from stances.desk.outcome import Draft
from stances.links.view import View
from stances.render.environment import context, drawn
from stances.words import figure

# In the session: a source that Attach has read, for a new event.
CARRIED = "desk-carried"
# What a row is called by, the first that it has.
_TITLES = ("title", "name", "what", "text")
# Columns that follow from the last step of an act.
_FOLLOWING = {"deadline", "deadline_kind", "deadline_what"}
_IDS = {"event_id", "act_id", "source_id"}


def edit_headline(view: View) -> str:
    """Return what a row is called."""
    try:
        _, row = Change(view.tracker.data).find(view["row"])
    except BadInput:
        return "No such row"
    return next(row[title] for title in _TITLES if row.get(title))


def new_headline(view: View) -> str:
    """Return what the form of a new event is for."""
    return "A candidate, to be taken or dropped" if view["row"] else "A new event, with its sources"


# -- a row that there is -----------------------------------------------------------------------


def edit(view: View) -> None:
    """Draw the form of a row; of an act with its steps."""
    row_id = view["row"]
    data = view.tracker.data
    try:
        name, row = Change(data).find(row_id)
    except BadInput as error:
        outcome.note(str(error))
        return

    key = f"{outcome.turn()}|{row_id}"
    rows = {row_id: row} | _steps(data.rows["deadlines"], row_id)
    # What another saves meanwhile is not put back: only what differs from here is written.
    begun: dict[str, Row] = st.session_state.setdefault(f"{key}|begun", rows)
    left, right = outcome.columns()
    draft = Draft(key, name, partial(_correct, row_id))
    corrections: dict[str, Row] = {}
    with left:
        cells = _rows(view, draft, begun, corrections)
        added = _added(view, draft)
    _meanwhile(draft, corrections, begun, rows)
    if not corrections and begun != rows:
        outcome.begin_anew()
        st.rerun()
    draft.entry = [corrections, added] if corrections or added else []
    draft.needs_why = bool(corrections) or not added
    draft.needs_name = name == "events" and "score" in corrections.get(row_id, {})
    draft.day = _day(cells.get("date", ""))
    draft.make = partial(_correct, row_id, corrections, added)
    with right:
        outcome.settle(view, draft)
        guide(view, cells.get("domain", ""), cells.get("score", ""))


def _steps(rows: Sequence[Row], act_id: str) -> dict[str, Row]:
    """Return the steps of an act by their ids; of another row none."""
    pattern = "{act_id}/{deadline}/{part}/{kind}"
    return {pattern.format_map(row): row for row in rows if row["act_id"] == act_id}


def _rows(
    view: View,
    draft: Draft,
    begun: Mapping[str, Row],
    corrections: dict[str, Row],
) -> Row:
    """Draw the fields of a row and of what belongs to it, and put what is changed into the
    corrections; return the cells of the first.
    """
    name = draft.table
    tables = schema.tables(view.tracker.data.codebook)
    first = Row()
    for n, (row_id, row) in enumerate(begun.items()):
        table = tables["deadlines"] if n else tables[name]
        left_out = {*table.key, fields.CITED, *fields.MADE}
        if n:
            outcome.heading("Date" if len(begun) == 2 else f"Date {n}")
            left_out = {"act_id"}
        elif name == "deadlines":
            left_out = {"act_id"}
        elif len(begun) > 1:
            left_out |= _FOLLOWING
        filled = fields.draw(view, table, row, f"{draft.key}|{n}", left_out=left_out)
        cells = dict(filled.cells)
        if fields.CITED in row:
            cells[fields.CITED] = _cited(view, row[fields.CITED], draft.key)
        changed = {column: cell for column, cell in cells.items() if cell != row[column]}
        _collect(draft, table, filled, changed)
        if changed:
            corrections[row_id] = changed
            draft.moves = [*draft.moves, *_moves(view, table, row, changed)]
        first = first or {**row, **cells}
    return first


def _collect(draft: Draft, table: Table, filled: fields.Filled, changed: Mapping[str, str]) -> None:
    """Put the faults of what is changed into a draft, and where more can be told."""
    labels = {column.name: column.label for column in table.columns}
    for column, fault in filled.faults.items():
        if column in changed:
            draft.faults.append(f"{labels[column]}: {fault}")
    for column, slot in filled.slots.items():
        draft.slots.setdefault((table.name, column), slot)


def _moves(view: View, table: Table, row: Row, changed: Row) -> list[tuple[str, str, str]]:
    """Return the label of each changed cell, what it was and what it is."""
    moves = []
    for column in table.columns:
        if column.name in changed:
            was = fields.cell_in_words(view, column, row[column.name]) if row[column.name] else ""
            now = changed[column.name]
            moves.append(
                (column.label, was, fields.cell_in_words(view, column, now) if now else "")
            )
    return moves


def _meanwhile(
    draft: Draft,
    corrections: Mapping[str, Row],
    begun: Mapping[str, Row],
    rows: Mapping[str, Row],
) -> None:
    """Refuse what another has changed since the form began, where it is changed here too."""
    for row_id, changed in corrections.items():
        now = rows.get(row_id, Row())
        for column, cell in changed.items():
            was = begun[row_id][column]
            if now.get(column, was) not in (was, cell):
                message = f"somebody saved “{now[column]}” meanwhile; open the row again"
                draft.faults.append(message)


def _added(view: View, draft: Draft) -> dict[str, list[Row]]:
    """Draw what can be added to a row, a source or a date, and return it by table."""
    name = draft.table
    key = draft.key
    added: dict[str, list[Row]] = {}
    if name in ("events", "acts") and st.toggle("Add a source", key=f"{key}|source"):
        added["sources"] = [source_fields(view, draft, {}, f"{key}|new-source")]
    if name == "acts" and st.toggle("Add a date", key=f"{key}|step"):
        table = schema.tables(view.tracker.data.codebook)["deadlines"]
        added["deadlines"] = [_new_row(view, draft, table, {}, f"{key}|new-step", {"act_id"})]
    return added


def _correct(
    row_id: str,
    corrections: Mapping[str, Row],
    added: Mapping[str, Sequence[Row]],
    change: Change,
) -> str:
    """Put corrections, by row, and what is added, by table, into a change."""
    for corrected_id, cells in corrections.items():
        change.edit(corrected_id, cells)
    for source in added.get("sources", ()):
        change.cite(row_id, source)
    for step in added.get("deadlines", ()):
        change.add("deadlines", {"act_id": row_id, **step}, "act.steps")
    return row_id


def _cited(view: View, ids: str, key: str) -> str:
    """Draw the sources of a row, each with a way to its own form; return those that are kept."""
    outcome.heading("Sources")
    sources = view.tracker.data.sources.set_index("source_id")
    kept = []
    for source_id in ids.split(LIST_SEPARATOR):
        source = sources.loc[source_id]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            label = fields.plain(f"{source['title']} ({source['publisher']})")
            if st.checkbox(label, value=True, key=f"{key}|cites|{source_id}"):
                kept.append(source_id)
            href = escape(view.link("desk", row=source_id, do=None))
            outcome.markup(f'<a class="more" href="{href}">Edit<span class="vh"> source</span></a>')
    return LIST_SEPARATOR.join(kept)


# -- a row that is new -------------------------------------------------------------------------


def new(view: View) -> None:
    """Draw the form of a new event; or of a candidate, which is one with a quote."""
    candidate = candidates.by_id(view["row"]) if view["row"] else {}
    if view["row"] and not candidate:
        outcome.note("This candidate waits no more")
        return
    key = f"{outcome.turn()}|new|{view['row']}"
    given = candidate.get("cells", {})
    carried = st.session_state.get(CARRIED)
    cited = candidate.get("sources") or ([carried] if carried else [{}])
    tables = schema.tables(view.tracker.data.codebook)
    saved = partial(_saved, view["row"])
    draft = Draft(key, "events", partial(_put, {}), needs_name=True, saved=saved)
    left, right = outcome.columns()
    with left:
        if candidate:
            quote = escape(candidate["quote"])
            place = escape(candidate["text"])
            outcome.markup(f'<p class="note">“{quote}” <small>{place}</small></p>')
        begun = {"actor": view.actor, "landmark": "no"} | {k: str(v) for k, v in given.items()}
        # No score is ever filled in.
        begun.pop("score", None)
        event = _new_row(view, draft, tables["events"], begun, key, {"event_id", fields.CITED})
        sources = _sources(view, draft, cited, key)
        act = _act(view, draft, event, key)
    if event.get("title") or event.get("summary"):
        draft.entry = {**event, "sources": sources} | ({"act": act} if act else {})
    draft.day = _day(event.get("date", ""))
    draft.make = partial(_put, draft.entry)
    with right:
        outcome.settle(view, draft)
        if candidate and st.button("Drop candidate", key=f"{key}|drop"):
            candidates.decide_here(view["row"], "dropped")
            _leave("Dropped")
        doubles.draw(view, event, sources[0], saved, key)
        guide(view, event.get("domain", ""), event.get("score", ""))


def _put(entry: Mapping[str, Any], change: Change) -> str:
    return change.put(entry)


def _saved(candidate_id: str, event_id: str) -> None:
    """After a save: a candidate is taken, what Attach carried is used; the new row is opened."""
    st.session_state.pop(CARRIED, None)
    if candidate_id:
        candidates.decide_here(candidate_id, "taken", event_id)
    st.query_params.from_dict({"row": event_id})


def _leave(said: str) -> None:
    outcome.announce(said)
    st.query_params.clear()
    st.rerun()


def _new_row(
    view: View,
    draft: Draft,
    table: Table,
    begun: Mapping[str, str],
    key: str,
    left_out: set[str],
    abreast: int = 3,
) -> Row:
    """Draw the fields of a new row and return what they hold; faults go into the draft."""
    usual = {}
    for column in table.columns:
        # Another codebook may have other codes.
        if column.default and (not column.codes or column.default in column.codes):
            usual[column.name] = column.default
    was = usual | {name: cell for name, cell in begun.items() if cell}
    strict = outcome.is_tried(draft.key)
    filled = fields.draw(
        view,
        table,
        was,
        key,
        left_out=left_out | fields.MADE,
        strict=strict,
        abreast=abreast,
    )
    _collect(draft, table, filled, filled.cells)
    return {name: cell for name, cell in filled.cells.items() if cell}


def source_fields(
    view: View, draft: Draft, begun: Mapping[str, str], key: str, abreast: int = 3
) -> Row:
    """Draw the fields of a source, its address first: of a page that is known that is all."""
    table = schema.tables(view.tracker.data.codebook)["sources"]
    others = {column.name for column in table.columns} - {"url"}
    address = _new_row(view, draft, table, begun, f"{key}|url", others)
    known = Change(view.tracker.data).source_of(address.get("url", ""))
    if known:
        outcome.markup(f'<p class="small">Known: {escape(known["title"])}</p>')
        return address
    left_out = {"source_id", "url", "archived"}
    return address | _new_row(view, draft, table, begun, key, left_out, abreast)


def _sources(view: View, draft: Draft, cited: Sequence[Row], key: str) -> list[Row]:
    """Draw the fields of the sources of a new event, and the press for one more."""
    count = st.session_state.setdefault(f"{key}|count", len(cited))
    sources = []
    for n in range(count):
        outcome.heading("Source" if count == 1 else f"Source {n + 1}")
        begun = cited[n] if n < len(cited) else {}
        sources.append(source_fields(view, draft, begun, f"{key}|new-source|{n}"))
    _more("Add a source", f"{key}|count")
    return sources


def _act(view: View, draft: Draft, event: Row, key: str) -> dict[str, Any]:
    """Draw the fields of the act that an event brings, if any, and of its steps."""
    if not st.toggle("It brings a rule", key=f"{key}|act"):
        return {}
    tables = schema.tables(view.tracker.data.codebook)
    outcome.heading("Rule")
    shared: Row = {name: event[name] for name in ("domain", "confidence") if name in event}
    left_out = {"act_id", "actor", "event_id", fields.CITED, *_FOLLOWING}
    act: dict[str, Any] = _new_row(view, draft, tables["acts"], shared, f"{key}|new-act", left_out)
    count = st.session_state.setdefault(f"{key}|steps", 0)
    act["steps"] = []
    for n in range(count):
        outcome.heading(f"Date {n + 1}")
        step_key = f"{key}|new-step|{n}"
        act["steps"].append(_new_row(view, draft, tables["deadlines"], {}, step_key, {"act_id"}))
    _more("Add a date", f"{key}|steps")
    return act


def _more(label: str, key: str) -> None:
    """Draw the press that raises a count in the session."""

    def raised() -> None:
        st.session_state[key] += 1

    st.button(label, key=f"{key}|more", on_click=raised)


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None


# -- the codebook ------------------------------------------------------------------------------


def guide(view: View, domain: str, score: str) -> None:
    """Draw the codebook's words on a field and a level, and the rulings at its borders."""
    book = view.tracker.codebook
    lines = []
    if domain in book.domains:
        lines.append((book.domains[domain].label, book.domains[domain].meaning))
    point = int(score) if score else None
    if point is not None:
        level = f"{figure(point, 0)} {book.scale.labels[point]}"
        lines.append((level, book.scale.meaning[point]))
    for border in book.borders:
        is_near = not border.scores or point in border.scores
        if is_near and (not border.domains or domain in border.domains) and point is not None:
            lines.append(("", border.text))
    outcome.markup(drawn("guide", context(view) | {"lines": lines}))
