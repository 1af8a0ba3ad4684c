"""The brief of an actor, on one page: what binds it, what it did, where it stands, who is near."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from stances import words
from stances.answers.actions import latest_actions, net_move_between
from stances.answers.acts import IN_DOUBT, covers, doubt_words
from stances.answers.backing import backing, backing_words
from stances.answers.binding import (
    Binding,
    binding,
    binds_nothing,
    source_of,
    state_text,
)
from stances.answers.composed import untold_doubt
from stances.answers.directions import course_words, net_move_words
from stances.answers.happened import label_line, moves, no_move
from stances.answers.introduction import data_to
from stances.answers.ledger import (
    Action,
    Span,
    by_effect,
    counts_text,
    effect_words,
    kind_words,
    ledger,
)
from stances.answers.nearest import in_common, nearest_headline
from stances.answers.neighbours import group_of, nearest
from stances.answers.pair import pair_rests_on, stricter_words
from stances.answers.practice import use_words, used_heading
from stances.answers.profile import made_by, profile
from stances.answers.reasons import nothing_newer, standing_of, why_none
from stances.answers.steps import due_text
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.schema import ALL_ACTORS
from stances.model.distance import side_by_side
from stances.model.register import IN_FORCE
from stances.pages.briefs.parts import (
    BODY,
    LEAD,
    BriefColumn,
    Part,
    act_swatch,
    beside,
    cell,
    note,
    notes,
    stance_swatch,
    table,
    text,
)
from stances.pages.briefs.request import BriefRequest
from stances.pages.briefs.sheet import caveats, foot, top

# How many are told of those who are nearest and farthest, and how many beside a reader's stances.
_NEAR, _FEWER = 3, 2
# How wide the table of domains is, in pt, and how wide with a reader's stances.
_ALONE, _WITH_READER = 236, 318
_HOW_FAR = "By how far apart they were in the last 12 months"
# What stands where a stance would, where there is none.
NOTHING = "No position"
# So many deeds stand in the order of their days.
_IN_ORDER = 8
_WEIGHTIEST_FIRST = "Acts first, by what each changed."
# How many earlier deeds may fill what room is left.
_EARLIER = 8


def actor_pages(asked: BriefRequest) -> list[Part]:
    """Return the one page, as parts over a foot."""
    tracker, actor, day = asked.tracker, asked.code, asked.day
    mine = standing_of(tracker, actor, day)
    parts = [
        *top(asked, asked.name),
        text(profile(tracker, actor, day).headline, LEAD, lines=5),
        *([for_reader(asked, _reading(asked))] if asked.reader else []),
        _binds(asked),
        happened(asked, actor, f"What happened since {words.day(asked.since)}"),
        *([done_by_reader(asked)] if asked.reader else []),
        *_earlier(asked),
        beside(_domains(asked, mine), _near(asked), width=_WITH_READER if asked.reader else _ALONE),
        _behind(asked, mine),
    ]
    return [{"parts": parts, "foot": foot(asked, asked.link("actor", actor=actor))}]


# -- what binds ---------------------------------------------------------------------------------


def _act_columns(codebook: Codebook) -> tuple[BriefColumn, ...]:
    """Return the columns, practice before dates."""
    return (
        BriefColumn(words.FIELD, 98),
        BriefColumn("Rule", 0, 5),
        BriefColumn(used_heading(codebook), 100, 2),
        BriefColumn("Since", 68),
        BriefColumn("Deadline", 64),
    )


def _binds(asked: BriefRequest) -> Part:
    """Return the acts in force and to come: one of each domain first, then those with a deadline
    ahead.
    """
    tracker, actor = asked.tracker, asked.code
    acts = sorted(binding(tracker, actor, asked.day), key=_weight)
    rows = [_act(asked, act) for act in acts]
    heading = "What binds"
    if not rows:
        note = binds_nothing(tracker.codebook, asked.name, OVERALL, asked.day)
        return text(note, BODY, heading=heading)
    return table(
        heading, "", _act_columns(tracker.codebook), rows, asked.link("actor", actor=actor)
    )


def _weight(act: Binding) -> int:
    if act.shown:
        return 0
    return 1 if act.due and not act.due.passed else 2


def _act(asked: BriefRequest, act: Binding) -> list[Part]:
    tracker = asked.tracker
    codebook, row = tracker.codebook, tracker.acts.get(act.act_id)
    held = act.status == IN_FORCE
    source = source_of(tracker, act)
    scope = covers(codebook, row) if row else ""
    law = row.legal_reference if row else ""
    under = _joined(act.legal_name or scope, law, source_words(tracker, source))
    under = " ".join(filter(None, [doubt_words(act.doubt), under]))
    level = "" if math.isnan(act.level) else codebook.scale.labels[int(act.level)]
    state = state_text(codebook, act.domain) if held else "Not yet in force"
    state = f"{state}, {IN_DOUBT}" if act.doubt else state
    day, _, due = due_text(codebook, act.due).partition(": ")
    return [
        cell(codebook.domain_label(act.domain), level or "No level", act_swatch(act.level, held)),
        cell(
            act.title,
            under,
            strong=act.shown,
            note_link=source.url if source else "",
            note_lines=4 if act.doubt else 3,
        ),
        cell(use_words(act.use), act.use.what, note_lines=4),
        cell(words.short_day(act.since), state, note_lines=2),
        cell(day or words.DASH, due, note_lines=2),
    ]


def source_words(tracker: Tracker, source: Any) -> str:
    """Who published a source, and what kind of page it is; empty for None."""
    if source is None:
        return ""
    tier = tracker.codebook.tiers.get(source.tier, source.tier)
    return f"{source.publisher} ({words.within(tier)})"


def _joined(*text: str) -> str:
    return " · ".join(filter(None, text))


# -- what happened ------------------------------------------------------------------------------

_DEED_COLUMNS = (
    BriefColumn("Day", 64),
    BriefColumn("What was done", 0, 2),
    BriefColumn("What it changed", 178, 2),
)


def happened(asked: BriefRequest, actor: str, heading: str) -> Part:
    """Return the deeds of an actor in the time of the brief, and how far they moved it."""
    tracker = asked.tracker
    deeds, order = weightiest_first(actions_of(asked, actor))
    counts = counts_text(deeds)
    text = f"{counts[:1].upper()}{counts[1:]}. {_moved(asked, actor)}{order}"
    rows = [deed_row(tracker, deed) for deed in deeds]
    return table(heading, text, _DEED_COLUMNS, rows, asked.link("actor", actor=actor))


def weightiest_first(deeds: Sequence[Action]) -> tuple[list[Action], str]:
    """Deeds in the order in which they are told, and what says so: as they come where most of them
    have room, else acts before words, and of each what moved most first.
    """
    if len(deeds) <= _IN_ORDER:
        return list(deeds), ""
    moved = by_effect(deeds)
    return sorted(moved, key=lambda deed: not deed.binds), f" {_WEIGHTIEST_FIRST}"


def actions_of(asked: BriefRequest, actor: str) -> list[Action]:
    """Return the acts and statements of an actor in the time of the brief, the newest first."""
    found = ledger(asked.tracker, Span(asked.since, asked.day))
    return [deed for deed in found if deed.actor == actor]


def _moved(asked: BriefRequest, actor: str) -> str:
    """From which label to which an actor went overall, and which way by its fields."""
    tracker, codebook = asked.tracker, asked.tracker.codebook
    found = moves(tracker, asked.since, asked.day, OVERALL)
    [move] = [move for move in found if move.actor == actor]
    if move.known:
        way = net_move_between(tracker, asked.since, asked.day, OVERALL, actor)
        text = [label_line(codebook, move), net_move_words(codebook, way)]
        return f"Overall: {'; '.join(filter(None, text))}."
    return no_move(codebook, move, (asked.since, asked.day))


def deed_row(tracker: Tracker, deed: Action) -> list[Part]:
    """Return a deed: its day, its title over its kind and source, and what it changed."""
    source = tracker.best_source(deed.event_id)
    course = course_words(tracker, deed.event_id, deed.instrument, deed.score)
    kind = f"{kind_words(tracker.codebook, deed)} {course}"
    under = _joined(kind, source_words(tracker, source))
    return [
        cell(words.short_day(deed.when)),
        cell(deed.title, under, strong=deed.binds, note_link=source.url if source else ""),
        cell(effect_words(tracker.codebook, deed, figures=False)),
    ]


def _earlier(asked: BriefRequest) -> list[Part]:
    """Return what was done before that time, the newest first, where little was done in it."""
    tracker = asked.tracker
    room = _EARLIER - len(actions_of(asked, asked.code))
    rows = latest_actions(tracker, asked.since, OVERALL, max(room, 0), [asked.code])
    if not rows:
        return []
    columns = (_DEED_COLUMNS[0], _DEED_COLUMNS[1], BriefColumn("Field, and what it says", 178))
    text = [_earlier_row(tracker, row) for row in rows]
    return [table("Before that", "", columns, text, fills=True)]


def _earlier_row(tracker: Tracker, row: Any) -> list[Part]:
    codebook, source = tracker.codebook, tracker.best_source(row.event_id)
    kind = codebook.instruments[row.instrument].label
    course = course_words(tracker, row.event_id, row.instrument, float(row.score))
    return [
        cell(words.short_day(tracker.dated[row.event_id])),
        cell(
            row.title,
            _joined(kind, source_words(tracker, source)),
            strong=row.binding,
            note_link=source.url if source else "",
        ),
        cell(f"{codebook.domain_label(row.domain)}: {course}", swatch=act_swatch(row.score, False)),
    ]


# -- where it stands ----------------------------------------------------------------------------


def _domains(asked: BriefRequest, mine: dict[str, Any]) -> Part:
    """Return the position overall and by field, each with its certainty; beside it the reader's
    own.
    """
    tracker, reader = asked.tracker, asked.reader
    theirs = standing_of(tracker, reader, asked.day) if reader else {}
    columns = [
        BriefColumn(words.FIELD, 0),
        BriefColumn("Position", 90),
        BriefColumn("Certainty", 46, end=True),
    ]
    if reader:
        columns.append(BriefColumn(tracker.short_names[reader], 82))
    rows = [
        [
            cell(tracker.codebook.domain_label(code), strong=code == OVERALL),
            stance_cell(tracker, row, strong=code == OVERALL),
            cell(words.DASH if math.isnan(row.stance) else certainty_words(row)),
            *([stance_cell(tracker, theirs[code])] if reader else []),
        ]
        for code, row in mine.items()
    ]
    return table("Position by field", "", columns, rows)


def certainty_words(row: Any) -> str:
    """How certain a position is, as a share."""
    return words.share(row.certainty)


def stance_cell(tracker: Tracker, row: Any, strong: bool = False) -> Part:
    """Return the label of a stance with its swatch, framed where an act holds it."""
    held = bool(row.act_event_id) and not row.pending
    text = NOTHING if math.isnan(row.stance) else words.label(tracker.codebook, row.stance)
    return cell(text, swatch=stance_swatch(row, held), strong=strong)


# -- who is near --------------------------------------------------------------------------------

_NEAR_COLUMNS = (
    BriefColumn("", 46),
    BriefColumn("Who, and in which fields"),
)


def _near(asked: BriefRequest) -> Part:
    """Who was nearest and who farthest in twelve months, and in which domains."""
    tracker = asked.tracker
    found = nearest(tracker, asked.code, group_of(tracker, ALL_ACTORS, asked.day), asked.day)
    known = list(found[found["enough"]].itertuples(index=False))
    most = _FEWER if asked.reader else _NEAR
    near = known[: min(most, max(len(known) - 1, 1))]
    far = known[len(near) :][-most:][::-1]
    rows = [
        *_neighbours(tracker, "Nearest", near),
        *_neighbours(tracker, "Farthest", far),
    ]
    heading = "Nearest and farthest"
    if not rows:
        note = f"{nearest_headline(tracker.called[asked.code], [], [])}."
        return text(note, BODY, heading=heading)
    return table(heading, _HOW_FAR, _NEAR_COLUMNS, rows)


def _neighbours(tracker: Tracker, label: str, rows: Sequence[Any]) -> list[list[Part]]:
    return [
        [
            cell("" if place else label),
            cell(tracker.names[row.actor], in_common(tracker.codebook, row.domains), note_lines=3),
        ]
        for place, row in enumerate(rows)
    ]


# -- for a reader -------------------------------------------------------------------------------


def for_reader(asked: BriefRequest, sentence: str) -> Part:
    """Return what concerns the reader."""
    return text(sentence, BODY, lines=4, heading=f"For {asked.tracker.names[asked.reader]}")


def done_by_reader(asked: BriefRequest) -> Part:
    """Return what the reader has done itself in the same time."""
    name = asked.tracker.names[asked.reader]
    return happened(asked, asked.reader, f"What {name} did in the same time")


def _reading(asked: BriefRequest) -> str:
    """Which of reader and actor is the stricter, and on what that rests; then where the reader
    stands.
    """
    tracker, reader, actor = asked.tracker, asked.reader, asked.code
    names = tracker.called[reader], tracker.called[actor]
    rows: list[Any] = list(side_by_side(tracker.model, asked.day, reader, actor).itertuples())
    apart = f"{stricter_words(names, float(rows[0].gap))}."
    stances = [
        (tracker.codebook.domain_label(row.domain), row.first, row.second) for row in rows[1:]
    ]
    own = profile(tracker, reader, asked.day).text
    return f"{apart} {pair_rests_on(tracker.codebook, stances)} {own}"


# -- what it rests on ---------------------------------------------------------------------------


def _behind(asked: BriefRequest, mine: dict[str, Any]) -> Part:
    """Return sources by tier, the age of the data, and what to mind."""
    tracker, actor, day = asked.tracker, asked.code, asked.day
    sources = backing_words(tracker.codebook, backing(tracker, [actor], day))
    none = why_none(tracker, actor, OVERALL, day) if math.isnan(mine[OVERALL].stance) else ""
    missing = [] if none else [code for code, row in mine.items() if math.isnan(row.stance)]
    return notes(
        "What this rests on",
        [
            note("Sources", sources),
            *_sentence_note(asked),
            note("Age", last_known(tracker, actor, asked)),
            *caveats(tracker, missing, none),
        ],
    )


def _sentence_note(asked: BriefRequest) -> list[Part]:
    """Who wrote the sentence that leads, its strongest source, and what of it is in doubt."""
    tracker = asked.tracker
    sentence = profile(tracker, asked.code, asked.day)
    source = source_words(tracker, sentence.source)
    parts = [made_by(tracker, sentence), f"Strongest source: {source}" if source else ""]
    text = ". ".join(filter(None, parts))
    doubt = untold_doubt(tracker, sentence, asked.day).partition(": ")[2]
    first = [note("First sentences", f"{text}.")] if text else []
    return [*first, *([note("In doubt", doubt)] if doubt else [])]


def last_known(tracker: Tracker, actor: str, asked: BriefRequest) -> str:
    """Since when nothing newer is known of an actor."""
    columns = tracker.event_columns
    own = [tracker.dated[str(event)] for event in columns["event_id"][columns["actor"] == actor]]
    days = sorted(own, key=lambda each: each.day)
    before = [each for each in days if each.day <= asked.day]
    later = days[len(before) :]
    return nothing_newer(before[-1] if before else None, later, data_to(tracker.data))
