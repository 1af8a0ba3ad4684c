"""The brief of an actor, on one page: what binds it, what it did, where it stands, who is near."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from stances import words
from stances.answers.acts import covers
from stances.answers.backing import backing, backing_words
from stances.answers.binding import (
    Binding,
    binding,
    binds_nothing,
    due_words,
    holding,
    quote,
    source_of,
)
from stances.answers.deeds import latest_deeds
from stances.answers.happened import move_line, moves, no_move
from stances.answers.ledger import (
    Deed,
    Span,
    by_effect,
    counts_told,
    effect_words,
    kind_words,
    ledger,
)
from stances.answers.nearest import in_common, nearest_headline
from stances.answers.neighbours import group_of, nearest
from stances.answers.pair import pair_rests_on
from stances.answers.reasons import nothing_newer, standing_of, why_none
from stances.answers.tracker import Tracker
from stances.briefs.asked import AskedBrief
from stances.briefs.parts import (
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
from stances.briefs.sheet import caveats, foot, top
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import ALL_ACTORS
from stances.model.distance import side_by_side
from stances.model.register import IN_FORCE

# How many are told of those who are nearest and farthest, and how many beside a reader's stances.
_NEAR, _FEWER = 3, 2
# How wide the table of domains is, in pt, and how wide with a reader's stances.
_ALONE, _WITH_READER = 236, 318
_HOW_FAR = "Points apart over the last 12 months"
# What stands where a stance would, where there is none.
NOTHING = "No position"
# So many deeds stand in the order of their days.
_IN_ORDER = 8
_WEIGHTIEST_FIRST = "Acts first, by what each changed."
# How many earlier deeds may fill what room is left.
_EARLIER = 8


def actor_pages(asked: AskedBrief) -> list[Part]:
    """The one page, as parts over a foot."""
    tracker, actor, day = asked.tracker, asked.code, asked.day
    mine = standing_of(tracker, actor, day)
    parts = [
        *top(asked, asked.name),
        text(quote(tracker, actor, day).sentence, LEAD, lines=5),
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

_ACT_COLUMNS = (
    BriefColumn("Domain", 120),
    BriefColumn("Act", 0, 2),
    BriefColumn("Since", 70),
    BriefColumn("Deadline", 88),
)


def _binds(asked: AskedBrief) -> Part:
    """The acts in force and to come: one of each domain first, then those with a deadline ahead."""
    tracker, actor = asked.tracker, asked.code
    acts = sorted(binding(tracker, actor, asked.day), key=_weight)
    rows = [_act(asked, act) for act in acts]
    heading = "What binds"
    if not rows:
        told = binds_nothing(tracker.codebook, asked.name, OVERALL, asked.day)
        return text(told, BODY, heading=heading)
    return table(heading, "", _ACT_COLUMNS, rows, asked.link("actor", actor=actor))


def _weight(act: Binding) -> int:
    if act.shown:
        return 0
    return 1 if act.deadline and not act.deadline_passed else 2


def _act(asked: AskedBrief, act: Binding) -> list[Part]:
    tracker = asked.tracker
    codebook, row = tracker.codebook, tracker.acts.get(act.act_id)
    held = act.status == IN_FORCE
    source = source_of(tracker, act)
    law = row.legal_reference if row else ""
    scope = covers(codebook, row) if row else ""
    under = _joined(law or scope, source_words(tracker, source))
    level = "" if math.isnan(act.level) else codebook.scale.labels[int(act.level)]
    state = holding(codebook, act.domain) if held else "Not yet in force"
    due = due_words(codebook, act.deadline_kind, act.deadline_passed) if act.deadline else ""
    return [
        cell(codebook.domain_label(act.domain), level or "Not scored", act_swatch(act.level, held)),
        cell(
            act.name,
            under,
            strong=act.shown,
            note_link=source.url if source else "",
            note_lines=2,
        ),
        cell(words.short_day(act.since), state),
        cell(words.short_day(act.deadline) if act.deadline else words.DASH, due),
    ]


def source_words(tracker: Tracker, source: Any) -> str:
    """Who published a source, and what kind of page it is; empty for None."""
    if source is None:
        return ""
    tier = tracker.codebook.tiers.get(source.tier, source.tier)
    return f"{source.publisher} ({tier[:1].lower()}{tier[1:]})"


def _joined(*told: str) -> str:
    return " · ".join(filter(None, told))


# -- what happened ------------------------------------------------------------------------------

_DEED_COLUMNS = (
    BriefColumn("Day", 64),
    BriefColumn("What was done", 0, 2),
    BriefColumn("What it changed", 178, 2),
)


def happened(asked: AskedBrief, actor: str, heading: str) -> Part:
    """The deeds of an actor in the time of the brief, and how far they moved it."""
    tracker = asked.tracker
    deeds, order = weightiest_first(deeds_of(asked, actor))
    counts = counts_told(deeds)
    told = f"{counts[:1].upper()}{counts[1:]}. {_moved(asked, actor)}{order}"
    rows = [deed_row(tracker, deed) for deed in deeds]
    return table(heading, told, _DEED_COLUMNS, rows, asked.link("actor", actor=actor))


def weightiest_first(deeds: Sequence[Deed]) -> tuple[list[Deed], str]:
    """Deeds in the order in which they are told, and what says so: as they come where most of them
    have room, else acts before words, and of each what moved most first.
    """
    if len(deeds) <= _IN_ORDER:
        return list(deeds), ""
    moved = by_effect(deeds)
    return sorted(moved, key=lambda deed: not deed.binds), f" {_WEIGHTIEST_FIRST}"


def deeds_of(asked: AskedBrief, actor: str) -> list[Deed]:
    """The acts and statements of an actor in the time of the brief, the newest first."""
    found = ledger(asked.tracker, Span(asked.since, asked.day))
    return [deed for deed in found if deed.actor == actor]


def _moved(asked: AskedBrief, actor: str) -> str:
    """From where to where the overall stance went."""
    found = moves(asked.tracker, asked.since, asked.day, OVERALL)
    [move] = [move for move in found if move.actor == actor]
    if move.known:
        return f"Overall: {move_line(asked.tracker.codebook, move)}."
    return no_move(asked.tracker.codebook, move, (asked.since, asked.day))


def deed_row(tracker: Tracker, deed: Deed) -> list[Part]:
    """A deed: its day, its title over its kind and source, and what it changed."""
    source = tracker.best_source(deed.event_id)
    under = _joined(kind_words(tracker.codebook, deed), source_words(tracker, source))
    return [
        cell(words.short_day(deed.when)),
        cell(deed.title, under, strong=deed.binds, note_link=source.url if source else ""),
        cell(effect_words(tracker.codebook, deed)),
    ]


def _earlier(asked: AskedBrief) -> list[Part]:
    """What was done before that time, the newest first, where little was done in it."""
    tracker = asked.tracker
    room = _EARLIER - len(deeds_of(asked, asked.code))
    rows = latest_deeds(tracker, asked.since, OVERALL, max(room, 0), [asked.code])
    if not rows:
        return []
    columns = (_DEED_COLUMNS[0], _DEED_COLUMNS[1], BriefColumn("Domain and score", 178))
    told = [_earlier_row(tracker, row) for row in rows]
    return [table("Before that", "", columns, told, fills=True)]


def _earlier_row(tracker: Tracker, row: Any) -> list[Part]:
    codebook, source = tracker.codebook, tracker.best_source(row.event_id)
    kind = codebook.instruments[row.instrument].label
    level = codebook.scale.labels[int(row.score)]
    return [
        cell(words.short_day(tracker.dated[row.event_id])),
        cell(
            row.title,
            _joined(kind, source_words(tracker, source)),
            strong=row.binding,
            note_link=source.url if source else "",
        ),
        cell(f"{codebook.domain_label(row.domain)}: {level}", swatch=act_swatch(row.score, False)),
    ]


# -- where it stands ----------------------------------------------------------------------------


def _domains(asked: AskedBrief, mine: dict[str, Any]) -> Part:
    """The stance overall and by domain, each with its certainty; beside it the reader's own."""
    tracker, reader = asked.tracker, asked.reader
    theirs = standing_of(tracker, reader, asked.day) if reader else {}
    columns = [
        BriefColumn("Domain", 0),
        BriefColumn("Stance", 90),
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
    return table("Stance by domain", "", columns, rows)


def certainty_words(row: Any) -> str:
    """How certain a position is, as a share."""
    return words.share(row.certainty)


def stance_cell(tracker: Tracker, row: Any, strong: bool = False) -> Part:
    """A stance with its swatch, framed where an act holds it."""
    held = bool(row.act_event_id) and not row.pending
    told = NOTHING if math.isnan(row.stance) else words.labelled(tracker.codebook, row.stance)
    return cell(told, swatch=stance_swatch(row, held), strong=strong)


# -- who is near --------------------------------------------------------------------------------

_NEAR_COLUMNS = (
    BriefColumn("", 46),
    BriefColumn("Actor, shared domains"),
    BriefColumn("Points", 34, end=True),
)


def _near(asked: AskedBrief) -> Part:
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
        told = f"{nearest_headline(asked.name, [], math.nan, [])}."
        return text(told, BODY, heading=heading)
    return table(heading, _HOW_FAR, _NEAR_COLUMNS, rows)


def _neighbours(tracker: Tracker, label: str, rows: Sequence[Any]) -> list[list[Part]]:
    return [
        [
            cell("" if place else label),
            cell(tracker.names[row.actor], in_common(tracker.codebook, row.domains), note_lines=3),
            cell(f"{row.distance:.2f}"),
        ]
        for place, row in enumerate(rows)
    ]


# -- for a reader -------------------------------------------------------------------------------


def for_reader(asked: AskedBrief, told: str) -> Part:
    """What concerns the reader."""
    return text(told, BODY, lines=4, heading=f"For {asked.tracker.names[asked.reader]}")


def done_by_reader(asked: AskedBrief) -> Part:
    """What the reader has done itself in the same time."""
    name = asked.tracker.names[asked.reader]
    return happened(asked, asked.reader, f"What {name} did in the same time")


def _reading(asked: AskedBrief) -> str:
    """How far reader and actor are apart, and on what that rests; then where the reader stands."""
    tracker, reader, actor = asked.tracker, asked.reader, asked.code
    one, other = tracker.names[reader], tracker.names[actor]
    rows: list[Any] = list(side_by_side(tracker.model, asked.day, reader, actor).itertuples())
    apart = f"{one} and {other} cannot be compared overall."
    if not math.isnan(rows[0].gap):
        apart = f"{one} and {other} are {words.points(rows[0].gap)} apart overall."
    stances = [
        (tracker.codebook.domain_label(row.domain), row.first, row.second) for row in rows[1:]
    ]
    own = quote(tracker, reader, asked.day).sentence
    return f"{apart} {pair_rests_on(tracker.codebook, stances)} {own}"


# -- what it rests on ---------------------------------------------------------------------------


def _behind(asked: AskedBrief, mine: dict[str, Any]) -> Part:
    """Sources by tier, the age of the data, and what to mind."""
    tracker, actor, day = asked.tracker, asked.code, asked.day
    sources = backing_words(tracker.codebook, backing(tracker, [actor], day))
    none = why_none(tracker, actor, OVERALL, day) if math.isnan(mine[OVERALL].stance) else ""
    missing = [] if none else [code for code, row in mine.items() if math.isnan(row.stance)]
    return notes(
        "What this rests on",
        [
            note("Sources", sources),
            note("Age", last_known(tracker, actor, asked)),
            *caveats(tracker, missing, none),
        ],
    )


def last_known(tracker: Tracker, actor: str, asked: AskedBrief) -> str:
    """Since when nothing newer is known of an actor."""
    columns = tracker.event_columns
    own = [tracker.dated[str(event)] for event in columns["event_id"][columns["actor"] == actor]]
    days = sorted(own, key=lambda each: each.day)
    before = [each for each in days if each.day <= asked.day]
    later = days[len(before) :]
    return nothing_newer(before[-1] if before else None, later, tracker.data.recorded)
