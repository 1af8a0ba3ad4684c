"""The bad messages of the bench. Nothing here depends on how fast it is."""

from __future__ import annotations

from tests.bench.silent import BAD_MESSAGES, bad_messages
from tests.bench.visitor import Tab


def test_bad_messages_are_as_many_as_are_promised_and_the_same_each_time() -> None:
    good = Tab("http://here/", "as_of=2019-03-31").request()
    made = bad_messages(good)
    assert len(made) == BAD_MESSAGES
    assert made == bad_messages(good)
    assert good not in made
