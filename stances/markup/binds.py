"""The acts that bind an actor, as markup: with their dates, and what its sentence rests on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from stances import escapes, words
from stances.answers.binding import (
    ORDERS,
    WEIGHTIEST,
    Binding,
    binds_heading,
    binds_nothing,
    more_acts,
    rule_heading,
    since_words,
    source_of,
)
from stances.answers.introduction import known_later, practice_note
from stances.answers.mismatch import mismatch, mismatch_short
from stances.answers.practice import used_heading
from stances.answers.profile import author_note, rests_on
from stances.answers.sentence import Sentence, untold_doubt
from stances.answers.steps import due_text
from stances.answers.tracker import Tracker
from stances.dataset.codebook import Codebook
from stances.links.view import View
from stances.markup.act import doubt_html, legal_html, use_html
from stances.markup.blocks import row_cite
from stances.markup.chip import swatch
from stances.markup.links import act_place, event_link, event_place, page_link, view_of
from stances.markup.paper import Cited
from stances.markup.sources import link_html

# Acts that are listed before the rest is folded away, where there are a few more.
LISTED, _FEW = 6, 2
# The id of the part of the page that has them.
BINDS = "binds"


class ListedActs(NamedTuple):
    """The acts that bind, in the order of their list (`binding.ORDERS`), what makes a link to
    another of them from the name of a head, and whether a reader has chosen the order.
    """

    lines: Sequence[Binding]
    order: str
    link: Callable[[str, str], str]
    chosen: bool

    @property
    def sorts(self) -> bool:
        """Say whether the heads are links: not where all can be taken in at a glance."""
        return len(self.lines) > LISTED or self.chosen


def sentence_html(view: View, sentence: Sentence, cited: Cited, copied: str) -> str:
    """Return what stands under the sentence of an actor: who made it, its strongest source, the
    rows that it rests on, and `copied`, which takes it along with its citation.
    """
    said = backing_html(view.tracker, sentence, view.day, view.domain)
    return f'<p class="quote paper">{said}{cited.mark(sentence.source)} {copied}</p>'


def backing_html(tracker: Tracker, sentence: Sentence, day: date, domain: str) -> str:
    """Return what of a sentence is in doubt, its author, its best source, links to its rows."""
    by, doubt = author_note(tracker, sentence), untold_doubt(tracker, sentence, day)
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
    of = escapes.html(words.quote(backs))
    return f"Strongest source for {of}: {link_html(source.url, source.publisher, source.title)}."


def binds_html(view: View, listed: ListedActs, cited: Cited) -> str:
    """Return what binds the actor of a view, the first of it open to the eye."""
    tracker, actor, day = view.tracker, view.actor, view.day
    head = f'<h2 class="finding">{escapes.html(binds_heading(day, tracker.data.today))}</h2>'
    if listed.lines:
        apart = [_apart(tracker, actor, line, day) for line in listed.lines]
        known = escapes.html(practice_note(tracker.data, day))
        note = f'<p class="small">{known}</p>' if known else ""
        body = note + _tables(view, listed, apart, cited)
    else:
        text = binds_nothing(tracker.codebook, tracker.names[actor], view.domain, day)
        body = f'<p class="small">{escapes.html(text)}</p>'
    return f'<section class="binds paper" id="{BINDS}">{head}{body}</section>'


def _apart(tracker: Tracker, actor: str, line: Binding, day: date) -> str:
    """Return what register and model do not share of an act, as a line under its level."""
    apart = mismatch(tracker, actor, line, day)
    if apart is None:
        return ""
    text = escapes.html(mismatch_short(tracker.codebook, apart))
    return f'<div class="small level-note">{text}</div>'


def _tables(view: View, listed: ListedActs, apart: Sequence[str], cited: Cited) -> str:
    """Return the first acts as a table, and the others folded away where they are more than
    a few, but where a reader orders them; each with what stands under its level, of `apart`.
    """
    tracker, lines = view.tracker, [*zip(listed.lines, apart, strict=True)]
    first = len(lines) if len(lines) <= LISTED + _FEW else LISTED
    rows = "".join(
        _row(view, line, note, cited.mark(source_of(tracker, line))) for line, note in lines[:first]
    )
    whole = _table(_heads(tracker.codebook, listed), rows, listed.order)
    if first == len(lines):
        return whole
    more = escapes.html(more_acts(len(lines) - first))
    folded = "".join(_row(view, *line) for line in lines[first:])
    further = _table(map(escapes.html, _columns(tracker.codebook).values()), folded)
    is_open = " open" if listed.chosen else ""
    return (
        f"{whole}<details{is_open}><summary>{more}</summary>{further}</details>"
        f'<p class="small paper-only">{more}</p>'
    )


def _columns(codebook: Codebook) -> dict[str, str]:
    """Return the headings, practice before law, each by the order that it sorts by."""
    return {
        WEIGHTIEST: words.FIELD,
        "rule": rule_heading(codebook),
        "used": used_heading(codebook),
        "level": "Level",
        "date": "Status",
        "deadline": "Deadline",
    }


def _heads(codebook: Codebook, listed: ListedActs) -> Iterator[str]:
    """Yield the content of each head: its name, as a link to its order where the acts are many."""
    for order, name in _columns(codebook).items():
        yield listed.link(name, order) if listed.sorts else escapes.html(name)


def _table(heads: Iterable[str], rows: str, order: str = WEIGHTIEST) -> str:
    cells = "".join(
        f'<th scope="col"{_direction(code, order)}>{head}</th>'
        for code, head in zip(ORDERS, heads, strict=True)
    )
    return (
        f'<table class="figures binds-table"><thead><tr>{cells}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _direction(code: str, order: str) -> str:
    """Return how the column of an order stands where that is the one of the acts; nothing of the
    weight of fields, which no column shows.
    """
    if code != order or code == WEIGHTIEST:
        return ""
    return f' aria-sort="{"descending" if code == "date" else "ascending"}"'


def _row(view: View, line: Binding, apart: str, source: str = "") -> str:
    tracker, codebook, day = view.tracker, view.tracker.codebook, view.day
    known = known_later(tracker.data, day)
    level, score = words.DASH, line.own_level
    if score == score:
        level = f"{swatch(score)}{escapes.html(codebook.scale.labels[int(score)])}"
    cells = (
        f"{escapes.html(codebook.domain_label(line.domain))}{_cite(tracker, line, day)}",
        f"{_link(view, line)}{source}{legal_html(line.legal_name)}",
        use_html(line.use, known) if line.act_id else words.DASH,
        f"{level}{apart}",
        f"{escapes.html(since_words(codebook, line))}{doubt_html(line.doubt, known)}",
        escapes.html(due_text(codebook, line.steps)),
    )
    return "<tr>{}</tr>".format(
        "".join(
            f'<td data-label="{escapes.html(name)}">{cell}</td>'
            for name, cell in zip(_columns(codebook).values(), cells, strict=True)
        )
    )


def _cite(tracker: Tracker, line: Binding, day: date) -> str:
    if not line.act_id:
        return row_cite(event_place(tracker, line.event_id, ".txt"))
    return row_cite(act_place(tracker, line.act_id, day, ".txt"))


def _link(view: View, line: Binding) -> str:
    """Return what an act does as a link to its line in the register, else to its event."""
    tracker = view.tracker
    if not line.act_id:
        return event_link(tracker, line.event_id, line.title)
    query = {"act": line.act_id, **view_of(tracker, view.day, view.domain)}
    return page_link(tracker, "acts", query, line.title)
