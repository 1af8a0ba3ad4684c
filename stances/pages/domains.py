"""The page of the stances of the members of a group in each domain."""

from stances import escapes, words
from stances.answers.domains import DOMAIN_ORDERS, domain_rows, domains_headline
from stances.links.parameters import release_texts
from stances.links.view import View, path_with
from stances.model.stance import ALL
from stances.pages.block import Blocks, FilesBlock, HeadlineBlock, TableBlock, quote_link, space
from stances.pictures.address import links_html
from stances.tables.domains import domains_table
from stances.tables.table import place_of


def blocks(view: View) -> Blocks:
    """Yield the blocks of the page."""
    tracker, group = view.tracker, view["group"]
    headline, subtitle = domains_headline(tracker, group, view.day, view.domain)
    if not view.embedded:
        yield space("controls", "field")
    yield HeadlineBlock(headline, (subtitle, *tracker.basis_note), copied=quote_link(view))
    rows = domain_rows(tracker, group, view.day, view.domain)
    if rows:
        table = domains_table(tracker, place_of(view, "actor"), view.day, view.domain)
        order, field = (
            table.order_of(view["sort"]),
            words.about_domain(tracker.codebook, view.domain),
        )
        first = f"the most restrictive {field} first"
        text = first if order == table.first else words.within(DOMAIN_ORDERS[order])
        yield TableBlock(
            table,
            table.in_order(rows, order),
            place_of(view),
            view["page"],
            text,
            order=("sort", order),
        )
        if not view.embedded:
            yield FilesBlock(f"<p>{_file(view)} {links_html('fields', view)}</p>")


def _file(view: View) -> str:
    """Return a link to the table as a file; none under a reader's own settings, which it lacks."""
    if view.tracker.settings is not None:
        return ""
    query = {"as_of": str(view.day), "group": view["group"]}
    if view["basis"] != ALL:
        query["basis"] = view["basis"]
    query |= release_texts(view.tracker.data)
    address = escapes.html(path_with("domains.csv", query))
    return f'<span class="picture"><a href="{address}" download>The table as CSV</a></span>'
