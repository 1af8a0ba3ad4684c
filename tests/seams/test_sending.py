"""The waits fit the rhythm in which Streamlit sends."""

from __future__ import annotations

import pytest
from streamlit.runtime.runtime_util import MESSAGE_FLUSH_INTERVAL_SECS
from streamlit.testing.v1 import AppTest

from stances.seams import sending


def test_the_wait_is_longer_than_the_interval_and_not_twice() -> None:
    wait = sending._LEAVING_SECONDS
    assert MESSAGE_FLUSH_INTERVAL_SECS < wait < 2 * MESSAGE_FLUSH_INTERVAL_SECS


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of each wait, while a clock stands at 100."""
    waits: list[float] = []
    monkeypatch.setattr(sending, "sleep", waits.append)
    monkeypatch.setattr(sending, "monotonic", lambda: 100.0)
    return waits


def _leaving() -> None:
    from stances.seams.sending import let_draw, let_leave

    let_leave(99)
    let_leave(100)
    let_draw()


def test_what_has_left_is_not_waited_for_and_the_first_of_a_visit_longer(
    slept: list[float],
) -> None:
    app = AppTest.from_function(_leaving).run()
    first, slept[:] = slept[:], []
    assert first == pytest.approx([0, sending._BEGINNING_SECONDS, sending._DRAWING_SECONDS])
    app.run()
    assert slept == pytest.approx([0, sending._LEAVING_SECONDS])
    assert sending._BEGINNING_SECONDS > sending._LEAVING_SECONDS
