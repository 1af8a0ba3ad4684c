"""Every sentence of the real data, written and made by the program, by rule."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest

from stances import words
from stances.answers.acts import acts_on
from stances.answers.profile import profile
from stances.answers.sentence import MOST_LETTERS, Sentence, compose
from stances.answers.tracker import Tracker
from stances.dataset.days import last_day
from stances.model.register import ENDED

DAYS = [date(2012, 1, 31), date(2019, 3, 4), date(2021, 6, 1), date(2023, 9, 1)]
_MOST_SENTENCES = 2
# A point that ends a sentence, not that of an initial or an abbreviation.
_END = re.compile(r"(?<=[a-z0-9)%\u201d])[.!?](?= [A-Z0-9]|$)")
_FIGURE = re.compile(r"[+\N{MINUS SIGN}-]\d\.\d|\b[0-3]\.\d\d\b")
_DATE = re.compile(r"the (next|last) date(?: is|,) ([A-Za-z0-9 ]+?\d{4})")
_CODEBOOK = re.compile(r"\b(?:stances?|codings?|coder|evidence|actors?|landmark)\b", re.IGNORECASE)


@pytest.mark.parametrize("day", [*DAYS, None], ids=str)
def test_each_sentence_keeps_the_rules(tracker: Tracker, day: date | None) -> None:
    on = day or tracker.data.opening_day
    for actor in tracker.model.actors:
        for sentence in {profile(tracker, actor, on), compose(tracker, actor, on)}:
            faults = [*_of_form(tracker, sentence), *_of_rows(tracker, actor, sentence, on)]
            assert not faults, (sentence.text, faults)


def test_each_sentence_of_a_domain_keeps_the_rules(tracker: Tracker) -> None:
    on = tracker.data.opening_day
    for actor in tracker.model.actors:
        for domain in tracker.codebook.domains:
            sentence = profile(tracker, actor, on, domain)
            assert not sentence.written
            rows = [tracker.acts[act].domain for act in sentence.act_ids]
            assert set(rows) <= {domain}, sentence.text
            faults = [*_of_form(tracker, sentence), *_of_rows(tracker, actor, sentence, on)]
            assert not faults, (sentence.text, faults)


def test_a_written_sentence_names_rows_of_its_actor_and_stands_as_it_is(tracker: Tracker) -> None:
    texts = set(zip(tracker.data.profiles["actor"], tracker.data.profiles["text"], strict=True))
    day = tracker.data.opening_day
    for actor in tracker.model.actors:
        sentence = profile(tracker, actor, day)
        assert sentence.written == ((actor, sentence.text) in texts)


def _of_form(tracker: Tracker, sentence: Sentence) -> list[str]:
    scale = tracker.codebook.scale
    labels = [label for level, label in scale.labels.items() if level not in (0, 1)]
    own = _without_rows(tracker, sentence)
    label = re.search(rf"\b({'|'.join(map(re.escape, labels))})\b", own)
    faults = {
        "too long": len(sentence.text) > MOST_LETTERS,
        # What was written may have one more, and is in the data as it stands.
        "too many sentences": not sentence.written
        and len(_END.findall(sentence.text)) > _MOST_SENTENCES,
        "no full stop": not sentence.text.endswith("."),
        "a figure": bool(_FIGURE.search(sentence.text)),
        "a word of the codebook": bool(_CODEBOOK.search(own)) or label is not None,
        "blanks": sentence.text != " ".join(sentence.text.split()),
        "no source": sentence.source is None and bool(sentence.act_ids or sentence.event_ids),
    }
    return [what for what, is_so in faults.items() if is_so]


def _of_rows(tracker: Tracker, actor: str, sentence: Sentence, day: date) -> list[str]:
    """Return the faults of the rows of a sentence, and of the dates that it names."""
    standing = _standing(tracker, day)
    steps = tracker.data.deadlines
    faults = [f"{act} of another" for act in sentence.act_ids if tracker.acts[act].actor != actor]
    faults += [
        f"{event} is of a later day"
        for event in sentence.event_ids
        if tracker.dates[event].day > day
    ]
    if sentence.written:
        return faults
    faults += [f"{act} has ended" for act in sentence.act_ids if act not in standing]
    own = steps[steps["act_id"].isin(sentence.act_ids)]["deadline"]
    known = {words.day(words.partial_date(step)): last_day(step) >= day for step in own}
    text = _DATE.findall(sentence.text)
    return faults + [when for which, when in text if known.get(when) != (which == "next")]


@cache
def _standing(tracker: Tracker, day: date) -> set[str]:
    """The acts that were adopted by a day and have not ended."""
    acts = acts_on(tracker.data, day)
    return set(acts.loc[acts["status"] != ENDED, "act_id"])


def _without_rows(tracker: Tracker, sentence: Sentence) -> str:
    """Return a sentence's own words, without those of the titles of its events."""
    text = sentence.text
    for event in sentence.event_ids:
        text = text.replace(tracker.titles[event][1:].rstrip("."), "")
    return text
