"""Which known events a text may be about, by its words, by what they mean, and by its day.

The rarer a word among the events, the more it says. An event has the titles of its sources among
its words, in whatever languages they are. Words of two languages that stand for the same events
mean about the same, which the strongest directions of all weights show (latent semantic indexing):
so a text is like an event with which it shares no word.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain, pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances.answers.events import every_event, fold, folded
from stances.answers.tracker import Tracker, cached

Matrix = NDArray[np.float32]

_WORD = re.compile(r"[^\W_]{2,}")
# Scripts without spaces: pairs of their characters stand for words.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")
# Words are told apart by their first letters: endings fall off, and a country is its adjective.
_STEM = 6
# A heading of three words is like too much.
_SHORTEST_SENTENCE = 40
# So much of a text is read; the longest article that was measured has 5,000 characters.
_MOST_CHARACTERS = 50_000
# How many directions of meaning there are, how exactly they are found, and what they count beside
# the words.
_DIRECTIONS = 150
_TURNS = 4
_MEANING = 0.6
# What the whole text counts beside its likest sentence.
_WHOLE = 0.5
# What the same day adds, and after how many days e times less. It is added, not multiplied: an old
# event that a sentence retells must not fall behind all that happened on the day of the text.
_NEARNESS = 0.2
_NEAR_DAYS = 10
# A text does not tell what is still to happen; but some are dated a few days too early.
_FUTURE = 0.3
_FUTURE_DAYS = 7


def alike(tracker: Tracker, text: str, day: date | None = None, most: int = 10) -> pd.DataFrame:
    """Return the events that a text is most alike, the likest first: the columns of
    `Tracker.events` and `likeness`, indexed by event_id. `day`: on which the text was published.

    >>> alike(tracker, "Minister worried by supplier", date(2020, 4, 11)).index[0]
    'ARC-20200410-minister-worried'
    """
    text = text[:_MOST_CHARACTERS]
    sentences = _SENTENCE.split(text)
    passages = [part for part in sentences if len(part) >= _SHORTEST_SENTENCE]

    index = _index(tracker)
    likenesses = index.likenesses([text, *passages])
    whole = likenesses[0]
    best_passage = likenesses.max(axis=0)
    likeness = best_passage + _WHOLE * whole

    events = tracker.events
    if day is not None:
        days_since = (pd.Timestamp(day) - events["date"]).dt.days
        nearness = np.exp(-days_since.abs() / _NEAR_DAYS)
        is_future = days_since < -_FUTURE_DAYS
        likeness += _NEARNESS * nearness
        likeness -= _FUTURE * is_future

    ranked = events.assign(likeness=likeness)
    return ranked.sort_values("likeness", ascending=False, kind="stable").head(most)


class Index:
    """The words of texts by their weights, and the directions of meaning in them."""

    def __init__(self, texts: list[str]) -> None:
        counts = [Counter(_words(text)) for text in texts]
        # In how many texts each word stands, however often.
        frequencies = Counter(chain.from_iterable(counts))
        shares = pd.Series(frequencies) / len(texts)
        self.rarity = -shares.map(np.log)

        # A word is a row here: a query takes those of its own words out, each in one piece.
        words = self._weights(counts, self.rarity)
        self.words = np.ascontiguousarray(words.T)

        # What any directions turn to by and by; all of them at once would take ten times as long.
        likenesses = words @ self.words
        size = len(texts), _DIRECTIONS
        random = np.random.default_rng(0)
        basis = random.standard_normal(size, np.float32)
        for _ in range(_TURNS):
            basis, _ = np.linalg.qr(likenesses @ basis)
        self.directions, _ = np.linalg.qr(self.words @ basis)
        self.meanings = _unit(words @ self.directions)

    def likenesses(self, texts: list[str]) -> Matrix:
        """Return how much each of some texts (a row) is like each of the index (a column)."""
        counts = [Counter(_words(text)) for text in texts]
        is_used = self.rarity.index.isin(set().union(*counts))
        rarity = self.rarity[is_used]
        words = self._weights(counts, rarity)
        directions = self.directions[is_used]
        meanings = _unit(words @ directions)

        by_words: Matrix = words @ self.words[is_used]
        by_meanings: Matrix = meanings @ self.meanings.T
        return by_words + _MEANING * by_meanings

    def _weights(self, counts: list[Counter[str]], rarity: pd.Series) -> Matrix:
        """Return a row of length 1 for each text: what words weigh in it, by their rarity, and by
        how often they stand there.
        """
        columns = list(rarity.index)
        times = pd.DataFrame(counts, columns=columns).to_numpy(np.float32)
        weights = np.nan_to_num(1 + np.log(times))
        return _unit(weights * rarity.to_numpy(np.float32))


@cached
def _index(tracker: Tracker) -> Index:
    """Return the index of all events, in the order of `Tracker.events`."""
    events = tracker.events
    ids = events["event_id"]
    sources = tracker.data.event_sources.groupby("event_id")
    source_titles = sources["title"].agg("\n".join)
    adjectives = tracker.data.actors.set_index("actor")["adjective"]

    texts = folded(
        every_event(tracker)["text"].reindex(ids),
        # The words of a title matter most: they count twice.
        events["title"],
        ids.map(source_titles),
        events["actor"].map(adjectives),
    )
    return Index([*texts])


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text by their first letters."""
    for word in _WORD.findall(fold(text)):
        if _UNSPACED.match(word):
            yield from map("".join, pairwise(word))
        else:
            yield word[:_STEM]


def _unit(rows: Matrix) -> Matrix:
    """Return rows with the length 1, or 0 where they are empty."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Matrix = rows / np.maximum(lengths, 1e-6)
    return units
