"""One event in full, and how several spread over the scale, as markup."""

import math
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from stances import escapes, words
from stances.answers.events import (
    WEAK,
    checked_words,
    coder_name,
    coding_rule,
    headline_words,
    precision_note,
    published_words,
    score_tag,
    tier_words,
    weak_note,
)
from stances.answers.tracker import Tracker
from stances.figures.theme import BOTH
from stances.markup.blocks import copy_link
from stances.markup.chip import event_chip
from stances.markup.links import event_place
from stances.markup.sources import archive_html, link_html
from stances.model.lifetimes import Ints


def event_row(tracker: Tracker, event_id: str) -> Any:
    """Return the event with its columns as attributes."""
    place = np.flatnonzero(tracker.event_columns["event_id"] == event_id)[0]
    return SimpleNamespace(**tracker.data.events.iloc[place].to_dict())


def score_of(row: Any) -> float:
    """Return the score of an event; NaN: context."""
    return math.nan if pd.isna(row.score) else float(row.score)


_COPY = "Cite: this event"


def event_html(tracker: Tracker, row: Any) -> str:
    """Return the whole event; everything from the data is escaped."""
    note = f'<p class="note"><b>Note.</b> {escapes.html(row.note)}</p>' if row.note else ""
    copied = copy_link(event_place(tracker, row.event_id, ".txt"), spoken=_COPY)
    weak = ""
    if row.event_id in tracker.weakly_sourced:
        weak = f'<p class="note">{escapes.html(weak_note(tracker.codebook))}</p>'
    return (
        f'<article class="event"><h2 class="actor">{escapes.html(row.title)}</h2>'
        f"<p>{escapes.html(row.summary)} {copied}</p>{note}{weak}{_facts(tracker, row)}"
        f"{source_list(tracker, tracker.sources.get(row.event_id, []), row.date)}"
        f"{_codings(tracker, row)}</article>"
    )


def _facts(tracker: Tracker, row: Any) -> str:
    codebook, instrument = tracker.codebook, tracker.codebook.instruments[row.instrument]
    kind = "a binding act" if instrument.binding else "words, not binding"
    holds = "Open case" if codebook.domains[row.domain].open_case else "In force"
    facts = {
        "Date": _date(row),
        holds: "" if pd.isna(row.end_date) else f"until {words.day(row.end_date)}",
        words.WHO: tracker.names[row.actor],
        "Speaker": row.speaker,
        words.FIELD: codebook.domain_label(row.domain),
        "Instrument": f"{instrument.label} ({kind})",
        "Confidence": row.confidence.capitalize(),
        "Event": row.event_id,
    }
    score = escapes.html(words.score_label(codebook, score_of(row)))
    text = [
        f"<dt>{name}</dt><dd>{escapes.html(value)}</dd>" for name, value in facts.items() if value
    ]
    if not math.isnan(score_of(row)):
        chip = event_chip(tracker, row.event_id)
        text.insert(0, f"<dt>{'Level' if instrument.binding else 'Position'}</dt><dd>{chip}</dd>")
    text.insert(0, f"<dt>Score</dt><dd>{mark(score_of(row))}<b>{score}</b></dd>")
    return f'<dl class="facts">{"".join(text)}</dl>'


def _date(row: Any) -> str:
    note = precision_note(row.date_precision)
    text = words.day(words.Dated(row.date, row.date_precision))
    return f"{text} ({note})" if note else text


def color_of(score: float) -> str:
    """Return the colour of a score; that of no class for context."""
    return BOTH.not_covered if math.isnan(score) else BOTH.level_color(score)


def mark(score: float) -> str:
    """Return the colour of a score as a small square."""
    return f'<span class="swatch" style="background:{color_of(score)}"></span>'


def source_list(tracker: Tracker, sources: Sequence[Any], day: date) -> str:
    """Return sources in full, in order. `day`: of what they back, near which copies are sought."""
    items = "".join(_source(tracker, source, day) for source in sources)
    heading = words.plural(len(sources), "source", start=True)
    return f'<h3>{heading}</h3><ol class="sourcelist">{items}</ol>'


def _source(tracker: Tracker, source: Any, day: date) -> str:
    """Title as a link, then publisher, what kind of page it is, whose words the title is, date, how
    it was checked, and the archive.
    """
    title, described = source.title, source.title.startswith("[")
    link = link_html(source.url, title.strip("[]") if described else title, source.url)
    if not described:
        link = f'<span lang="{escapes.html(source.language)}">{link}</span>'
    weak = f"{WEAK} " if source.tier in tracker.codebook.weak_tiers else ""
    text = [
        f"<b>{escapes.html(source.publisher)}</b>",
        escapes.html(f"{weak}{tier_words(tracker.codebook, source.tier)}"),
        escapes.html(headline_words(source)),
        published_words(source.published),
        escapes.html(checked_words(source.checked)),
        archive_html(source, day, "archived copy"),
    ]
    return f"<li>{link}<div>{' · '.join(text)}</div></li>"


def _codings(tracker: Tracker, row: Any) -> str:
    """Every coding of the event with the coder's reason, and which of them counts."""
    table = tracker.data.codings
    codings = list(table[table["event_id"] == row.event_id].itertuples(index=False))
    lines = "".join(_coding(tracker, coding) for coding in codings)
    rule = escapes.html(coding_rule([coding.coder for coding in codings]))
    names = ("Coder", "Score", "Reason")
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    whole = f'<table class="codings"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'
    return f'<h3>Scores given</h3>{whole if codings else ""}<p class="small">{rule}</p>'


def _coding(tracker: Tracker, coding: Any) -> str:
    score = escapes.html(words.score_label(tracker.codebook, score_of(coding)))
    coder = coder_name(tracker.codebook, coding.coder)
    if not pd.isna(coding.recorded):
        coder = f"{coder}, {words.short_day(coding.recorded)}"
    return (
        f"<tr><td>{escapes.html(coder)}</td>"
        f"<td>{mark(score_of(coding))}{score}</td>"
        f"<td>{escapes.html(coding.why or words.DASH)}</td></tr>"
    )


def spread_html(tracker: Tracker, rows: Ints) -> str:
    """Draw how the events found spread over the scale, as a bar with its figures under it."""
    score = tracker.event_columns["score"][rows]
    counts = {float(level): int((score == level).sum()) for level in tracker.codebook.scale.levels}
    counts[np.nan] = int(np.isnan(score).sum())
    bars = "".join(
        f'<span style="flex-grow:{count};background:{color_of(level)}"></span>'
        for level, count in counts.items()
        if count
    )
    legend = "".join(
        f"<span>{mark(level)}{escapes.html(score_tag(tracker.codebook, level))} "
        f"<b>{count:,}</b></span>"
        for level, count in counts.items()
        if count
    )
    return f'<div class="spread" aria-hidden="true">{bars}</div><div class="legend">{legend}</div>'
