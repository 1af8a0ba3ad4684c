"""Coverage: who is silent, counts by actor and year, and shares of the sources."""

from __future__ import annotations

from stances.answers import coverage
from stances.links.parameters import MEASURES
from stances.links.view import View
from stances.markup.blocks import heading_html
from stances.markup.coverage import BY_YEAR, covered_html, share_parts, silent_parts
from stances.render.data.columns import columns
from stances.render.data.heat import heat_html


def coverage_html(view: View) -> str:
    """The whole section; in a frame what it finds, and the counts."""
    tracker, data = view.tracker, view.tracker.data
    counts = coverage.by_year(data.actors, data.events, data.event_sources, view.day)
    silent = coverage.silent(data.actors, data.events, view.day)
    found = covered_html(tracker, counts, silent, view.day)
    heat = heat_html(tracker, counts, view.values["measure"])
    if view.embedded:
        return found + heat
    left = (heading_html(BY_YEAR), _choice(view), heat)
    right = (*share_parts(tracker, view.day), *silent_parts(tracker, silent))
    return found + columns(left, right, css=" uneven")


def _choice(view: View) -> str:
    links = "".join(
        view.link("data", told, _here(view, code), section="coverage", measure=code)
        for code, told in MEASURES.items()
    )
    return f'<div class="choice">{links}</div>'


def _here(view: View, measure: str) -> str:
    return ' aria-current="true"' if measure == view.values["measure"] else ""
