"""The letter over HTTP: as the command writes it, and as a page that does nothing."""

from __future__ import annotations

import re
from datetime import date

from starlette.testclient import TestClient

from stances.answers.letter import empty_period, letter
from stances.answers.news_file import NewsQuery
from stances.answers.tracker import Tracker
from stances.render.letter import letter_html, letter_text

PERIOD = NewsQuery(date(2020, 1, 1), date(2021, 12, 31), domain="roads")
ADDRESS = "since=2020-01-01&until=2021-12-31&domain=roads"


def test_it_is_the_letter_that_the_command_writes(
    client_six: TestClient, tracker_six: Tracker
) -> None:
    written = letter(tracker_six, PERIOD)
    assert written is not None
    text = client_six.get(f"/letter.txt?{ADDRESS}").text
    page = client_six.get(f"/letter.html?{ADDRESS}")
    assert text == letter_text(written, "http://testserver")
    assert page.text == letter_html(written, "http://testserver")
    # Nothing in it runs, whatever the data says.
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src")


def test_its_links_lead_to_pages_of_the_same_place(client_six: TestClient) -> None:
    page = client_six.get(f"/letter.html?{ADDRESS}").text
    links = re.findall(r'href="(http://testserver/[^"]*)"', page)
    assert links
    assert all(
        link.startswith(("http://testserver/events?", "http://testserver/acts?")) for link in links
    )


def test_a_period_in_which_nothing_is_new_says_so(
    client_six: TestClient, tracker_six: Tracker
) -> None:
    day = date(2019, 1, 1)
    text = client_six.get(f"/letter.txt?since={day}&until={day}").text
    assert empty_period(tracker_six, NewsQuery(day, day)).partition(" ")[2] in " ".join(
        text.split()
    )


def test_without_a_first_day_it_is_of_a_week(client_six: TestClient) -> None:
    texts = [
        client_six.get(f"/letter.txt?{since}until=2021-12-31").text
        for since in ("", "since=2021-12-24&")
    ]
    assert texts[0] == texts[1]
