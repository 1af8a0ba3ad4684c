"""The letter in its forms: the same to read in each, and no text of the data more than a text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest

from stances.answers.letter import Letter, letter
from stances.answers.news import CORRECTION, EVENT, NewsNote
from stances.answers.news_file import NewsQuery
from stances.answers.tracker import Tracker
from stances.render.letter import letter_html, letter_mail, letter_text
from tests.folders import HOSTILE, TODAY, Folder, load
from tests.golden import Golden

SITE = "https://stances.example"
QUERY = NewsQuery(date(2020, 5, 1), date(2021, 3, 8))
MOMENT = datetime(2021, 3, 9, 7, 30, tzinfo=UTC)


def _letter(tracker: Tracker, query: NewsQuery = QUERY) -> Letter:
    made = letter(tracker, query)
    assert made is not None
    return made


def _mail(made: Letter, *addresses: str) -> EmailMessage:
    return message_from_bytes(letter_mail(made, SITE, MOMENT, *addresses), policy=default)  # type: ignore[return-value]


class _Page(HTMLParser):
    """A page as a mail program takes it: its elements, its links, its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += f" {data}"


def test_what_a_letter_says(tracker_six: Tracker, golden: Golden) -> None:
    # A deadline on its last day has passed in it.
    group = NewsQuery(date(2021, 7, 1), date(2021, 9, 30), group="Pact", domain="roads")
    late = NewsQuery(date(2022, 3, 16), TODAY)
    one = NewsQuery(date(2020, 4, 10), date(2020, 4, 10), actors=["ARC"])
    golden(
        {
            "everybody": letter_text(_letter(tracker_six), SITE),
            "a group in a field, no site": letter_text(_letter(tracker_six, group), ""),
            "after the first release": letter_text(_letter(tracker_six, late), ""),
            "an actor on a day": letter_text(_letter(tracker_six, one), SITE),
        }
    )


def test_a_mail_is_read_by_programs_and_has_both_forms(tracker_six: Tracker) -> None:
    made = _letter(tracker_six)
    mail = _mail(made, "desk@stances.example", "reader@example.org")
    assert mail["subject"] == made.subject
    assert (mail["from"], mail["to"]) == ("desk@stances.example", "reader@example.org")
    assert mail["date"].datetime == MOMENT
    assert not mail.defects
    plain, page = (mail.get_body(("plain",)), mail.get_body(("html",)))
    assert plain is not None
    assert page is not None
    assert plain.get_content().replace("\r\n", "\n") == letter_text(made, SITE)
    assert page.get_content().replace("\r\n", "\n") == letter_html(made, SITE)
    # The same letter to the same reader is the same mail, to another one another.
    assert _mail(made, "a@b.example", "c@d.example")["message-id"] != mail["message-id"]
    assert (
        _mail(made, "desk@stances.example", "reader@example.org")["message-id"]
        == (mail["message-id"])
    )


def test_both_forms_say_the_same(tracker_six: Tracker) -> None:
    made = _letter(tracker_six)
    page = _Page(letter_html(made, SITE))
    wording = " ".join(page.text.split())
    text = letter_text(made, SITE)
    for part in made.parts:
        for item in part.items:
            assert item.sentence in wording
            assert item.sentence in " ".join(text.split())
            assert f"{SITE}/{item.page}" in text
            assert f"{SITE}/{item.page}" in page.links
            assert item.source.url in page.links


def test_no_text_of_the_data_is_more_than_a_text() -> None:
    tracker = Tracker(load(HOSTILE, today=TODAY))
    made = _letter(tracker, NewsQuery(date(2020, 1, 1), TODAY))
    page = _Page(letter_html(made, SITE))
    assert page.tags <= {
        "html", "head", "meta", "title", "body", "h1", "h2", "p", "ul", "li", "br", "span", "a",
        "hr", "main",
    }  # fmt: skip
    assert page.attributes <= {"lang", "charset", "name", "content", "style", "href"}
    assert page.links
    assert all(link.startswith(("http://", "https://")) for link in page.links)
    mail = _mail(made, "desk@stances.example", "reader@example.org")
    assert set(mail.keys()) == {
        "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
        "Content-Type",
    }  # fmt: skip
    assert letter_text(made, SITE).replace("\n", "").isprintable()


@pytest.mark.parametrize("title", ["A\r\nBcc: all@example.org", "A\nB", "A\x00B\u2028C"])
def test_a_title_begins_no_header(tracker_six: Tracker, title: str) -> None:
    made = _letter(tracker_six)
    hostile = Letter(title, made.lead, made.parts, made.foot, made.query)
    mail = _mail(hostile)
    assert "bcc" not in {name.lower() for name in mail}
    assert mail["subject"].isprintable()


def test_long_lists_are_cut_and_counted(folder: Folder) -> None:
    for day in range(1, 30):
        new = {"event_id": f"BOR-202006{day:02}-talk", "date": f"2020-06-{day:02}"}
        folder.add("events", 6, **new)
        folder.add("codings", 15, event_id=new["event_id"])
        folder.add("events", 6, event_id=f"BOR-202007{day:02}-talk", date=f"2020-07-{day:02}")
        folder.add("codings", 15, event_id=f"BOR-202007{day:02}-talk")
        folder.add("events", 6, event_id=f"BOR-202008{day:02}-talk", date=f"2020-08-{day:02}")
        folder.add("codings", 15, event_id=f"BOR-202008{day:02}-talk")
    part = _letter(Tracker(folder.load())).parts[0]
    text = [item.note.day for item in part.items]
    assert text == sorted(text, reverse=True)
    assert part.rest == f"{3 * 29 + 4 - len(text)} more are not listed here."


def test_what_was_done_in_a_period_is_told_though_it_was_recorded_after_it(
    tracker_six: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, text = tracker_six.event_rows[0], date(2022, 3, 16)
    event = (row.actor, row.domain, row.event_id)
    done = NewsNote("event/1", EVENT, text, QUERY.until, *event)
    corrected = NewsNote(
        "c/1", CORRECTION, text, QUERY.until, *event, changed={"score": ("1", "2")}
    )

    monkeypatch.setattr("stances.answers.letter.notes_about", lambda *_: [done, corrected])
    within, after = (
        {part.title.partition(",")[0]: [item.note for item in part.items] for part in made.parts}
        for made in (
            _letter(tracker_six),
            _letter(tracker_six, replace(QUERY, since=text, until=text)),
        )
    )
    assert within["What was done"] == [done]
    assert within["Corrections"] == []
    assert (after["What was done"], after["Newly recorded"]) == ([], [done])
    assert after["Corrections"] == [corrected]


@pytest.mark.parametrize("count", [5, 6])
def test_of_more_than_a_few_late_items_and_corrections_there_is_a_count_and_a_list(
    tracker_six: Tracker, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    row = tracker_six.event_rows[0]
    days, event = date(2022, 6, 1), (row.actor, row.domain, row.event_id)
    period = {"since": date(2022, 5, 1), "until": date(2022, 7, 1)}
    day = period["since"] - timedelta(days=400)
    notes = [NewsNote(f"event/{n}", EVENT, days, day, *event) for n in range(count)]
    changed = {"changed": {"score": ("1", "2")}}
    notes += [NewsNote(f"c/{n}", CORRECTION, days, day, *event, **changed) for n in range(count)]
    monkeypatch.setattr("stances.answers.letter.notes_about", lambda *_: notes)
    query = replace(QUERY, group="Pact", domain="roads", **period)
    made = _letter(tracker_six, query)
    late, corrected = (part for part in made.parts if part.title.startswith(("Newly", "Corr")))
    few = count == 5
    assert [len(part.items) for part in (late, corrected)] == [count * few] * 2
    address = f"{SITE}/changes.json?since={query.since}&group=Pact&domain=roads&kind="
    expected = [] if few else [f"{address}level,event,act", f"{address}correction"]
    page = _Page(letter_html(made, SITE))
    assert [link for link in page.links if "changes.json" in link] == expected
    text = letter_text(made, SITE)
    assert [line.strip() for line in text.splitlines() if "changes.json" in line] == expected
    assert text in _mail(made).get_body(("plain",)).get_content().replace("\r\n", "\n")  # type: ignore[union-attr]
    assert ("Six items, not listed here." in text) is not few
    assert "changes.json" not in letter_text(made, "")
