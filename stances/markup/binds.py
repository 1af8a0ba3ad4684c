"""The acts that bind an actor, as markup: with their dates, and what its sentence rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from stances import escapes, words
from stances.answers.binding import (
    Binding,
    binds_heading,
    binds_nothing,
    more_acts,
    rule_heading,
    since_words,
    source_of,
)
from stances.answers.composed import Sentence, untold_doubt
from stances.answers.introduction import practice_known
from stances.answers.mismatch import mismatch, mismatch_short
from stances.answers.practice import used_heading
from stances.answers.profile import made_by, rests_on
from stances.answers.steps import due_text
from stances.answers.tracker import Tracker
from stances.dataset.codebook import Codebook
from stances.markup.blocks import row_cite
from stances.markup.chip import swatch
from stances.markup.links import act_place, event_link, event_place, page_link, view_of
from stances.markup.paper import Cited
from stances.markup.rule import doubt_html, legal_html, use_html
from stances.markup.sources import link_html

# Acts that are listed before the rest is folded away, where there are a few more.
LISTED, _FEW = 6, 2


def sentence_html(
    tracker: Tracker, sentence: Sentence, day: date, domain: str, cited: Cited, copied: str
) -> str:
    """Return what stands under the sentence of an actor: who made it, its strongest source, the
    rows that it rests on, and `copied`, which takes it along with its citation.
    """
    said = backing_html(tracker, sentence, day, domain)
    return f'<p class="quote paper">{said}{cited.mark(sentence.source)} {copied}</p>'


def backing_html(tracker: Tracker, sentence: Sentence, day: date, domain: str) -> str:
    """Return what of a sentence is in doubt, who made it, its strongest source, and links to the
    rows that it rests on.
    """
    by, doubt = made_by(tracker, sentence), untold_doubt(tracker, sentence, day)
    parts = [
        escapes.html(doubt),
        f"{escapes.html(by)}." if by else "",
        _strongest(sentence.source, sentence.backs),
        _rests_on(tracker, sentence, view_of(tracker, day, domain)),
    ]
    return " ".join(filter(None, parts))


def _rests_on(tracker: Tracker, sentence: Sentence, view: Mapping[str, str]) -> str:
    """Links to the acts and events that a sentence rests on."""
    pages = {"act": "acts", "event": "events"}
    links = [
        page_link(tracker, pages[kind], {kind: code, **view}, name)
        for kind, code, name in rests_on(tracker, sentence)
    ]
    return f"Rests on: {'; '.join(links)}" if links else ""


def _strongest(source: Any, backs: str) -> str:
    """Return the strongest source of what a sentence tells first, as a link; empty for None."""
    if source is None:
        return ""
    of = escapes.html(words.quoted(backs))
    return f"Strongest source for {of}: {link_html(source.url, source.publisher, source.title)}."


def binds_html(
    tracker: Tracker,
    actor: str,
    lines: Sequence[Binding],
    day: date,
    domain: str,
    mode: str,
    cited: Cited,
) -> str:
    """Return what binds on a day, the first of it open to the eye. `lines`: see `binding`."""
    head = f'<h2 class="finding">{escapes.html(binds_heading(day, tracker.data.today))}</h2>'
    if lines:
        apart = [_apart(tracker, actor, line, day) for line in lines]
        view = view_of(tracker, day, domain)
        known = escapes.html(practice_known(tracker.data, day))
        note = f'<p class="small">{known}</p>' if known else ""
        body = note + _tables(tracker, [*zip(lines, apart, strict=True)], view, mode, cited)
    else:
        text = binds_nothing(tracker.codebook, tracker.names[actor], domain, day)
        body = f'<p class="small">{escapes.html(text)}</p>'
    return f'<section class="binds paper">{head}{body}</section>'


def _apart(tracker: Tracker, actor: str, line: Binding, day: date) -> str:
    """Return what register and model do not share of an act, as a line under its level."""
    apart = mismatch(tracker, actor, line, day)
    if apart is None:
        return ""
    text = escapes.html(mismatch_short(tracker.codebook, apart))
    return f'<div class="small level-note">{text}</div>'


def _tables(
    tracker: Tracker,
    lines: Sequence[tuple[Binding, str]],
    view: Mapping[str, str],
    mode: str,
    cited: Cited,
) -> str:
    """Return the first acts as a table, and the others folded away where they are more than
    a few; each with what stands under its level.
    """
    first = len(lines) if len(lines) <= LISTED + _FEW else LISTED
    listed = "".join(
        _row(tracker, line, apart, view, mode, cited.mark(source_of(tracker, line)))
        for line, apart in lines[:first]
    )
    whole = _table(tracker.codebook, listed)
    if first == len(lines):
        return whole
    more = escapes.html(more_acts(len(lines) - first))
    folded = "".join(_row(tracker, *line, view, mode) for line in lines[first:])
    return (
        f"{whole}<details><summary>{more}</summary>{_table(tracker.codebook, folded)}</details>"
        f'<p class="small paper-only">{more}</p>'
    )


def _columns(codebook: Codebook) -> tuple[str, ...]:
    """Return the headings, practice before law."""
    return (
        words.FIELD,
        rule_heading(codebook),
        used_heading(codebook),
        "Level",
        "Status",
        "Deadline",
    )


def _table(codebook: Codebook, rows: str) -> str:
    heads = "".join(f'<th scope="col">{escapes.html(name)}</th>' for name in _columns(codebook))
    return (
        f'<table class="figures binds-table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(
    tracker: Tracker,
    line: Binding,
    apart: str,
    view: Mapping[str, str],
    mode: str,
    source: str = "",
) -> str:
    codebook = tracker.codebook
    level, score = words.DASH, line.own_level
    if score == score:
        level = f"{swatch(score, mode)}{escapes.html(codebook.scale.labels[int(score)])}"
    cells = (
        f"{escapes.html(codebook.domain_label(line.domain))}{_cite(tracker, line, view)}",
        f"{_link(tracker, line, view)}{source}{legal_html(line.legal_name)}",
        use_html(line.use) if line.act_id else words.DASH,
        f"{level}{apart}",
        f"{escapes.html(since_words(codebook, line))}{doubt_html(line.doubt)}",
        escapes.html(due_text(codebook, line.steps)),
    )
    return "<tr>{}</tr>".format(
        "".join(
            f'<td data-label="{escapes.html(name)}">{cell}</td>'
            for name, cell in zip(_columns(codebook), cells, strict=True)
        )
    )


def _cite(tracker: Tracker, line: Binding, view: Mapping[str, str]) -> str:
    if not line.act_id:
        return row_cite(event_place(tracker, line.event_id, ".txt"))
    day = date.fromisoformat(view["as_of"])
    return row_cite(act_place(tracker, line.act_id, day, ".txt"))


def _link(tracker: Tracker, line: Binding, view: Mapping[str, str]) -> str:
    """Return what an act does as a link to its line in the register, in the same `view`, else to
    its event.
    """
    if not line.act_id:
        return event_link(tracker, line.event_id, line.title)
    return page_link(tracker, "acts", {"act": line.act_id, **view}, line.title)
