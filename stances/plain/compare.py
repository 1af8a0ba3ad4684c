"""The Compare page: what happened between two days; how far two actors are apart; who is near."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from stances import escapes, words
from stances.answers.gaps import pair_found
from stances.answers.history import no_period, period_up_to
from stances.answers.ledger import ledger, ledger_finding, ledger_shown
from stances.answers.neighbours import group_of, nearest, nearest_found
from stances.answers.pair import only_actor, same_actors
from stances.finding.deeds import happened_found, span_of
from stances.markup.headline import headline_html
from stances.markup.ledger import ledger_html
from stances.markup.notices import notice_html
from stances.markup.table import rows_of, table_html
from stances.model.distance import side_by_side
from stances.plain.room import room
from stances.plain.view import MODE, View

_MOST = 40


def compare_html(view: View) -> str:
    """The whole page."""
    return _KINDS[view.values["compare"]](view)


def _dates(view: View) -> str:
    """The first acts and statements between two days, with what each changed."""
    tracker = view.tracker
    span, wrong = span_of(tracker, view.values)
    lead = headline_html(*happened_found(tracker, span), *tracker.basis_note)
    above = "" if view.embedded else room(168, 473)
    told = notice_html(wrong) if wrong else ""
    found = ledger(tracker, span, view.values["ledger"])
    if not found:
        return f"{above}{told}{lead}"
    heading = escapes.html(ledger_finding(found, span.only, tracker.model.basis))
    shown = escapes.html(ledger_shown(min(_MOST, len(found)), len(found)))
    return (
        f'{above}{told}{lead}<h2 class="finding deeds">{heading}</h2>'
        f'{ledger_html(tracker, found[:_MOST], MODE)}<p class="small">{shown}</p>'
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
    table = side_by_side(tracker.model, period[1], *pair)
    rows = [
        (
            escapes.html(tracker.codebook.domain_label(row.domain)),
            escapes.html(words.labelled(tracker.codebook, row.first)),
            escapes.html(words.labelled(tracker.codebook, row.second)),
        )
        for row in rows_of(table)
    ]
    head = ("Domain", *(tracker.names[code] for code in pair))
    return f"{above}{told}{lead}{table_html(f'By domain, {words.day(view.day)}', head, rows)}"


def _distances(view: View) -> str:
    """Who is nearest to an actor in a group."""
    tracker, values = view.tracker, view.values
    period, told = _period(view)
    found = nearest_found(tracker, values["first"], values["group"], view.domain, period)
    lead = headline_html(*found, *tracker.basis_note)
    members = group_of(tracker, values["group"], period[1])
    table = nearest(tracker, values["first"], members, period[1])
    rows = [
        (escapes.html(tracker.names[row.actor]), f"{words.printed(row.distance):.2f}")
        for row in rows_of(table[table["enough"]].sort_values("distance"))
    ]
    caption = f"Distance from {tracker.names[values['first']]}"
    above = "" if view.embedded else room(84, 317)
    near = table_html(caption, ("Actor", "Distance"), rows, numbers=(1,))
    return f"{above}{told}{lead}{near}"


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
