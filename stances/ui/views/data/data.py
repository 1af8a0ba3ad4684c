"""The page of data and method: downloads, codebook, other settings, coverage, agreement, citing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from stances.answers import snapshot
from stances.answers.coverage import data_headline
from stances.answers.files import Files, everything, snapshot_name, table_csv
from stances.answers.tracker import Tracker
from stances.answers.typed import Typed
from stances.dataset.descriptions import file_stem
from stances.figures.coverage import high
from stances.links import parameters
from stances.markup.downloads import (
    AS_CSV,
    EVERYTHING,
    METADATA,
    SERIES,
    SNAPSHOT,
    TABLES,
    TABLES_TOLD,
    all_domains,
    columns_html,
    contents_html,
    series_html,
    snapshot_told,
)
from stances.ui import url
from stances.ui.parts.blocks import draw, heading, headline, paragraph
from stances.ui.parts.download import CSV, download, table_downloads
from stances.ui.parts.embed import compact, note_height
from stances.ui.session import current
from stances.ui.views.data.agreement import agreement_section
from stances.ui.views.data.citing import citing_section
from stances.ui.views.data.codebook import codebook_section
from stances.ui.views.data.coverage import coverage_section
from stances.ui.views.data.sensitivity import sensitivity_section

_JSON, _ZIP = "application/json", "application/zip"
_TABS = "sections"


def page() -> None:
    """Draw the page for the state in the address."""
    tracker, mode = current(), st.context.theme.type or "light"
    day = url.get("as_of")
    if compact():
        coverage_section(tracker, day, mode)
        return
    # A frame shows what the data covers, whichever section is open here.
    note_height(high(len(tracker.data.actors)))
    headline(*data_headline(tracker.data))
    sections: dict[str, Callable[[], None]] = {
        "downloads": lambda: _downloads(tracker, day),
        "codebook": lambda: codebook_section(tracker, day, mode),
        "sensitivity": lambda: sensitivity_section(tracker, day, mode),
        "coverage": lambda: coverage_section(tracker, day, mode),
        "agreement": lambda: agreement_section(tracker),
        "citing": lambda: citing_section(tracker, day),
    }
    if url.get("section") is None:
        url.keep("section", parameters.section_shown(url.values()))
    # The tabs know their labels only, and follow the address.
    st.session_state[_TABS] = parameters.SECTIONS[url.get("section")]
    tabs = st.tabs([parameters.SECTIONS[code] for code in sections], key=_TABS, on_change=_turned)
    # A hidden section is not drawn, so it costs nothing.
    for tab, section in zip(tabs, sections.values(), strict=True):
        if tab.open:
            with tab:
                section()


def _turned() -> None:
    """Put the section of the tab that was chosen into the address."""
    codes = {label: code for code, label in parameters.SECTIONS.items()}
    url.put("section", codes[st.session_state[_TABS]])


def _downloads(tracker: Tracker, day: date) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        _snapshot(tracker, day)
    with right:
        _tables(tracker)
    left, right = st.columns(2, gap="large")
    with left:
        draw(columns_html())
    with right:
        draw(contents_html(tracker.data))


def _snapshot(tracker: Tracker, day: date) -> None:
    heading(SNAPSHOT)
    draw(snapshot_told(day))
    own = tracker.own_settings
    if own:
        paragraph(
            "These are the figures under your own settings; the metadata name them, and so does "
            "the name of the file."
        )
    stem = snapshot_name(tracker.data, day, own_settings=bool(own))
    table_downloads(SNAPSHOT, lambda: _rows(tracker, day), stem, "snapshot", type="primary")
    _download(
        METADATA,
        f"{stem}.metadata.json",
        _JSON,
        lambda: _files(tracker, day).metadata,
    )
    narrower = all_domains(tracker, url.get("domain"))
    if narrower:
        paragraph(narrower, "small")
    heading(SERIES)
    draw(series_html(tracker))


def _rows(tracker: Tracker, day: date) -> Typed:
    own = tracker.own_settings
    return snapshot.snapshot_table(tracker.data, tracker.model, day, own_settings=own)


def _files(tracker: Tracker, day: date) -> Files:
    own = tracker.own_settings
    return snapshot.snapshot_files(tracker.data, tracker.model, day, own_settings=own)


def _tables(tracker: Tracker) -> None:
    heading(TABLES)
    paragraph(TABLES_TOLD)
    stem = file_stem(tracker.data)
    for name, label in AS_CSV.items():
        _download(label, f"{stem}_{name}.csv", CSV, partial(table_csv, tracker.data, name))
    _download(
        EVERYTHING,
        f"{stem}_{tracker.data.version}.zip",
        _ZIP,
        lambda: everything(tracker.data),
    )


def _download(label: str, name: str, mime: str, make: Callable[[], bytes]) -> None:
    download(label, make, name, f"download-{label}", mime)


page()
