"""The waits fit the rhythm in which Streamlit sends."""

from __future__ import annotations

from time import monotonic

from streamlit.runtime.runtime_util import MESSAGE_FLUSH_INTERVAL_SECS
from streamlit.testing.v1 import AppTest

from stances.seams import sending


def test_the_wait_is_longer_than_the_interval_and_not_twice() -> None:
    wait = sending._LEAVING_SECONDS
    assert MESSAGE_FLUSH_INTERVAL_SECS < wait < 2 * MESSAGE_FLUSH_INTERVAL_SECS


def test_what_has_left_is_not_waited_for() -> None:
    began = monotonic()
    sending.let_leave(began - 1)
    assert monotonic() - began < 0.005
    sending.let_leave(began)
    assert monotonic() - began >= sending._LEAVING_SECONDS


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
