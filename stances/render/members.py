"""The Members page: what the table finds, its totals, and the table."""

from __future__ import annotations

from stances import escapes
from stances.answers.members import (
    OLD_TOLD,
    MemberTable,
    member_table,
    members_headline,
    members_subtitle,
)
from stances.links.view import View
from stances.markup.headline import headline_html
from stances.markup.members import counted_html, table_html, totals_html
from stances.markup.quote import copy_button
from stances.render.room import room
from stances.render.style import MODE


def members_html(view: View) -> str:
    """The whole page."""
    tracker, group, codebook = view.tracker, view.values["group"], view.tracker.codebook
    table = member_table(tracker, group, view.day, view.domain)
    found, shown = members_headline(tracker, table), members_subtitle(codebook, table)
    lead = headline_html(found, shown, *tracker.basis_note)
    if not table.rows:
        return lead
    order, practice, linked = view.values["order"], view.values["practice"], not view.embedded
    shown_rows = counted_html(tracker, table, order, practice, linked)
    whole = table_html(tracker, group, view.day, view.domain, order, MODE, linked, practice)
    below = f'{shown_rows}{whole}<p class="small">{escapes.html(OLD_TOLD)}</p>'
    between = "" if view.embedded else room(100, 175)
    return f"{lead}{_totals(view, table)}{between}{below}"


def _totals(view: View, table: MemberTable) -> str:
    order, practice = view.values["order"], view.values["practice"]
    items = totals_html(view.tracker, table, order, practice, not view.embedded)
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
