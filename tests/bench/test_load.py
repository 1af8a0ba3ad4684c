"""The parts of the load bench, and a short run of it. Nothing here depends on how fast it is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import stances
from tests.bench import load
from tests.bench.client import reply_of, request
from tests.bench.silent import BAD_MESSAGES, bad_messages
from tests.bench.visitor import BadAnswer, Tab, visiting
from tests.browser.app import Server
from tests.folders import REAL, SIX, TODAY

DAY = 24 * 3600 * 1e6  # as a slider counts


def finish(status: int = ForwardMsg.FINISHED_SUCCESSFULLY) -> bytes:
    return ForwardMsg(script_finished=status).SerializeToString()


def slider(value: float, *, set_value: bool) -> bytes:
    """The message that brings a slider of ten days."""
    message = ForwardMsg()
    element = message.delta.new_element.slider
    element.id, element.min, element.max, element.step = "s", 0, 10 * DAY, DAY
    element.default.append(3 * DAY)
    element.value.append(value)
    element.set_value = set_value
    return message.SerializeToString()


def headline(words: str, key: str = "") -> ForwardMsg:
    """The message that brings a headline, to be kept under a key if there is one."""
    message = ForwardMsg(hash=key)
    message.metadata.cacheable = bool(key)
    message.delta.new_element.markdown.body = f'<h1 class="headline">{words}</h1><p>below</p>'
    return message


def request_of(tab: Tab) -> BackMsg:
    return BackMsg.FromString(tab.request())


@pytest.fixture
def tab() -> Tab:
    return Tab("http://here/", "as_of=2019-03-31")


def test_a_tab_asks_with_the_state_of_its_slider(tab: Tab) -> None:
    assert request_of(tab).rerun_script.query_string == "as_of=2019-03-31"
    tab.take(slider(0, set_value=False))
    assert tab.month() == 3
    tab.slide(2)
    (state,) = request_of(tab).rerun_script.widget_states.widgets
    assert (state.id, list(state.double_array_value.data)) == ("s", [5 * DAY])
    tab.take(slider(0, set_value=False))
    assert tab.month() == 5
    tab.take(slider(7 * DAY, set_value=True))
    assert tab.month() == 7


@pytest.mark.parametrize(("steps", "month"), [(99, 10), (-99, 0)])
def test_a_slider_goes_no_further_than_it_reaches(tab: Tab, steps: int, month: int) -> None:
    tab.take(slider(0, set_value=False))
    tab.slide(steps)
    assert tab.month() == month


def test_a_run_ends_with_its_own_message_only(tab: Tab) -> None:
    assert not tab.take(headline("One").SerializeToString())
    assert not tab.take(finish(ForwardMsg.FINISHED_EARLY_FOR_RERUN))
    assert tab.take(finish())
    with pytest.raises(BadAnswer, match="ended with"):
        tab.take(finish(ForwardMsg.FINISHED_WITH_COMPILE_ERROR))


def test_a_tab_keeps_messages_for_a_few_runs_and_shows_them_again(tab: Tab) -> None:
    reference = ForwardMsg(ref_hash="key").SerializeToString()
    tab.request()
    tab.take(headline("One &amp; two", "key").SerializeToString())
    tab.take(finish())
    assert list(request_of(tab).rerun_script.cached_message_hashes) == ["key"]
    assert tab.headline() == ""
    tab.take(reference)
    assert "One & two" in tab.headline()
    for _ in range(4):
        tab.take(finish())
        tab.request()
    with pytest.raises(BadAnswer, match="not kept"):
        tab.take(reference)


def test_an_exception_on_the_page_is_an_error(tab: Tab) -> None:
    message = ForwardMsg()
    message.delta.new_element.exception.type = "KeyError"
    message.delta.new_element.exception.message = "x"
    with pytest.raises(BadAnswer, match="KeyError: x"):
        tab.take(message.SerializeToString())


def test_the_client_reads_what_it_has_asked_for() -> None:
    assert (
        request(80, "/a?b", {"X": "y"})
        == b"GET /a?b HTTP/1.1\r\nHost: 127.0.0.1:80\r\nX: y\r\n\r\n"
    )
    reply = reply_of(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/csv; x: y\r\n\r\n", b"body")
    assert (reply.status, reply.body) == (404, b"body")
    assert reply.headers == {"content-type": "text/csv; x: y"}


def test_a_percentile_needs_two_steps() -> None:
    assert load.Tally(seconds=[0.1, 0.3]).p(50) == pytest.approx(200)
    assert str(load.Tally(seconds=[0.1]).p(50)) == "nan"


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with load.dashboard() as server:
        yield server


@pytest.fixture(scope="module")
def truth() -> load.Truth:
    return load.Truth(stances.load(REAL))


@pytest.mark.slow
def test_two_sessions_move_the_date_and_get_the_truth(served: Server, truth: load.Truth) -> None:
    tally, held = asyncio.run(load.crowd(served, 2, 3.0, truth))
    assert not tally.errors
    assert tally.seconds
    assert tally.asked
    assert held > 0


@pytest.mark.slow
def test_the_bench_tells_a_wrong_page(served: Server, truth: load.Truth) -> None:
    async def look_at(month: int) -> None:
        async with visiting(load.port_of(served), truth.months[100]) as visitor:
            load.check_page(visitor, month, truth)

    asyncio.run(look_at(100))
    with pytest.raises(BadAnswer, match="instead of month 101"):
        asyncio.run(look_at(101))


@pytest.mark.slow
def test_the_bench_counts_what_goes_wrong(served: Server) -> None:
    wrong = load.Truth(stances.load(SIX, today=TODAY))
    tally = load.Tally()
    asyncio.run(load.visit(load.Door(load.port_of(served)), -1, wrong, tally, time.monotonic()))
    asyncio.run(load._ask(load.port_of(served), load.LATEST, b"other bytes", tally))
    asyncio.run(load._ask(1, load.LATEST, None, tally))
    assert [error.partition(":")[0] for error in tally.errors] == ["page", load.LATEST, load.LATEST]


def test_bad_messages_are_as_many_as_are_promised_and_the_same_each_time() -> None:
    good = Tab("http://here/", "as_of=2019-03-31").request()
    made = bad_messages(good)
    assert len(made) == BAD_MESSAGES
    assert made == bad_messages(good)
    assert good not in made
