"""The ways on from the first page, to what is asked next, as markup."""

from collections.abc import Iterator
from datetime import date

from stances import escapes
from stances.answers.tracker import Tracker
from stances.dataset.steps import leading_kind
from stances.links.view import path_with
from stances.markup.links import own_query, page_here, view_of


def _links(tracker: Tracker, day: date) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the page, the words and the parameters of each way: to the acts that bind the group
    that leads, to what of these falls due, to its members one by one, to who acted in the last
    year, and to two side by side.
    """
    group = tracker.lead.group
    members = tracker.data.about.members_of(group)
    yield "acts", f"Acts in force in {members}", {"who": group}
    if kind := leading_kind(tracker.codebook):
        due = f"{tracker.codebook.acts.deadline_kind[kind]}: {group}"
        yield "acts", due, {"who": group, "deadline": kind}
    yield "members", f"{members} one by one", {"group": group}
    yield "compare", "Who acted in 12 months", {"then": str(tracker.year_before(day))}
    yield "compare", f"Compare {tracker.data.about.members_of('two')}", {"compare": "actors"}


def onward_html(tracker: Tracker, day: date, domain: str) -> str:
    """Return a link for each way, on the day and in the domain looked at, and as without a link
    otherwise, and the figures of the map as a file, as published.
    """
    view = view_of(tracker, day, domain) | own_query(tracker)
    links = "".join(
        page_here(page, view | more, words) for page, words, more in _links(tracker, day)
    )
    file = _file_link(view) if tracker.settings is None else ""
    return f'<p class="paths">{links}{file}</p>'


def _file_link(view: dict[str, str]) -> str:
    narrowed = {name: value for name, value in view.items() if name != "as_of"}
    address = escapes.html(path_with(f"snapshots/{view['as_of']}.csv", narrowed))
    return f'<a href="{address}">As CSV</a>'
