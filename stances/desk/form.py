"""The form of a row, and of a new event with its sources and, if any, its act and its steps."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from stances.dataset import schema
from stances.dataset.faults import BadInput
from stances.dataset.schema import LIST_SEPARATOR, Row
from stances.dataset.write import Change
from stances.desk import candidates, doubles, fields, outcome
from stances.desk.fields import Draft
from stances.links.view import View
from stances.render.environment import context, drawn

# In the session: a source that Attach has read, for a new event.
CARRIED = "desk-carried"
_CITED = "source_ids"
_TITLES = ("title", "name", "what", "text")
# These columns of an act follow from its last step.
_FOLLOWING = {"deadline", "deadline_kind", "deadline_what"}
_STEP = "{act_id}/{deadline}/{part}/{kind}"
# What can be added to a row of a table: the table of that, and what presses call it.
_ADDED = {
    "events": {"sources": "source"},
    "acts": {"sources": "source", "deadlines": "date"},
    "actors": {"profiles": "sentence"},
    "profiles": {"profiles": "sentence"},
}


def edit_headline(view: View) -> str:
    """Return what a row is called."""
    try:
        _, row = Change(view.tracker.data).find(view["row"])
    except BadInput as error:
        return str(error)
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
    except BadInput:
        return
    steps = [step for step in data.rows["deadlines"] if step["act_id"] == row_id]
    rows = {row_id: row} | {_STEP.format_map(step): step for step in steps}
    key = f"{outcome.turn()}|{row_id}"
    # What another saves meanwhile is not put back: only what differs from here is written.
    begun: dict[str, Row] = st.session_state.setdefault(f"{key}|begun", rows)

    draft = Draft(key, name)
    corrections: dict[str, Row] = {}
    added: dict[str, list[Row]] = {}
    left, right = outcome.columns()
    with left:
        for corrected_id, was in begun.items():
            changed = _corrected(view, draft, corrected_id, was, len(begun) > 1)
            _meanwhile(draft, was, rows.get(corrected_id, was), changed)
            if changed:
                corrections[corrected_id] = changed
        for table, label in _ADDED.get(name, {}).items():
            one = partial(_addition, view, draft, table, row.get("actor", ""))
            added[table] = _several(label, 0, f"{key}|{table}", one)
    if not corrections and begun != rows:
        outcome.begin_anew()
        st.rerun()

    cells = begun[row_id] | corrections.get(row_id, {})
    is_added = any(added.values())
    draft.entry = [corrections, added] if corrections or is_added else None
    draft.make = partial(_correct, row_id, corrections, added)
    # What is added alone needs no reason.
    draft.is_new = is_added and not corrections
    draft.needs_name = name == "events" and cells["score"] != begun[row_id]["score"]
    draft.day = fields.day_in(cells.get("date", ""))
    with right:
        outcome.settle(view, draft)
        guide(view, cells.get("domain", ""), cells.get("score", ""))


def _corrected(view: View, draft: Draft, row_id: str, was: Row, with_steps: bool) -> Row:
    """Draw the fields of a row and return the cells that differ. `with_steps`: it is one of an act
    with its steps.
    """
    key = f"{draft.key}|{row_id}"
    # A step has no id for ever: all of it can be corrected.
    if "part" in was:
        outcome.heading("Date")
        cells = fields.draw(view, draft, "deadlines", was, key, {"act_id"})
    else:
        left_out = {*schema.tables()[draft.table].key, _CITED}
        if with_steps:
            left_out |= _FOLLOWING
        cells = fields.draw(view, draft, draft.table, was, key, left_out)
    if _CITED in was:
        cells[_CITED] = _cited(view, draft, was[_CITED], key)
    return {column: cell for column, cell in cells.items() if cell != was[column]}


def _meanwhile(draft: Draft, was: Row, now: Row, changed: Row) -> None:
    """Refuse to change what another has changed since the form began."""
    for column, cell in changed.items():
        if now[column] not in (was[column], cell):
            draft.faults.append(f"Somebody saved “{now[column]}” meanwhile: open the row again")


def _addition(view: View, draft: Draft, table: str, actor: str, _: int, key: str) -> Row:
    """Draw the fields of what is added to a row; `actor`: whose row it is."""
    if table == "sources":
        return source_fields(view, draft, {}, key)
    left_out = {"act_id"} if table == "deadlines" else {"actor"}
    return _new_row(view, draft, table, {"actor": actor}, key, left_out)


def _correct(
    row_id: str,
    corrections: Mapping[str, Row],
    added: Mapping[str, Sequence[Row]],
    change: Change,
) -> str:
    """Put corrections, by row, and what is added, by table, into a change."""
    name, row = change.find(row_id)
    for corrected_id, cells in corrections.items():
        change.edit(corrected_id, cells)
    for table, rows in added.items():
        for cells in rows:
            if table == "sources":
                change.cite(row_id, cells)
            else:
                owner = "act_id" if name == "acts" else "actor"
                change.add(table, {owner: row[owner], **cells})
    return row_id


def _cited(view: View, draft: Draft, ids: str, key: str) -> str:
    """Draw the sources of a row, each with a way to its own form; return those that are kept."""
    outcome.heading("Sources")
    sources = view.tracker.data.sources.set_index("source_id")
    cited = ids.split(LIST_SEPARATOR)
    kept = []
    for source_id in cited:
        source = sources.loc[source_id]
        with st.container(horizontal=True, vertical_alignment="center"):
            label = fields.plain(f"{source['title']} ({source['publisher']})")
            if st.checkbox(label, value=True, key=f"{key}|{source_id}"):
                kept.append(source_id)
            href = escape(view.link("desk", row=source_id, do=None))
            outcome.markup(f'<a class="more" href="{href}">Edit<span class="vh"> source</span></a>')
    if kept != cited:
        draft.moves.append(("Sources", str(len(cited)), str(len(kept))))
    return LIST_SEPARATOR.join(kept)


# -- a row that is new -------------------------------------------------------------------------


def new(view: View) -> None:
    """Draw the form of a new event; or of a candidate, which is one with a quote."""
    candidate_id = view["row"]
    candidate = candidates.by_id(candidate_id) if candidate_id else {}
    if candidate_id and not candidate:
        outcome.note("This candidate waits no more")
        return
    key = f"{outcome.turn()}|new|{candidate_id}"
    cited = candidate.get("sources", [st.session_state.get(CARRIED, {})])
    begun = {"actor": view.actor, "landmark": "no", **candidate.get("cells", {})}
    # No score is ever filled in.
    begun.pop("score", None)

    draft = Draft(key, "events", is_new=True, is_strict=outcome.is_tried(key), needs_name=True)
    draft.saved = partial(_saved, candidate_id)
    left, right = outcome.columns()
    with left:
        if candidate:
            outcome.note(f"“{candidate['quote']}” ({candidate['text']})")
        event = _new_row(view, draft, "events", begun, key, {"event_id", _CITED})

        def source(n: int, key: str) -> Row:
            return source_fields(view, draft, cited[n] if n < len(cited) else {}, key)

        sources = _several("source", len(cited), f"{key}|sources", source)
        act = _act(view, draft, event, key)
    if event.keys() & {"title", "summary"}:
        draft.entry = {**event, "sources": sources, "act": act}
    draft.make = lambda change: change.put(draft.entry)
    draft.day = fields.day_in(event.get("date", ""))
    with right:
        outcome.settle(view, draft)
        if candidate and st.button("Drop candidate"):
            candidates.decide_here(candidate_id, "dropped")
            outcome.announce("Dropped")
            st.query_params.clear()
            st.rerun()
        doubles.draw(view, event, sources[0], draft)
        guide(view, event.get("domain", ""), event.get("score", ""))


def _saved(candidate_id: str, event_id: str) -> None:
    """After a save: a candidate is taken, what Attach carried is used, the new row is opened."""
    st.session_state.pop(CARRIED, None)
    if candidate_id:
        candidates.decide_here(candidate_id, "taken", event_id)
    st.query_params.from_dict({"row": event_id})


def _act(view: View, draft: Draft, event: Row, key: str) -> dict[str, Any]:
    """Draw the fields of the act that an event brings, if any, and of its steps."""
    if not st.toggle("It brings a rule", key=f"{key}|act"):
        return {}
    outcome.heading("Rule")
    shared = {name: event.get(name, "") for name in ("domain", "confidence")}
    left_out = {"act_id", "actor", "event_id", _CITED, *_FOLLOWING}
    act = _new_row(view, draft, "acts", shared, f"{key}|rule", left_out)
    one = partial(_addition, view, draft, "deadlines", "")
    return {**act, "steps": _several("date", 0, f"{key}|steps", one)}


def source_fields(
    view: View, draft: Draft, begun: Mapping[str, str], key: str, abreast: int = 3
) -> Row:
    """Draw the fields of a source, its address first: of a page that is known that is all."""
    others = {name for name in schema.tables()["sources"].header if name != "url"}
    address = _new_row(view, draft, "sources", begun, f"{key}|url", others)
    known = Change(view.tracker.data).source_of(address.get("url", ""))
    if known:
        outcome.note(f"Known: {known['title']}")
        return address
    left_out = {"source_id", "url", "archived"}
    return address | _new_row(view, draft, "sources", begun, key, left_out, abreast)


def _new_row(
    view: View,
    draft: Draft,
    name: str,
    begun: Mapping[str, Any],
    key: str,
    left_out: set[str],
    abreast: int = 3,
) -> Row:
    """Draw the fields of a new row of a table and return the cells that they hold; `begun`: those
    that are known.
    """
    usual = {column.name: column.default for column in schema.tables()[name].columns}
    was = {column: str(cell) for column, cell in {**usual, **begun}.items() if cell}
    cells = fields.draw(view, draft, name, was, key, left_out, abreast)
    return {column: cell for column, cell in cells.items() if cell}


def _several(label: str, first: int, key: str, one: Callable[[int, str], Row]) -> list[Row]:
    """Draw as many rows as were asked for, `first` at the beginning, and the press for one more;
    `one` draws the fields of the row of a number and a key.
    """
    count = st.session_state.setdefault(key, first)
    rows = []
    for n in range(count):
        outcome.heading(label.capitalize() if count == 1 else f"{label.capitalize()} {n + 1}")
        rows.append(one(n, f"{key}|{n}"))
    st.button(f"Add a {label}", key=f"{key}|more", on_click=_one_more, args=(key,))
    return rows


def _one_more(key: str) -> None:
    st.session_state[key] += 1


def guide(view: View, domain: str, score: str) -> None:
    """Draw the codebook's words on a field and a level, and the rulings at its borders."""
    book = view.tracker.codebook
    chosen = {"domain": book.domains.get(domain), "point": int(score) if score else None}
    outcome.markup(drawn("guide", context(view) | chosen | {"book": book}))
