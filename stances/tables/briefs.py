"""The tables of briefs, in columns that paper has room for."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from stances import words
from stances.answers.acts import IN_DOUBT, covers, doubt_words
from stances.answers.binding import Binding, rule_heading, source_of, state_text
from stances.answers.directions import course_words
from stances.answers.introduction import known_later
from stances.answers.ledger import Action, effect_words, kind_words
from stances.answers.members import (
    Member,
    MemberTable,
    binds_line,
    due_elsewhere,
    leading_note,
    milder_use_words,
    used_doubt_words,
)
from stances.answers.mismatch import mismatch, newest_words
from stances.answers.nearest import in_common
from stances.answers.practice import use_parts, use_words, used_heading
from stances.answers.steps import due_parts
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL, Codebook
from stances.model.register import IN_FORCE
from stances.tables.paper import Cell, Swatch, stance_cell
from stances.tables.table import RowsTable, paper_column

# Members of which each has room for a long name of an act, in so many lines.
_FEW, _MANY_LINES = 18, 4


def source_words(tracker: Tracker, source: Any) -> str:
    """Return who published a source, and what kind of page it is; empty for None."""
    if source is None:
        return ""
    tier = tracker.codebook.tiers.get(source.tier, source.tier)
    return f"{source.publisher} ({words.within(tier)})"


def _join(*texts: str) -> str:
    return " · ".join(filter(None, texts))


# -- of an actor --------------------------------------------------------------------------------


def binding_table(tracker: Tracker, day: date) -> RowsTable:
    """Return the acts that bind an actor on a day, practice before dates. Rows: of `binding`."""
    codebook, known = tracker.codebook, known_later(tracker.data, day)

    def field(act: Binding) -> Cell:
        score = act.own_level
        level = "" if math.isnan(score) else codebook.scale.labels[int(score)]
        swatch = Swatch(score, act.status == IN_FORCE)
        return Cell(codebook.domain_label(act.domain), level or "No level", swatch)

    def use_cell(act: Binding) -> Cell:
        if not act.act_id:
            return Cell(words.DASH)
        what = f"By {known}: {act.use.what}" if known and act.use.what else act.use.what
        return Cell(use_words(act.use), what, lines=4)

    def since(act: Binding) -> Cell:
        binds = act.status == IN_FORCE
        state = state_text(codebook, act.domain) if binds else "Not yet in force"
        state = f"{state}, {IN_DOUBT}" if act.doubt else state
        return Cell(words.short_day(act.since), state, lines=2)

    def deadline(act: Binding) -> Cell:
        # Whose reckoning it is has no room beside the day.
        day, reckoning, what = due_parts(codebook, act.steps)
        return Cell(day or words.DASH, f"{reckoning} {what}".strip(), lines=7)

    return RowsTable(
        caption="What binds",
        columns=(
            paper_column(words.FIELD, field, 98),
            paper_column(rule_heading(codebook), lambda act: _rule(tracker, act, day), lines=5),
            paper_column(used_heading(codebook), use_cell, 100, 2),
            paper_column("Since", since, 68),
            paper_column("Deadline", deadline, 64),
        ),
    )


def _rule(tracker: Tracker, act: Binding, day: date) -> Cell:
    """Return what an act demands over its name, its legal basis and its source; of a level that
    rests on several events, the newest of them.
    """
    row, source = tracker.acts.get(act.act_id), source_of(tracker, act)
    name = act.legal_name or (covers(tracker.codebook, row) if row else _newest(tracker, act, day))
    under = _join(name, row.legal_reference if row else "", source_words(tracker, source))
    known = known_later(tracker.data, day)
    note = " ".join(filter(None, [doubt_words(act.doubt, known), under]))
    link = source.url if source else ""
    return Cell(act.title, note, strong=act.is_shown, link=link, lines=4 if act.doubt else 3)


def _newest(tracker: Tracker, act: Binding, day: date) -> str:
    """Name the newest event at the level of an act without a line in the register, if others."""
    apart = mismatch(tracker, tracker.events[act.event_id].actor, act, day)
    return words.sentence_start(newest_words(apart)) if apart else ""


def actions_table(tracker: Tracker, named: bool = False) -> RowsTable:
    """Return acts and statements with what each changed. Rows: `ledger`; `named`: with whose."""

    def what(action: Action) -> Cell:
        course = course_words(tracker, action.event_id, action.instrument, action.score)
        return _title(tracker, action, f"{kind_words(tracker.codebook, action)} {course}")

    def whose(action: Action) -> Cell:
        return Cell(tracker.short_names[action.actor])

    def effect_cell(action: Action) -> Cell:
        return Cell(effect_words(tracker.codebook, action, figures=False))

    return RowsTable(
        caption="What was done",
        columns=(
            paper_column("Day", lambda row: Cell(words.short_day(row.when)), 58 if named else 64),
            *((paper_column("Whose", whose, 70),) if named else ()),
            paper_column("What was done", what, lines=2),
            paper_column("What it changed", effect_cell, 166 if named else 178, 2),
        ),
    )


def earlier_table(tracker: Tracker) -> RowsTable:
    """Return acts and statements of before. Rows: of `latest_actions`."""
    codebook = tracker.codebook

    def what(row: Any) -> Cell:
        return _title(tracker, row, codebook.instruments[row.instrument].label)

    def field(row: Any) -> Cell:
        course = course_words(tracker, row.event_id, row.instrument, float(row.score))
        text = f"{codebook.domain_label(row.domain)}: {course}"
        return Cell(text, swatch=Swatch(row.score))

    return RowsTable(
        caption="Before that",
        columns=(
            paper_column("Day", lambda row: Cell(words.short_day(tracker.dates[row.event_id])), 64),
            paper_column("What was done", what, lines=2),
            paper_column("Field, and what it says", field, 178),
        ),
    )


def _title(tracker: Tracker, row: Any, kind: str) -> Cell:
    """Return the title of an act or a statement over its kind and its source."""
    source = tracker.best_source(row.event_id)
    note, link = _join(kind, source_words(tracker, source)), source.url if source else ""
    binds = row.binds if isinstance(row, Action) else row.binding
    return Cell(row.title, note, strong=binds, link=link)


def positions_table(tracker: Tracker, reader: str, theirs: Mapping[str, Any]) -> RowsTable:
    """Return the position overall and by field, each with what it rests on, beside that of a
    reader, `theirs`, if there is one. Rows: of `standing_of`.
    """
    codebook = tracker.codebook

    def field(row: Any) -> Cell:
        return Cell(codebook.domain_label(row.domain), strong=row.domain == OVERALL)

    def position(row: Any) -> Cell:
        return _standing_cell(codebook, row, strong=row.domain == OVERALL)

    def actor_cell(row: Any) -> Cell:
        return _standing_cell(codebook, theirs[row.domain])

    return RowsTable(
        caption="Position by field",
        columns=(
            paper_column(words.FIELD, field),
            paper_column("Position", position, 76),
            paper_column("Rests on", lambda row: Cell(_rests_on(tracker, row)), 60, 2),
            *((paper_column(tracker.short_names[reader], actor_cell, 82),) if reader else ()),
        ),
    )


def _rests_on(tracker: Tracker, row: Any) -> str:
    """Return what a position rests on, in a word."""
    if math.isnan(row.stance):
        return words.DASH
    if row.domain == OVERALL:
        return "The fields below"
    if row.act_in_force:
        act = tracker.acts.get(row.act_id)
        doubt = f", {IN_DOUBT}" if act and act.doubt else ""
        return f"{words.sentence_start(words.holds(tracker.codebook, row.domain))}{doubt}"
    if row.pending:
        return "Act not yet in force"
    return "Old statements" if row.old else "Statements"


def _standing_cell(codebook: Codebook, row: Any, strong: bool = False) -> Cell:
    """Return the label of a stance, framed where an act holds it."""
    return stance_cell(codebook, row, strong, row.act_in_force)


def nearest_table(tracker: Tracker) -> RowsTable:
    """Return who is near and who is far. Rows: what each is called, empty below another of the
    same, and a row of `nearest`.
    """

    def who(row: tuple[str, Any]) -> Cell:
        _, other = row
        shared = in_common(tracker.codebook, other.domains)
        return Cell(tracker.names[other.actor], shared, lines=3)

    return RowsTable(
        caption="Nearest and farthest",
        columns=(
            paper_column("", lambda row: Cell(row[0]), 46),
            paper_column("Who, and in which fields", who),
        ),
    )


# -- of a group ---------------------------------------------------------------------------------


def totals_table() -> RowsTable:
    """Return large figures. Rows: a label and its figure."""
    return RowsTable(
        caption="In figures",
        columns=(
            paper_column("", lambda row: Cell(row[0])),
            paper_column("", lambda row: Cell(row[1])),
        ),
        kind="totals",
    )


def members_table(tracker: Tracker, table: MemberTable, one: str) -> RowsTable:
    """Return the members of a group. Rows: of `table`; `one`: what one of them is."""
    codebook = tracker.codebook
    about = words.about_domain(codebook, table.bound_in)
    known = known_later(tracker.data, table.day)
    most = _MANY_LINES if len(table.rows) <= _FEW else 0

    def use_cell(row: Member) -> Cell:
        if not row.tells_use:
            return Cell(words.DASH)
        text, when = use_parts(row.use)
        first = row.earlier_use
        before = f"another rule since {words.short_day(first)}" if first else ""
        other = f"by another rule{used_doubt_words(row, known)}" if row.used_by else ""
        notes = filter(None, [when, other, before, milder_use_words(codebook, row, known)])
        return Cell(text, "; ".join(notes), lines=3)

    def what(row: Member) -> Cell:
        act = row.binding
        if act is None:
            return Cell("", binds_line(codebook, table, row).partition(";")[0], lines=2)
        lines = most or 1 + (not math.isnan(act.level))
        return Cell("", row.use.what or act.title, lines=lines)

    def deadline(row: Member) -> Cell:
        return Cell(_deadline(row), _beside_deadline(codebook, row), lines=4)

    return RowsTable(
        caption="The members one by one",
        columns=(
            paper_column(one, lambda row: Cell(row.short_name), 68),
            paper_column(f"Level {about}", lambda row: _level(codebook, table, row), 94),
            paper_column(used_heading(codebook), use_cell, 78),
            paper_column("What was done, or what binds", what),
            paper_column("Deadline", deadline, 64),
            paper_column("Overall", lambda row: _standing_cell(codebook, row.standings[0]), 82),
        ),
        title=one,
        code=lambda row: row.actor,
        kind="members",
    )


def _level(codebook: Codebook, table: MemberTable, row: Member) -> Cell:
    """Return the level of what binds and since when; of nothing, the position."""
    act = row.binding
    if act is None:
        return stance_cell(codebook, row.standings[codebook.columns.index(table.bound_in)])
    scored = not math.isnan(act.level)
    text = codebook.scale.labels[int(act.level)] if scored else "No level"
    since = f"since {words.short_day(act.since)}" if act.since and scored else ""
    # A doubt about one rule of several has no room here: it is named at the end.
    label = f"{text}, {IN_DOUBT}" if row.doubts_all else text
    return Cell(label, since, Swatch(act.level, True))


def _deadline(row: Member) -> str:
    """Return when something falls due next; in brackets once it has passed."""
    if row.deadline is None:
        return words.DASH
    text = row.deadline.short_text
    return f"({text})" if row.deadline.passed else text


def _beside_deadline(codebook: Codebook, row: Member) -> str:
    """Return the date of the leading kind where another is next, and whether another rule sets
    this and what a reader must know of it.
    """
    reckoning = row.deadline.reckoning.strip() if row.deadline else ""
    other = "by another rule" if row.deadline and due_elsewhere(row) else ""
    return "; ".join(filter(None, [reckoning, other, leading_note(codebook, row)]))
