"""Controls whose values are settings of the address, as the table of parameters has them."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from stances.answers.events import LONGEST_SEARCH
from stances.answers.tracker import Tracker
from stances.links.parameters import PARAMETERS
from stances.ui import url


def bind_control(name: str) -> dict[str, Any]:
    """Return what ties a control to its setting in the address."""
    return {"key": name, "on_change": url.note_change, "persist_state": "session"}


def search_box(placeholder: str) -> None:
    """Offer to look for words, as they are typed."""
    st.text_input(
        "Search",
        max_chars=LONGEST_SEARCH,
        type="search",
        placeholder=placeholder,
        live=True,
        **bind_control("q") | {"on_change": url.note_search},
    )


def choice_of_few(tracker: Tracker, name: str, **options: Any) -> None:
    """Offer the values of a setting side by side. `options`: of `st.segmented_control`."""
    st.segmented_control(
        PARAMETERS[name].label,
        **_options(_labels(tracker, name)),
        required=True,
        **bind_control(name),
        **options,
    )


def choice_of_many(
    tracker: Tracker,
    name: str,
    label: str = "",
    labels: Mapping[str, str] | None = None,
    **options: Any,
) -> None:
    """Offer the values of a setting in a box that opens. `label`, `labels`: where they are others
    than those of its parameter; `options`: further ones of `st.selectbox`.
    """
    offered = _options(labels or _labels(tracker, name))
    st.selectbox(label or PARAMETERS[name].label, **offered, **bind_control(name), **options)


def choice_of_several(tracker: Tracker, name: str, label: str = "", **options: Any) -> None:
    """Offer the values of a setting that takes several. `options`: of `st.multiselect`."""
    # Who types a name and presses Enter means that one, not all that have its letters.
    offered = {
        "placeholder": "All",
        "select_all": False,
        **_options(_labels(tracker, name)),
        **options,
    }
    st.multiselect(label or PARAMETERS[name].label, **offered, **bind_control(name))


def choice_of_day(tracker: Tracker, name: str, **options: Any) -> None:
    """Offer the days that have stances. `options`: further ones of `st.date_input`."""
    st.date_input(
        PARAMETERS[name].label,
        min_value=tracker.codebook.first_date,
        max_value=tracker.data.today,
        format="YYYY-MM-DD",
        **bind_control(name),
        **options,
    )


def choice(tracker: Tracker, name: str) -> None:
    """Offer the values of a setting as they are chosen: one, or several."""
    draw = choice_of_several if PARAMETERS[name].kind == "several" else choice_of_few
    draw(tracker, name)


def clear_filters(tracker: Tracker, page: str, names: tuple[str, ...]) -> None:
    """Draw what takes the filters of a page off, where one is set."""
    _clear_button(tracker, "Clear filters", f"{page}-clear", names, "tertiary")


def clear_all(tracker: Tracker, page: str, names: tuple[str, ...]) -> None:
    """Offer the way out where nothing was found."""
    every = (*names, "domain", "as_of")
    _clear_button(tracker, "Clear all filters", f"{page}-clear-all", every, "primary")


def _clear_button(
    tracker: Tracker, label: str, key: str, names: tuple[str, ...], kind: Any
) -> None:
    if not all(url.is_default(tracker, name) for name in names):
        st.button(label, key=key, on_click=url.clear, args=(tracker, names), type=kind)


def _labels(tracker: Tracker, name: str) -> Mapping[str, str]:
    labels = PARAMETERS[name].labels
    assert labels is not None, f"{name} has no labels to choose from"
    return labels(tracker)


def _options(labels: Mapping[str, str]) -> dict[str, Any]:
    return {"options": list(labels), "format_func": labels.__getitem__}
