"""Agreement of coders with one another, and of the dataset with lists of others, as markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from stances import escapes, words
from stances.answers import agreement
from stances.answers.agreement import (
    alphas_line,
    ceiling_line,
    no_conflict,
    one_context,
    outside_line,
    together_line,
)
from stances.answers.events import coder_in_short, coder_names
from stances.answers.introduction import codings_text
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.markup.blocks import finding_html, heading_html, paragraph_html
from stances.markup.links import event_link, page_link
from stances.markup.sources import link_html
from stances.markup.table import cited_in, rows_of, table_html

# So many pairs of coders stand beside each other.
ABREAST = 3
_APART = "Lists that stand apart: weak, or resting on something else"

# -- coders --------------------------------------------------------------------------------------


def coded_parts(tracker: Tracker) -> Iterator[str]:
    """Yield how far coders agree, and how they coded."""
    whole = _whole(tracker)
    yield finding_html(
        alphas_line([(row.one, row.other, row.alpha) for row in whole]),
        "Krippendorff's alpha for ordinal scores: 1 is full agreement, 0 that of chance. n: events "
        "that both scored; then the shares with the same score, and at most one point apart."
        if whole
        else "One coding is enough to score an event.",
    )
    if line := together_line(tracker.coders_together):
        yield paragraph_html(line, "small")
    if text := codings_text(tracker.data):
        yield f'<p class="remark">{escapes.html(text)}</p>'


def _whole(tracker: Tracker) -> list[Any]:
    """Return the figures of each pair of coders over all events."""
    agreed = tracker.coder_agreement
    return rows_of(agreed[agreed["by"] == agreement.BY_ALL])


def coder_pairs(tracker: Tracker) -> list[tuple[str, str]]:
    """Return the coders that are compared, two by two."""
    return [(row.one, row.other) for row in _whole(tracker)]


def pair_parts(tracker: Tracker, one: str, other: str) -> Iterator[str]:
    """Yield the figures of two coders: all events, by domain, by words and acts."""
    every = tracker.coder_agreement
    part = every[(every["one"] == one) & (every["other"] == other)]
    rows = [
        (
            escapes.html(_of(tracker, row)),
            f"{row.n:,}",
            _two(row.alpha),
            _percent(row.exact),
            _percent(row.within_one),
        )
        for row in rows_of(part)
    ]
    context = int(part.loc[part["by"] == agreement.BY_ALL, "one_context"].iloc[0])
    yield table_html(
        coder_names(one, other),
        ("Events", "n", "Alpha", "Same", "Within one"),
        rows,
        numbers=(1, 2, 3, 4),
        marked=(0,),
        cited=cited_in(tracker, "agreement"),
    )
    if context:
        yield paragraph_html(one_context(context), "small")


def _of(tracker: Tracker, row: Any) -> str:
    if row.by == agreement.BY_DOMAIN:
        return tracker.codebook.domain_label(row.of)
    return {OVERALL: "All", agreement.WORDS: "Words", agreement.ACTS: "Acts"}[row.of]


def _two(value: float) -> str:
    return words.DASH if value != value else f"{value:.2f}"


def _percent(value: float) -> str:
    return words.DASH if value != value else words.share(value)


def disagreement_parts(tracker: Tracker, of_reader: Tracker) -> Iterator[str]:
    """Yield the events that coders scored far apart. `of_reader`: under the reader's own
    settings, for the links.
    """
    pairs = coder_pairs(tracker)
    table = tracker.disagreements
    points = agreement.CONFLICT
    yield heading_html(f"Scores {words.number(points)} points or more apart")
    for one, other in pairs:
        if not len(table[(table["one"] == one) & (table["other"] == other)]):
            yield paragraph_html(no_conflict(one, other, points))
    if table.empty:
        return
    coders = list(dict.fromkeys(coder for pair in pairs for coder in pair))
    events = tracker.data.events.set_index("event_id")
    chosen = rows_of(events.loc[table["event_id"].unique()].reset_index())
    rows = [
        (
            _event_cell(tracker, row, coders, of_reader),
            *(_coded(tracker, row.event_id, coder) for coder in coders),
            _score(row.score),
        )
        for row in chosen
    ]
    yield table_html(
        f"{words.plural(len(rows), 'event', start=True)}, the widest apart first. "
        "Each opens apart with all its codings and sources.",
        ("Event", *(coder_in_short(coder).capitalize() for coder in coders), "Counts now"),
        rows,
        numbers=range(1, len(coders) + 2),
    )


def _event_cell(tracker: Tracker, row: Any, coders: list[str], of_reader: Tracker) -> str:
    """Return the title as a link; below it whose event it is, and the reasons of the coders."""
    domain = tracker.codebook.domain_label(row.domain)
    about = f"{tracker.names[row.actor]}, {words.short_day(tracker.dated[row.event_id])}, {domain}"
    reasons = [
        f"{coder_in_short(coder)}: {words.quoted(why)}"
        for coder in coders
        if (why := tracker.codings.get((row.event_id, coder), (None, ""))[1])
    ]
    small = escapes.html("; ".join([about, *reasons]))
    link = event_link(of_reader, row.event_id, row.title)
    return f'{link}<div class="small">{small}</div>'


def _coded(tracker: Tracker, event: str, coder: str) -> str:
    coding = tracker.codings.get((event, coder))
    return _score(coding[0]) if coding else words.DASH


def _score(score: Any) -> str:
    """Return a score of the scale; without one the event is context."""
    return "context" if pd.isna(score) else words.figure(float(score), 0)


# -- lists of others -----------------------------------------------------------------------------


def outside_parts(tracker: Tracker) -> Iterator[str]:
    """Yield how far outside lists agree with the dataset, and with one another."""
    readings, domain = tracker.outside_readings, tracker.outside_domain
    whole = tracker.outside_whole
    main, apart = whole[~whole["apart"]], whole[whole["apart"]]
    text = "No outside list is in the dataset, so nothing can be compared"
    if len(main):
        row = rows_of(main)[0]
        text = outside_line(row, readings.loc[~readings["apart"], "list"].nunique())
    elif len(apart):
        text = "Every outside list stands apart, so there is no figure over all of them"
    yield finding_html(
        f"With outside lists: {text}",
        f"Lists that others published, their words mapped to the scale by one machine reading, "
        f"beside our label {words.about_domain(tracker.codebook, domain)} on the day of each list.",
    )
    if not readings.empty:
        yield paragraph_html(ceiling_line(tracker.outside_ceiling))


def list_parts(tracker: Tracker) -> Iterator[str]:
    """Yield the figures of each list."""
    by_list, main = tracker.outside_lists, next(iter(tracker.codebook.bases.values()))
    caption = f"Lists that rest on {words.within(main)}"
    yield from _lists(tracker, by_list[~by_list["apart"]], caption)
    yield from _lists(tracker, by_list[by_list["apart"]], _APART)


def conflict_parts(tracker: Tracker) -> Iterator[str]:
    """Yield what lists say that is far from ours."""
    conflicts, points = tracker.outside_conflicts, words.number(agreement.CONFLICT, start=True)
    near, apart = conflicts[~conflicts["apart"]], conflicts[conflicts["apart"]]
    yield _conflicts(tracker, near, f"{points} points or more from ours")
    yield _conflicts(tracker, apart, "The same, of lists that stand apart")


def _lists(tracker: Tracker, lists: pd.DataFrame, caption: str) -> Iterator[str]:
    if lists.empty:
        return
    readings = tracker.outside_readings
    addresses = readings.drop_duplicates("list").set_index("list")
    rows = [_list(row, addresses.loc[row.list]) for row in rows_of(lists.sort_values("first_day"))]
    head = ("List, date", "n", "Same", "Within one", "Ours less theirs", "Not compared")
    cited = cited_in(tracker, "agreement")
    yield table_html(caption, head, rows, numbers=range(1, 6), cited=cited)


def _list(row: Any, first: Any) -> tuple[str, ...]:
    """Return the figures of a list. `first`: its first reading."""
    return (
        f"{link_html(first['url'], row.list, first['source'])}"
        f'<div class="small">{escapes.html(_span(row.first_day, row.last_day))}</div>',
        f"{row.n}",
        _of_all(row.exact, row.n),
        _of_all(row.within_one, row.n),
        words.figure(row.mean_difference, 2),
        f"{row.no_position + row.unscored}",
    )


def _span(first: pd.Timestamp, last: pd.Timestamp) -> str:
    if first == last:
        return words.short_day(first)
    return f"{words.short_day(first)} to {words.short_day(last)}"


def _of_all(share: float, n: int) -> str:
    """Return a share of few as a number; per cent of five would say more than is known."""
    return words.DASH if share != share else f"{round(share * n)}"


def _conflicts(tracker: Tracker, conflicts: pd.DataFrame, caption: str) -> str:
    rows = [_conflict(tracker, row) for row in rows_of(conflicts)]
    if not rows:
        return paragraph_html(f"{caption}: none.")
    head, cited = ("Actor, date", "The list says", "We say"), cited_in(tracker, "agreement")
    return table_html(caption, head, rows, cited=cited)


def _conflict(tracker: Tracker, row: Any) -> tuple[str, str, str]:
    codebook, domain = tracker.codebook, tracker.outside_domain
    view = {"as_of": f"{row.day:%Y-%m-%d}", "domain": domain, "actor": row.actor}
    theirs, ours = (
        f'<span class="nowrap">{escapes.html(words.score_label(codebook, score))}</span>'
        for score in (row.theirs, row.ours)
    )
    quote = escapes.html(words.quoted(row.category))
    link = page_link(tracker, "actor", view, "our reasons")
    return (
        f"<b>{escapes.html(tracker.names[row.actor])}</b>"
        f'<div class="small">{words.short_day(row.day)}</div>',
        f'{theirs}<div class="small">{quote}, {link_html(row.url, row.source, row.list)}'
        f"{escapes.html(_basis(row))}</div>",
        f'{ours}<div class="small nowrap">{link}</div>',
    )


def _basis(row: Any) -> str:
    if not row.apart:
        return ""
    return f" ({', '.join(filter(None, [row.basis, row.quality]))})"
