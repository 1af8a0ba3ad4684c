"""The steps of acts over HTTP: narrowed as asked, and as a calendar that others can read."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.testclient import TestClient

import stances
from stances import escapes
from stances.answers.step_file import COLUMNS, calendar
from stances.answers.steps import steps
from stances.answers.tracker import Tracker
from tests.folders import Folder
from tests.golden import Golden

DAY, SUMMER = "2022-06-30", date(2022, 6, 30)


def _json(client: TestClient, **query: str) -> list[dict[str, Any]]:
    result = client.get(f"/deadlines.json?{urlencode({'as_of': DAY, **query})}").json()
    assert result["count"] == len(result["deadlines"])
    rows: list[dict[str, Any]] = result["deadlines"]
    return rows


def _csv(client: TestClient, **query: str) -> list[dict[str, str]]:
    answer = client.get(f"/deadlines.csv?{urlencode({'as_of': DAY, **query})}")
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def _events(text: str) -> list[dict[str, str]]:
    """The events of a calendar, read by RFC 5545 and nothing of ours: lines are unfolded, and each
    is a name, maybe parameters, and a value.
    """
    assert "\n" not in text.replace("\r\n", "")
    assert text.endswith("END:VCALENDAR\r\n")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
    events: list[dict[str, str]] = []
    for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name != "END":
            events[-1][name] = _plain(value) if name in ("SUMMARY", "DESCRIPTION") else value
    return events


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda result: "\n" if result[1] in "nN" else result[1], value)


NARROWED = [
    "", "actor=BOR", "actor=ACME", "group=Pact", "group=Pact&actor=CAL&kind=lapse",
    "domain=schools", "kind=removal", "kind=removal,lapse&from=2022-12-31&to=2022",
    # A month or year lies where its last day does.
    "to=2021-09", "to=2021-09-29", "from=2023", "from=2050-01-01", "applied=no",
    "applied=no,unknown&from=2021-09", "applied=yes", "applied=power", "status=in_force",
    "status=not_yet", "q=school", "q=school&kind=removal", "as_of=2020-06-30",
]  # fmt: skip


def test_every_filter_narrows_every_form_and_what_is_ahead_comes_first(
    client_six: TestClient, golden: Golden
) -> None:
    cases = {}
    for query in NARROWED:
        request = {"as_of": DAY, **dict(parse_qsl(query))}
        deadlines = [row["deadline"] for row in _json(client_six, **request)]
        assert [row["deadline"] for row in _csv(client_six, **request)] == deadlines
        result = client_six.get(f"/deadlines.ics?{urlencode(request)}")
        assert len(_events(result.text)) == len(deadlines)
        cases[query or "none"] = ", ".join(deadlines)
    golden(cases)
    assert list(_csv(client_six)[0]) == [column.name for column in COLUMNS]


def test_a_row_and_an_event_of_the_calendar_have_all_that_is_known_of_a_step(
    client_six: TestClient, golden: Golden
) -> None:
    answer = client_six.get(f"/deadlines.ics?as_of={DAY}")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    events = _events(answer.text)
    assert answer.text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    cases = {f"row {number}": row for number, row in enumerate(_json(client_six), 1)}
    # A step that is known by its year alone lies on its last day, and the summary says so.
    cases |= {f"event {number}": event for number, event in enumerate(events, 1)}
    golden({case: [f"{k}: {v}" for k, v in told.items()] for case, told in cases.items()})


def _calendar_events(tracker: Tracker) -> list[dict[str, str]]:
    return _events(
        calendar(tracker, steps(tracker, SUMMER), SUMMER, "All", "https://example.org").decode()
    )


def test_a_step_keeps_its_id_when_its_words_change(folder: Folder) -> None:
    def ids() -> list[str]:
        return [event["UID"] for event in _calendar_events(Tracker(folder.load()))]

    before = ids()
    assert len(set(before)) == len(before) == 4
    folder.edit("deadlines", 4, what="Other words", note="")
    folder.edit("acts", 4, deadline_what="Other words")
    assert ids() == before


def test_a_calendar_is_known_again(client_six: TestClient) -> None:
    whole = client_six.get("/deadlines.ics")
    again = client_six.get("/deadlines.ics", headers={"If-None-Match": whole.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client_six.head("/deadlines.ics").headers["etag"] == whole.headers["etag"]


def test_marks_and_letters_of_any_width_survive(folder: Folder) -> None:
    what = "A; b, c\\n \N{SNOWMAN}" + "\N{GRINNING FACE}" * 40
    folder.edit("deadlines", 4, what=what)
    folder.edit("acts", 4, deadline_what=what)
    first, *_ = _calendar_events(Tracker(folder.load()))
    assert first["SUMMARY"] == f"Caldon: {what} (by end of 2022)"
    assert escapes.calendar("a\r\nb\nc") == "a\\nb\\nc"


def test_the_real_calendar_has_every_step(client: TestClient, real: stances.Dataset) -> None:
    day = "2024-06-30"
    result = _events(client.get(f"/deadlines.ics?as_of={day}").text)
    own = steps(Tracker(real), date.fromisoformat(day))
    starts = [f"{step.end:%Y%m%d}" for step in own]
    assert [event["DTSTART;VALUE=DATE"] for event in result] == starts
    assert len({event["UID"] for event in result}) == len(own)
    for event, step in zip(result, own, strict=True):
        assert step.what in event["SUMMARY"]
        assert step.act.obligation in event["DESCRIPTION"]
