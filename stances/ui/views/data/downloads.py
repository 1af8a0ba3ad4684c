"""The files of the dataset that the dashboard makes, and the citations to copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from stances import escapes
from stances.answers import snapshot
from stances.answers.citing import CitationFormat
from stances.answers.files import everything, snapshot_name, table_csv, table_rows
from stances.answers.tracker import Tracker
from stances.dataset.descriptions import file_stem, versioned_stem
from stances.dataset.schema import TABLE_NAMES, tables
from stances.dataset.tables import Dataset
from stances.links.view import View
from stances.markup.downloads import AS_CSV, BROWSE, EVERYTHING, METADATA, SNAPSHOT
from stances.pages.block import Block
from stances.pages.data.citing import citation_of
from stances.ui.parts.blocks import Live, paragraph
from stances.ui.parts.download import CSV, download, table_downloads

_JSON, _ZIP = "application/json", "application/zip"


def live_downloads(view: View) -> Live:
    """Return what is live of the downloads."""
    return {
        "own-figures": lambda _: paragraph(
            "These are the figures under your own settings; the metadata name them, and so does "
            "the name of the file."
        ),
        "snapshot": lambda _: _snapshot(view.tracker, view.day),
        "tables": lambda _: _tables(view.tracker),
        "browse": lambda _: _browse(view.tracker.data),
    }


def _snapshot(tracker: Tracker, day: date) -> None:
    stem = _stem(tracker, day)
    figures = tracker.data, tracker.model, day, None, None, tracker.own_settings
    table = partial(snapshot.snapshot_table, *figures)
    table_downloads(SNAPSHOT, table, stem, "snapshot", type="primary")
    metadata = f"{stem}.metadata.json"
    _download(METADATA, metadata, _JSON, lambda: snapshot.snapshot_files(*figures).metadata)


def _stem(tracker: Tracker, day: date) -> str:
    own, basis = bool(tracker.own_settings), tracker.model.basis
    return snapshot_name(tracker.data, day, own_settings=own, basis=basis)


def _tables(tracker: Tracker) -> None:
    stem = file_stem(tracker.data)
    for name, label in AS_CSV.items():
        _download(label, f"{stem}_{name}.csv", CSV, partial(table_csv, tracker.data, name))
    name = f"{versioned_stem(tracker.data)}.zip"
    _download(EVERYTHING, name, _ZIP, lambda: everything(tracker.data))


def _browse(data: Dataset) -> None:
    """Draw a table of the dataset as a grid to search, sort and copy from, once one is chosen."""
    name = st.selectbox(
        BROWSE,
        TABLE_NAMES,
        index=None,
        format_func=lambda table: f"{table}.csv",
        placeholder="Choose a table to search, sort and copy from",
        label_visibility="collapsed",
        width=420,
    )
    if name is None:
        return
    about = {
        column.name: st.column_config.Column(column.name, help=escapes.label(column.description))
        for column in tables(data.codebook, data.today)[name].columns
    }
    # As a spreadsheet would get them: what is copied lands in one.
    st.dataframe(
        table_rows(data, name),
        height=520,
        hide_index=True,
        column_config=about,
        placeholder="",
        alt=f"{name}.csv",
    )


def _download(label: str, name: str, mime: str, make: Callable[[], bytes]) -> None:
    download(label, make, name, f"download-{label}", mime)


def live_citing(view: View) -> Live:
    """Return what is live of the citations: each to copy, and those for programs to take."""
    citation = citation_of(view)
    live = {"cited": partial(_code, citation.line)}
    for form in citation.formats:
        live[f"cited-{form.ending}"] = partial(_code, form.text)
        live[f"cite-{form.ending}"] = partial(_take, view, form)
    return live


def _code(content: str, _: Block) -> None:
    st.code(content, language=None, wrap_lines=True)


def _take(view: View, citation: CitationFormat, _: Block) -> None:
    name = f"{_stem(view.tracker, view.day)}.{citation.ending}"
    download(citation.button_text, citation.content, name, f"cite-{citation.ending}", citation.mime)
