"""Finding events: words and phrases in their texts, accents and case ignored, and filters.

An `EventSearch` is prepared once for all readers, so that each query only looks: at 10,000 events
in a few milliseconds.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from stances import escapes, words
from stances.answers.files import one_of
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.faults import BadInput, inline
from stances.dataset.schema import FIRST, REVIEW, is_review
from stances.dataset.tables import Dataset
from stances.model import groups
from stances.model.lifetimes import Bools, Ints

SEARCHED = ("title", "summary", "speaker")
# What an event and an act are found by beside their own texts: their acts, and their sources.
OF_ACTS, OF_SOURCES = ("name", "legal_reference"), ("publisher", "title")
# Which events are found, by the names in an address, with what controls call them; all where it
# does not say.
EITHER = "all"
COUNTED = {EITHER: "All events", "counted": "Counted", "context": "Context"}
_IS_COUNTED = {EITHER: None, "counted": True, "context": False}
_COUNTED_WORDS = {EITHER: "", "counted": "scored events only", "context": "context only"}
LONGEST_SEARCH = 200
_QUOTE = '"'
# What ends a word, or stands around it, where a sentence is pasted.
_POINTS = ".,;:!?()[]"
# Where fewer events than these have all words of a search, those that have most of them are found
# too; of two words either.
_FEW, _WORDS = 5, 2

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


def fold(text: str) -> str:
    """Return a text without accents and case, in a plain keyboard's letters where it can be."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return bare.casefold().translate(_PLAIN)


@dataclass(frozen=True)
class EventQuery:
    """A search for events; a part left out lets every event through, and all parts must hold.

    `text`: words that must all occur in the title, summary or speaker, in the names and legal
    references of its acts, in the publishers and titles of its sources, or in the name of its actor
    and its date, in any order, also inside longer words; those between double quotes one after the
    other. `least`: how many of the words are enough, None: all must occur. `actors`, `domains`,
    `instruments`, `confidences`: codes, one of which the event must have (an empty collection lets
    none through). `scores`: lowest and highest, which leaves out context. `first`, `last`: the
    period, both days included. `counted`: only scored events, or only context. `recorded`: the
    first of the days on which their rows may have entered the dataset or last changed.
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
    recorded: date | None = None
    least: int | None = None


# The orders in which events are listed, with what controls call them.
NEWEST = "newest"
SORTS = {
    NEWEST: "Newest first",
    "oldest": "Oldest first",
    "score": "By score",
    "title": "By title",
    "actor": "By country or body",
    "domain": "By field",
    "direction": "By direction",
    "sources": "Most sources first",
    "instrument": "By instrument",
    "confidence": "Surest first",
}


def event_query(
    data: Dataset,
    period: tuple[date | None, date],
    values: Mapping[str, Any],
    who: Sequence[str],
    recorded: date | None = None,
) -> EventQuery:
    """Return what a page or a request looks for. `values`: of the settings of its address, as
    `q`, `domain` and EVENT_FILTERS; one without a choice narrows nothing.

    `period`: first (None: also before the first day that has stances) and last day. `who`: actors,
    and groups for those who belonged to them in the period.
    """
    first = data.codebook.first_date if period[0] is None else period[0]
    members = groups.standing_for(data.memberships, who, first, period[1])
    parts = {
        part.field: part.of(data.codebook, values[name]) for name, part in EVENT_FILTERS.items()
    }
    return EventQuery(
        text=values["q"],
        actors=sorted({actor for codes in members.values() for actor in codes}) if who else None,
        domains=None if values["domain"] == OVERALL else [values["domain"]],
        first=period[0],
        last=period[1],
        recorded=recorded,
        **parts,
    )


@dataclass(frozen=True)
class EventFilter:
    """A setting of links that narrows a search for events: the `field` of EventQuery that it fills,
    and its value there, None: it narrows nothing; `wording`: what it asks for, within a sentence.
    """

    field: str
    wording: Callable[[Codebook, Any], str]
    of: Callable[[Codebook, Any], Any] = lambda _, value: value or None


def _instruments_words(codebook: Codebook, codes: Sequence[str]) -> str:
    return f"instrument {words.alternatives([codebook.instruments[code].label for code in codes])}"


def _scores_words(codebook: Codebook, scores: tuple[int, int]) -> str:
    labels = dict.fromkeys(words.score_label(codebook, score) for score in scores)
    return f"score {' to '.join(labels)}"


def _scores_part(codebook: Codebook, scores: tuple[int, int]) -> tuple[int, int] | None:
    """Return no scores for the whole scale, which lets context through too."""
    return None if scores == (codebook.scale.min, codebook.scale.max) else scores


# By their names in links, in the order in which they stand there, in controls and in words.
EVENT_FILTERS = {
    "instruments": EventFilter("instruments", _instruments_words),
    "scores": EventFilter("scores", _scores_words, _scores_part),
    "confidence": EventFilter(
        "confidences", lambda _, codes: f"{words.alternatives(codes)} confidence"
    ),
    "counted": EventFilter(
        "counted", lambda _, code: _COUNTED_WORDS[code], lambda _, code: _IS_COUNTED[code]
    ),
}


def words_in(text: str) -> str:
    """Return the words of a search, as they are given. Raises BadInput."""
    if len(text) > LONGEST_SEARCH or not text.isprintable():
        raise BadInput(f"a search has at most {LONGEST_SEARCH} characters on one line")
    return text


def scores_in(codebook: Codebook, text: str) -> tuple[int, int]:
    """Return the lowest and the highest score of a text such as -3..-1. Raises BadInput."""
    scale = codebook.scale
    match = re.fullmatch(r"(-?[0-9])\.\.(-?[0-9])", text)
    low, high = (int(part) for part in match.groups()) if match else (1, 0)
    if not scale.min <= low <= high <= scale.max:
        raise BadInput(f"{inline(text)} is no part of the scale, {scale.min}..{scale.max}")
    return low, high


class EventSearch:
    """The events of a dataset, prepared for being searched. Read-only once made.

    `actors`: the codes that a query may name; `events`: a typed table of events; `beside`: by their
    ids the texts that they are found by beside their own, see `fold_by_id`.
    """

    def __init__(
        self,
        codebook: Codebook,
        actors: Sequence[str],
        events: pd.DataFrame,
        beside: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._texts = [
            f"{text}\n{beside.get(code, '')}"
            for code, text in zip(events["event_id"], searched_texts(events, SEARCHED), strict=True)
        ]
        self._allowed = {
            "actor": actors,
            "domain": [*codebook.domains],
            "instrument": [*codebook.instruments],
            "confidence": [*codebook.model.tolerance],
        }
        self._columns = events[[*self._allowed]].astype("category")
        self._scale = codebook.scale
        self._date = events["date"].to_numpy("datetime64[D]")
        self._recorded = events["recorded"].to_numpy("datetime64[D]")
        self._score = events["score"].astype("Float64").to_numpy(np.float64, na_value=np.nan)

    def rows(self, query: EventQuery) -> Ints:
        """Return the places of the events found, in the order of the table.

        Raises BadInput for a code, score or period that there is not.
        """
        places = np.flatnonzero(self._filter(query))
        if query.least is not None:
            return places[self.hits(query, places) >= query.least]
        # The longest first: it leaves the fewest for the others.
        for part in sorted(sought_parts(query.text), key=len, reverse=True):
            places = places[[part in self._texts[row] for row in places.tolist()]]
        return places

    def whole(self, query: EventQuery) -> Ints:
        """Return the places of the events that have all words of a query."""
        return self.rows(replace(query, least=None))

    def hits(self, query: EventQuery, places: Ints) -> Ints:
        """Count the words of a query that each of some events has, by their places."""
        parts = sought_parts(query.text)
        texts = (self._texts[row] for row in places.tolist())
        return np.fromiter((sum(part in text for part in parts) for text in texts), np.int64)

    def days_from(self, others: Ints, places: Ints) -> Ints:
        """Return how many days lie between each of some events and the nearest of others, by their
        places; 0 for each where there is no other.
        """
        if not len(others):
            return np.zeros(len(places), np.int64)
        days = self._date.astype(np.int64)
        apart: Ints = np.abs(days[places][:, None] - days[others][None, :]).min(axis=1)
        return apart

    def enough(self, query: EventQuery) -> int | None:
        """Return how many words of a query are enough where few events have all: as many as let
        more be found, and more than half, of two one; None: all must, as where some are quoted.
        """
        count = len(sought_parts(query.text))
        if count < _WORDS or _QUOTE in fold(query.text) or len(self.rows(query)) >= _FEW:
            return None
        hits = self.hits(query, np.flatnonzero(self._filter(query)))
        fewest = count // 2 + (count > _WORDS)
        counts = {least: int((hits >= least).sum()) for least in range(count, fewest - 1, -1)}
        least = next((least for least, rows in counts.items() if rows >= _FEW), min(counts))
        return None if counts[least] == counts[count] else least

    def _filter(self, query: EventQuery) -> Bools:
        chosen = {
            "actor": query.actors,
            "domain": query.domains,
            "instrument": query.instruments,
            "confidence": query.confidences,
        }
        passes = self._in_period(query.first, query.last)
        for name, codes in chosen.items():
            if codes is not None:
                passes &= self._among(name, codes)
        if query.scores is not None:
            passes &= self._in_range(*query.scores)
        if query.counted is not None:
            passes &= np.isnan(self._score) != query.counted
        if query.recorded is not None:
            passes &= self._recorded >= np.datetime64(query.recorded, "D")
        return passes

    def _among(self, name: str, codes: Collection[str]) -> Bools:
        for code in codes:
            one_of(name, code, self._allowed[name])
        return np.asarray(self._columns[name].isin(codes), bool)

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


def sought_parts(text: str) -> set[str]:
    """Return what a search looks for: the phrases between two quotes, and the words outside them,
    without the points around these. A quote that none follows, as while one is being typed, says
    nothing.
    """
    pieces = fold(text).split(_QUOTE)
    if len(pieces) % 2 == 0:
        pieces[-2:] = ["".join(pieces[-2:])]
    phrases = {" ".join(phrase.split()) for phrase in pieces[1::2]}
    outside = {word.strip(_POINTS) for word in " ".join(pieces[::2]).split()}
    return (outside | phrases) - {""}


def searched_texts(table: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """Return each row's folded texts; no phrase runs over a cell's end, no quote parts one."""
    cells = [table[column].astype("object") for column in columns]
    return [fold("\n".join(texts)).replace(_QUOTE, "") for texts in zip(*cells, strict=True)]


def fold_by_id(key: str, *tables: tuple[pd.DataFrame, Sequence[str]]) -> dict[str, str]:
    """Return the folded texts in some columns of tables by the id of their rows under `key`."""
    texts: dict[str, dict[str, None]] = {}
    for table, columns in tables:
        cells = [table[column].astype("object") for column in (key, *columns)]
        for code, *of_row in zip(*cells, strict=True):
            texts.setdefault(code, {}).update(dict.fromkeys(of_row))
    return {code: fold("\n".join(of_event)).replace(_QUOTE, "") for code, of_event in texts.items()}


# -- in words -----------------------------------------------------------------------------------

# The languages of ISO 639-1 that sources are most often in; others are told by their code.
_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan",
    "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fo": "Faroese", "fr": "French",
    "ga": "Irish", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ms": "Malay", "mt": "Maltese",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "uz": "Uzbek",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_CHECKED = {"read": "its beginning was read", "cited": "a known reference, not read"}
# So many of those looked for are named in a headline.
_MOST_NAMED = 3


def language_name(code: str) -> str:
    """Return the English name of a language by its ISO 639-1 code; of a rare one the code."""
    return _LANGUAGES.get(code, f"language {code}")


def precision_note(precision: str) -> str:
    """Return what of a date is not known; empty where all is."""
    notes = {"month": "the day is not known", "year": "only the year is known"}
    return notes.get(precision, "")


def published_words(value: str) -> str:
    """Return an ISO day, month or year in words, or that it is not known."""
    return words.day(words.partial_date(value)) if value else "date not known"


def tier_words(codebook: Codebook, tier: str) -> str:
    """Return what kind of page a source is, in a list of what is known of it."""
    return words.within(codebook.tiers[tier])


def headline_words(source: Any) -> str:
    """Say what the title of a source is: its own headline, or our words where it was not seen."""
    language = language_name(source.language)
    if source.title.startswith("["):
        return f"our description; in {language}"
    return f"original headline, in {language}"


# Stands at an event that only weak sources back, and before what is said of it.
WEAK = "\N{DAGGER}"


def weak_note(codebook: Codebook) -> str:
    """Return what is said of an event that rests on sources of weak tiers alone."""
    return (
        f"{WEAK} Every source of this event is of a weak kind ({weak_kinds(codebook)}): no "
        "official text and no report at first hand backs it here."
    )


def weak_kinds(codebook: Codebook) -> str:
    """Return the kinds of sources that are weak, in a sentence."""
    return ", ".join(tier_words(codebook, tier) for tier in codebook.weak_tiers)


def checked_words(code: str) -> str:
    """Say how a source was checked."""
    return _CHECKED.get(code, code)


def score_option(codebook: Codebook, score: int) -> str:
    """Return a score as a mark of a slider, whose labels Streamlit takes for Markdown."""
    return f"{words.figure(score, 0)} {escapes.label(codebook.scale.labels[score])}"


def score_tag(codebook: Codebook, score: float) -> str:
    """Return the score of an event where space is short."""
    return "Context" if math.isnan(score) else words.score_label(codebook, score)


def coder_name(codebook: Codebook, coder: str) -> str:
    """Return the name of a coder: what the codebook calls one, else the name itself."""
    if is_review(coder) and coder not in codebook.coders:
        review = codebook.coders.get(REVIEW, "Review")
        return f"{review}, {coder.removeprefix(REVIEW).strip()}"
    return codebook.coders.get(coder, coder)


def coding_rule(coders: Sequence[str]) -> str:
    """Say which of an event's codings is its score. `coders`: who gave one."""
    if not coders:
        return "No codings of this event are in the dataset."
    if reviews := sum(map(is_review, coders)):
        return _review_rule(reviews, len(coders) - reviews)
    if len(coders) == 1:
        return "The event has one coding; its score counts."
    if len(coders) == 2:
        return "The score above counts; of two codings there is no median."
    return f"The middle of {words.number(len(coders))} scores is used."


def _review_rule(reviews: int, before: int) -> str:
    """Say why the score of a review counts. `before`: how many codings there were before it."""
    if reviews > 1:
        count = words.number(reviews)
        return f"The score of the newest of {count} reviews counts, whatever the others say."
    if not before:
        return "The review added the event; its score counts."
    others = "coding" if before == 1 else "codings"
    return f"The score of the review counts, whatever the {others} before it."


def quote_search(text: str) -> str:
    """Words that a reader looks for: in quotation marks, unless some are their own."""
    return text if '"' in fold(text) else words.quote(text)


def events_headline(count: int, who: Sequence[str], text: str) -> str:
    """Say how many events were found. `who`: names looked for, `text`: words, empty: all."""
    events = words.plural(count, "event", start=not who)
    match = f" {'matches' if count == 1 else 'match'} {quote_search(text)}" if text else ""
    if not who:
        return f"{events}{match}"
    named = (
        words.listing(who)
        if len(who) <= _MOST_NAMED
        else f"{len(who)} countries, bodies and groups"
    )
    return f"{named}: {events}{match}"


def nearly_words(query: EventQuery, whole: int, more: int) -> str:
    """Say how many events have most of the words of a search, beside those that have the whole."""
    least, count = query.least or 0, len(sought_parts(query.text))
    enough = f"{words.number(least)} of the {words.number(count)} words"
    exactly = "" if least == count - 1 else "at least "
    return f"{words.number(more)}{' more' if whole else ''} {words.have(more)} {exactly}{enough}"


def events_subtitle(
    codebook: Codebook,
    domain: str,
    period: tuple[words.Day, words.Day],
    filters: Sequence[str],
    counts: tuple[int, int],
) -> str:
    """Say what is shown: period, domain, other filters; and how many are scored, context."""
    where = "in all fields" if domain == OVERALL else words.about_domain(codebook, domain)
    subtitle = "; ".join([f"{words.day(period[0])} to {words.day(period[1])}, {where}", *filters])
    scored, context = counts
    text = f" {scored:,} scored, {context:,} context (not counted)." if scored or context else ""
    return f"{subtitle}.{text}"


def group_members(group: str, names: Sequence[str], period: tuple[words.Day, words.Day]) -> str:
    """Say whose events stand for those of a group."""
    if not names:
        return f"{group} had no members from {words.day(period[0])} to {words.day(period[1])}."
    return (
        f"{group}: all events of {words.plural(len(names), 'member')}, those that belonged to it "
        f"at any time from {words.day(period[0])} to {words.day(period[1])}: "
        f"{words.listing(names)}."
    )


def bodies_beside(names: Mapping[str, str], group: str) -> str:
    """Say which bodies of a group are no members; empty: none. `names`: of actors, by code."""
    bodies = sorted(names[code] for code in bodies_of(names, group))
    if not bodies:
        return ""
    listed = words.listing(bodies)
    return f"Not included, since not {group} members: {listed}. Choose them by name."


def bodies_of(codes: Iterable[str], group: str) -> list[str]:
    """Return those codes that are bodies of a group, not its members: they begin with its name."""
    return [code for code in codes if code.startswith(f"{group}-")]


def nothing_text(
    filters: Sequence[str], others: Sequence[tuple[str, int]], noun: str = "event"
) -> str:
    """Say why no event (or other `noun`) is shown. `filters`: each in words; `others`: what would
    be found without one of them, by how, as in "after 1 May 2020".
    """
    if not filters:
        return f"The dataset has no {noun}s."
    if len(filters) == 1:
        return f"No {noun} fits {filters[0]}."
    query = "; ".join(filters)
    helps = [f"{words.plural(count, noun)} {text}" for text, count in others if count]
    text = (
        f"There would be {words.listing(helps)}"
        if helps
        else "Leaving out one of them is not enough"
    )
    return f"No {noun} fits all of: {query}. {text}."


def rows_text(part: slice, count: int, order: str, noun: str = "event") -> str:
    """Say which of so many rows stand in a table. `part`: their places; `order`: in words."""
    text = words.plural(count, noun, start=True)
    if not count:
        return f"{text}."
    if part.start:
        text = f"{noun.capitalize()}s {part.start + 1:,} to {part.stop:,} of {count:,}"
    elif part.stop < count:
        text = f"The first {part.stop:,} of {count:,} {noun}s"
    return f"{text}, {order}."


def coder_names(one: str, other: str) -> str:
    """Two coders in a heading."""
    return f"{coder_in_short(one)} and {coder_in_short(other)}"


def coder_in_short(code: str) -> str:
    """Return a coder where space is short."""
    return {FIRST: "the first coding"}.get(code, code)
