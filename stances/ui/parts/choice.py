"""A table whose rows can be chosen: the keyboard's way to what a click on a chart does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from stances import words
from stances.ui import url


def choosing_table(
    name: str,
    table: pa.Table,
    codes: Sequence[str],
    parameter: str,
    column_config: Mapping[str, Any],
    opens: tuple[str, int | None] | None = None,
    **options: Any,
) -> None:
    """Show a table in which a row puts its code into a setting of the address.

    `codes`: of the rows; `opens`: the column in which a click does so too, with its width in px;
    `options`: further ones of `st.dataframe`. A mark on a row is no setting of its own: it is taken
    off where the setting has changed elsewhere, or the rows have moved.
    """
    key = _key(name, codes, parameter)
    titles = {}
    if opens:
        column, width = opens
        titles[column] = opening_column(f"{name}-opens", codes, parameter, width)
    st.dataframe(
        table,
        key=key,
        hide_index=True,
        placeholder=words.DASH,
        column_config={**column_config, **titles},
        on_select=partial(_chosen, key, tuple(codes), parameter),
        selection_mode="single-row",
        **options,
    )


def opening_column(key: str, codes: Sequence[str], parameter: str, width: int | None) -> Any:
    """A column whose cells, when clicked, put the code of their row into a setting; `width` in px,
    None: as wide as its texts.
    """
    return st.column_config.ButtonColumn(
        width=width,
        type="tertiary",
        alignment="left",
        key=key,
        on_click=_opened,
        args=(key, tuple(codes), parameter),
    )


def _opened(key: str, codes: tuple[str, ...], parameter: str) -> None:
    url.put(parameter, codes[st.session_state[key]["row"]])


def clicked(chart: str, parameter: str) -> None:
    """Put the code of the point that was clicked in a chart into a setting. A second click on a
    point only takes plotly's mark off it and brings none, so it means the point clicked before; a
    point without a code means nothing.
    """
    points, last = st.session_state[chart]["selection"]["points"], f"_{chart}_clicked"
    if points:
        code = points[0].get("customdata")
        code = code[0] if isinstance(code, list) else code
        if not code:
            return
        st.session_state[last] = code
    if last in st.session_state:
        url.put(parameter, st.session_state[last])


def _key(name: str, codes: Sequence[str], parameter: str) -> str:
    """The key of the table: another one once its mark is not on the row of the setting."""
    number = st.session_state.setdefault(f"_{name}", 0)
    rows = _marked(f"{name}-{number}")
    if rows and (rows[0] >= len(codes) or codes[rows[0]] != url.get(parameter)):
        st.session_state[f"_{name}"] = number = number + 1
    return f"{name}-{number}"


def _marked(key: str) -> list[int]:
    rows: list[int] = st.session_state[key]["selection"]["rows"] if key in st.session_state else []
    return rows


def _chosen(key: str, codes: tuple[str, ...], parameter: str) -> None:
    rows = _marked(key)
    if rows:
        url.put(parameter, codes[rows[0]])
