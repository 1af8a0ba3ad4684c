"""The waits fit the rhythm in which Streamlit sends."""

from __future__ import annotations

from streamlit.runtime.runtime_util import MESSAGE_FLUSH_INTERVAL_SECS
from streamlit.testing.v1 import AppTest

from stances.seams import sending


def test_the_wait_is_longer_than_the_interval_and_not_twice() -> None:
    wait = sending._LEAVING_SECONDS
    assert MESSAGE_FLUSH_INTERVAL_SECS < wait < 2 * MESSAGE_FLUSH_INTERVAL_SECS


def _leaving() -> None:
    from time import monotonic

    import streamlit as st

    from stances.seams.sending import let_draw, let_leave

    began = monotonic()
    let_leave(began - 1)
    late, began = monotonic() - began, monotonic()
    let_leave(began)
    st.text(f"{late} {monotonic() - began}")
    let_draw()


def test_what_has_left_is_not_waited_for_and_the_first_of_a_visit_longer() -> None:
    app = AppTest.from_function(_leaving).run()
    late, first = map(float, app.text[0].value.split())
    again = float(app.run().text[0].value.split()[1])
    assert late < 0.005
    assert first >= sending._BEGINNING_SECONDS > again >= sending._LEAVING_SECONDS


def _waiting() -> None:
    from time import monotonic

    import streamlit as st

    from stances.seams.sending import let_draw

    began = monotonic()
    let_draw()
    st.text(str(monotonic() - began))


def test_only_the_first_run_of_a_visit_waits() -> None:
    app = AppTest.from_function(_waiting).run()
    first = float(app.text[0].value)
    again = float(app.run().text[0].value)
    assert first >= sending._DRAWING_SECONDS > 10 * again
