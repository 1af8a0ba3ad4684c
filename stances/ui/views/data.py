"""The page of downloads: snapshot, tables, everything; and how to read and cite them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from stances import snapshot, text
from stances.schema import TABLE_NAMES, tables
from stances.ui import url
from stances.ui.shared import Tracker, tracker

_CSV, _JSON, _ZIP = "text/csv", "application/json", "application/zip"


def page() -> None:
    """Draw the page for the date and domain in the address."""
    shared = tracker()
    day, data = url.get("as_of"), shared.data
    scored = int(data.events["score"].notna().sum())
    found = (
        f"{len(data.events):,} events from {len(data.sources):,} sources, "
        f"{scored:,} of them scored, on {len(shared.model.actors)} actors"
    )
    st.markdown(
        f'<h1 class="headline">{text.escape(found)}</h1>'
        f'<p class="subtitle">Dataset {text.escape(data.version)}. '
        "Each file is made when you ask for it.</p>",
        unsafe_allow_html=True,
    )
    left, right = st.columns(2, gap="large")
    with left:
        _snapshot(shared, day)
    with right:
        _tables(shared)
    _columns()
    _scale(shared)
    _citation(shared, day)


def _snapshot(shared: Tracker, day: date) -> None:
    domain = url.get("domain")
    st.subheader("Snapshot", anchor=False)
    st.markdown(
        f"The stance table of {text.day(day)}: one row per actor and domain, and one `overall` "
        "row per actor. Actors without a current position keep their rows, with an empty stance. "
        "The metadata beside it has the constants of the model and the checksum of the table."
    )
    stem = f"{snapshot.file_stem(shared.data)}_{day}"
    _download("Snapshot as CSV", f"{stem}.csv", _CSV, lambda: _files(shared, day).csv, primary=True)
    _download(
        "Its metadata as JSON",
        f"{stem}.metadata.json",
        _JSON,
        lambda: _files(shared, day).metadata,
    )
    if domain != "overall":
        label = shared.codebook.domain_label(domain)
        st.caption(f"The snapshot has all domains; for {label} take the rows `{domain}`.")


def _files(shared: Tracker, day: date) -> snapshot.Files:
    return snapshot.snapshot_files(shared.data, shared.model, day)


def _tables(shared: Tracker) -> None:
    st.subheader("Tables", anchor=False)
    st.markdown(
        "Every event with its scores and sources, as the figures are made from them. A text that "
        "a spreadsheet would run as a formula has an apostrophe before it; the zip has the files "
        "as they lie in the repository."
    )
    stem = snapshot.file_stem(shared.data)
    for name in ("events", "sources"):
        _download(
            f"{name.capitalize()} as CSV",
            f"{stem}_{name}.csv",
            _CSV,
            lambda name=name: snapshot.table_csv(shared.data, name),
        )
    _download(
        "Everything as ZIP",
        f"{stem}_{shared.data.version}.zip",
        _ZIP,
        lambda: snapshot.everything(shared.data),
    )


def _download(label: str, name: str, mime: str, make, primary: bool = False) -> None:  # type: ignore[no-untyped-def]
    st.download_button(
        label,
        data=make,
        file_name=name,
        mime=mime,
        on_click="ignore",
        key=f"download-{label}",
        type="primary" if primary else "secondary",
        icon=":material/download:",
    )


def _columns() -> None:
    st.subheader("Columns of a snapshot", anchor=False)
    st.dataframe(
        pd.DataFrame(snapshot.SNAPSHOT_COLUMNS.items(), columns=["Column", "Meaning"]),
        hide_index=True,
        key="columns",
        alt="The columns of a snapshot and what they mean",
    )


def _scale(shared: Tracker) -> None:
    scale, data = shared.codebook.scale, shared.data
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Scale", anchor=False)
        rows = [(text.figure(x, 0), scale.labels[x], scale.meaning[x]) for x in scale.levels]
        st.dataframe(
            pd.DataFrame(rows, columns=["Score", "Label", "Meaning"]),
            hide_index=True,
            key="scale",
            alt="The points of the scale, their labels and what they mean",
        )
    with right:
        st.subheader("Tables of the dataset", anchor=False)
        described = tables(data.codebook, data.today)
        counts = [
            (described[name].file, len(getattr(data, name)), described[name].description)
            for name in TABLE_NAMES
        ]
        st.dataframe(
            pd.DataFrame(counts, columns=["File", "Rows", "What"]),
            hide_index=True,
            key="tables",
            alt="The tables of the dataset, their rows and what they hold",
        )


def _citation(shared: Tracker, day: date) -> None:
    st.subheader("How to cite", anchor=False)
    st.code(snapshot.citation(shared.data, day), language=None, wrap_lines=True)
    licence = shared.data.about.licence
    if licence is not None:
        st.markdown(f"The data may be used under [{licence.title}]({licence.url}).")


page()
