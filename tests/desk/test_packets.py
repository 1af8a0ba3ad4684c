"""Packets: which events come in which order, and that nothing shown tells how one was coded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset, load
from stances.desk import packets
from tests.conftest import SIX, TODAY

ORDER = "ARC-20200101-roads-order"
WORRY = "ARC-20200410-minister-worried"


def with_codings(data: Dataset, *rows: Mapping[str, object]) -> Tracker:
    """The tracker of the six events with further codings."""
    codings = pd.concat([data.codings, pd.DataFrame(rows)]).astype({"score": "Int64"})
    return tracker_of(replace(data, codings=codings))


def test_a_packet_is_the_same_for_all_and_a_larger_one_begins_with_it(tracker: Tracker) -> None:
    first = packets.packet(tracker, "all", 20, "1")
    again = packets.packet(tracker_of(replace(tracker.data)), "all", 100, "1")
    assert first.equals(again.head(20))
    assert len(again) == again["event_id"].nunique() == 100
    other = packets.packet(tracker, "all", 20, "2")
    assert set(other["event_id"]) != set(first["event_id"])


def test_each_field_and_level_has_its_part_of_a_packet(tracker: Tracker) -> None:
    size = 300
    events = tracker.events[tracker.events["actor"].isin(tracker.actors)]
    chosen = packets.packet(tracker, "all", size, "1")["event_id"]
    strata = ["domain", "score"]
    every = events.groupby(strata, dropna=False).size()
    part = events.loc[chosen].groupby(strata, dropna=False).size()
    expected = every * size / len(events)
    off = (part.reindex(every.index, fill_value=0) - expected).abs()
    assert (off < 1 + expected / 5).all()


def test_of_every_fifth_event_the_sources_alone_are_shown(tracker: Tracker) -> None:
    seen = packets.packet(tracker, "front", 100, "1")["seen"]
    assert seen.value_counts().to_dict() == {"all": 80, "sources": 20}


def test_what_the_front_page_rests_on_comes_first(tracker: Tracker, tracker_six: Tracker) -> None:
    front = packets.front_page(tracker)
    lead = tracker.lead
    day = tracker.data.opening_day
    positions = tracker.in_domain(day, lead.domain).loc[tracker.members(lead.group, day)]
    in_force = positions.loc[positions["limits"], "act_event_id"]
    assert set(in_force) <= front
    first = packets.packet(tracker, "front", len(front), "1")["event_id"]
    assert set(first) == front
    more = packets.packet(tracker, "front", len(front) + 50, "1")["event_id"]
    assert len(more) == len(front) + 50
    # Arcadia, Boria and the Pact are featured; of the roads nothing is left that counts but this.
    assert len(packets.packet(tracker_six, "front", 20, "1")) == 6


def test_a_packet_is_taken_up_where_it_was_left(six: Dataset) -> None:
    events = packets.packet(tracker_of(six), "all", 6, "1")
    first_id = events["event_id"].iloc[0]
    coding = {"event_id": first_id, "coder": "Ada", "score": None, "why": "", "seen": "all"}
    tracker = with_codings(six, coding)
    assert packets.packet(tracker, "all", 6, "1").equals(events)
    assert packets.left(tracker, events, "Ada").equals(events.iloc[1:])
    assert packets.left(tracker, events, "Bea").equals(events)


def test_of_the_sources_alone_neither_title_nor_words_are_shown(tracker_six: Tracker) -> None:
    shown = packets.case(tracker_six, ORDER, "sources")
    event = tracker_six.events.loc[ORDER]
    for cell in ("title", "summary", "speaker"):
        assert event[cell] not in repr(shown)
        assert event[cell] in repr(packets.case(tracker_six, ORDER, "all"))


def test_where_two_differ_a_third_decides(six: Dataset) -> None:
    # A gave the worried minister no level, B did; on the order they are a point apart.
    tracker = tracker_of(six)
    assert packets.differing(tracker)["event_id"].tolist() == [WORRY, ORDER]
    reasons = packets.reasons(tracker, ORDER)
    assert reasons["score"].tolist() == [-2, -1] and "coder" not in reasons

    def coding(coder: str) -> dict[str, object]:
        return {"event_id": ORDER, "coder": coder, "score": -2, "why": "", "seen": "all"}

    # Who coded it is no third; what was reviewed is settled.
    tracker = with_codings(six, coding("B2"))
    assert packets.left(tracker, packets.differing(tracker), "B2")["event_id"].tolist() == [WORRY]
    tracker = with_codings(six, coding("review Ada"))
    assert packets.differing(tracker)["event_id"].tolist() == [WORRY]


@pytest.mark.parametrize(
    ("typed", "cell"),
    [("-2", "-2"), ("−1", "-1"), ("+1", "1"), (" 0 ", "0"), ("none", ""), ("Context", "")],
)
def test_a_score_is_typed_with_any_minus(six: Dataset, typed: str, cell: str) -> None:
    assert packets.cell_of(typed, six.codebook.scale) == cell


@pytest.mark.parametrize("typed", ["", "-3", "1.5", "--1", "-0", "x"])
def test_what_is_no_score_is_refused_with_those_that_are(six: Dataset, typed: str) -> None:
    with pytest.raises(BadInput, match="is no score: -2 to 2, or none"):
        packets.cell_of(typed, six.codebook.scale)


def test_who_codes_is_a_person() -> None:
    tracker = tracker_of(load(SIX, TODAY))
    assert not packets.is_known(tracker, "Ada")
    for name in ("B", "first", "review", "review Ada"):
        with pytest.raises(BadInput, match="is no person"):
            packets.is_known(tracker, name)
