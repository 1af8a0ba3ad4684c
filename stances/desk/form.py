"""The form of a row, and of a new event with its sources and, if any, its act and its steps."""

from collections.abc import Mapping, Sequence
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

_CITED = "source_ids"
# What a row is called by, the first of these that it has.
_TITLES = ("title", "name", "what", "text")
# Columns of an act that follow from its last step.
_FOLLOWING = {"deadline", "deadline_kind", "deadline_what"}
# Those that a new act has of the event that brings it, or by it.
_OF_EVENT = {"act_id", "actor", "event_id", "domain", "confidence", _CITED}
# What tells the steps of an act apart, as `Change.find` takes it.
_STEP = "{act_id}/{deadline}/{part}/{kind}"
# What can be added to a row, by its table.
_ADDED = {
    "events": ["sources"],
    "acts": ["sources", "deadlines"],
    "actors": ["profiles"],
    "profiles": ["profiles"],
}
# What a row that is added is called, and the column that says whose it is; empty: none.
_LABELS = {"sources": "source", "deadlines": "date", "profiles": "sentence"}
_OWNERS = {"sources": "", "deadlines": "act_id", "profiles": "actor"}


def edit_headline(view: View) -> str:
    """Return what a row is called."""
    try:
        _, row = Change(view.tracker.data).find(view["row"])
    except BadInput as error:
        return str(error)
    return next(row[title] for title in _TITLES if row.get(title))


def new_headline(_: View) -> str:
    """Return what the form is for."""
    return "A new event, with its sources"


# -- a row that there is -----------------------------------------------------------------------


def edit(view: View) -> None:
    """Draw the form of a row; of an act with its steps."""
    row_id = view["row"]
    data = view.tracker.data
    try:
        name, row = Change(data).find(row_id)
    except BadInput:
        # The headline says so.
        return
    rows = {row_id: row}
    for step in data.rows["deadlines"]:
        if step["act_id"] == row_id:
            rows[_STEP.format_map(step)] = step
    draft = Draft(view, f"{outcome.turn()}|{row_id}", name)
    # What another saves meanwhile is not put back: only what differs from here is written.
    begun: dict[str, Row] = st.session_state.setdefault(f"{draft.key}|begun", rows)

    corrections = {}
    added: list[tuple[str, Row]] = []
    left, right = outcome.columns()
    with left:
        outcome.template(view, "text", parts=_shown(view, name, row_id), between=", ")
        for corrected_id, was in begun.items():
            corrected = _corrected(draft, corrected_id, was, rows.get(corrected_id, was))
            if corrected:
                corrections[corrected_id] = corrected
        for table in _ADDED.get(name, []):
            for cells_added in _several(draft, table, [], row):
                added.append((table, cells_added))

    # As the row is to be. An event has a date and a score, others may have none.
    cells = begun[row_id] | corrections.get(row_id, {})
    with right:
        saved_id = outcome.settle(
            draft,
            [*corrections.items(), *added],
            partial(_correct, row_id, corrections, added),
            # What is added alone needs none.
            needs_reason=bool(corrections) or not added,
            needs_name="score" in corrections.get(row_id, {}),
            day=cells.get("date", ""),
        )
        if saved_id:
            st.rerun()
        outcome.template(view, "guide", cells=cells)


def _shown(view: View, name: str, row_id: str) -> list[tuple[str, str]]:
    """Return the ways, each with its words, to what readers see of a row, and to the forms of the
    rules that an event brought.
    """
    if name == "acts":
        return [(view.record_act(row_id), "As readers see it")]
    if name != "events":
        return []
    ways = [(view.record_event(row_id), "As readers see it")]
    for act in view.tracker.data.rows["acts"]:
        if act["event_id"] == row_id:
            ways.append((view.link("desk", row=act["act_id"]), f"Rule: {act['name']}"))
    return ways


def _corrected(draft: Draft, row_id: str, was: Row, now: Row) -> Row:
    """Draw the fields of a row, or of a step of its act, and return the cells that differ. `was`:
    the row when the form began; `now`: as the tables have it, where another may have saved.
    """
    key = f"{draft.key}|{row_id}"
    if "part" in was:
        outcome.heading("Date")
        # A step has no id for ever: all of it but its act can be corrected.
        cells = fields.draw(draft, "deadlines", was, key, {"act_id"})
    else:
        fixed = schema.tables()[draft.table].key
        cells = fields.draw(draft, draft.table, was, key, {*fixed, _CITED, *_FOLLOWING})
    if _CITED in was:
        cells[_CITED] = _cited(draft, was[_CITED], key)

    corrected = {}
    for column, cell in cells.items():
        if cell == was[column]:
            continue
        corrected[column] = cell
        if now[column] not in (was[column], cell):
            draft.faults.append(f"Somebody saved “{now[column]}” meanwhile: open the row again")
    return corrected


def _cited(draft: Draft, ids: str, key: str) -> str:
    """Draw the sources of a row, each with a way to its own form; return those that are kept."""
    outcome.heading("Sources")
    titles = draft.view.tracker.data.sources.set_index("source_id")["title"]
    cited = ids.split(LIST_SEPARATOR)
    kept = []
    for source_id in cited:
        title = fields.plain(titles[source_id])
        href = draft.view.link("desk", row=source_id, do=None)
        with st.container(horizontal=True, vertical_alignment="center"):
            is_kept = st.checkbox(
                title,
                value=True,
                key=f"{key}|{source_id}",
                persist_state="session",
            )
            outcome.markup(f'<a href="{escape(href)}">Edit source</a>')
        if is_kept:
            kept.append(source_id)
    if kept != cited:
        draft.moves.append(("Sources", str(len(cited)), str(len(kept))))
    return LIST_SEPARATOR.join(kept)


def _correct(
    row_id: str,
    corrections: Mapping[str, Row],
    added: Sequence[tuple[str, Row]],
    change: Change,
) -> str:
    """Put corrections, by row, and rows that are added, each with its table, into a change; return
    the id of the row, which is opened then (`outcome.Make`).
    """
    for corrected_id, cells in corrections.items():
        change.edit(corrected_id, cells)
    for table, cells in added:
        if table == "sources":
            change.cite(row_id, cells, table)
        else:
            change.add(table, cells, table)
    return row_id


# -- a row that is new -------------------------------------------------------------------------


def new(view: View) -> None:
    """Draw the form of a new event; or of a candidate, which is one with a quote."""
    candidate_id = view["row"]
    waiting, _ = candidates.read_candidates()
    candidate = waiting.get(candidate_id, {})
    if candidate_id and not candidate:
        outcome.note("This candidate waits no more")
        return
    begun = {"landmark": "no", **candidate.get("cells", {})}
    # No score is ever filled in.
    begun.pop("score", None)
    key = f"{outcome.turn()}|new|{candidate_id}"
    draft = Draft(view, key, "events")
    act: dict[str, Any] = {}
    left, right = outcome.columns()
    with left:
        if candidate:
            outcome.note(f"“{candidate['quote']}” ({candidate['text']})")
        event = fields.draw(draft, "events", begun, key, {"event_id", _CITED})
        read = st.session_state.get(outcome.SOURCE, {})
        sources = _several(draft, "sources", candidate.get("sources", [read]), {})
        if st.toggle("It brings a rule", key=f"{key}|act", persist_state="session"):
            outcome.heading("Rule")
            act |= fields.draw(draft, "acts", {}, f"{key}|rule", _OF_EVENT | _FOLLOWING)
            act["steps"] = _several(draft, "deadlines", [], {})

    entry = {**event, "sources": sources, "act": act}
    with right:
        event_id = outcome.settle(
            draft,
            entry,
            lambda change: change.put(entry),
            needs_name=True,
            day=event["date"],
        )
        if event_id:
            outcome.open_event(view, event_id)
        if candidate and st.button("Drop candidate"):
            candidates.decide(candidate_id, "dropped")
            st.query_params.clear()
            st.rerun()
        if event["title"]:
            doubles.draw(draft, event, sources[0])
        outcome.template(view, "guide", cells=event)


def source_fields(draft: Draft, begun: Row, key: str) -> Row:
    """Draw the fields of a source, its address first: of a page that is known that is all."""
    others = {*schema.tables()["sources"].header} - {"url"}
    address = fields.draw(draft, "sources", begun, key, others)
    known = Change(draft.view.tracker.data).source_of(address["url"])
    if known:
        outcome.note(f"Known: {known['title']}")
        return address
    left_out = {"source_id", "url", "archived"}
    return address | fields.draw(draft, "sources", begun, key, left_out)


def _several(draft: Draft, table: str, begun: Sequence[Row], owner: Row) -> list[Row]:
    """Draw the new rows of a table, those that were begun and as many more as were asked for, with
    the press for one more; return their cells, never fewer rows than were begun. `begun`: cells of
    sources that are known; `owner`: the row that all belong to, or one of the same actor; empty: it
    is new as well.
    """
    label = _LABELS[table]
    key = f"{draft.key}|{table}"
    column = _OWNERS[table]
    known = {}
    if column in owner:
        known[column] = owner[column]
    rows = []
    for n in range(st.session_state.setdefault(key, len(begun))):
        outcome.heading(f"{label.capitalize()} {n + 1}")
        if table == "sources":
            cells = {}
            if n < len(begun):
                cells = begun[n]
            row = source_fields(draft, cells, f"{key}|{n}")
        else:
            row = fields.draw(draft, table, known, f"{key}|{n}", {column})
        rows.append(known | row)
    if st.button(f"Add a {label}", key=f"{key}|more"):
        st.session_state[key] += 1
        st.rerun()
    return rows
