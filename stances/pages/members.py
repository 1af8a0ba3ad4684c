"""The members of a group: what binds each, where it stands, and what it did."""

from dataclasses import replace

from stances.answers import members
from stances.answers.introduction import practice_note
from stances.answers.years import GroupYears, first_year, years_headline, years_subtitle
from stances.charts.years import years_keys, years_of
from stances.dataset.names import slug
from stances.links.parameters import RESTS_ON, years
from stances.links.view import View
from stances.markup.legend import keys_html
from stances.markup.links import page_here
from stances.markup.members import counted_html, totals_html
from stances.model.stance import ACTS
from stances.pages.block import (
    Blocks,
    FilesBlock,
    HeadlineBlock,
    TableBlock,
    TableFile,
    TextBlock,
    file_of,
    quote_link,
    space,
    within,
)
from stances.pages.briefs.request import brief_html
from stances.pictures.address import links_html
from stances.tables.members import members_table
from stances.tables.table import place_of
from stances.tables.years import years_table

_YEARS = "columns by-year"


def blocks(view: View) -> Blocks:
    """Yield the blocks of the page."""
    tracker, group = view.tracker, view["group"]
    order, practice, linked = view["order"], view["practice"], not view.embedded
    table = members.member_table(tracker, group, view.day, view.domain)
    counted = members.member_rows(table.rows, practice)
    subtitle = members.members_subtitle(tracker, table)
    whole = filter(None, [members.whole_count(tracker, table, practice)])
    if not view.embedded:
        yield space("controls", "field")
    yield HeadlineBlock(
        members.members_headline(tracker, table, practice),
        (subtitle, *whole, *tracker.basis_note),
        quote=members.members_sentence(tracker, table, practice),
    )
    if table.rows:
        figures = totals_html(tracker, table, order, practice, linked)
        yield FilesBlock(f'<ul class="totals">{figures}{_copies_html(view, table)}</ul>')
    narrowed = counted_html(tracker, table, order, practice, linked)
    if table.rows and narrowed:
        yield FilesBlock(narrowed)
    if not view.embedded:
        yield from within(_YEARS, 1, _years(view))
    if table.rows:
        if not view.embedded:
            yield space("order", "field", "beside")
        yield TableBlock(
            members_table(tracker, table),
            members.in_order(tracker.codebook, counted, order),
            place_of(view),
            order=("order", order),
        )
        known = practice_note(tracker.data, view.day)
        yield TextBlock(text=tuple(filter(None, (members.OLD_NOTE, known))))


def _years(view: View) -> Blocks:
    """Yield the members shown through the years; each cell leads to one of them that day."""
    tracker, group_years = view.tracker, years_of(view)
    if not group_years.rows:
        return
    # Whom it shows stands above.
    subtitle = years_subtitle(tracker, replace(group_years, sentence=""))
    yield TextBlock(heading=years_headline(tracker, group_years), text=(subtitle,))
    yield TextBlock(keys_html(years_keys(tracker, group_years, view.mode)))
    yield TableBlock(
        years_table(tracker, group_years, place_of(view, "actor")),
        group_years.rows,
        place_of(view),
        file=_file(view, group_years),
    )
    picture = links_html("years", view)
    yield FilesBlock(f"<p>{_first_years(view)} {_of_rules(view)} {picture}</p>")


def _file(view: View, group_years: GroupYears) -> TableFile:
    """Return the file of the years, by the name of those alone whom it has."""
    practice = view["practice"]
    alone = [practice] if practice != members.EVERY_MEMBER else []
    parts = slug(group_years.group), group_years.domain, *alone
    return file_of(view, "years", *parts, noun="member")._replace(of="The years of ")


def _first_years(view: View) -> str:
    """Return links to all years, and to those that are shown without a choice."""
    offered = dict.fromkeys((years(view.tracker)[0], first_year(view.tracker)))
    links = ", ".join(
        page_here(view.page, view.texts_of_page | {"years_from": str(year)}, f"from {year}")
        for year in offered
        if str(year) != view["years_from"]
    )
    return f'<span class="picture">Years {links}</span>' if links else ""


def _of_rules(view: View) -> str:
    """Return a link to the years by what rules alone set; empty: they are those."""
    if view["basis"] == ACTS:
        return ""
    link = page_here(view.page, view.texts_of_page | {"basis": ACTS}, RESTS_ON[ACTS])
    return f'<span class="picture">What rules alone set: {link}</span>'


def _copies_html(view: View, table: members.MemberTable) -> str:
    """Return what copies the sentence, the table as a picture, and the brief of the group."""
    if view.embedded:
        return ""
    button = quote_link(view)
    picture = links_html("members", view)
    brief = brief_html(view, table.group, of_group=True)
    return f'<li class="copies">{button}</li><li>{picture}</li><li>{brief}</li>'
