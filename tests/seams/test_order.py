"""A run draws the page first, and everything where something fails."""

from __future__ import annotations

from typing import Any

from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException
from streamlit.testing.v1 import AppTest


def _page(fails: bool = False) -> None:
    import streamlit as st

    from stances.seams.order import at_last, page_first

    order: list[str] = []
    above = st.container()

    def surround() -> None:
        order.append("surround")
        with above:
            st.text_input("Above", key="above")

    def body() -> None:
        order.append("body")
        at_last(lambda: order.append("last"))
        st.text(st.session_state.get("above", ""))
        if fails and st.session_state.get("again"):
            raise ValueError
        st.session_state["again"] = True

    try:
        page_first(body, surround)
    finally:
        st.session_state["order"] = order


def _open(**options: Any) -> AppTest:
    return AppTest.from_function(_page, kwargs=options).run()


def test_the_page_comes_before_its_frame() -> None:
    app = _open()
    assert app.session_state["order"] == ["body", "surround", "last"]
    assert app.run().session_state["order"] == ["body", "surround", "last"]


def test_the_page_knows_a_control_that_is_drawn_after_it_in_its_place_above() -> None:
    app = _open().run()
    app.text_input(key="above").set_value("new").run()
    assert app.text[0].value == "new"
    assert next(type(element).__name__ for element in app.main) != "Text"


def test_where_the_page_fails_the_frame_still_comes() -> None:
    app = _open(fails=True).run()
    assert app.exception
    assert app.session_state["order"] == ["body", "surround"]
    assert app.text_input(key="above").label == "Above"


def test_a_run_that_is_broken_off_ends_by_no_exception() -> None:
    for broken in (RerunException, StopException):
        assert not issubclass(broken, Exception)
