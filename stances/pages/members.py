"""The members of a group: what binds each, where it stands, and what it did."""

from __future__ import annotations

from stances.answers.citing import quotation
from stances.answers.members import (
    OLD_TOLD,
    MemberTable,
    counted_rows,
    in_order,
    member_table,
    members_headline,
    members_sentence,
    members_subtitle,
)
from stances.links.view import View
from stances.markup.blocks import copy_button
from stances.markup.members import counted_html, totals_html
from stances.pages.block import Blocks, FilesBlock, HeadlineBlock, TableBlock, TextBlock, space
from stances.pages.briefs.request import brief_html
from stances.pictures.address import links_html
from stances.tables.members import members_table
from stances.tables.table import place_of


def blocks(view: View, mode: str) -> Blocks:
    """Yield the blocks of the page."""
    tracker, group = view.tracker, view["group"]
    order, practice, linked = view["order"], view["practice"], not view.embedded
    table = member_table(tracker, group, view.day, view.domain)
    subtitle = members_subtitle(tracker.codebook, table)
    yield HeadlineBlock(members_headline(tracker, table), (subtitle, *tracker.basis_note))
    if table.rows:
        figures = totals_html(tracker, table, order, practice, linked)
        yield FilesBlock(f'<ul class="totals">{figures}{_taken(view, table, mode)}</ul>')
    if not view.embedded:
        yield space("controls", 100, 150)
    if table.rows:
        if counted := counted_html(tracker, table, order, practice, linked):
            yield FilesBlock(counted)
        yield TableBlock(
            members_table(tracker, table, mode),
            in_order(tracker.codebook, counted_rows(table.rows, practice), order),
            place_of(view),
            order=("order", order),
        )
        yield TextBlock(text=(OLD_TOLD,))


def _taken(view: View, table: MemberTable, mode: str) -> str:
    """Return what copies the sentence, the table as a picture, and the brief of the group."""
    if view.embedded:
        return ""
    text = quotation(view.tracker, members_sentence(view.tracker, table), None)
    button = copy_button(text, spoken="Copy the sentence with its citation")
    picture = links_html("members", view.texts_of_page, mode)
    brief = brief_html(view, table.group, of_group=True)
    return f'<li class="copies">{button}</li><li>{picture}</li><li>{brief}</li>'
