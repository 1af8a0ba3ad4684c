"""The members as markup: a table where there is room, a list of cards on a telephone, and two
sheets on paper.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from stances import escapes, words
from stances.answers.acts import IN_DOUBT
from stances.answers.binding import state_text
from stances.answers.members import (
    PRACTICES,
    ActShown,
    Member,
    MemberTable,
    Total,
    counted_rows,
    counted_text,
    deadline_note,
    done_line,
    in_order,
    leading_note,
    member_table,
    orders,
    totals_listed,
)
from stances.answers.practice import used_heading
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import OVERALL
from stances.markup.chip import chip, stance_chip
from stances.markup.links import event_link, link_here, page_link, view_of
from stances.markup.rule import doubt_html, legal_html, use_html
from stances.words import DASH

_MEMBER, _BINDS, _USED, _DEADLINE = "Member", "What binds", "Used", "Deadline"
_LAST = "Last act or statement"
_DONE, _EVENTS = "In 12 months", "Events in 2 years"
# Which column each order sorts by; those of the domains sort by the domain's own.
_SORTED = {
    "name": _MEMBER,
    "act": _BINDS,
    "used": _USED,
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
    practice: str = PRACTICES[0],
) -> str:
    """Return the members of a group on a day, in one of `orders`. `sortable`: by links in the
    headings; `practice`: those alone that are counted so.
    """
    table = member_table(tracker, group, day, domain)
    ordered = in_order(tracker.codebook, counted_rows(table.rows, practice), order)
    rows = "".join(_row(tracker, table, row, mode) for row in ordered)
    view = _view(tracker, table, practice)
    return (
        f'<table class="members"><thead>{_head(tracker, table, order, sortable, view)}</thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _view(tracker: Tracker, table: MemberTable, practice: str) -> dict[str, str]:
    """Return the parameters of a link to the members, those alone that are counted so."""
    narrowed = {} if practice == PRACTICES[0] else {"practice": practice}
    return {"group": table.group, **narrowed, **view_of(tracker, table.day, table.domain)}


def totals_html(
    tracker: Tracker, table: MemberTable, order: str, practice: str, linked: bool = True
) -> str:
    """Return the small figures above the table as items of a list, each a link to those whom it
    counts; the one that is shown leads back to all. `linked`: not in a frame.
    """
    return "".join(
        f"<li><b>{total.number}</b> {_total(tracker, table, total, order, practice, linked)}</li>"
        for total in totals_listed(tracker.codebook, table)
    )


def _total(
    tracker: Tracker, table: MemberTable, total: Total, order: str, practice: str, linked: bool
) -> str:
    if not (total.practice and linked):
        return escapes.html(total.text)
    chosen = total.practice == practice
    own = {} if order == next(iter(orders(tracker.codebook))) else {"order": order}
    view = own | _view(tracker, table, PRACTICES[0] if chosen else total.practice)
    title = "Show all" if chosen else "Show these alone"
    link = link_here(tracker.settings, "members", view, total.text, title)
    return f"<strong>{link}</strong>" if chosen else link


def counted_html(
    tracker: Tracker, table: MemberTable, order: str, practice: str, linked: bool = True
) -> str:
    """Which members alone are shown, with the way back to all; empty: all are."""
    text = counted_text(tracker.codebook, table, practice)
    if not text:
        return ""
    own = {} if order == next(iter(orders(tracker.codebook))) else {"order": order}
    view, label = own | _view(tracker, table, PRACTICES[0]), f"Show all {len(table.rows)}"
    link = link_here(tracker.settings, "members", view, label, "") if linked else ""
    return f'<p class="small counted" role="status">{escapes.html(text)} {link}</p>'


def _head(
    tracker: Tracker, table: MemberTable, order: str, sortable: bool, view: Mapping[str, str]
) -> str:
    """Return the headings; that of the order says so, and all are links to theirs."""
    codebook = tracker.codebook
    binds = f"{_BINDS} {words.about_domain(codebook, table.bound_in)}"
    shown = {_MEMBER: _MEMBER, _BINDS: binds, _DEADLINE: _DEADLINE, _USED: used_heading(codebook)}
    shown |= {code: codebook.domain_label(code) for code in codebook.columns}
    shown |= {name: name for name in (_LAST, _DONE, _EVENTS)}
    cells = []
    for by in orders(codebook):
        label = shown[_SORTED.get(by, by)]
        content = _link(tracker, view, label, by) if sortable else escapes.html(label)
        cells.append(_heading(content, by, order))
    return f"<tr>{''.join(cells)}</tr>"


def _heading(content: str, by: str, order: str) -> str:
    """`by`: the order of this column; `order`: that of the table."""
    way = "descending" if by in _DESCENDING else "ascending"
    sorted_by = f' aria-sort="{way}"' if by == order else ""
    return f'<th scope="col"{sorted_by}>{content}</th>'


def _link(tracker: Tracker, view: Mapping[str, str], label: str, by: str) -> str:
    title = f"Sort by: {orders(tracker.codebook)[by]}"
    return link_here(tracker.settings, "members", {**view, "order": by}, label, title)


def _row(tracker: Tracker, table: MemberTable, row: Member, mode: str) -> str:
    view = {"actor": row.actor, **view_of(tracker, table.day, table.domain)}
    name = page_link(tracker.settings, "actor", view, row.short_name)
    stances = zip(tracker.codebook.columns, row.standings, strict=True)
    used = _used(row) if row.binding else _NOTHING
    cells = [
        _cell(_BINDS, _binds(tracker, table, row, mode), "binds"),
        _cell(used_heading(tracker.codebook), used, "used"),
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


def _used(row: Member) -> str:
    """Return what has become of the rules of a member, and by which of them, if not by the one
    shown.
    """
    by = f'<div class="small">By {escapes.html(row.used_by)}</div>' if row.used_by else ""
    return f"{use_html(row.use)}{by}"


def _binds(tracker: Tracker, table: MemberTable, row: Member, mode: str) -> str:
    """Return the level and since when, and under it the act by name, as a link."""
    act = row.binding
    if act is None:
        return _NOTHING
    since = f"since {words.short_day(act.since)}" if act.since else ""
    if math.isnan(act.level):
        text = f"{state_text(tracker.codebook, table.bound_in)} {since}, not counted in the label"
    else:
        label = tracker.codebook.scale.labels[int(act.level)]
        text = f"{chip(act.level, label, mode)} {since}"
    if act.act_id:
        view = {"act": act.act_id, **view_of(tracker, table.day, table.domain)}
        name = page_link(tracker.settings, "acts", view, act.title) + _adopted_day(act)
    else:
        name = event_link(tracker.settings, act.event_id, act.title)
    state = f", {IN_DOUBT}" if act.doubt else ""
    return f"{text}{state}<div>{name}</div>{legal_html(act.legal_name)}{doubt_html(act.doubt)}"


def _adopted_day(act: ActShown) -> str:
    """Return the day of an act where its level holds since another."""
    return f' <span class="small">{words.short_day(act.adopted)}</span>' if act.adopted else ""


def _deadline(tracker: Tracker, row: Member) -> str:
    if row.deadline is None:
        return _NOTHING
    note = escapes.html(deadline_note(tracker.codebook, row))
    lead = escapes.html(leading_note(tracker.codebook, row))
    also = f'<div class="small">{lead}</div>' if lead else ""
    return f'{words.short_day(row.deadline.ends)}<div class="small">{note}</div>{also}'


def _last(tracker: Tracker, row: Member) -> str:
    """Return the last event with its day, its title a link to it."""
    if row.latest is None:
        return _NOTHING
    event_id = str(row.latest.event_id)
    link = event_link(tracker.settings, event_id, row.latest.title)
    return f'<span class="small">{words.short_day(tracker.dated[event_id])}</span> {link}'
