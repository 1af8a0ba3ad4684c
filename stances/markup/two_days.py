"""The ways to two maps and back, and the first days that are offered, as markup."""

from collections.abc import Iterable

from stances.answers.two_days import FirstDay, landmark_days, year_ends
from stances.figures.map import VIEWS
from stances.filters.map import day_beside, part_of
from stances.links.parameters import DAY
from stances.links.view import View
from stances.markup.links import page_here


def two_days_link(view: View) -> str:
    """Return the way from one map to two, the first a year before; empty: two, or none before."""
    year_before = view.tracker.year_before(view.day)
    if day_beside(view) or year_before >= view.day:
        return ""
    link = page_here("", view.texts_of_page | {"before": str(year_before)}, "Before and after")
    return f'<span class="picture">{link}</span>'


def first_days_html(view: View) -> str:
    """Return the first days of two maps that are offered: none, ends of years, and folded away the
    days before landmarks, of which the chosen one is seen.
    """
    one = {name: text for name, text in view.texts_of_page.items() if name != "before"}
    here = view["before"], view.domain
    chosen = [landmark for landmark in _landmarks(view) if (landmark.day, landmark.domain) == here]
    chips = f"<li>{page_here('', one, 'One map')}</li><li>End of</li>"
    chips += _links(view, [*year_ends(view.tracker, view.day, view.domain), *chosen])
    return (
        '<nav class="first-days" aria-label="First day">'
        f'<ul class="chips">{chips}</ul>{key_events_html(view)}</nav>'
    )


def key_events_html(view: View) -> str:
    """Return the ways to two maps around each landmark, folded away; empty where there is none."""
    links = _links(view, _landmarks(view))
    if not links:
        return ""
    head = "<summary>Before and after a key event</summary>"
    return f'<details class="key-events">{head}<ul>{links}</ul></details>'


def _landmarks(view: View) -> list[FirstDay]:
    return landmark_days(view.tracker, view.tracker.data.today, view.domain)


def _links(view: View, days: Iterable[FirstDay]) -> str:
    here = view["before"], view.domain
    return "".join(
        f"<li>{page_here('', _query(view, day), day.text, (day.day, day.domain) == here)}</li>"
        for day in days
    )


def _query(view: View, first: FirstDay) -> dict[str, str]:
    """Return the parameters of a link to a first day: to the same field where it is none of its
    own, and to the same part of the world where the actor of its landmark is seen in it.
    """
    part = part_of(view.tracker, view["view"])
    texts = {"before": str(first.day)}
    if first.domain != view.domain:
        texts["domain"] = first.domain
    if first.after:
        texts[DAY] = str(first.after)
    if first.actor and part.actors and first.actor not in part.actors:
        texts["view"] = next(name for name, area in VIEWS.items() if area.whole)
    return view.texts_of_page | texts
