"""The stances of a day, of months and of groups, as they leave: columns that never change."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from stances import tables
from stances.answers import export, snapshot
from stances.answers.tracker import Tracker, tracker_of
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset, load
from stances.links import view
from stances.render import page
from stances.tables.col import Col
from tests.conftest import TODAY

# Frozen: columns are only ever added, at the end.
SNAPSHOT = (
    "as_of,actor,name,kind,domain,stance,low,high,label,evidence,in_force_event_id,in_force_since,"
    "last_event_id,last_event_date,events,dataset_version,schema_version,certainty,act_level,"
    "act_event_id,act_id,looked_to"
)
SERIES = (
    "date,actor,name,domain,stance,low,high,label,evidence,dataset_version,schema_version,certainty"
)
GROUPS = (
    "date,group,domain,mean,label,median,spread,members,with_position,restricting,open,"
    "dataset_version,schema_version,mean_plain,limiting,used,excluding"
)


@pytest.mark.parametrize(
    ("columns", "frozen"),
    [(tables.SNAPSHOT, SNAPSHOT), (tables.SERIES, SERIES), (tables.GROUPS, GROUPS)],
)
def test_the_columns_are_frozen(columns: list[Col], frozen: str) -> None:
    assert ",".join(col.name for col in columns).startswith(frozen)
    assert all(col.about for col in columns)


def test_the_bytes_of_a_snapshot(tracker_six: Tracker) -> None:
    rows = snapshot.snapshot(tracker_six, date(2020, 6, 1), "roads")
    version = tracker_six.data.version
    schema = tracker_six.data.schema_version
    assert export.csv(rows, tables.SNAPSHOT).decode() == (
        f"{SNAPSHOT}\n"
        "2020-06-01,ARC,Republic of Arcadia,state,roads,-2.0000,-2.0000,-1.0000,Block,3.6974,"
        "ARC-20200101-roads-order,2020-01-01,ARC-20200410-minister-worried,2020-04-10,2,"
        f"{version},{schema},1.0000,-2,ARC-20200101-roads-order,ARC-roads-order,\n"
        "2020-06-01,BOR,Kingdom of Boria,state,roads,2.0000,1.0000,2.0000,Promote,2.0000,"
        f",,BOR-20200601-ring-road-plan,2020-06-01,1,{version},{schema},1.0000,,,,\n"
        "2020-06-01,CAL,Caldon,state,roads,,,,No current position,0.0000,"
        f",,,,0,{version},{schema},0.0000,,,,\n"
    )


def test_rows_come_by_actor_with_overall_first(tracker: Tracker) -> None:
    rows = snapshot.snapshot(tracker, date(2024, 3, 1))
    assert rows["actor"].drop_duplicates().tolist() == sorted(tracker.actors)
    assert rows["domain"].iloc[:6].tolist() == tracker.codebook.columns
    assert len(rows) == 6 * len(tracker.actors)


def test_a_snapshot_is_narrowed_and_refuses_what_it_does_not_know(tracker_six: Tracker) -> None:
    day = date(2020, 6, 1)
    rows = snapshot.snapshot(tracker_six, day, "roads", ["BOR", "ARC"])
    assert rows["actor"].tolist() == ["ARC", "BOR"]
    assert snapshot.snapshot(tracker_six, day, actors=[]).empty
    with pytest.raises(BadInput, match="sea"):
        snapshot.snapshot(tracker_six, day, "sea")
    with pytest.raises(BadInput, match="XYZ"):
        snapshot.snapshot(tracker_six, day, None, ["XYZ"])


def test_a_series_is_snapshots_one_below_the_other(tracker: Tracker) -> None:
    days = [date(2018, 12, 31), date(2026, 7, 2)]
    rows = snapshot.series(tracker, days)
    names = [col.name for col in tables.SERIES if col.name != "date"]
    for day, part in rows.groupby("date"):
        alone = snapshot.snapshot(tracker, day.date())[names]
        pd.testing.assert_frame_equal(
            part[names].reset_index(drop=True), alone, check_dtype=False, atol=1e-9
        )
    assert len(snapshot.series(tracker, days, "networks", ["POL"])) == 2


def test_rows_say_up_to_which_day_their_actor_was_looked_through(folder: Path) -> None:
    table = "actor,looked_to,by\nARC,2022-03-15,the gazette\n"
    (folder / "coverage.csv").write_text(table)
    data = load(folder, TODAY)
    assert data.schema_version == "1.6"
    for day in (date(2020, 6, 1), TODAY):
        rows = snapshot.snapshot(tracker_of(data), day, "roads")
        assert list(rows["looked_to"].astype("str").fillna("")) == ["2022-03-15", "", ""]
    html = page.html(view.read(data, "actor", {"actor": "ARC"}))
    assert "looked through to 15 Mar 2022</p>" in html
    # On a day before it nobody had looked so far.
    html = page.html(view.read(data, "actor", {"actor": "ARC", "as_of": "2020-06-01"}))
    assert "looked through" not in html
    assert "looked through" not in page.html(view.read(data, "actor", {"actor": "BOR"}))


def test_groups_on_paper(tracker_six: Tracker) -> None:
    days = [date(2020, 2, 29), date(2020, 6, 30)]
    rows = snapshot.group_means(tracker_six, days, "Pact", "roads").set_index("date")
    told = rows[["mean", "label", "members", "with_position", "limiting", "used"]]
    assert told.to_numpy().tolist() == [
        [-2.0, "Block", 2, 1, 1, 1],
        [0.0, "Even", 3, 2, 1, 1],
    ]
    assert len(snapshot.group_means(tracker_six, days)) == 2 * 3
    with pytest.raises(BadInput, match="is not one of"):
        snapshot.group_means(tracker_six, days, "Pakt")


def test_metadata_name_the_figures(tracker_six: Tracker) -> None:
    told = snapshot.about_snapshot(tracker_six, date(2020, 6, 1), b"x", "roads", ["BOR", "ARC"])
    assert told["narrowed_to"] == {"domain": "roads", "actors": ["ARC", "BOR"]}
    assert (told["as_of"], told["basis"], told["model_version"]) == ("2020-06-01", "all", "3")
    assert told["csv_sha256"] == hashlib.sha256(b"x").hexdigest()
    assert told["dataset_version"] in told["citation"]
    assert [*told["columns"]] == SNAPSHOT.split(",")
    assert told["release"] is None and told["scored"] is None
    assert told["agreement"]["text"].startswith("A person and a machine")
    assert [row["n"] for row in told["agreement"]["by_kinds"]] == [5]
    assert told["coverage"] is None
    assert told["events_coded_by"] == {"human": 6, "machine": 6}
    assert told["model"]["domain_weights"] == {"roads": 3.0, "schools": 1.0}


def test_the_figures_that_differ_are_told_with_what_they_were(six: Dataset) -> None:
    is_order = six.events["event_id"] == "ARC-20200101-roads-order"
    events = six.events.assign(score=six.events["score"].mask(is_order, -1))
    milder = replace(six, events=events)
    day = date(2020, 4, 10)
    rows = snapshot.differences(six, milder, day)
    assert list(rows["domain"]) == ["overall", "roads"] and set(rows["actor"]) == {"ARC"}
    assert list(rows["was"]) == [-2, -2] and list(rows["is"]) == [-1, -1]
    assert list(rows["was_label"]) == ["Block"] * 2 and list(rows["is_label"]) == ["Limit"] * 2
    assert (rows["day"] == pd.Timestamp(day)).all()
    # Caldon has no position before or after; what is added has none before.
    assert snapshot.differences(six, six, day).empty
    without = replace(six, events=six.events[~six.events["actor"].eq("BOR")])
    rows = snapshot.differences(without, six, day)
    assert rows["was"].isna().all() and list(rows["is"]) == [0.5, 1]


def test_metadata_name_release_coverage_and_who_scored(tracker: Tracker) -> None:
    told = snapshot.about_snapshot(tracker, tracker.data.opening_day, b"")
    data = tracker.data
    assert told["coverage"]["actors"] == len(data.coverage)
    assert told["coverage"]["latest"] == f"{data.coverage['looked_to'].max():%Y-%m-%d}"
    assert told["release"] in (data.version, None)
    assert told["scored"] and told["events_coded_by"]["machine"] > 0
