"""The brief of an actor, on one page: what binds it, what it did, where it stands, who is near."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from stances import words
from stances.answers.actions import latest_actions, net_move_between
from stances.answers.backing import backing, backing_words
from stances.answers.binding import Binding, binding, binds_nothing
from stances.answers.directions import net_move_words
from stances.answers.gaps import overlaps
from stances.answers.happened import label_line, moves, no_move
from stances.answers.introduction import data_to
from stances.answers.ledger import Action, Span, by_effect, counts_text, ledger
from stances.answers.nearest import nearest_headline
from stances.answers.neighbours import group_of, nearest
from stances.answers.pair import levels_of, pair_rests_on, stricter_words
from stances.answers.profile import author_note, profile
from stances.answers.reasons import nothing_newer, standing_of, why_none
from stances.answers.sentence import doubtful_rules
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import ALL_ACTORS
from stances.links.register import ACTOR
from stances.model.distance import side_by_side
from stances.pages.block import Blocks, HeadlineBlock, Note, TableBlock, TextBlock, within
from stances.pages.briefs.request import BriefRequest
from stances.pages.briefs.sheet import caveats, foot
from stances.tables import briefs
from stances.tables.table import Place, RowsTable

# How many stand there of those who are nearest and farthest, and how many beside a reader's
# stances.
_NEAR, _FEWER = 3, 2
_HOW_FAR = "By how far apart they were in the last 12 months"
# So many actions stand in the order of their days.
_IN_ORDER = 2
_WEIGHTIEST_FIRST = "Acts first, by what each changed."
# How many earlier actions may fill what space is left.
_EARLIER = 8


def blocks(request: BriefRequest) -> Blocks:
    """Yield the blocks of the page, its foot at last."""
    tracker, actor, day = request.tracker, request.code, request.day
    mine = standing_of(tracker, actor, day)
    yield HeadlineBlock(profile(tracker, actor, day).headline, sentence=True)
    if request.reader:
        yield for_reader(request, _reading(request))
    yield from _binds(request)
    yield from action_blocks(request, actor, f"What happened since {words.day(request.since)}")
    if request.reader:
        yield from reader_actions(request)
    yield from _earlier(request)
    beside = "fields reader" if request.reader else "fields"
    for column, inside in enumerate((_domains(request, mine), _near(request)), 1):
        yield from within(beside, column, inside)
    yield _behind(request, mine)
    yield foot(request)


def titled_table(
    table: RowsTable, rows: Sequence[Any], place: Place, text: str = "", heading: str = ""
) -> Blocks:
    """Yield a table under its heading, which is its caption where there is no other, and a text.
    `place`: where the rows are that have no space here.
    """
    yield TextBlock(heading=heading or table.caption, text=(text,) if text else ())
    yield TableBlock(table, rows, place)


# -- what binds ---------------------------------------------------------------------------------


def _binds(request: BriefRequest) -> Blocks:
    """Yield the acts in force and to come: one a domain first, then those with a deadline."""
    tracker = request.tracker
    table = briefs.binding_table(tracker, request.day)
    if acts := sorted(binding(tracker, request.code, request.day), key=_weight):
        yield from titled_table(table, acts, request.place)
        return
    text = binds_nothing(tracker.codebook, request.name, OVERALL, request.day)
    yield TextBlock(heading=table.caption, text=(text,))


def _weight(act: Binding) -> int:
    if act.is_shown:
        return 0
    return 1 if act.due and not act.due.passed else 2


# -- what happened ------------------------------------------------------------------------------


def action_blocks(request: BriefRequest, actor: str, heading: str) -> Blocks:
    """Yield the actions of an actor in the time of the brief, and how far they moved it."""
    actions, order = weightiest_first(_actions(request, actor))
    counts = counts_text(actions)
    text = f"{counts[:1].upper()}{counts[1:]}. {_move_text(request, actor)}{order}"
    place = request.place_on(ACTOR, actor=actor)
    yield from titled_table(briefs.actions_table(request.tracker), actions, place, text, heading)


def weightiest_first(actions: Sequence[Action]) -> tuple[list[Action], str]:
    """Return actions in the order in which they stand, and what says so: as they come where most
    of them have space, else acts before words, and of each what moved most first.
    """
    if len(actions) <= _IN_ORDER:
        return list(actions), ""
    moved = by_effect(actions)
    return sorted(moved, key=lambda action: not action.binds), f" {_WEIGHTIEST_FIRST}"


def _actions(request: BriefRequest, actor: str) -> list[Action]:
    """Return the acts and statements of an actor in the time of the brief, the newest first."""
    span = Span(request.since, request.day)
    return [action for action in ledger(request.tracker, span) if action.actor == actor]


def _move_text(request: BriefRequest, actor: str) -> str:
    """Say from which label to which an actor went overall, and which way by its fields."""
    tracker, codebook = request.tracker, request.tracker.codebook
    days = request.since, request.day
    [move] = [move for move in moves(tracker, *days, OVERALL) if move.actor == actor]
    if not move.is_known:
        return no_move(codebook, move, days)
    net = net_move_between(tracker, *days, OVERALL, actor)
    text = [label_line(codebook, move), net_move_words(codebook, net)]
    return f"Overall: {'; '.join(filter(None, text))}."


def _earlier(request: BriefRequest) -> Blocks:
    """Yield what was done before that time, the newest first, where little was done in it."""
    tracker, actor = request.tracker, request.code
    most = max(_EARLIER - len(_actions(request, actor)), 0)
    table = briefs.earlier_table(tracker)
    if rows := latest_actions(tracker, request.since, OVERALL, most, [actor]):
        yield TableBlock(table, rows, request.place, folded=table.caption)


# -- where it stands ----------------------------------------------------------------------------


def _domains(request: BriefRequest, mine: dict[str, Any]) -> Blocks:
    """Yield the position overall and by field, beside it the reader's own."""
    tracker, reader = request.tracker, request.reader
    theirs = standing_of(tracker, reader, request.day) if reader else {}
    table = briefs.positions_table(tracker, reader, theirs)
    yield from titled_table(table, list(mine.values()), request.place)


def _near(request: BriefRequest) -> Blocks:
    """Yield who was nearest and who farthest in twelve months, and in which domains."""
    tracker, day = request.tracker, request.day
    known_actors = nearest(tracker, request.code, group_of(tracker, ALL_ACTORS, day), day)
    known = list(known_actors[known_actors["enough"]].itertuples(index=False))
    most = _FEWER if request.reader else _NEAR
    near = known[: min(most, max(len(known) - 1, 1))]
    far = known[len(near) :][-most:][::-1]
    table = briefs.nearest_table(tracker)
    if known:
        rows = [*_label_first("Nearest", near), *_label_first("Farthest", far)]
        yield from titled_table(table, rows, request.place, _HOW_FAR)
    else:
        text = f"{nearest_headline(tracker.sentence_names[request.code], [], [])}."
        yield TextBlock(heading=table.caption, text=(text,))


def _label_first(label: str, rows: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield rows, the first with what all of them are called."""
    for place, row in enumerate(rows):
        yield "" if place else label, row


# -- for a reader -------------------------------------------------------------------------------


def for_reader(request: BriefRequest, sentence: str) -> TextBlock:
    """Return what concerns the reader."""
    return TextBlock(
        heading=f"For {request.tracker.sentence_names[request.reader]}", text=(sentence,)
    )


def reader_actions(request: BriefRequest) -> Blocks:
    """Yield what the reader has done itself in the same time."""
    name = request.tracker.sentence_names[request.reader]
    yield from action_blocks(request, request.reader, f"What {name} did in the same time")


def _reading(request: BriefRequest) -> str:
    """Say which of reader and actor is the stricter, on what that rests, and the reader's stand."""
    tracker, reader, actor = request.tracker, request.reader, request.code
    names = tracker.sentence_names[reader], tracker.sentence_names[actor]
    rows: list[Any] = list(side_by_side(tracker.model, request.day, reader, actor).itertuples())
    levels = levels_of(tracker.codebook, rows[0].first, rows[0].second)
    in_doubt = overlaps(tracker, (reader, actor), OVERALL, request.day)
    apart = f"{stricter_words(names, float(rows[0].gap), levels, in_doubt)}."
    stances = [
        (tracker.codebook.domain_label(row.domain), row.first, row.second) for row in rows[1:]
    ]
    sentence = profile(tracker, reader, request.day).text
    return f"{apart} {pair_rests_on(tracker.codebook, stances)} {sentence}"


# -- what it rests on ---------------------------------------------------------------------------


def _behind(request: BriefRequest, mine: dict[str, Any]) -> TextBlock:
    """Return sources by tier, the age of the data, and what to mind."""
    tracker, actor, day = request.tracker, request.code, request.day
    sources = backing_words(tracker.codebook, backing(tracker, [actor], day))
    none = why_none(tracker, actor, OVERALL, day) if math.isnan(mine[OVERALL].stance) else ""
    missing = [] if none else [code for code, row in mine.items() if math.isnan(row.stance)]
    notes = (
        Note("Sources", sources),
        *_sentence_notes(request),
        Note("Age", _last_known(request)),
        *caveats(tracker, missing, none),
    )
    return TextBlock(heading="What this rests on", notes=notes, lines=3)


def _sentence_notes(request: BriefRequest) -> Iterator[Note]:
    """Yield who wrote the sentence that leads, its strongest source, and what of it is in doubt."""
    tracker = request.tracker
    sentence = profile(tracker, request.code, request.day)
    source = briefs.source_words(tracker, sentence.source)
    strongest = f"Strongest source for {words.quote(sentence.backs)}: {source}"
    parts = [author_note(tracker, sentence), strongest if source else ""]
    if text := ". ".join(filter(None, parts)):
        yield Note("First sentences", f"{text}.")
    if doubt := doubtful_rules(tracker, sentence, request.day):
        yield Note("In doubt", doubt)


def _last_known(request: BriefRequest) -> str:
    """Say since when nothing newer is known of the actor."""
    tracker, columns = request.tracker, request.tracker.event_columns
    events = columns["event_id"][columns["actor"] == request.code]
    days = sorted((tracker.dates[str(event)] for event in events), key=lambda moment: moment.day)
    before = [moment for moment in days if moment.day <= request.day]
    later = days[len(before) :]
    return nothing_newer(before[-1] if before else None, later, data_to(tracker.data), request.day)
