"""Which events a text is alike: by words, by meaning across languages, by the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from stances.__main__ import BAD_USAGE, OK, main
from stances.answers.tracker import Tracker
from stances.dataset.load import Dataset
from stances.desk.alike import alike

ORDER = "ARC-20200101-roads-order"
WORRIED = "ARC-20200410-minister-worried"
REPEALED = "ARC-20201027-order-repealed"
PERMIT = "BOR-20200201-school-permit"


def _first(tracker: Tracker, text: str, day: date | None = None) -> str:
    return str(alike(tracker, text, day).index[0])


@pytest.mark.parametrize(
    ("text", "event_id"),
    [
        ("In a speech the minister was worried about the firm.", WORRIED),
        ("SÓURCES DIFFER: the schools of Boria and their permits", PERMIT),
        ("Arcadian repeal", REPEALED),
    ],
)
def test_the_likest_event_shares_rare_words(tracker_six: Tracker, text: str, event_id: str) -> None:
    assert _first(tracker_six, text) == event_id


def test_the_frame_has_the_events_and_their_likeness(tracker_six: Tracker) -> None:
    events = alike(tracker_six, "The ministry orders it", most=3)
    assert [*events.columns] == [*tracker_six.events.columns, "likeness"]
    assert len(events) == 3
    assert events["likeness"].is_monotonic_decreasing


def test_an_old_event_that_a_long_text_retells_stands_beside_that_of_the_day(
    tracker_six: Tracker,
) -> None:
    text = (
        "Arcadia repeals its order, and nothing is left of it, a spokesman says today.\n"
        "In February a permit let Acme teach in the schools of Boria, by the school board.\n"
    )
    assert {*alike(tracker_six, text, date(2020, 10, 27), 2).index} == {REPEALED, PERMIT}


def test_the_day_decides_where_words_do_not(tracker_six: Tracker) -> None:
    assert _first(tracker_six, "Arcadia: Acme", date(2020, 4, 11)) == WORRIED
    assert _first(tracker_six, "Arcadia: Acme", date(2020, 10, 28)) == REPEALED
    # What has not happened yet is not told.
    assert _first(tracker_six, "Arcadia: Acme", date(2020, 1, 2)) == ORDER


def test_a_title_in_its_own_language_leads_to_the_event(six: Dataset) -> None:
    sources = six.sources.copy()
    is_herald = sources["source_id"] == "bor-herald"
    sources.loc[is_herald, "title"] = "Lehrerlaubnis für Konzern; 波利亚的学校"
    tracker = Tracker(replace(six, sources=sources))
    boria = [event for event in tracker.events.index if event.startswith("BOR")]
    assert _first(tracker, "Lehrerlaubnis") in boria
    assert _first(tracker, "波利亚") in boria


@pytest.mark.parametrize("text", ["", "qqq", "\x00\n\n", "x" * 5_000_000, "Acme " * 100_000])
def test_any_text_has_an_answer(tracker_six: Tracker, text: str) -> None:
    assert len(alike(tracker_six, text, date(2020, 1, 1))) == 6


def test_a_tracker_without_events_has_none(six: Dataset) -> None:
    tracker = Tracker(replace(six, events=six.events.head(0), acts=six.acts.head(0)))
    assert alike(tracker, "Arcadia", date(2020, 1, 1)).empty


def test_most_titles_of_new_sources_lead_to_their_event(real: Dataset) -> None:
    """Held back from the index, one source of an event is a text that is new."""
    cited = real.event_sources
    is_headline = ~cited["title"].str.startswith("[")
    is_further = cited.duplicated("event_id", keep="first")
    queries = cited[is_headline & is_further].drop_duplicates("event_id", keep="last")
    queries = queries[queries["published"].str.len() == 10].iloc[::10]

    sources = real.sources.copy()
    sources.loc[sources["title"].isin(queries["title"]), "title"] = ""
    tracker = Tracker(replace(real, sources=sources))
    hits = 0
    for row in queries.itertuples():
        events = alike(tracker, str(row.title), date.fromisoformat(str(row.published)))
        hits += row.event_id in events.index
    assert hits / len(queries) >= 0.8


def test_the_command_prints_ids(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "article.txt"
    words = ["desk", "--alike", str(file), "--most", "2", "--data", str(folder)]
    file.write_text("Published: 2020-04-11\nTitle: Arcadia and Acme\n\nA worry.", encoding="utf-8")
    assert main(words) == OK
    ids = capsys.readouterr().out.splitlines()
    assert len(ids) == 2
    assert ids[0] == WORRIED

    file.write_text("Published: 2020-13-11\n", encoding="utf-8")
    assert main(words) == BAD_USAGE
    assert "there is no text" in capsys.readouterr().err
    file.write_bytes(b"\xff\xfe\xfa")
    assert main(words) == BAD_USAGE
    assert "is not UTF-8" in capsys.readouterr().err
