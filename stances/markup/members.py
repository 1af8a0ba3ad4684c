"""The figures above the members of a group, and which of them alone are shown, as markup."""

from stances import escapes
from stances.answers.members import (
    EVERY_MEMBER,
    MemberTable,
    Total,
    counted_text,
    listed_totals,
    orders,
)
from stances.answers.tracker import Tracker
from stances.markup.links import link_here, view_of


def _view(tracker: Tracker, table: MemberTable, practice: str) -> dict[str, str]:
    """Return the parameters of a link to the members, those alone that are counted so."""
    narrowed = {} if practice == EVERY_MEMBER else {"practice": practice}
    return {"group": table.group, **narrowed, **view_of(tracker, table.day, table.domain)}


def totals_html(
    tracker: Tracker, table: MemberTable, order: str, practice: str, linked: bool = True
) -> str:
    """Return the small figures above the table as items of a list, each a link to those whom it
    counts; the one that is shown leads back to all. `linked`: not in a frame.
    """
    return "".join(
        f"<li><b>{total.number}</b> {_total(tracker, table, total, order, practice, linked)}</li>"
        for total in listed_totals(tracker.codebook, table)
    )


def _total(
    tracker: Tracker, table: MemberTable, total: Total, order: str, practice: str, linked: bool
) -> str:
    if not (total.practice and linked):
        return escapes.html(total.text)
    chosen = total.practice == practice
    by_order = {} if order == next(iter(orders(tracker.codebook))) else {"order": order}
    view = by_order | _view(tracker, table, EVERY_MEMBER if chosen else total.practice)
    title = "Show all" if chosen else "Show these alone"
    link = link_here(tracker, "members", view, total.text, title)
    return f"<strong>{link}</strong>" if chosen else link


def counted_html(
    tracker: Tracker, table: MemberTable, order: str, practice: str, linked: bool = True
) -> str:
    """Say which members alone are shown, with the way back to all; empty: all are."""
    text = counted_text(tracker.codebook, table, practice)
    if not text:
        return ""
    by_order = {} if order == next(iter(orders(tracker.codebook))) else {"order": order}
    view, label = by_order | _view(tracker, table, EVERY_MEMBER), f"Show all {len(table.rows)}"
    link = link_here(tracker, "members", view, label, "") if linked else ""
    return f'<p class="small counted">{escapes.html(text)} {link}</p>'
