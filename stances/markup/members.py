"""The members as markup: a table where there is room, a list of cards on a telephone, and two
sheets on paper.
"""

from __future__ import annotations

import math
from datetime import date

from stances import escapes, words
from stances.answers.binding import holding
from stances.answers.members import (
    ActShown,
    Member,
    MemberTable,
    deadline_note,
    done_line,
    in_order,
    member_table,
    orders,
)
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import OVERALL
from stances.markup.chip import chip, stance_chip
from stances.markup.links import event_link, link_here, page_link, view_of
from stances.words import DASH

_MEMBER, _BINDS, _DEADLINE = "Member", "What binds", "Deadline"
_LAST = "Last act or statement"
_DONE, _EVENTS = "In 12 months", "Events in 2 years"
# Which column each order sorts by; those of the domains sort by the domain's own.
_SORTED = {
    "name": _MEMBER,
    "act": _BINDS,
    "deadline": _DEADLINE,
    "stance": OVERALL,
    "last": _LAST,
    "done": _DONE,
    "events": _EVENTS,
}
_DESCENDING = ("last", "done", "events")
_NOTHING = f'<span class="none">{DASH}</span>'


@remembered
def table_html(
    tracker: Tracker,
    group: str,
    day: date,
    domain: str,
    order: str,
    mode: str,
    sortable: bool = True,
) -> str:
    """The members of a group on a day, in one of `orders`. `sortable`: by links in the headings."""
    table = member_table(tracker, group, day, domain)
    ordered = in_order(tracker.codebook, table.rows, order)
    rows = "".join(_row(tracker, table, row, mode) for row in ordered)
    return (
        f'<table class="members"><thead>{_head(tracker, table, order, sortable)}</thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _head(tracker: Tracker, table: MemberTable, order: str, sortable: bool) -> str:
    """The headings; that of the order says so, and all are links to theirs."""
    codebook = tracker.codebook
    binds = f"{_BINDS} {words.about_domain(codebook, table.bound_in)}"
    shown = {_MEMBER: _MEMBER, _BINDS: binds, _DEADLINE: _DEADLINE}
    shown |= {code: codebook.domain_label(code) for code in codebook.columns}
    shown |= {name: name for name in (_LAST, _DONE, _EVENTS)}
    cells = []
    for by in orders(codebook):
        label = shown[_SORTED.get(by, by)]
        content = _link(tracker, table, label, by) if sortable else escapes.html(label)
        cells.append(_heading(content, by, order))
    return f"<tr>{''.join(cells)}</tr>"


def _heading(content: str, by: str, order: str) -> str:
    """`by`: the order of this column; `order`: that of the table."""
    way = "descending" if by in _DESCENDING else "ascending"
    sorted_by = f' aria-sort="{way}"' if by == order else ""
    return f'<th scope="col"{sorted_by}>{content}</th>'


def _link(tracker: Tracker, table: MemberTable, label: str, by: str) -> str:
    view = {"group": table.group, "order": by, **view_of(tracker, table.day, table.domain)}
    return link_here(
        tracker.settings, "members", view, label, f"Sort by: {orders(tracker.codebook)[by]}"
    )


def _row(tracker: Tracker, table: MemberTable, row: Member, mode: str) -> str:
    view = {"actor": row.actor, **view_of(tracker, table.day, table.domain)}
    name = page_link(tracker.settings, "actor", view, row.short_name)
    stances = zip(tracker.codebook.columns, row.standings, strict=True)
    cells = [
        _cell(_BINDS, _binds(tracker, table, row, mode), "binds"),
        _cell(_DEADLINE, _deadline(tracker, row), "due"),
        *(
            _cell(tracker.codebook.domain_label(code), stance_chip(each, mode), "stance")
            for code, each in stances
        ),
        _cell(_LAST, _last(tracker, row), "last"),
        _cell(_DONE, escapes.html(done_line(tracker.codebook, row)), "done"),
        _cell(_EVENTS, str(row.events), "count"),
    ]
    return f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>'


def _cell(label: str, content: str, kind: str) -> str:
    return f'<td class="{kind}" data-label="{escapes.html(label)}">{content}</td>'


def _binds(tracker: Tracker, table: MemberTable, row: Member, mode: str) -> str:
    """The level and since when, and under it the act by name, as a link."""
    act = row.binding
    if act is None:
        return _NOTHING
    since = f"since {words.short_day(act.since)}" if act.since else ""
    if math.isnan(act.level):
        told = f"{holding(tracker.codebook, table.bound_in)} {since}, not scored as an act"
    else:
        label = tracker.codebook.scale.labels[int(act.level)]
        told = f"{chip(act.level, label, mode)} {since}"
    if act.act_id:
        view = {"act": act.act_id, **view_of(tracker, table.day, table.domain)}
        name = page_link(tracker.settings, "acts", view, act.name) + _own_day(act)
    else:
        name = event_link(tracker.settings, act.event_id, act.name)
    return f"{told}<div>{name}</div>"


def _own_day(act: ActShown) -> str:
    """The day of an act where its level holds since another."""
    return f' <span class="small">{words.short_day(act.adopted)}</span>' if act.adopted else ""


def _deadline(tracker: Tracker, row: Member) -> str:
    if row.deadline is None:
        return _NOTHING
    note = escapes.html(deadline_note(tracker.codebook, row))
    return f'{words.short_day(row.deadline.ends)}<div class="small">{note}</div>'


def _last(tracker: Tracker, row: Member) -> str:
    """The last event with its day, its title a link to it."""
    last = row.last
    if last.last_event_date is None:
        return _NOTHING
    title = tracker.titles[last.last_event_id]
    link = event_link(tracker.settings, last.last_event_id, title)
    return f'<span class="small">{words.short_day(last.last_event_date)}</span> {link}'
