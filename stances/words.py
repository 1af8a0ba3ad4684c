"""Sentences made from figures: headline, cards, hover labels, alt texts.

Every text that a page shows of a figure is made here, so that words and numbers cannot disagree.
Functions named `*_html` return markup in which every text from the data is escaped.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import pandas as pd

from stances.answers.agreement import Ceiling
from stances.answers.search import folded
from stances.dataset.codebook import NO_POSITION, NOT_COVERED, OVERALL, Codebook
from stances.dataset.tables import Dataset
from stances.model.changes import (
    AGAIN,
    CAME_IN,
    CAUSES,
    CONFIRMS,
    DILUTED,
    FADED,
    GREW,
    OWN_SCORE,
    SET_ASIDE,
)
from stances.model.groups import OPEN_LEVEL, RESTRICTING_LEVEL, GroupFigures
from stances.model.stance import ENDED, REPLACED, level_of

MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
TIMES = "\N{MULTIPLICATION SIGN}"
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

ACTOR = "actor"
# The pages by their place in the address, as their links and windows name them.
PAGES = {
    "": "Map",
    "trends": "Trends",
    ACTOR: "Actor",
    "compare": "Compare",
    "events": "Events",
    "data": "Data and method",
}
_BY_NUMBER = str.maketrans({sign: f"&#{ord(sign)};" for sign in "$\\"})


class Dated(NamedTuple):
    """The day of an event, and how much of it is known: `precision` is day, month or year."""

    day: date
    precision: str


Day = date | datetime | Dated  # a pandas Timestamp is a datetime


def figure(value: float, decimals: int = 1) -> str:
    """A stance as it is printed: sign, decimals, a true minus; a zero has no sign."""
    if math.isnan(value):
        return DASH
    text = f"{abs(value):.{decimals}f}"
    if not text.strip("0."):
        return text
    return f"{'+' if value > 0 else MINUS}{text}"


def band(low: float, high: float) -> str:
    """The coding band, from its lower to its higher end."""
    return f"{figure(low, 2)} to {figure(high, 2)}"


def day(value: Day) -> str:
    """A day in words, no more exactly than it is known: 4 March 2019, March 2019, 2019."""
    return _in_words(value, "%B")


def short_day(value: Day) -> str:
    """The same where space is short: 4 Mar 2019."""
    return _in_words(value, "%b")


def on_day(value: Day) -> str:
    """When something was: on 4 March 2019, in March 2019, in 2019."""
    exact = not isinstance(value, Dated) or value.precision == "day"
    return f"{'on' if exact else 'in'} {day(value)}"


def _in_words(value: Day, month: str) -> str:
    whole, precision = value if isinstance(value, Dated) else (value, "day")
    if precision == "year":
        return f"{whole:%Y}"
    words = f"{whole:{month} %Y}"
    return words if precision == "month" else f"{whole.day} {words}"


def iso_day(value: Dated) -> str:
    """The known part of an ISO date: 2019-03-04, 2019-03, 2019."""
    return f"{value.day:%Y-%m-%d}"[: iso_precision(value.precision)]


def number(count: int, start: bool = False) -> str:
    """A count in words up to ten, in figures above; with a capital where it starts a sentence."""
    word = _WORDS[count] if count < len(_WORDS) else f"{count:,}"
    return word.capitalize() if start else word


def some(count: int, start: bool = False) -> str:
    """A count that stands for those counted: none, one, 12."""
    words = number(count) if count else "none"
    return words.capitalize() if start else words


def plural(count: int, noun: str, start: bool = False) -> str:
    """A count with its noun: one event, 12 events."""
    return f"{number(count, start)} {noun}{'' if count == 1 else 's'}"


def listed(items: Sequence[str]) -> str:
    """Items as a list in a sentence: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


# Those who share a place and are all named.
_TOGETHER = 3


def together(names: Sequence[str]) -> str:
    """Those who share a place in an order, by name while they are few: A, B and six others."""
    if len(names) <= _TOGETHER:
        return listed(names)
    return listed([*names[: _TOGETHER - 1], f"{number(len(names) - _TOGETHER + 1)} others"])


def _be(names: Sequence[str], one: str, several: str) -> str:
    return one if len(names) == 1 else several


def labelled(codebook: Codebook, value: float) -> str:
    """A stance as label and figure, or that there is none."""
    if math.isnan(value):
        return NO_POSITION
    return f"{codebook.scale.labels[int(level_of(value))]} {_beside_label(value)}"


def _beside_label(value: float) -> str:
    """A stance where its label stands beside it: two decimals, and four where two would lie on the
    other side of the border between two classes.
    """
    return figure(value, 2 if level_of(printed(value)) == level_of(value) else 4)


def about_domain(codebook: Codebook, domain: str) -> str:
    """What the figures of a page are about, for the end of a sentence."""
    if domain == OVERALL:
        return "over all domains"
    label = codebook.domain_label(domain)
    return f"in {label[0].lower()}{label[1:]}"


def window_title(codebook: Codebook, shown: str, domain: str, as_of: Day, site: str) -> str:
    """The title of a window: what is shown there (a page or an actor), and of which site it is."""
    return f"{shown}, {day(as_of)}, {codebook.domain_label(domain)} {DASH} {site}"


def view_title(data: Dataset, page: str, actor: str, domain: str, as_of: Day) -> str:
    """The title of the window of a page; that of an actor or a group names it, if there is one."""
    shown = PAGES[page]
    if page == ACTOR:
        names = dict(zip(data.actors["actor"], data.actors["short_name"], strict=True))
        # A group has no row there, and is its own name.
        shown = names.get(actor, actor) or shown
    return window_title(data.codebook, shown, domain, as_of, data.about.title)


def source_line(site: str, version: str, licence: str, own_settings: Sequence[str]) -> str:
    """Where a chart is from, and under which licence (may be empty) it may be used.

    `own_settings`: how the settings differ from the published ones, in words.
    """
    parts = [site, f"dataset {version}", *([f"licence {licence}"] if licence else [])]
    if own_settings:
        parts.append(f"not as published but with own settings ({listed(own_settings)})")
    return f"Source: {', '.join(parts)}."


def _words_of_levels(codebook: Codebook, levels: Iterable[int]) -> str:
    return " or ".join(codebook.scale.labels[level] for level in levels)


def restricting_words(codebook: Codebook) -> str:
    """The labels of the levels that count as restricting, the mildest first."""
    levels = [level for level in codebook.scale.levels if level <= RESTRICTING_LEVEL]
    return _words_of_levels(codebook, reversed(levels))


def open_words(codebook: Codebook) -> str:
    """The labels of the levels that count as open, the mildest first."""
    return _words_of_levels(codebook, [x for x in codebook.scale.levels if x >= OPEN_LEVEL])


def _known(levels: Sequence[float]) -> list[float]:
    return [level for level in levels if not math.isnan(level)]


def headline(codebook: Codebook, levels: Sequence[float], domain: str, as_of: Day) -> str:
    """What the map finds, in one or two sentences.

    `levels`: the level of every actor, NaN without a current position.
    """
    level = _known(levels)
    if not level:
        return (
            f"No actor has a current position on {codebook.subject} "
            f"{about_domain(codebook, domain)} on {day(as_of)}."
        )
    against = sum(x <= RESTRICTING_LEVEL for x in level)
    towards = sum(x >= OPEN_LEVEL for x in level)
    verb = "restricts" if against < 2 else "restrict"
    are = "is" if towards < 2 else "are"
    return (
        f"{some(against, start=True)} of {plural(len(level), 'actor')} with a position {verb} "
        f"{codebook.subject}, {some(towards)} {are} open to it"
    )


def subtitle(codebook: Codebook, levels: Sequence[float], domain: str, as_of: Day) -> str:
    """What the map shows and as of when."""
    without = len(levels) - len(_known(levels))
    # A narrow scale may have no level that restricts, or none that is open.
    kinds = {"restricting": restricting_words(codebook), "open": open_words(codebook)}
    told = "; ".join(f"{kind}: labelled {words}" for kind, words in kinds.items() if words)
    meaning = f"{told[0].upper()}{told[1:]}. " if told else ""
    actors = f"the {len(levels)} actors" if len(levels) > 1 else plural(len(levels), "actor")
    return (
        f"Stance on {codebook.subject} {about_domain(codebook, domain)}, {day(as_of)}. {meaning}"
        f"{some(without, start=True)} of {actors} {_of_them_have(without)} no current "
        "position."
    )


def change(codebook: Codebook, now: float, before: float) -> str:
    """The change of a stance over 12 months, or why none can be told."""
    if math.isnan(now) and math.isnan(before):
        return "No position now or a year ago"
    if math.isnan(before):
        return "No position a year ago"
    if math.isnan(now):
        return f"A year ago {labelled(codebook, before)}"
    moved = figure(printed_move(before, now), 2)
    return "No change in 12 months" if moved.startswith("0") else f"{moved} in 12 months"


def group_line(figures: GroupFigures) -> str:
    """How many members of a group restrict, of how many, and how far apart they are."""
    members = f"{figures.members} member{'' if figures.members == 1 else 's'}"
    if not figures.with_position:
        return f"None of {members} has a position"
    restrict = "restricts" if figures.restricting == 1 else "restrict"
    return (
        f"{figures.restricting} of {figures.with_position} {restrict}; "
        f"spread {figure(figures.spread, 2).lstrip('+')}; "
        f"{figures.with_position} of {members} {_have(figures.with_position)} a position"
    )


def act_line(title: str, since: Day) -> str:
    """An act in force and since when."""
    return f"In force since {short_day(since)}: {title}"


def escape(value: object) -> str:
    """A text from the data, harmless in markup, in plotly labels and in Markdown's HTML.

    Quotes, and what Markdown knows, by their numbers: plotly's labels know few names.
    """
    return html.escape(str(value)).translate(_BY_NUMBER).replace("&quot;", "&#34;")


def hover_html(row: Any) -> str:
    """The hover label of an actor: name, label, figure with band, act in force, last event.

    `row`: name, covered, label, stance, low, high, in_force_title, in_force_since, last_event_date.
    """
    lines = [f"<b>{escape(row.name)}</b>"]
    if not row.covered:
        return "<br>".join([*lines, NOT_COVERED])
    lines.append(_stance_html(row))
    if row.in_force_title:
        lines.append(f"In force since {short_day(row.in_force_since)}:")
        lines.append(escape(row.in_force_title))
    if row.last_event_date:
        lines.append(f"Last scored event {short_day(row.last_event_date)}")
    return "<br>".join(lines)


def _stance_html(row: Any) -> str:
    if math.isnan(row.stance):
        return NO_POSITION
    return f"{escape(row.label)} {_beside_label(row.stance)} ({band(row.low, row.high)})"


def event_hover_html(codebook: Codebook, row: Any) -> str:
    """The hover label of an event: title, date, what it was, score.

    `row`: title, date, date_precision, instrument, domain, score (missing: context).
    """
    kind = codebook.instruments[row.instrument].label
    score = "not counted" if pd.isna(row.score) else f"score {figure(float(row.score), 0)}"
    what = f"{kind}, {codebook.domain_label(row.domain)}"
    when = day(Dated(row.date, row.date_precision))
    return f"<b>{escape(row.title)}</b><br>{when}<br>{escape(what)}, {score}"


def map_alt(codebook: Codebook, levels: Sequence[float], domain: str, as_of: Day) -> str:
    """The map for those who cannot see it: how many actors stand where."""
    counts = [
        f"{codebook.scale.labels[level]} {sum(x == level for x in levels)}"
        for level in codebook.scale.levels
    ]
    without = len(levels) - len(_known(levels))
    return (
        f"Map of stances on {codebook.subject} {about_domain(codebook, domain)} on {day(as_of)}. "
        f"Number of actors: {', '.join(counts)}, {NO_POSITION.lower()} {without}."
    )


def timelapse_alt(codebook: Codebook, domain: str, first: Day, last: Day) -> str:
    """The time-lapse for those who cannot see it."""
    return (
        f"Map of stances on {codebook.subject} {about_domain(codebook, domain)} month by month, "
        f"from {first:%B %Y} to {last:%B %Y}. The same figures stand in the table below."
    )


def trend_headline(
    codebook: Codebook, moves: Sequence[tuple[str, float, float]], first: Day, last: Day
) -> str:
    """Which of the lines moved most between the first and the last day shown.

    `moves`: name, first and last stance of each line, NaN without a current position.
    """
    if not moves:
        return "Choose an actor or a group to see its line"
    told = [(name, then, now) for name, then, now in moves if not math.isnan(now - then)]
    if not told:
        return _trend_ends(codebook, [(name, now) for name, _, now in moves], last)
    who, how = _moved_most(codebook, told)
    between = f"from {day(first)} to {day(last)}"
    return f"{who} moved most {between}: {how}" if how else f"{who} did not move {between}"


def _moved_most(codebook: Codebook, moves: Sequence[tuple[str, float, float]]) -> tuple[str, str]:
    """Who moved most, as moves are printed, and how far; all of them and nothing where none moved.

    `moves`: name, stance then and now, at least one and none missing.
    """
    sizes = [abs(printed_move(then, now)) for _, then, now in moves]
    most = max(sizes)
    those = [move for move, size in zip(moves, sizes, strict=True) if size == most]
    who = together([name for name, _, _ in those])
    if not most:
        return who, ""
    if len(those) > 1:
        return who, f"by {_points(most)} each"
    _, then, now = those[0]
    return who, f"{labelled(codebook, then)} to {labelled(codebook, now)}"


def _trend_ends(codebook: Codebook, ends: Sequence[tuple[str, float]], last: Day) -> str:
    """Where the lines end, where no move can be told since none has a position at the start."""
    known = sorted((now, name) for name, now in ends if not math.isnan(now))
    if not known:
        named = listed([name for name, _ in ends])
        return f"{named}: no position at either end of the period"
    low, high = known[0][0], known[-1][0]
    lowest, highest = (
        [name for stance, name in known if printed(stance) == printed(end)] for end in (low, high)
    )
    if printed(low) == printed(high):
        return f"{together(lowest)} on {day(last)}: {labelled(codebook, low)}"
    return (
        f"On {day(last)} {together(lowest)} {_be(lowest, 'is', 'are')} the most restrictive of "
        f"them, {labelled(codebook, low)}, {together(highest)} the least, "
        f"{labelled(codebook, high)}"
    )


def trend_subtitle(codebook: Codebook, domain: str, first: Day, last: Day) -> str:
    """What the trend chart shows."""
    return (
        f"Stance on {codebook.subject} {about_domain(codebook, domain)}, {day(first)} to "
        f"{day(last)}. Around a line: how far uncertain coding could move it; around the mean of "
        "a group: one standard deviation of its members. A gap: no current position."
    )


def trend_alt(codebook: Codebook, domain: str, ends: Sequence[tuple[str, float]]) -> str:
    """The trend chart for those who cannot see it: where each line ends.

    `ends`: name and last figure of each line, missing where it has no current position.
    """
    lines = [f"{name} {figure(value, 2) if value == value else 'none'}" for name, value in ends]
    what = f"Stances on {codebook.subject} {about_domain(codebook, domain)} over time."
    return f"{what} At the end: {'; '.join(lines)}." if lines else f"{what} No actor is chosen."


def told_below(alt: str, table: bool) -> str:
    """A text for those who cannot see a chart, with where its figures stand, if a table follows."""
    return f"{alt} The same figures stand in the table below." if table else alt


def share(value: float) -> str:
    """A share in whole percent."""
    return f"{round(100 * value)} %"


# -- events: what is found, and one event in words ---------------------------------------------

# The languages of ISO 639-1 that sources are most often in; others are told by their code.
_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fo": "Faroese", "fr": "French",
    "ga": "Irish", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ms": "Malay", "mt": "Maltese",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
_CHECKED = {
    "read": "opening read, supports the event",
    "cited": "official or well-known reference, not read",
}
_CODERS = {
    "first": "First coding, while the event was researched",
    "A": "Coder A, blind",
    "B": "Coder B, blind",
    "review": "Review, a later correction",
}
_REVIEW = "review"
_CONTEXT = "Context: not counted"
# So many of those looked for are named in a headline.
_NAMED = 3


def language(code: str) -> str:
    """The English name of a language by its code of ISO 639-1, or the code where it is rare."""
    return _LANGUAGES.get(code, f"language {code}")


def precision_note(precision: str) -> str:
    """What of a date is not known; empty where all is."""
    notes = {"month": "the day is not known", "year": "only the year is known"}
    return notes.get(precision, "")


def iso_precision(precision: str) -> int:
    """How many characters of an ISO date are known."""
    return {"year": 4, "month": 7}.get(precision, 10)


def published(value: str) -> str:
    """An ISO day, month or year in words, or that it is not known."""
    if not value:
        return "date not known"
    whole = date.fromisoformat(f"{value}-01-01"[:10])
    precision = {4: "year", 7: "month"}.get(len(value), "day")
    return day(Dated(whole, precision))


def checked(code: str) -> str:
    """How a source was checked."""
    return _CHECKED.get(code, code)


def score_label(codebook: Codebook, score: float) -> str:
    """The score of an event with its label; missing: context."""
    if math.isnan(score):
        return _CONTEXT
    return f"{figure(score, 0)} {codebook.scale.labels[int(score)]}"


def score_option(codebook: Codebook, score: int) -> str:
    """A score as a mark of a slider, whose labels Streamlit takes for Markdown."""
    return f"{figure(score, 0)} {plain(codebook.scale.labels[score])}"


def score_tag(codebook: Codebook, score: float) -> str:
    """The score of an event where space is short."""
    return "Context" if math.isnan(score) else score_label(codebook, score)


def coder(code: str) -> str:
    """Who gave a coding."""
    return _CODERS.get(code, f"Coder {code}")


def coding_rule(coders: Sequence[str]) -> str:
    """Which of an event's codings is its score."""
    if not coders:
        return "No codings of this event are in the dataset."
    if _REVIEW not in coders:
        return "The median of the codings counts; context where two of three say so."
    if len(coders) == 1:
        return "The review added the event; its score counts."
    return "The score of the review counts, whatever the codings before it."


def quoted(words: str) -> str:
    """Words of a reader in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def sought(words: str) -> str:
    """Words that a reader looks for: in quotation marks, unless some are their own."""
    return words if '"' in folded(words) else quoted(words)


def alternatives(items: Sequence[str]) -> str:
    """Items one of which must hold: a, b or c."""
    return f"{', '.join(items[:-1])} or {items[-1]}" if len(items) > 1 else "".join(items)


def events_headline(count: int, who: Sequence[str], words: str) -> str:
    """How many events were found. `who`: names of actors and groups looked for, `words`: what they
    must mention; empty: all.
    """
    found = plural(count, "event", start=not who)
    mention = f" {'mentions' if count == 1 else 'mention'} {sought(words)}" if words else ""
    if not who:
        return f"{found}{mention}"
    named = listed(who) if len(who) <= _NAMED else f"{len(who)} actors and groups"
    return f"{named}: {found}{mention}"


def events_subtitle(
    codebook: Codebook,
    domain: str,
    period: tuple[Day, Day],
    filters: Sequence[str],
    counts: tuple[int, int],
) -> str:
    """What is shown: period, domain, other filters in words, and how many of the events (scored,
    context) count.
    """
    where = "in all domains" if domain == OVERALL else about_domain(codebook, domain)
    shown = "; ".join([f"{day(period[0])} to {day(period[1])}, {where}", *filters])
    scored, context = counts
    told = f" {scored:,} scored, {context:,} context (not counted)." if scored or context else ""
    return f"{shown}.{told}"


def group_members(group: str, names: Sequence[str], period: tuple[Day, Day]) -> str:
    """Whose events stand for those of a group."""
    if not names:
        return f"{group} had no members from {day(period[0])} to {day(period[1])}."
    return (
        f"{group}: all events of {plural(len(names), 'actor')} that belonged to it at any time "
        f"from {day(period[0])} to {day(period[1])}: {listed(names)}."
    )


def nothing_found(filters: Sequence[tuple[str, int]]) -> str:
    """Why no event is shown. `filters`: each in words, with what would be found without it."""
    if not filters:
        return "The dataset has no events."
    if len(filters) == 1:
        return f"No event fits {filters[0][0]}."
    asked = "; ".join(words for words, _ in filters)
    helps = [f"{plural(count, 'event')} without {words}" for words, count in filters if count]
    told = f"There would be {listed(helps)}" if helps else "Leaving out one of them is not enough"
    return f"No event fits all of: {asked}. {told}."


def events_shown(shown: int, found: int, order: str) -> str:
    """How many of the events found stand in the table. `order`: the sort, in words."""
    told = plural(found, "event", start=True)
    if shown < found:
        told = f"The first {shown:,} of {found:,} events"
    return f"{told}, {order}. Choose a row to read it (by keyboard: Shift and Space)."


# -- data and method: the formula, other settings, coverage, agreement ---------------------------

# An alt text names so many of the rows of a figure.
_TOLD = 5


# What Streamlit's Markdown takes for more than itself and leaves alone once escaped. Addresses and
# arrows are not here: they become links and signs either way.
_MARKDOWN = re.compile(r"[\\`*_\[\]<~$]|:\w+:?|&(?=#?\w+;)|^[#+>-]")
_NUMBERED = re.compile(r"^\d+(?=[.)](\s|$))")


def plain(words: str) -> str:
    """A text from the data as the label of a control, which Streamlit takes for Markdown. Only what
    would be Markdown is escaped: assistive technology reads the label out as it is written.
    """
    escaped = _MARKDOWN.sub(lambda found: re.sub(r"(\W|_)", r"\\\1", found[0]), words.strip())
    return _NUMBERED.sub(r"\g<0>\\", escaped)


def formula_steps(codebook: Codebook) -> list[tuple[str, str]]:
    """How a stance is made, step by step, with the figures of the codebook: heading and text."""
    return [
        ("The act in force", _act_step(codebook)),
        (
            "The words since",
            "Whatever else the actor said or did there on or after the day of its latest act "
            "counts too; all of it where there never was an act. Its weight halves with every "
            f"half-life: weight on the day = weight {TIMES} 0.5^(days since / half-life).",
        ),
        (
            "Confirmation",
            "A word in the direction of the act in force, but milder, counts with the score of "
            "the act: mild words after a strict act do not soften it. Words of 0, of the other "
            "direction or further out count as they are scored.",
        ),
        ("The stance", _stance_step(codebook)),
        ("The coding band", _band_step(codebook)),
        (
            "Overall",
            "The weighted mean of the stances in the domains where the actor has a current "
            "position, with the weights of the domains: "
            + ", ".join(f"{d.label} {d.weight:g}" for d in codebook.domains.values())
            + ".",
        ),
        ("The label", _label_step(codebook)),
    ]


def _act_step(codebook: Codebook) -> str:
    model = codebook.model
    lapses = [
        f"it lapses ({i.label} above 0: {i.lapses_after_days:,} days after it)"
        for i in codebook.instruments.values()
        if i.lapses_after_days
    ]
    until = ["another binding act takes its place", "its end date is reached", *lapses]
    return (
        "Of the binding acts of an actor in a domain the latest counts. It weighs "
        f"{model.binding_weight:g} and does not fade, until {alternatives(until)}; earlier acts "
        "do not come back then. A binding act of score 0 leaves nothing in force: it counts like "
        f"a word, with a weight of {model.spent_weight:g} and a half-life of "
        f"{model.spent_half_life_days:,g} days."
    )


def _stance_step(codebook: Codebook) -> str:
    least = codebook.model.minimum_evidence
    lone = [
        f"; a lone {i.label.lower()} falls under it after "
        f"{math.floor(i.half_life_days * math.log2(i.weight / least) + 1e-9):,} days"
        for i in codebook.instruments.values()
        if i.weight and i.half_life_days and i.weight > least
    ]
    return (
        f"The weighted mean of the scores: the sum of weight {TIMES} score, divided by the sum of "
        f"the weights. The sum of the weights is the evidence. Under {least:g} there is no current "
        f"position, and nothing is put in its place{''.join(lone[:1])}."
    )


def _band_step(codebook: Codebook) -> str:
    points = [f"{name} {off:g}" for name, off in codebook.model.tolerance.items()]
    return (
        "How far the stance would go if every coding were off in one direction by as many points "
        f"as its confidence allows ({', '.join(points)}): the weighted mean of these points, cut "
        "off at the ends of the scale. It is no sampling error."
    )


def _label_step(codebook: Codebook) -> str:
    scale = codebook.scale
    tie = scale.max - 0.5
    return (
        "The nearest point of the scale. Half-way between two it is the one nearer to 0: "
        f"{figure(tie, 1)} is {scale.labels[int(level_of(tie))]}, {figure(-tie, 1)} is "
        f"{scale.labels[int(level_of(-tie))]}."
    )


def weight_line(codebook: Codebook, instrument: str, score: float, days: int, weight: float) -> str:
    """How the weight of an event that counts comes about, `days` after it."""
    kind, model = codebook.instruments[instrument], codebook.model
    if kind.binding and score:
        fixed = f"in force it weighs {model.binding_weight:g}, whatever its age"
        return f"{kind.label} is binding: {fixed}."
    fresh, half = kind.weight, kind.half_life_days
    if kind.binding:
        fresh, half = model.spent_weight, model.spent_half_life_days
    how = f"{kind.label} is binding, but of score 0: it" if kind.binding else f"{kind.label}: it"
    return (
        f"{how} weighs {fresh:g} on its day and half of that every {half:,g} days. "
        f"{plural(days, 'day', start=True)} {_have(days)} passed: "
        f"{fresh:g} {TIMES} 0.5^({days:,} / {half:,g}) = {weight:.4f}."
    )


def score_line(score: float, counted: float) -> str:
    """With what score an event counts."""
    if score == counted:
        return f"It counts as it is scored, {figure(score, 0)}."
    return (
        f"It is scored {figure(score, 0)}. It has the direction of the act in force, but is "
        f"milder, so it confirms the act and counts with its score, {figure(counted, 0)}."
    )


def share_line(name: str, domain: str, count: int, weights: float, part: float) -> str:
    """The share of an event in a stance. `domain`: in words; `count`: of events that count there,
    with `weights` together; `part`: the share.
    """
    if count == 1:
        return (
            f"It is the only event of {name} that counts {domain}, so its share is {share(part)}."
        )
    return (
        f"{name} has {plural(count, 'event')} that count {domain}. Their weights add up to "
        f"{weights:.4f}, so the share of this one is {percent(100 * part)}."
    )


def mean_line(codebook: Codebook, total: float, evidence: float, stance: float) -> str:
    """A stance as the division that gives it: sum of weight x score by sum of weights."""
    return (
        f"Sum of weight {TIMES} score, divided by the sum of the weights: {figure(total, 4)} / "
        f"{evidence:.4f}, both rounded here, gives {figure(stance, 4)}, so "
        f"{labelled(codebook, stance)}."
    )


# Where a reader's settings leave no weight to the domains that have a position.
NO_WEIGHT = "No domain with a current position weighs anything: no overall position."


def overall_line(codebook: Codebook, stances: Sequence[tuple[str, float]], overall: float) -> str:
    """The overall stance as the division that gives it. `stances`: domain and stance of those with
    a current position; a reader's settings may give one of them no weight.
    """
    weighed = [(codebook.domains[code], stance) for code, stance in stances]
    weighed = [(domain, stance) for domain, stance in weighed if domain.weight]
    if not weighed:
        return NO_WEIGHT
    terms = [f"{domain.weight:g} {TIMES} {figure(stance, 4)}" for domain, stance in weighed]
    return (
        f"Overall, with the weights of {listed([domain.label for domain, _ in weighed])}: "
        f"({' + '.join(terms)}) / {sum(domain.weight for domain, _ in weighed):g} = "
        f"{figure(overall, 4)}, so {labelled(codebook, overall)}."
    )


def too_late(event_day: Day, as_of: Day) -> str:
    """Why an event does not count yet."""
    return (
        f"This event is of {day(event_day)}, after the chosen date, {day(as_of)}. It counts for "
        "nothing yet: choose a later date above."
    )


def too_little(evidence: float, least: float) -> str:
    """Why what counts makes no position."""
    return (
        f"All that counts in this domain weighs {evidence:.4f} together, less than the minimum of "
        f"{least:g}: there is no current position to share in."
    )


UNSCORED = "This event is context. It has no score, so it counts for nothing."


def set_aside(binding: bool, title: str, since: Day) -> str:
    """Why an event counts no more: by which act it was set aside. `binding`: it was an act too."""
    why = "a later act took its place" if binding else "only words since the latest act count"
    return f"This event counts no more: {why}. The latest act is of {day(since)}: {title}."


def carried_on(title: str, since: Day) -> str:
    """Why an act that set the level in force has no weight of its own any more."""
    return (
        "This act set the level in force. A later act of the same score carries it on and has the "
        f"weight: {title}, {day(since)}."
    )


def ended(until: Day) -> str:
    """Why an act counts no more: when it ended or lapsed."""
    return (
        f"This act counts no more: it ended or lapsed on {day(until)}, and left nothing in force."
    )


def sensitivity_headline(flips: int, both: int, moved: int) -> str:
    """What other settings change. `flips`: labels that differ; `both`: actors with a position under
    both; `moved`: of these, with another figure.
    """
    if not flips and not moved:
        return "Nothing moves under your settings"
    labels = f"{plural(flips, 'label', start=True)} change{'s' if flips == 1 else ''}"
    figures = f"{number(moved)} of {plural(both, 'figure')} move{'s' if moved == 1 else ''}"
    return f"{labels if flips else 'No label changes'}; {figures if moved else 'no figure moves'}"


TAU = "Kendall's tau compares two orders of the actors: 1 is the same order, 0 no relation."


def sensitivity_subtitle(codebook: Codebook, domain: str, as_of: Day, tau: float) -> str:
    """What is compared, and how alike the two orders of the actors are."""
    order = "There is no order to compare"
    if not math.isnan(tau):
        order = f"Kendall's tau {tau:.2f} (1: the same order of the actors, 0: no relation)"
    return (
        f"Stance on {codebook.subject} {about_domain(codebook, domain)}, {day(as_of)}: "
        f"published, and under your settings. {order}."
    )


def sensitivity_alt(codebook: Codebook, rows: Sequence[Any]) -> str:
    """The moves for those who cannot see them. `rows`: name, published, stance, the largest move
    first.
    """
    moves = [
        f"{row.name} from {labelled(codebook, row.published)} to {labelled(codebook, row.stance)}"
        for row in rows[:_TOLD]
    ]
    rest = f"; and {number(len(rows) - _TOLD)} more" if len(rows) > _TOLD else ""
    return (
        f"From the published stance to that under your settings: {'; '.join(moves)}{rest}. "
        "The same figures stand in the table below."
    )


def coverage_headline(actors: int, silent: int, years: int, as_of: Day) -> str:
    """How many actors have been silent for so many years."""
    return (
        f"{some(silent, start=True)} of {plural(actors, 'actor')} {_of_them_have(silent)} no "
        f"event in the {number(years)} years to {day(as_of)}"
    )


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _of_them_have(count: int) -> str:
    """The verb after `some`: none of them has, two of them have."""
    return "has" if count < 2 else "have"


def dataset_headline(events: int, scored: int, sources: int, actors: int) -> str:
    """How large the dataset is; `actors`: the subject itself too, which has events."""
    of_them = f", {some(scored)} of them scored," if events else ""
    return (
        f"{plural(events, 'event', start=True)}{of_them} from {plural(sources, 'source')}, on "
        f"{plural(actors, 'actor')}"
    )


def coverage_subtitle(events: int, actors: int, top: int, as_of: Day) -> str:
    """What is counted, and how uneven it is. `top`: events of the three actors with the most."""
    uneven = ""
    if events and actors > 3:
        uneven = f" The three with the most have {share(top / events)} of them."
    return (
        f"{plural(events, 'event', start=True)} up to {day(as_of)}, context included, of "
        f"{plural(actors, 'actor')}.{uneven} An empty cell means that none was found, not that "
        "nothing happened."
    )


def coverage_alt(noun: str, rows: Sequence[tuple[str, int]], first: int, last: int) -> str:
    """The heat map for those who cannot see it. `rows`: name and total of each actor, the largest
    first; `noun`: what is counted, in the plural.
    """
    most = listed([f"{name} {total:,}" for name, total in rows[:_TOLD]])
    none = sum(not total for _, total in rows)
    return (
        f"Heat map of the number of {noun} by actor and year, {first} to {last}. "
        f"{plural(len(rows), 'actor', start=True)}; the most: {most}; "
        f"{number(none)} without any."
    )


def coders(one: str, other: str) -> str:
    """Two coders in a heading."""
    return f"{coder_in_short(one)} and {coder_in_short(other)}"


def coder_in_short(code: str) -> str:
    """A coder where space is short."""
    return {"first": "the first coding"}.get(code, code)


def alphas_line(pairs: Sequence[tuple[str, str, float]]) -> str:
    """How far each pair of coders agrees. `pairs`: one, other, alpha (missing: none)."""
    told = [
        f"{coders(one, other)} {'none' if math.isnan(alpha) else f'{alpha:.2f}'}"
        for one, other, alpha in pairs
    ]
    return f"Agreement between coders, as alpha: {'; '.join(told)}"


def one_context(count: int) -> str:
    """How many events only one of two coders scored."""
    return f"{plural(count, 'more event', start=True)}: context for one, scored by the other."


def no_conflict(one: str, other: str, points: int) -> str:
    """That two coders nowhere disagree much."""
    return f"{coders(one, other)} are nowhere {number(points)} points or more apart."


def outside_line(row: Any, lists: int) -> str:
    """How far we agree with lists of others. `row`: n, exact, within_one, mean_difference."""
    if not row.n:
        return "No reading of these lists can be compared"
    return (
        f"{share(row.exact)} of {plural(int(row.n), 'reading')} in {plural(lists, 'list')} say the "
        f"same as our label, {share(row.within_one)} at most one point off; on average ours is "
        f"{_nearer(row.mean_difference)}"
    )


def _nearer(difference: float) -> str:
    """Which way we differ. `difference`: ours - theirs."""
    size = figure(abs(difference), 2).lstrip("+")
    if not size.strip("0."):
        return "neither higher nor lower"
    return f"{size} points {'higher (more open)' if difference > 0 else 'lower (more restrictive)'}"


def ceiling_line(ceiling: Ceiling) -> str:
    """How far such lists agree with one another, and what follows for us."""
    pairs, months = ceiling.pairs, ceiling.months
    if not pairs:
        return (
            f"No two lists rate the same actor within {months} months, so how far such lists agree "
            "with one another cannot be told."
        )
    return (
        f"Such lists do not agree fully with one another either: of {plural(pairs, 'pair')} of "
        f"ratings of one actor by lists of different names, at most {months} months apart, "
        f"{share(ceiling.exact)} say the same and {share(ceiling.within_one)} are at most one "
        "point apart. Much more agreement than that can hardly be expected of any list, ours "
        "included."
    )


# -- actor: one actor, and the parts that make its stance ---------------------------------------

WHY = (
    "A stance is the mean of the scores of what counts, by weight. An act in force keeps its "
    "weight; words said since then fade. The parts of each table add up to its stance."
)


def parts(values: Sequence[float], whole: float, decimals: int) -> list[float]:
    """The parts of a whole, rounded to so many decimals, that add up to the whole as it is printed.

    `values` add up to `whole` within half of the last digit. The largest remainder: each part is
    rounded down, and what is missing goes to those that lost most. So none is off by a whole last
    digit, none that is 0 becomes anything else, and order is kept.
    """
    unit = 10**decimals
    # Sums in another order differ by less than this.
    exact = [round(value * unit, 6) for value in values]
    printed = [math.floor(value) for value in exact]
    missing = round(float(f"{whole:.{decimals}f}") * unit) - sum(printed)
    most_lost = sorted(range(len(exact)), key=lambda place: printed[place] - exact[place])
    for place in most_lost[:missing]:
        printed[place] += 1
    return [count / unit for count in printed]


def percent(value: float) -> str:
    """A part of a hundred to one decimal: 57.1 %."""
    return f"{value:.1f} %"


def scale_ends(codebook: Codebook) -> tuple[str, str]:
    """The ends of the scale in figure and word."""
    scale = codebook.scale
    low, high = (f"{figure(x, 0)} {scale.labels[x]}" for x in (scale.min, scale.max))
    return low, high


def actor_headline(
    codebook: Codebook, name: str, domain: str, stance: float, acts: Sequence[str]
) -> str:
    """Where an actor stands. `acts`: the domains (codes) in which an act is in force, of those that
    are shown.
    """
    if math.isnan(stance):
        where = about_domain(codebook, domain)
        return f"{name}: no current position on {codebook.subject} {where}"
    if domain != OVERALL:
        where, held = about_domain(codebook, domain), "with an act" if acts else "with no act"
        return f"{name} {where}: {labelled(codebook, stance)}, {held} in force"
    some = f"{number(len(acts))} of {plural(len(codebook.domains), 'domain')}"
    of = some if len(acts) < len(codebook.domains) else "every domain"
    held = f"an act in force in {of}" if acts else "no act in force"
    return f"{name}: {labelled(codebook, stance)}, with {held}"


def actor_subtitle(codebook: Codebook, domain: str, as_of: Day, low: float, high: float) -> str:
    """What is shown of an actor, and as of when; `low` is missing without a current position."""
    what = f"Stance on {codebook.subject} {about_domain(codebook, domain)}, {day(as_of)}"
    if math.isnan(low):
        return f"{what}."
    return f"{what}; coding band {band(low, high)}."


def nothing_newer(last: Day | None, later: Sequence[Day], recorded: Day, where: str = "") -> str:
    """Since when nothing is known. `last`: the day of the last event up to the day, context too;
    `later`: the days of those after it, the first one first; `recorded`: that of the newest row;
    `where`: the domain they are of, in words after a blank, where it is one.
    """
    if last is None and not later:
        return f"No event{where} is in the data; choose another {'domain' if where else 'actor'}."
    after = f"{plural(len(later), 'later event', start=True)} {'is' if len(later) == 1 else 'are'}"
    if last is None:
        first = day(later[0])
        return (
            f"No event{where} is known up to that day. {after} in the data, the first of {first}."
        )
    if later:
        return f"The last event{where} known on that day is of {day(last)}. {after} in the data."
    known = f"Nothing newer known{where} since {day(last)}"
    return f"{known}; the data were last added to on {day(recorded)}."


def without_events(codebook: Codebook, domains: Sequence[str], as_of: Day) -> str:
    """The domains (codes) in which nothing was ever scored."""
    where = [about_domain(codebook, code).removeprefix("in ") for code in domains]
    return f"No scored event up to {day(as_of)} in {alternatives(where)}."


def nothing_here(codebook: Codebook, domain: str, elsewhere: int) -> str:
    """That there is no event in a domain. `elsewhere`: how many there are in others."""
    told = f"No event {about_domain(codebook, domain)} up to this day"
    return f"{told}; choose Overall to see the {elsewhere:,} in other domains."


def no_position(
    codebook: Codebook,
    as_of: Day,
    events: int,
    span: tuple[Day | None, Day | None],
    since: Day | None,
    ended: str,
    *,
    faded: bool,
    overall: bool,
) -> str:
    """Why there is no current position.

    `events`: the number of scored events up to the day; `span`: the first scored event of all, and
    the last up to the day; `since`: the first day without a position, missing where there never was
    one; `ended`: the title of an act that ended on that day; `faded`: nothing else happened then;
    `overall`: in no domain, each of which has to reach the minimum by itself.
    """
    first, last = span
    if last is None:
        told = f"{NO_POSITION}: no scored event up to {day(as_of)}"
        return f"{told}; the first is of {day(first)}." if first else f"{told}."
    minimum = f"the minimum of {codebook.model.minimum_evidence:g}"
    # What a domain without weight has says nothing of the overall stance.
    all_weigh = all(domain.weight for domain in codebook.domains.values())
    domain = "domain" if all_weigh else "domain that weighs anything"
    known = f"{NO_POSITION}. The last of {plural(events, 'scored event')} was {on_day(last)}"
    if events == 1:
        known = f"{NO_POSITION}. The only scored event was {on_day(last)}"
    if since is None:
        anywhere = f" in any {domain}" if overall else ""
        return f"{known}; what it leaves has never reached {minimum}{anywhere}."
    short = f"reaches {minimum} in no {domain}" if overall else f"weighs less than {minimum}"
    if ended:
        act = f"an act ended or lapsed, {quoted(ended)}"
        return f"{known}. On {day(since)} {act}, and what is left {short}."
    how = "all has faded, and since" if faded else "since"
    return f"{known}; {how} {day(since)} what counts {short}."


def no_act(title: str, when: Day | None, left_nothing: bool) -> str:
    """Why no act is in force in a domain. `title`: of the last act, empty where there was none;
    `when`: its day where it left nothing in force, else the day on which it ended or lapsed.
    """
    if not title or when is None:
        return "No act is in force: the stance rests on words."
    if left_nothing:
        return f"No act is in force: {quoted(title)} left none {on_day(when)}."
    return f"No act is in force: {quoted(title)} ended or lapsed {on_day(when)}."


def confirms(score: float, counted: float) -> str:
    """What is said of a word that counts with the score of the act in force."""
    return (
        f"scored {figure(score, 0)}, confirms the act in force and counts as {figure(counted, 0)}"
    )


def earlier_events(count: int) -> str:
    """How many events of a domain count no more."""
    if not count:
        return ""
    verb = "counts" if count == 1 else "count"
    return (
        f"{plural(count, 'earlier event', start=True)} {verb} no more: set aside by a later act, "
        "or ended."
    )


def more_events(count: int, sums: tuple[float, float, float]) -> str:
    """The events of an explanation that are folded away, with what they have of the weight and of
    the stance. `sums`: of their printed weights, shares and parts.
    """
    weight, share_printed, part = sums
    return (
        f"{plural(count, 'more event', start=True)}: weight {weight:.2f}, "
        f"{percent(share_printed)} of it all, part {figure(part, 2)}"
    )


def member(name: str, stance: float) -> str:
    """A member of a group with its stance, a dash where it has none."""
    return f"{name} {figure(stance, 2)}"


def group_headline(group: str) -> str:
    """That a group is no actor."""
    return f"{group} is a group and has no events of its own: choose one of its members"


def history_subtitle(codebook: Codebook, period: tuple[Day, Day]) -> str:
    """What the chart of policy levels shows."""
    return (
        f"Bars: the level that each binding act on {codebook.subject} left in force, in the colour "
        f"of its class. Line: the stance, with its coding band. {day(period[0])} to "
        f"{day(period[1])}."
    )


def history_alt(
    codebook: Codebook, name: str, rows: Sequence[tuple[str, int, Day | None, float, float]]
) -> str:
    """The chart of policy levels for those who cannot see it.

    `rows`: domain, number of acts, day and score of the last one (missing without any), stance at
    the end (NaN: none).
    """
    told = []
    for domain, acts, last, score, stance in rows:
        latest = f", the last {figure(score, 0)} {on_day(last)}" if last else ""
        end = f"stance at the end {figure(stance, 2)}" if stance == stance else "no position"
        told.append(f"{codebook.domain_label(domain)}: {plural(acts, 'act')}{latest}, {end}")
    what = f"Policy level of {name} on {codebook.subject} over time, by domain"
    return f"{what}. {'; '.join(told)}."


def timeline_subtitle(counts: tuple[int, int], domain: str, elsewhere: int) -> str:
    """How many events a timeline shows; `counts`: scored, context; `elsewhere`: other domains."""
    scored, context = counts
    told = plural(scored, "scored event", start=True)
    if context:
        told += f" and {plural(context, 'context event')}, not counted"
    if domain != OVERALL and elsewhere:
        told += f"; {number(elsewhere)} in other domains"
    return f"{told}. Choose a mark or a row to see every source."


def timeline_alt(codebook: Codebook, name: str, counts: Mapping[str, tuple[int, int]]) -> str:
    """The timeline for those who cannot see it. `counts`: scored and context events by domain."""
    told = [
        f"{codebook.domain_label(domain)}: {scored} scored, {context} context (not counted)"
        for domain, (scored, context) in counts.items()
    ]
    what = f"Timeline of the events of {name} on {codebook.subject}"
    return f"{what}. {'; '.join(told)}. They stand in the table below."


def counted_now(share_printed: float | None, scored: bool, sets_level: bool) -> str:
    """Whether an event counts on the day. `share_printed`: its share of the stance of its domain,
    in percent; `sets_level`: a later act only confirms the level that this one set.
    """
    if share_printed is not None:
        return f"{percent(share_printed)} of its domain"
    if sets_level:
        return "Set the level in force"
    return "No longer" if scored else "Context, never"


# -- compare: two days, two actors, distances ---------------------------------------------------

# What each cause is called where the parts of a move are added up by it.
CAUSE_LABELS = {
    CAME_IN: "Came in",
    CONFIRMS: "Came in as a confirmation of the act in force",
    AGAIN: "Counts again",
    REPLACED: "Act replaced",
    SET_ASIDE: "Set aside by a later act",
    ENDED: "Act ended or lapsed",
    OWN_SCORE: "Confirms an act no more",
    FADED: "Faded",
    DILUTED: "Diluted by what came in",
    GREW: "Larger share, as others faded or left",
}


def printed(value: float) -> float:
    """A figure as it is printed with two decimals, to add up on screen; missing stays missing."""
    return float(f"{value:.2f}") + 0.0


def printed_move(then: float, now: float) -> float:
    """The move between two figures as they are printed; NaN where one is missing."""
    return round(printed(now) - printed(then), 2) + 0.0


def moves_headline(codebook: Codebook, moves: Sequence[tuple[str, float, float]]) -> str:
    """Who moved most between two days, and how many moved which way.

    `moves`: name, stance then and now, of those with a position on both days.
    """
    if not moves:
        return "No actor has a position on both days"
    size = [printed(now) - printed(then) for _, then, now in moves]
    down, up = sum(x < 0 for x in size), sum(x > 0 for x in size)
    if len(moves) == 1:
        [(name, then, now)] = moves
        return f"Only {name} has a position on both days: {move_line(codebook, then, now)}"
    if not down and not up:
        return f"None of {plural(len(moves), 'actor')} moved on {codebook.subject}"
    who, how = _moved_most(codebook, moves)
    return f"{who} moved most, {how}; {down} of {len(moves):,} actors moved down, {up} up"


def moves_subtitle(
    codebook: Codebook, domain: str, days: tuple[Day, Day], counts: tuple[int, int, int]
) -> str:
    """What is compared. `counts`: all actors, those with a position on both days, those of them
    that did not move.
    """
    actors, both, still = counts
    scale = codebook.scale
    stood = f"; {number(still)} of these {_stands(still)} where {_it(still)} stood" if still else ""
    return (
        f"Stance on {codebook.subject} {about_domain(codebook, domain)}, {day(days[0])} and "
        f"{day(days[1])}. Down is towards {scale.labels[scale.min]}, up towards "
        f"{scale.labels[scale.max]}. {some(both, start=True)} of {plural(actors, 'actor')} "
        f"{_of_them_have(both)} a position on both days{stood}."
    )


def _stands(count: int) -> str:
    return "stands" if count == 1 else "stand"


def _it(count: int) -> str:
    return "it" if count == 1 else "they"


def moves_alt(
    codebook: Codebook,
    domain: str,
    days: tuple[Day, Day],
    moves: Sequence[tuple[str, float, float]],
) -> str:
    """The chart of moves for those who cannot see it: the ten largest, as they are sorted."""
    told = [
        f"{name} {figure(then, 2)} to {figure(now, 2)} ({figure(printed_move(then, now), 2)})"
        for name, then, now in moves[:10]
    ]
    more = f", and {number(len(moves) - 10)} more" if len(moves) > 10 else ""
    what = (
        f"Stances on {codebook.subject} {about_domain(codebook, domain)} on {day(days[0])} and on "
        f"{day(days[1])}, the largest move first"
    )
    if not moves:
        return f"{what}: nobody moved."
    return f"{what}: {'; '.join(told)}{more}."


def cause_words(cause: str, since: bool, domain_counts: bool) -> str:
    """What a cause says of its event. `since`: the event is later than the first of the two days;
    `domain_counts`: its domain still has a position on the second.
    """
    if cause == REPLACED:
        return (
            "took the place of an earlier act"
            if since
            else "was replaced by a later act, which counts no more"
        )
    if cause == FADED:
        return "faded" if domain_counts else "what is left in its domain is too little to count"
    return CAUSES[cause]


def causes_in_short(sums: Sequence[tuple[str, float]]) -> str:
    """The parts of a move by cause, as far as they are not 0: Came in +1.20; Faded +0.31."""
    told = [f"{CAUSE_LABELS[cause]} {figure(part, 2)}" for cause, part in sums if part]
    return "; ".join(told)


def without_position(then: float, now: float) -> str:
    """On which of two days there is no position, in short; empty where there is one on both."""
    days = [word for word, stance in (("then", then), ("now", now)) if math.isnan(stance)]
    return f"No position {' and '.join(days)}" if days else ""


def no_move(then: float, now: float, days: tuple[Day, Day]) -> str:
    """Why no move can be told of an actor."""
    if math.isnan(then) and math.isnan(now):
        return f"No position on {day(days[0])} and none on {day(days[1])}, so there is no move."
    without = days[0] if math.isnan(then) else days[1]
    return f"No position on {day(without)}, so no move can be told."


def move_line(codebook: Codebook, then: float, now: float) -> str:
    """Where an actor stood and stands, and the move between."""
    move = figure(printed(now) - printed(then), 2)
    return f"{labelled(codebook, then)} to {labelled(codebook, now)}: a move of {move}"


def more_parts(count: int, total: float) -> str:
    """The smaller parts of a move, which are folded away."""
    return f"{plural(count, 'smaller part', start=True)}, {figure(total, 2)} together"


def zero_parts(count: int) -> str:
    """The parts of a move that are too small to be printed."""
    return f"{plural(count, 'more part', start=True)} of 0.00 when rounded."


def swapped_days(then: Day, now: Day) -> str:
    """That the two days were put into their order."""
    return f"{day(then)} is after the as-of date, {day(now)}: the two are compared in their order."


def same_days(day_shown: Day) -> str:
    """That two days are one."""
    return f"Both days are {day(day_shown)}: choose an earlier one under From."


def pair_headline(
    names: tuple[str, str], now: float, widest: tuple[Day, float] | None, last: Day
) -> str:
    """How far two actors are apart on the last day of a period, and when they were furthest apart.

    `now`: first - second, NaN where one has no position; `widest`: day and gap.
    """
    one, other = names
    if widest is None:
        return f"{one} and {other} never had a position at the same time in this period"
    apart = (
        f"{one} and {other} cannot be compared now"
        if math.isnan(now)
        else f"{one} and {other} are {_points(now)} apart"
    )
    if widest[0] == last:
        return f"{apart}, the furthest in this period"
    return f"{apart}; furthest on {day(widest[0])}: {_points(widest[1])}"


def _points(gap: float) -> str:
    return f"{abs(printed(gap)):.2f} points"


def pair_subtitle(codebook: Codebook, domain: str, period: tuple[Day, Day]) -> str:
    """What is shown of two actors."""
    return (
        f"Stance on {codebook.subject} {about_domain(codebook, domain)}, {day(period[0])} to "
        f"{day(period[1])}. Around a line: how far uncertain coding could move it."
    )


def gap_subtitle(names: tuple[str, str]) -> str:
    """What the chart of the gap shows."""
    return f"The gap: stance of {names[0]} less that of {names[1]}, in points of the scale."


def gap_alt(names: tuple[str, str], now: float, widest: tuple[Day, float] | None) -> str:
    """The chart of the gap for those who cannot see it."""
    what = f"Stance of {names[0]} less that of {names[1]} over time"
    if widest is None:
        return f"{what}: never a position at the same time."
    end = "none" if math.isnan(now) else figure(now, 2)
    return f"{what}. Widest: {figure(widest[1], 2)} on {day(widest[0])}. At the end: {end}."


def domains_alt(
    names: tuple[str, str], as_of: Day, rows: Sequence[tuple[str, float, float]]
) -> str:
    """Two actors by domain for those who cannot see it. `rows`: domain, stances of the two."""
    told = [f"{domain}: {_or_none(first)} and {_or_none(second)}" for domain, first, second in rows]
    return f"Stances of {names[0]} and of {names[1]} on {day(as_of)}. {'; '.join(told)}."


def _or_none(stance: float) -> str:
    return "no position" if math.isnan(stance) else figure(stance, 2)


def nearest_headline(name: str, now: Sequence[str], apart: float, before: Sequence[str]) -> str:
    """Who is nearest to an actor. `now`: those who share that place, none where nobody can be
    compared, and how far they are `apart`; `before`: those who did a year earlier.
    """
    if not now:
        return f"Nobody here can be compared with {name} in the last 12 months"
    told = f"{together(now)} {_be(now, 'is', 'are')} nearest to {name}, {_points(apart)} apart"
    if not before:
        return f"{told}; a year before nobody could be compared"
    if set(before) == set(now):
        return f"{told}, as {_be(now, 'it was', 'they were')} a year before"
    return f"{told}; a year before {together(before)} {_be(before, 'was', 'were')}"


def distances_subtitle(
    codebook: Codebook, among: str, period: tuple[Day, Day], domain: str, fewest: int
) -> str:
    """What is compared. `among`: the group in words; `domain`: the one that other views show."""
    whole = "" if domain == OVERALL else " The domain chosen above does not narrow it."
    return (
        f"Distance: mean difference of the stances on {codebook.subject} by domain, over all "
        f"month ends and domains in which both have a position; all domains count "
        f"alike.{whole} Nearest: the 12 months to {day(period[1])}, {among}. Matrix: "
        f"{day(period[0])} to {day(period[1])}; a pair with under {number(fewest)} common "
        "month-domains is left blank."
    )


def among_group(group: str, members: int, as_of: Day) -> str:
    """Whom the distances are of. `group`: empty for every actor with a position."""
    if not group:
        return f"among {plural(members, 'actor')} with a position on {day(as_of)}"
    if not members:
        return f"among the members of {group}, which had none on {day(as_of)}"
    return f"among the {plural(members, 'member')} of {group} on {day(as_of)}"


def matrix_alt(
    near: tuple[str, str, float, int] | None,
    far: tuple[str, str, float, int] | None,
    told: int,
    blank: int,
) -> str:
    """The matrix for those who cannot see it: nearest and furthest pair, each with its distance
    and how many pairs share that as it is printed; how many can be told.
    """
    if near is None or far is None:
        return "Matrix of distances: no two actors can be compared."
    return (
        f"Matrix of distances of {plural(told + blank, 'pair')}. Nearest: {_pair(*near)}; "
        f"furthest: {_pair(*far)}. Left blank: {plural(blank, 'pair')}."
    )


def _pair(one: str, other: str, apart: float, alike: int) -> str:
    more = f", as {plural(alike - 1, 'other pair')}" if alike > 1 else ""
    return f"{one} and {other}, {_points(apart)}{more}"


def left_out(names: Sequence[str]) -> str:
    """Who is not in the matrix."""
    return f"Not in the matrix, as {_it(len(names))} can be compared with nobody: {listed(names)}."


def same_actors(name: str) -> str:
    """That two actors are one."""
    return f"Both are {name}: choose two different actors to compare."


def only_actor(name: str) -> str:
    """That there are no two actors to choose."""
    return f"{name} is the only actor: there is none to compare it with."


def no_period(first: Day, last: Day, beginning: Day) -> str:
    """That a period has its end before its beginning, and what is shown for it."""
    return (
        f"From {day(first)} is not before the as-of date, {day(last)}: shown from {day(beginning)}."
    )
