"""The letter: what was told between two days, in the order in which a reader wants it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd

from stances import words
from stances.answers.acts import StepRow
from stances.answers.citing import Citation, release_words
from stances.answers.events import bodies_of
from stances.answers.introduction import beyond, scorer_note
from stances.answers.news import CORRECTION, DUE, PASSED, PRACTICE, UNCORRECTED, NewsNote
from stances.answers.news_file import NewsItem, NewsQuery, news_item, notes_about
from stances.answers.steps import DuePeriod, Step, steps_of
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.days import ONE_DAY
from stances.dataset.recordings import recordings

# So many entries of each part are read; the rest is counted. Of corrections, and of what came in
# late, which is history, no more than a few are read: more would bury the rest.
_MOST, _FEW = 60, 5
_YEAR = timedelta(days=365)


class LetterPart(NamedTuple):
    """A part of a letter: its title, what it tells, and a line on what is left out; maybe empty.
    `listed`: the address below that of the site of what is counted alone, empty: nothing is.
    """

    title: str
    items: Sequence[NewsItem]
    rest: str = ""
    listed: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter. `subject`: in a line; `lead`: sentences on the whole; `parts`: those that have
    something; `foot`: that it is of a release, by whom it is scored, and how it is cited; `query`:
    what it answers.
    """

    subject: str
    lead: Sequence[str]
    parts: Sequence[LetterPart]
    foot: Sequence[str]
    query: NewsQuery


def letter(tracker: Tracker, query: NewsQuery) -> Letter | None:
    """Return the letter of what was told from a day to another; None: nothing was."""
    notes = _notes(tracker, query)
    if not notes:
        return None
    data, who = tracker.data, _whom(tracker, query)
    days = f"{words.day(query.since)} to {words.day(query.until)}"
    if query.since == query.until:
        days = words.day(query.since)
    lead = [f"{words.sentence_start(who)}, {days}: {_counts(tracker, query, notes)}."]
    title, scored = data.about.title, filter(None, [scorer_note(data)])
    cited = Citation(data, query.until, what=f"changes of {who}, {days}").line
    return Letter(
        subject=f"{title}: {who}, {days}",
        lead=[*lead, *filter(None, [beyond(data, query.until)])],
        parts=[part for part in _parts(tracker, query, notes) if part.items or part.rest],
        foot=[*filter(None, [release_words(data)]), *(f"{text}." for text in scored), cited],
        query=query,
    )


def _notes(tracker: Tracker, query: NewsQuery) -> list[NewsNote]:
    """Return what was told in a period, and what was done in it, though recorded only after it, or
    first as of a day before it. A deadline passes in the period of its last day, though a feed
    tells that on the day after.
    """
    begun = _first_recorded(tracker)
    return [note for note in notes_about(tracker, query) if _belongs(query, note, begun)]


def _first_recorded(tracker: Tracker) -> date:
    """Return the day of the first release, before which nothing was recorded or corrected."""
    return min(recording.day for recording in recordings(tracker.data))


def _belongs(query: NewsQuery, note: NewsNote, begun: date) -> bool:
    """Say whether a letter tells a note. What was done is told by its own day, which may since have
    been corrected; what is recorded only after the first release, which `begun`, by that day too.
    """
    by_own_day = query.since <= note.day <= query.until
    if note.kind == PASSED or (_is_action(note) and (by_own_day or note.news_day < begun)):
        return by_own_day
    return query.since <= note.news_day <= query.until


def letter_of_nothing(tracker: Tracker, query: NewsQuery) -> Letter:
    """Return the letter of a period in which nothing was told, which says so and what is ahead."""
    days = f"{words.day(query.since)} to {words.day(query.until)}"
    lead = [f"{words.sentence_start(empty_period(tracker, query))}."]
    beside = filter(None, [beyond(tracker.data, query.until)])
    title, parts = f"{tracker.data.about.title}: {days}", [_ahead_part(tracker, query)]
    return Letter(title, [*lead, *beside], parts, [], query)


def empty_period(tracker: Tracker, query: NewsQuery) -> str:
    """Say that nothing was told in a period, in a line."""
    days = f"from {words.day(query.since)} to {words.day(query.until)}"
    return f"nothing new is recorded of {_whom(tracker, query)} {days}"


def _whom(tracker: Tracker, query: NewsQuery) -> str:
    """Name those of whom the letter is, within a sentence, and the domain where it is of one."""
    about = tracker.data.about
    everybody = about.actors or "all actors"
    who = about.members_of(query.group) if query.group else everybody
    if query.actors is not None:
        names = whom_words(tracker, query.codes or tracker.by_name(query.actors))
        # Of many the group that was asked for stands for them, or their number.
        few = words.together(names) or "nobody"
        who = f"{few} ({who})" if query.group else few
    if query.domain == OVERALL:
        return who
    return f"{who} {words.about_domain(tracker.codebook, query.domain)}"


def whom_words(tracker: Tracker, codes: Iterable[str]) -> list[str]:
    """Name whom codes stand for, within a sentence: groups as members, their bodies together."""
    chosen = dict.fromkeys(codes)
    bodies = {g: bodies_of(tracker.short_names, g) for g in chosen if g in tracker.groups}
    whole = {
        group: members
        for group, members in bodies.items()
        if members and chosen.keys() >= {*members}
    }
    beside = {code for members in whole.values() for code in members}
    about, names = tracker.data.about, list[str]()
    for code in chosen:
        if code in bodies:
            names.append(about.members_of(code))
        elif code not in beside:
            names.append(tracker.sentence_names[code])
        if code in whole:
            names.append(f"{code} bodies")
    return names


# -- what stands where --------------------------------------------------------------------------


def _is_done(query: NewsQuery, note: NewsNote) -> bool:
    """Say whether a note is of something that was done in the period itself."""
    return _is_action(note) and note.day >= query.since


def _is_action(note: NewsNote) -> bool:
    return note.kind not in (PRACTICE, DUE, PASSED, CORRECTION)


def _parts(tracker: Tracker, query: NewsQuery, notes: Sequence[NewsNote]) -> Iterator[LetterPart]:
    """Yield the parts in their order, maybe empty ones."""
    done = sorted((n for n in notes if _is_done(query, n)), key=lambda n: n.day, reverse=True)
    late = [note for note in notes if _is_action(note) and not _is_done(query, note)]
    late.sort(key=lambda note: note.day, reverse=True)
    nothing = "" if done else "No decision or statement is recorded in this period."
    yield _part(tracker, "What was done", done, _MOST, nothing)
    used = [note for note in notes if note.kind == PRACTICE]
    yield _part(tracker, "Rules in practice", used, _MOST)
    yield _ahead_part(tracker, query)
    passed = [note for note in notes if note.kind == PASSED]
    nothing = "No known deadline passed in this period."
    yield _part(tracker, "Deadlines passed", passed, _MOST, _NOT_KNOWN if passed else nothing)
    earlier = f"Newly recorded, from before {words.day(query.since)}"
    kinds = [kind for kind in UNCORRECTED if kind not in (PRACTICE, DUE, PASSED)]
    yield _few(
        tracker, query, LetterPart(earlier, (), words.plural(len(late), "item")), late, kinds
    )
    yield _correction_part(tracker, query, *_corrections(notes))


def _ahead_part(tracker: Tracker, query: NewsQuery) -> LetterPart:
    due = [*ahead(tracker, query)]
    title = f"Deadlines in the year after {words.day(query.until)}"
    return _part(tracker, title, due, _MOST, "" if due else "No deadline is known.")


# A day that has passed tells nothing of what was done until then.
_NOT_KNOWN = "That a deadline has passed does not say whether it was met."


def _part(
    tracker: Tracker, title: str, notes: Sequence[NewsNote], most: int, more: str = ""
) -> LetterPart:
    left = len(notes) - most
    rest = [
        f"{words.number(left, start=True)} more {'is' if left == 1 else 'are'} not listed here."
        if left > 0
        else ""
    ]
    items = [news_item(tracker, note, alone=False) for note in notes[:most]]
    return LetterPart(title, items, " ".join(filter(None, [*rest, more])))


def _few(
    tracker: Tracker,
    query: NewsQuery,
    counted: LetterPart,
    notes: Sequence[NewsNote],
    kinds: Sequence[str],
) -> LetterPart:
    """Return a part that has few notes with each of them; of more it has their count alone, and
    where all of such `kinds` are listed. `counted`: its title, and in words what is counted.
    """
    if len(notes) <= _FEW:
        return _part(tracker, counted.title, notes, _FEW)
    rest = f"{words.sentence_start(counted.rest)}, not listed here."
    return counted._replace(rest=rest, listed=_list_of(query, kinds))


def _list_of(query: NewsQuery, kinds: Sequence[str]) -> str:
    """Return the address, below that of the site, of all that was told of some kinds."""
    texts = {
        "since": str(query.since),
        "actor": ",".join(query.codes or query.actors or ()),
        "group": query.group,
        "domain": "" if query.domain == OVERALL else query.domain,
        "kind": ",".join(kinds),
    }
    chosen = {name: text for name, text in texts.items() if text}
    return f"changes.json?{urlencode(chosen, safe=',')}"


def _corrections(notes: Sequence[NewsNote]) -> tuple[list[NewsNote], int]:
    """Return the corrections of what was done and when, and the number of rows of which the wording
    alone was corrected, each counted once however many releases did so.
    """
    corrections = [note for note in notes if note.kind == CORRECTION]
    facts = [note for note in corrections if note.factual]
    return facts, len({*map(_row_of, corrections)} - {*map(_row_of, facts)})


def _correction_part(
    tracker: Tracker, query: NewsQuery, facts: list[NewsNote], worded: int
) -> LetterPart:
    """Return the corrections of what was done and when; those of the wording are counted."""
    more = f"In {words.plural(worded, 'row')} the wording alone was corrected." if worded else ""
    facts.sort(key=lambda note: (_is_grave(note), note.day), reverse=True)
    what = f"{words.plural(len(facts), 'correction')} of what was done and when"
    part = _few(tracker, query, LetterPart("Corrections", (), what), facts, [CORRECTION])
    if not facts and not worded:
        first = _first_recorded(tracker)
        known = f"None is recorded: corrections are recorded only since {words.day(first)}."
        rest = "No corrections in this period." if query.since > first else known
        return part._replace(rest=rest)
    rest = " ".join(filter(None, [part.rest, more]))
    return part._replace(rest=rest, listed=_list_of(query, [CORRECTION]) if rest else "")


def _row_of(note: NewsNote) -> tuple[str, str]:
    """Return what tells the row that a correction is of: an act, or else an event."""
    return note.act_id, "" if note.act_id else note.event_id


def _is_grave(note: NewsNote) -> bool:
    """Say whether a correction is of more than a day: of a level, a field or a deadline."""
    return bool(note.gone or note.came or note.went or _GRAVE.intersection(note.changed))


_GRAVE = frozenset(("score", "domain", "actor", "ended", "end_date"))


def ahead(tracker: Tracker, query: NewsQuery) -> Iterator[NewsNote]:
    """Yield the steps due in the year after a period, the next first; today has not passed."""
    is_today = query.until == tracker.data.today
    period = DuePeriod(query.until if is_today else query.until + ONE_DAY, query.until + _YEAR)
    actors = query.actors
    if query.group:
        members = tracker.members(query.group, query.until)
        actors = members if actors is None else [code for code in actors if code in members]
    for step in steps_of(tracker, query.until, actors, query.domain, period=period):
        yield _due(step, query.until)


def _due(step: Step, day: date) -> NewsNote:
    row = StepRow(step.deadline, step.kind, step.part, step.what, step.note)
    act = step.act
    return NewsNote(
        "", DUE, day, step.end, act.actor, act.domain, act.event_id, act.act_id, step=row
    )


# -- in words -----------------------------------------------------------------------------------


def _counts(tracker: Tracker, query: NewsQuery, notes: Sequence[NewsNote]) -> str:
    """Count what a letter tells: what was done first, then what else there is. What has no score is
    no decision or statement of an actor, as in the ledger.
    """
    done = [note for note in notes if _is_done(query, note)]
    rows = [tracker.events[n.event_id] for n in done if n.of_event]
    context = sum(pd.isna(row.score) for row in rows)
    acts = sum(row.binding and not pd.isna(row.score) for row in rows)
    late = sum(_is_action(note) for note in notes) - len(done)
    kinds = [note.kind for note in notes]
    facts, worded = _corrections(notes)
    counted = [
        (acts, "decision"),
        (len(rows) - acts - context, "statement"),
        (context, "other event" if len(rows) > context else "event"),
        (len(done) - len(rows), "other rule" if rows else "rule"),
    ]
    first = [words.plural(count, noun) for count, noun in counted if count]
    steps = sum(1 for _ in ahead(tracker, query))
    more = [
        (steps, "deadline", "ahead within a year"),
        (kinds.count(PASSED), "deadline", "passed"),
        (kinds.count(PRACTICE), "report", "of rules in practice"),
        (late, "older item", "newly recorded"),
        (len(facts) + worded, "correction", ""),
    ]
    other = [f"{words.plural(count, noun)} {what}".strip() for count, noun, what in more if count]
    return "; ".join([words.listing(first) or "no decision or statement is recorded", *other])
