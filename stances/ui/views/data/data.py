"""The page of data and method: downloads, codebook, other settings, coverage, agreement, citing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from stances import escapes, parameters, words
from stances.answers import snapshot
from stances.answers.coverage import data_headline
from stances.answers.files import Files, everything, snapshot_name, table_csv
from stances.answers.tracker import Tracker
from stances.answers.typed import Typed
from stances.dataset.codebook import OVERALL
from stances.dataset.descriptions import file_stem
from stances.dataset.schema import TABLE_NAMES, tables
from stances.ui import url
from stances.ui.parts.blocks import heading, headline, paragraph, table
from stances.ui.parts.download import CSV, download, table_downloads
from stances.ui.parts.embed import compact
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
        url.keep("section", _first_shown())
    # The tabs know their labels only, and follow the address.
    st.session_state[_TABS] = parameters.SECTIONS[url.get("section")]
    tabs = st.tabs([parameters.SECTIONS[code] for code in sections], key=_TABS, on_change=_turned)
    # A hidden section is not drawn, so it costs nothing.
    for tab, draw in zip(tabs, sections.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def _turned() -> None:
    """Put the section of the tab that was chosen into the address."""
    codes = {label: code for code, label in parameters.SECTIONS.items()}
    url.put("section", codes[st.session_state[_TABS]])


def _first_shown() -> str:
    """The section that a link is about which names none."""
    if url.get("example") is not None:
        return "codebook"
    return "sensitivity" if url.get("settings") is not None else "downloads"


def _downloads(tracker: Tracker, day: date) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        _snapshot(tracker, day)
    with right:
        _tables(tracker)
    left, right = st.columns(2, gap="large")
    with left:
        _columns()
    with right:
        _contents(tracker)


def _snapshot(tracker: Tracker, day: date) -> None:
    domain = url.get("domain")
    heading("Snapshot")
    st.markdown(
        f"The stance table of {words.day(day)}: one row per actor and domain, and one `overall` "
        "row per actor. Actors without a current position keep their rows, with an empty stance. "
        "The metadata beside it has the constants of the model and the checksum of the table."
    )
    own = tracker.own_settings
    if own:
        paragraph(
            "These are the figures under your own settings; the metadata name them, and so does "
            "the name of the file."
        )
    stem = snapshot_name(tracker.data, day, own_settings=bool(own))
    table_downloads("Snapshot", lambda: _rows(tracker, day), stem, "snapshot", type="primary")
    _download(
        "Its metadata as JSON",
        f"{stem}.metadata.json",
        _JSON,
        lambda: _files(tracker, day).metadata,
    )
    if domain != OVERALL:
        label = tracker.codebook.domain_label(domain)
        paragraph(f"The snapshot has all domains; for {label} take the rows {domain}.", "small")
    _series(tracker)


def _series(tracker: Tracker) -> None:
    """The way to the series, as published: whole it is too large to be made within a page."""
    heading("Series")
    kinds = {"csv": "CSV", "xlsx": "Excel workbook", "parquet": "Parquet"}
    links = (f'<a href="series.{kind}" download>{name}</a>' for kind, name in kinds.items())
    years = f"{tracker.codebook.first_date.year} to {tracker.data.today.year}"
    told = f"The stances of all actors and domains at month ends, {years}, as published: "
    st.markdown(f"<p>{told}{', '.join(links)}.</p>", unsafe_allow_html=True)


def _rows(tracker: Tracker, day: date) -> Typed:
    own = tracker.own_settings
    return snapshot.snapshot_table(tracker.data, tracker.model, day, own_settings=own)


def _files(tracker: Tracker, day: date) -> Files:
    own = tracker.own_settings
    return snapshot.snapshot_files(tracker.data, tracker.model, day, own_settings=own)


def _tables(tracker: Tracker) -> None:
    heading("Tables")
    st.markdown(
        "Every event with its scores and sources, as the figures are made from them. A text that "
        "a spreadsheet would run as a formula has an apostrophe before it; the zip has the files "
        "as they lie in the repository."
    )
    stem = file_stem(tracker.data)
    for name in ("events", "sources"):
        _download(
            f"{name.capitalize()} as CSV",
            f"{stem}_{name}.csv",
            CSV,
            partial(table_csv, tracker.data, name),
        )
    _download(
        "Everything as ZIP",
        f"{stem}_{tracker.data.version}.zip",
        _ZIP,
        lambda: everything(tracker.data),
    )


def _download(label: str, name: str, mime: str, make: Callable[[], bytes]) -> None:
    download(label, make, name, f"download-{label}", mime)


def _columns() -> None:
    rows = [
        (f"<code>{escapes.html(name)}</code>", escapes.html(meaning))
        for name, meaning in snapshot.SNAPSHOT_COLUMNS.items()
    ]
    table("Columns of a snapshot", ("Column", "Meaning"), rows)


def _contents(tracker: Tracker) -> None:
    described = tables(tracker.data.codebook, tracker.data.today)
    rows = [
        (
            f"<code>{described[name].file}</code>",
            f"{len(getattr(tracker.data, name)):,}",
            escapes.html(described[name].description),
        )
        for name in TABLE_NAMES
    ]
    table("Tables of the dataset", ("File", "Rows", "What"), rows, numbers=(1,))


page()
