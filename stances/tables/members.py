"""The table of the members of a group: what binds each, where it stands, and what it did."""

import math
from dataclasses import replace

from stances import escapes, words
from stances.answers.actions import weaker_note
from stances.answers.acts import IN_DOUBT
from stances.answers.binding import SETS_NO_LEVEL, state_text
from stances.answers.introduction import known_later
from stances.answers.members import (
    Member,
    MemberTable,
    begun_words,
    deadline_note,
    done_line,
    leading_note,
    level_words,
    milder_use_words,
    one_in_doubt,
    used_doubt_words,
)
from stances.answers.practice import use_words, used_heading
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.markup.act import doubt_html, legal_html, practice_html
from stances.markup.chip import chip, made_chip
from stances.markup.links import event_link, page_link, view_of
from stances.tables.table import RowsTable, TableColumn, Text

_NOTHING = f'<span class="none">{words.DASH}</span>'


def members_table(tracker: Tracker, table: MemberTable) -> RowsTable:
    """Return the members of a group on a day. Rows: of `table`."""
    view = view_of(tracker, table.day, table.domain)

    def link(row: Member) -> str:
        return page_link(tracker, "actor", {"actor": row.actor, **view}, row.short_name)

    return RowsTable(
        caption="The members one by one",
        columns=(
            TableColumn("Member", lambda row: row.short_name, orders={"name": "ascending"}),
            *_binding(tracker, table),
            *(_stance(tracker, table, code) for code in tracker.codebook.columns),
            *_action_columns(tracker),
        ),
        title="Member",
        parameter="actor",
        code=lambda row: row.actor,
        link=link,
        kind="members",
        row_heads=True,
    )


def _binding(tracker: Tracker, table: MemberTable) -> tuple[TableColumn, ...]:
    """Return what binds, whether it was used, and until when something is due."""
    known = known_later(tracker.data, table.day)

    def title(row: Member) -> str:
        return row.binding.title if row.binding else ""

    def due(row: Member) -> str:
        return row.deadline.short_text if row.deadline else ""

    def binds(row: Member) -> str:
        return _binds(tracker, table, row)

    def rule(row: Member) -> str:
        return _rule(tracker, table, row)

    def deadline(row: Member) -> str:
        return _deadline(tracker, row)

    def use(row: Member) -> str:
        return _use_html(tracker, row, known)

    def practice(row: Member) -> str:
        return _practice_html(row, known)

    heading = f"What binds {words.about_domain(tracker.codebook, table.bound_in)}"
    used = used_heading(tracker.codebook)
    return (
        replace(_column(heading, title, binds, "binds", "act"), below=rule),
        replace(_column(used, lambda row: use_words(row.use), use, "used", "used"), below=practice),
        replace(_column("Deadline", due, deadline, "due", "deadline"), folded=True),
    )


def _stance(tracker: Tracker, table: MemberTable, code: str) -> TableColumn:
    place = tracker.codebook.columns.index(code)

    def label(row: Member) -> str:
        return row.standings[place].label

    def stance_chip(row: Member) -> str:
        return made_chip(tracker, row.standings[place], table.day, code)

    order = "stance" if code == OVERALL else code
    column = _column(tracker.codebook.domain_label(code), label, stance_chip, "stance", order)
    return replace(column, folded=code != OVERALL)


def _action_columns(tracker: Tracker) -> tuple[TableColumn, ...]:
    """Return the last act or statement, and how much was done."""

    def latest(row: Member) -> str:
        return row.latest.action.title if row.latest.action else ""

    def title_link(row: Member) -> str:
        return _last(tracker, row)

    def done_text(row: Member) -> str:
        return done_line(tracker.codebook, row)

    def count(row: Member) -> str:
        return str(row.events)

    late = "descending"
    columns = (
        _column("Last act or statement", latest, title_link, "last", "last", late),
        _column("In 12 months", done_text, None, "done", "done", late),
        _column("Events in 2 years", count, None, "count", "events", late),
    )
    return tuple(replace(column, folded=True) for column in columns)


def _column(
    name: str, text: Text, html: Text | None, css: str, order: str, direction: str = "ascending"
) -> TableColumn:
    return TableColumn(name, text, html=html, orders={order: direction}, css=css)


def _use_html(tracker: Tracker, row: Member, known: str) -> str:
    """Return what became of a member's rules, or of a milder one. `known`: see `practice_html`."""
    if not row.tells_use:
        return _NOTHING
    # In the line itself, which a card on a telephone has alone.
    milder = milder_use_words(tracker.codebook, row, known)
    return escapes.html("; ".join(filter(None, [use_words(row.use), milder])))


def _practice_html(row: Member, known: str) -> str:
    """Return what was done under the rules of a member, and by which of them, if not by the one
    shown, or by another before. `known`: as of `practice_html`.
    """
    if not row.tells_use:
        return ""
    first = row.earlier_use
    notes = [
        f"By {row.used_by}{used_doubt_words(row, known)}" if row.used_by else "",
        f"Another rule since {words.short_day(first)}" if first else "",
    ]
    small = (f'<div class="small">{escapes.html(note)}</div>' for note in filter(None, notes))
    return f"{practice_html(row.use, known)}{''.join(small)}"


def _binds(tracker: Tracker, table: MemberTable, row: Member) -> str:
    """Return the level of what binds and since when."""
    act = row.binding
    if act is None:
        return _NOTHING
    if math.isnan(act.level):
        since = f"since {words.short_day(act.since)}" if act.since else ""
        text = f"{state_text(tracker.codebook, table.bound_in)} {since}, {SETS_NO_LEVEL}"
    else:
        label = tracker.codebook.scale.labels[int(act.level)]
        text = f"{chip(act.level, label)} {level_words(tracker.codebook, table, act)}"
    one = f"; {one_in_doubt(tracker.codebook, table)}" if row.doubts_one else ""
    return f"{text}, {IN_DOUBT}" if row.doubts_all else f"{text}{one}"


def _rule(tracker: Tracker, table: MemberTable, row: Member) -> str:
    """Return the act that binds by name, as a link; nothing where none does."""
    act = row.binding
    if act is None:
        return ""
    if act.act_id:
        view = {"act": act.act_id, **view_of(tracker, table.day, table.domain)}
        name = page_link(tracker, "acts", view, act.title)
    else:
        name = event_link(tracker, act.event_id, act.title)
    doubt = doubt_html(act.doubt, known_later(tracker.data, table.day))
    begun = escapes.html(begun_words(tracker.codebook, table, act))
    note = f' <span class="small">{begun}</span>' if begun else ""
    return f"<div>{name}{note}</div>{legal_html(act.legal_name)}{doubt}"


def _deadline(tracker: Tracker, row: Member) -> str:
    if row.deadline is None:
        return _NOTHING
    note = escapes.html(deadline_note(tracker.codebook, row))
    lead = escapes.html(leading_note(tracker.codebook, row))
    also = f'<div class="small">{lead}</div>' if lead else ""
    return f'{row.deadline.short_text}<div class="small">{note}</div>{also}'


def _last(tracker: Tracker, row: Member) -> str:
    """Return the last event: its day, its title as a link, and if a weaker report is newer."""
    action, note = row.latest.action, escapes.html(weaker_note(row.latest))
    small = f'<div class="small">{note}</div>' if note else ""
    if action is None:
        return small or _NOTHING
    event_id = str(action.event_id)
    link = event_link(tracker, event_id, action.title)
    return f'<span class="small">{words.short_day(tracker.dates[event_id])}</span> {link}{small}'
