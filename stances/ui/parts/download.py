"""Files that a reader takes along, made when they are asked for."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from stances.answers.parquet import parquet
from stances.answers.typed_table import TypedTable, to_bytes
from stances.answers.workbook import workbook
from stances.markup.downloads import OTHER_FORMATS, TABLE_KINDS

CSV = "text/csv"
# What a table can be beside a CSV: what a reader calls it, its media type, and what writes it.
_KINDS: dict[str, tuple[str, str, Callable[[TypedTable], bytes]]] = {
    "xlsx": (
        TABLE_KINDS["xlsx"],
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook,
    ),
    "parquet": (TABLE_KINDS["parquet"], "application/vnd.apache.parquet", parquet),
}


def download(
    label: str,
    content: Callable[[], bytes] | bytes | str,
    name: str,
    key: str,
    mime: str = CSV,
    **options: Any,
) -> None:
    """Offer a file by its name; taking it runs no page. `options`: of `st.download_button`."""
    st.download_button(
        label,
        data=content,
        file_name=name,
        mime=mime,
        on_click="ignore",
        key=key,
        icon=":material/download:",
        **options,
    )


def table_downloads(
    label: str, table: Callable[[], TypedTable], name: str, key: str, **options: Any
) -> None:
    """Offer a table as CSV, and in a menu, whose content is sent only while it is open, as what
    else it can be. `name`: of the file, without its ending; `options`: of the button for CSV.
    """
    with st.container(horizontal=True, gap="small", width="content"):
        download(
            f"{label} as CSV", lambda: to_bytes(table()), f"{name}.csv", f"{key}-csv", **options
        )
        menu = st.popover(OTHER_FORMATS, key=f"{key}-kinds", on_change="rerun", type="tertiary")
        if not menu.open:
            return
        with menu:
            for ending, (kind, mime, write) in _KINDS.items():
                made = partial(_write, table, write)
                download(f"{label} as {kind}", made, f"{name}.{ending}", f"{key}-{ending}", mime)


def _write(table: Callable[[], TypedTable], write: Callable[[TypedTable], bytes]) -> bytes:
    return write(table())
