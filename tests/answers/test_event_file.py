"""Events as they leave, in the order that is asked for."""

from __future__ import annotations

import csv
import io

import pytest

import stances
from stances.answers.directions import direction_of
from stances.answers.event_file import events_csv
from stances.answers.files import table_csv
from stances.answers.tracker import Tracker
from tests.folders import Folder


def test_chosen_events_are_the_rows_of_the_table_in_the_order_asked_for(
    real: stances.Dataset,
) -> None:
    whole = table_csv(real, "events").decode().splitlines()
    ids = real.events["event_id"].tolist()
    chosen = [ids[9], ids[2], ids[-1]]
    lines = events_csv(Tracker(real), chosen).decode().splitlines()
    wanted = [whole[0], whole[10], whole[3], whole[-1]]
    assert [line[: len(own)] for line, own in zip(lines, wanted, strict=True)] == wanted
    every = events_csv(Tracker(real), ids).decode().splitlines()
    assert all(line.startswith(own) for line, own in zip(every, whole, strict=True))


def test_a_chosen_event_has_its_strongest_source_and_all_publishers_at_its_end(
    six: stances.Dataset,
) -> None:
    text = events_csv(Tracker(six), six.events["event_id"].tolist()).decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][-4:] == ["source_publisher", "source_url", "publishers", "direction"]
    sources, several = Tracker(six), False
    for event_id, *_, publisher, url, publishers, direction in rows[1:]:
        best = sources.best_source(event_id)
        assert (publisher, url) == (best.publisher, best.url)
        every = [source.publisher for source in sources.sources[event_id]]
        assert publishers == "; ".join(every)
        assert direction == direction_of(sources, event_id)
        several |= len(every) > 1
    assert several


def test_no_chosen_events_leave_the_header(six: stances.Dataset) -> None:
    [header] = events_csv(Tracker(six), []).splitlines()
    assert header.startswith(table_csv(six, "events").splitlines()[0])


def test_chosen_events_are_harmless_to_a_spreadsheet(folder: Folder) -> None:
    folder.edit("events", 3, title="=HYPERLINK(1)", note="@SUM(1)", score="-1")
    data = folder.load()
    rows = events_csv(Tracker(data), ["ARC-20200410-minister-worried"]).decode()
    [row] = csv.DictReader(io.StringIO(rows, newline=""))
    assert (row["title"], row["note"]) == ("'=HYPERLINK(1)", "'@SUM(1)")
    assert row["score"] == "-1"


def test_an_id_of_no_event_is_refused(six: stances.Dataset) -> None:
    with pytest.raises(stances.BadInput, match="ARC-20200101-nothing is not the id of an event"):
        events_csv(Tracker(six), ["ARC-20200101-roads-order", "ARC-20200101-nothing"])
