"""The Members page: what the table finds, its totals, and the table."""

from __future__ import annotations

from stances import escapes
from stances.answers.members import (
    FADING_TOLD,
    MemberTable,
    member_table,
    members_headline,
    members_subtitle,
    totals_told,
)
from stances.markup.headline import headline_html
from stances.markup.members import table_html
from stances.markup.quote import copy_button
from stances.plain.room import room
from stances.plain.view import MODE, View


def members_html(view: View) -> str:
    """The whole page."""
    tracker, group, codebook = view.tracker, view.values["group"], view.tracker.codebook
    table = member_table(tracker, group, view.day, view.domain)
    found, shown = members_headline(codebook, table), members_subtitle(codebook, table)
    lead = headline_html(found, shown, *tracker.basis_note)
    if not table.rows:
        return lead
    order = view.values["order"]
    whole = table_html(tracker, group, view.day, view.domain, order, MODE, not view.embedded)
    below = f'{whole}<p class="small">{escapes.html(FADING_TOLD)}</p>'
    between = "" if view.embedded else room(100, 175)
    return f"{lead}{_totals(view, table)}{between}{below}"


def _totals(view: View, table: MemberTable) -> str:
    totals = totals_told(view.tracker.codebook, table)
    items = "".join(f"<li><b>{count}</b> {escapes.html(told)}</li>" for count, told in totals)
    return f'<ul class="totals">{items}{"" if view.embedded else _LATER}</ul>'


# The room of what the dashboard offers there.
_LATER = "".join(
    f'<li class="later" aria-hidden="true">{offered}</li>'
    for offered in (
        copy_button(""),
        '<span class="picture">Picture: PNG, SVG</span>',
        '<span class="picture">Brief (PDF)</span>',
    )
)
