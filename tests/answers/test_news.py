"""The news: what is told, on which day, once; and in which words."""

from __future__ import annotations

from datetime import date

import pytest

from stances.answers.letter import letter
from stances.answers.news import NEWS_KINDS, notes
from stances.answers.news_file import NewsQuery, news, news_notes
from stances.answers.tracker import Tracker
from stances.dataset.release import RELEASES, archive_path, derived_files
from stances.render.letter import letter_text
from tests.folders import TODAY, Folder, load
from tests.golden import Golden

EVER = NewsQuery(date(2000, 1, 1), TODAY)
# The days of the releases of the folder below.
FIRST, SECOND, THIRD = "2022-03-15", "2022-06-01", "2022-07-01"


def _release(folder: Folder) -> None:
    """Write what follows from a folder, without the series."""
    for path, content in derived_files(folder.load(), {}).items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


@pytest.fixture
def releases(folder: Folder) -> Folder:
    """A folder of three releases: the six events; a seventh, corrections, a rule used and a new
    step; an event gone.
    """
    _release(folder)
    new = {"event_id": "CAL-20220520-bridge-talk", "actor": "CAL", "date": "2022-05-20"}
    folder.add("events", 3, **new, title="Caldon talks of bridges", recorded=SECOND)
    folder.add("codings", 3, event_id=new["event_id"])
    folder.edit("events", 2, score="-1", date="2020-01-02", recorded=SECOND)
    folder.edit("events", 3, summary="A speech.", note="Two reports", recorded=SECOND)
    folder.edit("events", 4, note="A note alone tells nothing.", recorded=SECOND)
    used = {"applied": "yes", "applied_what": "A bridge came down", "applied_since": "2022-04"}
    folder.edit("acts", 4, **used, recorded=SECOND)
    step = {"deadline": "2022-06-21", "kind": "lapse", "what": "A grant ends early"}
    step["note"] = "Counted by us from the day it was signed"
    folder.add("deadlines", 5, **step)
    _release(folder)
    folder.edit("events", 5, recorded=THIRD)
    folder.remove("events", 6)
    for line in (16, 15, 14):
        folder.remove("codings", line)
    _release(folder)
    return folder


def test_each_thing_is_told_on_a_day_of_its_own(tracker_six: Tracker, golden: Golden) -> None:
    golden(
        {
            f"{item.note.news_day} {item.note.kind}: {item.note.id}": item.sentence
            for item in news(tracker_six, EVER)
        }
    )


def test_use_and_doubt_are_told_as_of_the_later_day_on_which_they_are_known(
    folder: Folder, golden: Golden
) -> None:
    folder.replace("about.toml", "[licence]", "covered_to = 2021-03-07\n[licence]")
    told = news(Tracker(folder.load()), NewsQuery(date(2020, 2, 1), date(2021, 3, 8)))
    golden({item.note.id: item.sentence for item in told if item.note.kind in ("practice", "passed")
            or item.note.id.endswith("/all/7")})  # fmt: skip


def test_what_a_release_brings_is_told_on_its_day(releases: Folder, golden: Golden) -> None:
    tracker = Tracker(releases.load())
    items = news(tracker, NewsQuery(date(2022, 3, 1), date(2022, 8, 1)))
    golden(
        {f"{item.note.news_day} {item.note.kind}: {item.note.id}": item.sentence for item in items}
    )
    assert str(tracker.data.recorded) == THIRD
    assert {str(item.note.news_day) for item in items if item.note.kind == "correction"} == {
        SECOND,
        THIRD,
    }


def test_a_row_reworded_twice_is_counted_once(releases: Folder) -> None:
    releases.edit("events", 3, summary="Another speech.", recorded="2022-07-02")
    _release(releases)
    made = letter(Tracker(releases.load()), NewsQuery(date(2022, 3, 1), date(2022, 7, 3)))
    assert made is not None
    assert "In one row the wording alone was corrected." in letter_text(made, "")


def test_what_was_first_recorded_as_of_another_day_is_told_by_its_own(releases: Folder) -> None:
    """The order was first of 1 January 2020; a correction made it of the 2nd."""

    def titles(since: int, until: int) -> list[str]:
        query = NewsQuery(date(2020, 1, since), date(2020, 1, until), actors=["ARC"])
        made = letter(Tracker(releases.load()), query)
        return [part.title for part in made.parts if part.items] if made else []

    assert titles(2, 9) == ["What was done"]
    assert titles(1, 1) == []
    releases.edit("events", 2, date="2019-12-20")
    assert titles(1, 9) == []


def test_what_counts_nowhere_is_no_decision(folder: Folder) -> None:
    query = NewsQuery(date(2020, 1, 1), date(2020, 1, 31), actors=["ARC"])
    leads = []
    for score in ("-2", ""):
        folder.edit("events", 2, score=score)
        made = letter(Tracker(folder.load()), query)
        assert made is not None
        leads.append(made.lead[0].partition(": ")[2].partition(";")[0].rstrip("."))
    assert leads == ["one decision", "one event"]


def test_a_step_recorded_late_is_told_at_once_and_not_for_days_before(releases: Folder) -> None:
    tracker = Tracker(releases.load())
    late = [note for note in notes(tracker) if note.step and note.step.deadline == "2022-06-21"]
    assert [(note.kind, str(note.news_day)) for note in reversed(late)] == [
        ("due", SECOND),
        ("due", "2022-06-14"),
        ("passed", "2022-06-22"),
    ]


@pytest.mark.parametrize("content", [b"", b"no zip", None])
def test_a_release_that_cannot_be_read_is_part_of_the_next(
    releases: Folder, content: bytes | None
) -> None:
    """Its rows are told on the days of their own then, as those of a first release are."""
    folder = releases.path / RELEASES
    for path in folder.glob(f"{FIRST}*"):
        path.unlink() if content is None else path.write_bytes(content)
    items = {note.id: str(note.news_day) for note in notes(Tracker(releases.load()))}
    assert items["event/CAL-20220520-bridge-talk"] == "2022-05-20"
    assert items["withdrawn/BOR-20200511-teachers-doubt"] == THIRD
    assert not [name for name in items if name.startswith("correction/")]


def test_nothing_is_told_twice_and_nothing_by_time_alone(tracker_six: Tracker) -> None:
    every = notes(tracker_six)
    assert len({note.id for note in every}) == len(every)
    assert {note.kind for note in every} <= set(NEWS_KINDS)
    assert sum(note.of_event for note in every) == len(tracker_six.titles)


def test_what_was_told_by_a_day_stays_as_days_go_by(folder: Folder) -> None:
    days = date(2022, 3, 16), date(2022, 12, 31)
    earlier, later = (Tracker(load(folder.path, day)) for day in days)
    items = [(note.id, note.news_day) for note in notes(earlier)]
    assert items == [(note.id, note.news_day) for note in notes(later) if note.news_day <= days[0]]
    assert len(items) < len(notes(later))


def test_news_are_narrowed(tracker_six: Tracker) -> None:
    def ids(**query: object) -> set[str]:
        request = NewsQuery(**{**vars(EVER), **query})  # type: ignore[arg-type]
        return {note.actor for note in news_notes(tracker_six, request)}

    assert ids(actors=["BOR"]) == {"BOR"}
    assert ids(domain="schools") == {"BOR"}
    assert ids(kinds=["practice"]) == {"ARC"}
    # Arcadia left the group before it repealed its order.
    assert ids(group="Pact", since=date(2020, 10, 1)) == {"BOR", "CAL"}
    assert ids(until=date(2020, 1, 1)) == {"ARC"}


def test_the_archive_of_the_tables_as_they_lie_is_not_needed(releases: Folder) -> None:
    data = releases.load()
    before = notes(Tracker(data))
    archive_path(data.folder, data.version).unlink()
    assert notes(Tracker(releases.load())) == before


@pytest.mark.parametrize(("ended", "passes"), [("2021-03-07", True), ("2021-02-01", False)])
def test_a_step_that_its_act_did_not_live_to_see_is_not_told(
    folder: Folder, ended: str, passes: bool
) -> None:
    """The day that ends an act is the last step of it."""
    folder.edit("acts", 3, ended=ended, ended_how="forgotten")
    kinds = [note.kind for note in notes(Tracker(folder.load())) if note.actor == "BOR"]
    assert ("passed" in kinds) == passes
