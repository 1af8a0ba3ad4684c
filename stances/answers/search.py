"""Finding events: words and phrases in their texts, accents and case ignored, and filters.

An `EventSearch` is prepared once for all readers, so that each query only looks: at 10,000 events
in a few milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from stances.dataset.codebook import Codebook
from stances.dataset.faults import BadInput, shown
from stances.model.stance import Bools, Ints

SEARCHED = ("title", "summary", "speaker")
# What `counted` is in a query, by its name in an address.
COUNTED = {"all": None, "counted": True, "context": False}
LONGEST_SEARCH = 200
_QUOTE = '"'

# Letters that Unicode does not take apart into a letter and an accent, and marks that a keyboard
# has not; both sides of a search go through here, so that either spelling finds the other.
_PLAIN = str.maketrans(
    {
        "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
        "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
        "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
        "\N{LATIN SMALL LETTER H WITH STROKE}": "h",
        "\N{LATIN SMALL LETTER T WITH STROKE}": "t",
        "\N{LATIN SMALL LETTER ETH}": "d",
        "\N{LATIN SMALL LETTER THORN}": "th",
        "\N{LATIN SMALL LETTER AE}": "ae",
        "\N{LATIN SMALL LIGATURE OE}": "oe",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{DOUBLE LOW-9 QUOTATION MARK}": '"',
        "\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}": '"',
        "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"',
        "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"',
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{HYPHEN}": "-",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{MINUS SIGN}": "-",
        "\N{SOFT HYPHEN}": "",
    }
)


def folded(text: str) -> str:
    """A text without accents and case, in the letters of a plain keyboard where there is one."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return bare.casefold().translate(_PLAIN)


@dataclass(frozen=True)
class Query:
    """What is looked for; a part left out lets every event through, and all parts must hold.

    `text`: words that must all occur in the title, summary or speaker, in any order, also inside
    longer words; those between double quotes one after the other. `actors`, `domains`,
    `instruments`, `confidences`: codes, one of which the event must have (an empty collection lets
    none through). `scores`: lowest and highest, which leaves out context. `first`, `last`: the
    period, both days included. `counted`: only scored events, or only context.
    """

    text: str = ""
    actors: Collection[str] | None = None
    domains: Collection[str] | None = None
    instruments: Collection[str] | None = None
    confidences: Collection[str] | None = None
    scores: tuple[int, int] | None = None
    first: date | None = None
    last: date | None = None
    counted: bool | None = None


def words_in(text: str) -> str:
    """The words of a search, as they are given. Raises BadInput."""
    if len(text) > LONGEST_SEARCH or not text.isprintable():
        raise BadInput(f"a search has at most {LONGEST_SEARCH} characters on one line")
    return text


def scores_in(codebook: Codebook, text: str) -> tuple[int, int]:
    """The lowest and the highest score of a text such as -3..-1. Raises BadInput."""
    scale = codebook.scale
    found = re.fullmatch(r"(-?[0-9])\.\.(-?[0-9])", text)
    low, high = (int(part) for part in found.groups()) if found else (1, 0)
    if not scale.min <= low <= high <= scale.max:
        raise BadInput(f"{shown(text)} is no part of the scale, {scale.min}..{scale.max}")
    return low, high


class EventSearch:
    """The events of a dataset, prepared for being searched. Read-only once made.

    `actors`: the codes that a query may name; `events`: a typed table of events.
    """

    def __init__(self, codebook: Codebook, actors: Sequence[str], events: pd.DataFrame) -> None:
        self._texts = _searched_texts(events)
        self._columns = {
            "actor": _Coded(actors, events["actor"]),
            "domain": _Coded(list(codebook.domains), events["domain"]),
            "instrument": _Coded(list(codebook.instruments), events["instrument"]),
            "confidence": _Coded(list(codebook.model.tolerance), events["confidence"]),
        }
        self._scale = codebook.scale
        self._date = events["date"].to_numpy("datetime64[D]")
        self._score = events["score"].astype("Float64").to_numpy(np.float64, na_value=np.nan)

    def rows(self, query: Query) -> Ints:
        """The places of the events found, in the order of the table.

        Raises BadInput for a code, score or period that there is not.
        """
        found = np.flatnonzero(self._filtered(query))
        # The longest first: it leaves the fewest for the others.
        for part in sorted(_parts(query.text), key=len, reverse=True):
            found = found[[part in self._texts[row] for row in found.tolist()]]
        return found

    def _filtered(self, query: Query) -> Bools:
        chosen = {
            "actor": query.actors,
            "domain": query.domains,
            "instrument": query.instruments,
            "confidence": query.confidences,
        }
        passes = self._in_period(query.first, query.last)
        for name, codes in chosen.items():
            if codes is not None:
                passes &= self._columns[name].among(name, codes)
        if query.scores is not None:
            passes &= self._in_range(*query.scores)
        if query.counted is not None:
            passes &= np.isnan(self._score) != query.counted
        return passes

    def _in_period(self, first: date | None, last: date | None) -> Bools:
        if first is not None and last is not None and last < first:
            raise BadInput(f"{last} is before {first}; allowed is the same day or a later one")
        passes = np.ones(len(self._date), bool)
        if first is not None:
            passes &= self._date >= np.datetime64(first, "D")
        if last is not None:
            passes &= self._date <= np.datetime64(last, "D")
        return passes

    def _in_range(self, low: int, high: int) -> Bools:
        if not self._scale.min <= low <= high <= self._scale.max:
            raise BadInput(
                f"the scores {low} to {high} are no part of {self._scale.min} to {self._scale.max}"
            )
        # A missing score is in no range.
        return (self._score >= low) & (self._score <= high)


class _Coded:
    """A column as the places of its values in a list of codes."""

    def __init__(self, codes: Sequence[str], values: pd.Series) -> None:
        self._codes = pd.Index(codes)
        self._place = self._codes.get_indexer(pd.Index(values))

    def among(self, name: str, codes: Collection[str]) -> Bools:
        # The last is for values that are no code, at place -1.
        chosen = np.zeros(len(self._codes) + 1, bool)
        for code in codes:
            if code not in self._codes:
                raise BadInput(f"{name} {shown(code)} is not one of: {', '.join(self._codes)}")
            chosen[self._codes.get_loc(code)] = True
        return chosen[self._place]


def _parts(text: str) -> set[str]:
    """What a text looks for: the phrases between two quotes, and the words outside them. A quote
    that none follows, as while one is being typed, says nothing.
    """
    pieces = folded(text).split(_QUOTE)
    if len(pieces) % 2 == 0:
        pieces[-2:] = ["".join(pieces[-2:])]
    phrases = {" ".join(phrase.split()) for phrase in pieces[1::2]}
    return ({*" ".join(pieces[::2]).split()} | phrases) - {""}


def _searched_texts(events: pd.DataFrame) -> list[str]:
    """The folded texts of each event; no word or phrase runs over the end of a line. Quotes are
    left out, so that they part no phrase.
    """
    columns = [events[column].astype("object") for column in SEARCHED]
    return [folded("\n".join(texts)).replace(_QUOTE, "") for texts in zip(*columns, strict=True)]
