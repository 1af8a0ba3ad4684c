"""The news in sentences: one for each note, to be read by itself."""

from collections.abc import Iterator
from typing import Any

from stances import words
from stances.answers.acts import StepRow, act_on, doubt_words
from stances.answers.directions import direction_of
from stances.answers.firm import reserve_words
from stances.answers.introduction import known_later, known_until
from stances.answers.ledger import bare, event_sentence
from stances.answers.news import ACT, CORRECTION, DUE, LEVEL, PRACTICE, NewsNote, levels_of
from stances.answers.steps import SINCE, act_sentence, acts_of_day, counted_words, in_brackets
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION
from stances.dataset.days import first_day, last_day
from stances.dataset.faults import visible
from stances.dataset.schema import APPLIED, EASED, NOT_APPLIED, UNKNOWN
from stances.model.directions import NEW
from stances.model.register import NOT_YET

# What a use of an act is called, at the start of a sentence.
_USES = {
    APPLIED: "Used",
    EASED: "Eased in practice",
    NOT_APPLIED: "Not used",
    UNKNOWN: "Not known to have been used",
}
# What a corrected column is called, where its own name is not plain.
_CALLED = {
    "date": "day",
    "date_precision": "day",
    "end_date": "end",
    "domain": "field",
    "instrument": "kind",
    "score": "level",
    "actor": "whose it is",
    "adopted": "adoption",
    "in_force_from": "beginning",
    "ended_how": "how it ended",
    "ended": "end",
    "scope": "what it covers",
    "obligation": "what it asks",
    "legal_reference": "legal reference",
    "used": "what is known of its use",
    "doubt": "what is in doubt",
}


def news_sentence(tracker: Tracker, note: NewsNote, *, alone: bool = True) -> str:
    """Return what is told, in a sentence or two. `alone`: beside the day on which it is told, and
    with how far it is known where it tells how something stands on that day; where several stand
    together that is said once, and an act has its day in its sentence.
    """
    text = _sentence(tracker, note, dated=not alone)
    stands = note.step or note.kind == ACT
    return known_until(tracker.data, note.news_day, text) if alone and stands else text


def _sentence(tracker: Tracker, note: NewsNote, dated: bool) -> str:
    if note.gone:
        return _withdrawn_words(tracker, note)
    if note.kind == CORRECTION:
        return _correction_words(tracker, note)
    if note.step:
        return _step_words(tracker, note, note.step, among=dated)
    if note.kind == PRACTICE:
        return _practice_words(tracker, note)
    if note.of_event:
        return _event_words(tracker, note)
    return act_sentence(tracker, _act(tracker, note), note.news_day, dated=dated)


def _event_words(tracker: Tracker, note: NewsNote) -> str:
    """Tell an event as the ledger does, with the level it changed and if it rests on little."""
    row = tracker.events[note.event_id]
    text = [event_sentence(tracker, note.event_id)]
    field = tracker.codebook.domain_label(row.domain)
    if note.kind == LEVEL and (levels := levels_of(tracker, note.event_id)):
        ends = ["no position" if level == NO_POSITION else level for level in levels]
        text.append(f"{field}: from {ends[0]} to {ends[1]}.")
    elif row.binding and direction_of(tracker, note.event_id) == NEW:
        text.append(f"{field}: now binding.")
    if reserve := reserve_words(tracker, note.event_id):
        text.append(f"{words.sentence_start(reserve)}.")
    return " ".join(text)


def _act(tracker: Tracker, note: NewsNote) -> Any:
    """Return the act of a note as it stands on the day on which it is told."""
    adopted = (act for act in acts_of_day(tracker, note.news_day) if act.act_id == note.act_id)
    return next(adopted, None) or act_on(tracker.data, note.news_day, note.act_id)


# -- practice and steps -------------------------------------------------------------------------


def _practice_words(tracker: Tracker, note: NewsNote) -> str:
    (old, new), (_, what), (_, since) = note.changed.values()
    day = f" since {words.day(words.partial_date(since))}" if since and new == APPLIED else ""
    before = f" (before: {words.within(_USES[old])})" if old and old != new else ""
    # What is known of it may be of a later day than the use.
    known = known_later(tracker.data, note.news_day)
    done = f"{f'; by {known}' if known else ''}: {bare(what)}" if what else ""
    who, name = tracker.sentence_names[note.actor], tracker.acts[note.act_id].name
    return f"{_USES[new]}{day}{before}, {who}, {words.quote(name)}{done}."


def _step_words(tracker: Tracker, note: NewsNote, step: StepRow, among: bool) -> str:
    """Return a step that falls due, or whose last day has passed: whether it was met is not known
    by that. `among`: other news, without the day on which it is told, from which no days are
    counted then once it is over.
    """
    over = among and note.kind == DUE and note.news_day < tracker.data.today
    end, by = last_day(step.deadline), words.day(words.partial_date(step.deadline))
    if first_day(step.deadline) < end:
        by = f"end of {by}"
    since = SINCE if over and end < tracker.data.today else ""
    by += in_brackets(counted_words(step.note), since)
    left = (end - note.news_day).days
    when = "" if over else f" in {words.plural(left, 'day')}," if left else " today,"
    opening = f"Due{when} {by}" if note.kind == DUE else f"Deadline passed, {by}"
    what = bare(step.what) or tracker.codebook.acts.deadline_kind[step.kind]
    act = tracker.acts[note.act_id]
    text = [f"{opening}, {tracker.sentence_names[note.actor]}: {what} ({words.quote(act.name)})."]
    if _act(tracker, note).status == NOT_YET:
        text.append(f"The rule {'was' if over else 'is'} not yet in force.")
    text.append(doubt_words(act.doubt, known_later(tracker.data, note.news_day)))
    return " ".join(filter(None, text))


# -- corrections --------------------------------------------------------------------------------


def _withdrawn_words(tracker: Tracker, note: NewsNote) -> str:
    gone = note.gone
    who = tracker.sentence_names.get(note.actor, note.actor)
    name = words.quote(bare(_plain(gone.get("title") or gone.get("name", ""))))
    return f"Withdrawn: {name} ({_plain(who)}, {words.day(note.day)})."


def _correction_words(tracker: Tracker, note: NewsNote) -> str:
    """Name the row, then each column that was corrected with what it said before; and what is in
    doubt of an act of which more than the wording was.
    """
    when = doubt = ""
    if note.act_id:
        act = tracker.acts[note.act_id]
        name, doubt = act.name, doubt_words(act.doubt) if note.factual else ""
    else:
        name = bare(tracker.titles[note.event_id])
        when = f", {words.day(tracker.dates[note.event_id])}"
    parts = "; ".join([*_columns_words(tracker, note), *_steps_words(tracker, note)])
    text = f"Corrected: {words.quote(name)} ({tracker.sentence_names[note.actor]}{when}): {parts}."
    return " ".join(filter(None, [text, doubt]))


def _columns_words(tracker: Tracker, note: NewsNote) -> Iterator[str]:
    wording = []
    for column, (old, new) in note.changed.items():
        called = _CALLED.get(column, column)
        if column == "date_precision" and "date" in note.changed:
            continue
        ends = [
            _cell_words(tracker, note, column, side, text) for side, text in enumerate((old, new))
        ]
        if ends[0] is None:
            wording.append(called)
        elif ends[0] != ends[1]:
            yield f"{called}: {ends[1] or 'none'} (was {ends[0] or 'not given'})"
    if wording:
        yield f"wording ({words.listing(wording)})"


def _cell_words(tracker: Tracker, note: NewsNote, column: str, side: int, text: str) -> str | None:
    """Return the text of a cell before (`side` 0) or after its correction, as readers have it;
    None: a text at length, which is not repeated.
    """
    codebook = tracker.codebook
    named: dict[str, Any] = {
        "domain": lambda code: codebook.domains[code].label if code in codebook.domains else code,
        "instrument": lambda code: getattr(codebook.instruments.get(code), "label", code),
        "aim": lambda code: codebook.acts.aim.get(code, code),
        "ended_how": lambda code: codebook.acts.ended_how.get(code, code),
        "scope": lambda codes: ", ".join(codebook.acts.scope.get(c, c) for c in codes.split(";")),
        "actor": lambda code: tracker.sentence_names.get(code, code),
        "score": lambda score: {str(n): name for n, name in codebook.scale.labels.items()}.get(
            score, score
        ),
    }
    if column in ("date", "date_precision"):
        # The day of an event before (`side` 0) or after its correction.
        now = tracker.dates[note.event_id]
        days = note.changed.get("date", (str(now.day),) * 2)
        precisions = note.changed.get("date_precision", (now.precision,) * 2)
        known = days[side][: words.iso_precision(precisions[side])]
        return _partial_words(known)
    if column in ("adopted", "in_force_from", "ended", "end_date"):
        return _partial_words(text)
    if column == "confidence":
        return _plain(text)
    if column not in named:
        return None
    if not text:
        return "not scored" if column == "score" else ""
    return _plain(str(named[column](text)))


def _partial_words(text: str) -> str:
    """Return a date known in part in words; of an archive it may be anything."""
    try:
        return words.day(words.partial_date(text)) if text else ""
    except ValueError:
        return _plain(text)


def _steps_words(tracker: Tracker, note: NewsNote) -> Iterator[str]:
    for opening, steps in (("new deadline", note.came), ("no more a deadline", note.went)):
        for step in steps:
            what = bare(step.what) or tracker.codebook.acts.deadline_kind.get(step.kind, step.kind)
            day = f"{_partial_words(step.deadline)}{in_brackets(counted_words(step.note))}"
            yield f"{opening}: {_plain(what)}, {day}"


# Longer than any text of a valid row that is repeated here.
_LONGEST = 160


def _plain(text: str) -> str:
    """Return a text of an archive, which nobody has checked since, on one line and not too long."""
    return words.shorten(visible(words.on_one_line(text)), _LONGEST)
