"""Every sentence of the news of the real data, by rule."""

from __future__ import annotations

import re
from datetime import date

from stances.answers.news_file import NewsQuery, news
from stances.answers.tracker import Tracker

_ENDS = re.compile(r"[.?!\u201d]$")
_NOT_SAID = re.compile(r"\bnan\b|\bNone\b|\bNaT\b|  |\.\.(?!\.)| [,.;:]")


def test_each_sentence_of_the_news_is_one_and_rests_on_a_row(tracker: Tracker) -> None:
    items = news(tracker, NewsQuery(date(2000, 1, 1), tracker.data.today))
    assert len({item.note.id for item in items}) == len(items)
    wrong = [
        item.sentence
        for item in items
        if not _ENDS.search(item.sentence)
        or _NOT_SAID.search(item.sentence)
        or not item.sentence.isprintable()
        or not (item.page or item.note.gone)
    ]
    assert not wrong


def test_each_event_of_the_data_is_told_once(tracker: Tracker) -> None:
    items = news(tracker, NewsQuery(date(2000, 1, 1), tracker.data.today, kinds=["level", "event"]))
    event_ids = [item.note.event_id for item in items]
    assert sorted(event_ids) == sorted(tracker.titles)
