"""The act shown: of the unbroken run of acts with the score in force, by the register."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from stances.answers.tracker import Tracker
from stances.dataset.load import Dataset
from stances.model.acts_shown import ActsShown
from tests.model.test_stance import event, model_of
from tests.oracle import Event

TODAY = date(2026, 6, 15)
RUN = [
    event("2018-01-01", "law", -3, slug="other"),
    event("2019-01-01", "law", -2, slug="first"),
    event("2020-01-01", "decision", -2, slug="second"),
    event("2021-01-01", "relief", -2, slug="third"),
]
FIRST, SECOND, THIRD = (act.event_id for act in RUN[1:])


def line(act: Event, **cells: str) -> dict[str, str]:
    """A line of the register, of an act that was adopted long ago."""
    bare = {"act_id": f"line-{act.event_id}", "event_id": act.event_id, "adopted": "2018"}
    return dict.fromkeys(_COLUMNS, "") | bare | cells


_COLUMNS = [
    "act_id", "event_id", "adopted", "in_force_from", "ended", "applied", "applied_since",
]  # fmt: skip


def act_shown_on(
    data: Dataset,
    *lines: dict[str, str],
    landmarks: tuple[str, ...] = (),
    day: date = TODAY,
    events: list[Event] | None = None,
) -> Any:
    """The act shown in the networks, on the register and landmarks given."""
    model = model_of(data.codebook, *(events or RUN))
    ids = model.events["event_id"]
    table = pd.DataFrame({"event_id": ids, "landmark": ids.isin(landmarks)})
    register = pd.DataFrame(list(lines), columns=_COLUMNS, dtype="str")
    latest = model.arrays([day]).act
    result = ActsShown(model, register, table).by_latest(latest, day)
    return pd.Series({name: values[model.column("networks")] for name, values in result.items()})


def test_without_a_register_the_first_act_of_the_run_is_shown(real: Dataset) -> None:
    row = act_shown_on(real)
    assert (row.act_level, row.level_since) == (-2.0, pd.Timestamp("2019-01-01"))
    assert (row.act_event_id, row.act_id) == (FIRST, "")


def test_the_newest_of_the_register_is_shown_since_the_first_day_of_the_run(
    real: Dataset,
) -> None:
    row = act_shown_on(real, line(RUN[2]), line(RUN[1]), line(RUN[0]))
    assert (row.act_event_id, row.act_id) == (SECOND, f"line-{SECOND}")
    assert row.level_since == pd.Timestamp("2019-01-01")


def test_a_landmark_goes_before_a_newer_act_and_the_newest_landmark_before_others(
    real: Dataset,
) -> None:
    lines = [line(act) for act in RUN[1:]]
    assert act_shown_on(real, *lines, landmarks=(FIRST,)).act_event_id == FIRST
    assert act_shown_on(real, *lines, landmarks=(FIRST, SECOND)).act_event_id == SECOND
    # A landmark that does not stand in the register is none here.
    assert act_shown_on(real, *lines[1:], landmarks=(FIRST,)).act_event_id == THIRD


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        ({"in_force_from": "2026-06-15"}, True),
        ({"in_force_from": "2026-06-16"}, False),
        ({"in_force_from": "2026-07", "adopted": "2020-01-01"}, False),
        ({"adopted": "2026-07"}, False),
        ({"adopted": "2026-06"}, True),
        ({"ended": "2026-06-15"}, False),
        ({"ended": "2026-06-16"}, True),
        ({"ended": "2026-06"}, True),
        ({"ended": "2026-05"}, False),
        ({"ended": "2026"}, True),
    ],
)
def test_only_what_holds_on_the_day_is_shown(
    real: Dataset, cells: dict[str, str], holds: bool
) -> None:
    row = act_shown_on(real, line(RUN[1]), line(RUN[3], **cells))
    assert row.act_event_id == (THIRD if holds else FIRST)


def test_of_several_lines_of_one_event_the_first_of_the_file_that_holds(
    real: Dataset,
) -> None:
    lines = [line(RUN[3], act_id=name) for name in ("one", "two")]
    assert act_shown_on(real, *lines).act_id == "one"
    assert act_shown_on(real, lines[0] | {"ended": "2025"}, lines[1]).act_id == "two"


def test_an_act_after_the_day_is_not_shown_yet(real: Dataset) -> None:
    row = act_shown_on(real, line(RUN[2]), line(RUN[3]), day=date(2020, 6, 1))
    assert row.act_event_id == SECOND


def test_without_an_act_in_force_none_is_shown(real: Dataset) -> None:
    for events in ([event("2020-01-01", "bill", -2)], [*RUN, event("2022-01-01", "relief", 0)]):
        row = act_shown_on(real, line(RUN[1]), events=events)
        assert (row.act_event_id, row.act_id) == ("", "")
        assert np.isnan(row.act_level)
        assert pd.isna(row.level_since)


def test_the_six_events(tracker_six: Tracker) -> None:
    rows = tracker_six.position(date(2020, 6, 1))
    rows = rows[rows["act_event_id"] != ""].set_index("actor")
    assert rows["act_id"].to_dict() == {"ARC": "ARC-roads-order", "BOR": "BOR-school-permit"}


@pytest.mark.parametrize("day", [date(2016, 1, 1), date(2020, 7, 15), date(2026, 7, 2)])
def test_the_act_shown_is_of_the_run_in_force_on_the_real_data(tracker: Tracker, day: date) -> None:
    table, data = tracker.position(day), tracker.data
    has_one = table["act_event_id"] != ""
    assert (has_one == (table["in_force_event_id"] != "")).all()
    assert (table["level_since"].isna() == ~has_one).all()
    shown = table[has_one]
    of = data.events.set_index("event_id").loc[shown["act_event_id"]]
    for name, column in (("actor", "actor"), ("domain", "domain"), ("score", "act_level")):
        assert (of[name].to_numpy() == shown[column].to_numpy()).all()
    assert (shown["in_force_since"] == shown["level_since"]).all()
    assert (shown["level_since"].to_numpy() <= of["date"].to_numpy()).all()
    assert (of["date"] <= pd.Timestamp(day)).all()
    lines = data.acts.set_index("act_id")["event_id"]
    stands = shown["act_id"] != ""
    assert (shown["act_id"].map(lines) == shown["act_event_id"])[stands].all()
    assert (shown["act_event_id"] == shown["in_force_event_id"])[~stands].all()
