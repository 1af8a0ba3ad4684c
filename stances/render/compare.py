"""The Compare page: what happened between two days; how far two actors are apart; who is near."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from stances import escapes, words
from stances.answers.gaps import pair_found
from stances.answers.happened import happened, happened_subtitle
from stances.answers.history import no_period, period_up_to
from stances.answers.ledger import ledger, ledger_finding, ledger_shown
from stances.answers.neighbours import group_of, nearest, nearest_found
from stances.answers.pair import only_actor, same_actors
from stances.charts.pair import domains_of
from stances.finding.deeds import span_of
from stances.links.view import View
from stances.markup.headline import headline_html
from stances.markup.ledger import further_html, ledger_html
from stances.markup.notices import notice_html
from stances.markup.table import rows_of
from stances.render.room import room
from stances.render.style import MODE
from stances.tables.compare import NEAREST, domains_table, nearest_table
from stances.tables.table import part_html, place_of, rows_html

_MOST = 40


def compare_html(view: View) -> str:
    """The whole page."""
    return _KINDS[view.values["compare"]](view)


def _dates(view: View) -> str:
    """The first acts and statements between two days, with what each changed."""
    tracker = view.tracker
    span, wrong = span_of(tracker, view.values)
    said, shown = happened(tracker, span), happened_subtitle(tracker, span)
    lead = headline_html(said.headline, shown, *tracker.basis_note)
    above = ""
    if not view.embedded:
        lead += further_html(tracker, said)
        above = room(168, 473)
    told = notice_html(wrong) if wrong else ""
    found = ledger(tracker, span, view.values["ledger"])
    finding = escapes.html(ledger_finding(found, span.only, tracker.model.basis))
    heading = f'<h2 class="finding deeds">{finding}</h2>'
    if not found:
        return f"{above}{told}{lead}{heading}"
    shown = escapes.html(ledger_shown(min(_MOST, len(found)), len(found)))
    return (
        f"{above}{told}{lead}{heading}{ledger_html(tracker, found[:_MOST], MODE)}"
        f'<p class="small">{shown}</p>'
    )


def _actors(view: View) -> str:
    """The stances of two actors by domain."""
    tracker, pair = view.tracker, (view.values["first"], view.values["second"])
    above = "" if view.embedded else room(84, 317)
    if pair[0] == pair[1]:
        name, alone = tracker.names[pair[0]], len(tracker.model.actors) == 1
        return f"{above}{notice_html(only_actor(name) if alone else same_actors(name))}"
    period, told = _period(view)
    lead = headline_html(*pair_found(tracker, pair, view.domain, period), *tracker.basis_note)
    names = tracker.names[pair[0]], tracker.names[pair[1]]
    rows, _ = domains_of(tracker, pair, view.day)
    by_field = domains_table(tracker, names, MODE)
    table = rows_html(by_field, rows_of(rows), place_of(view), opened=view.domain)
    heading = f'<h2 class="actor">By field, {words.day(view.day)}</h2>'
    return f"{above}{told}{lead}{heading}{table}"


def _distances(view: View) -> str:
    """Who is nearest to an actor in a group."""
    tracker, values = view.tracker, view.values
    period, told = _period(view)
    found = nearest_found(tracker, values["first"], values["group"], view.domain, period)
    lead = headline_html(*found, *tracker.basis_note)
    members = group_of(tracker, values["group"], period[1])
    table = nearest(tracker, values["first"], members, period[1])
    name, rows = tracker.names[values["first"]], rows_of(table[table["enough"]])
    near = nearest_table(tracker, name, place_of(view, "actor"))
    above = "" if view.embedded else room(84, 317)
    shown = part_html(near, rows, place_of(view), values["page"], NEAREST)
    heading = f'<h2 class="actor">Nearest to {escapes.html(name)}</h2>'
    return f"{above}{told}{lead}{heading}{shown}"


def _period(view: View) -> tuple[tuple[date, date], str]:
    """The period that is compared, and a notice where the address names none."""
    first, last = view.values["from"], view.day
    period = period_up_to(view.tracker, first, last)
    wrong = period[0] != first and last > period[0]
    return period, notice_html(no_period(first, last, period[0])) if wrong else ""


_KINDS: dict[str, Callable[[View], str]] = {
    "dates": _dates,
    "actors": _actors,
    "distances": _distances,
}
