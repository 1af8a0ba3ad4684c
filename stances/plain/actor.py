"""The Actor page: where an actor stands, the sentence to quote, the acts that bind, its domains."""

from __future__ import annotations

from typing import Any

from stances import escapes, words
from stances.answers.binding import binding, quote
from stances.answers.own_events import actor_found, group_found, own_events
from stances.answers.own_history import OwnHistory
from stances.answers.reasons import domain_parts, rests_on, standing_of
from stances.answers.standing import MEMBERS_THEN, Standing, by_stance, member_line, standings
from stances.dataset.codebook import OVERALL
from stances.markup.binds import binds_html, quote_html
from stances.markup.explanation import domains_html
from stances.markup.headline import headline_html
from stances.markup.paper import Cited
from stances.markup.table import rows_of, table_html
from stances.plain.history import history_html
from stances.plain.room import room
from stances.plain.view import MODE, View

_EVENTS = 20


def actor_html(view: View) -> str:
    """The whole page."""
    above = "" if view.embedded else room(56, 66)
    told = _group(view) if view.actor in view.tracker.groups else _actor(view)
    return f"{above}{told}"


def _actor(view: View) -> str:
    tracker, actor, day, domain = view.tracker, view.actor, view.day, view.domain
    mine, lines = standing_of(tracker, actor, day), binding(tracker, actor, day, domain)
    found = actor_found(tracker, actor, day, domain, mine, lines)
    lead = headline_html(*found, *tracker.basis_note)
    if view.embedded:
        return f"{lead}{_history(view)}" if mine[domain].events else lead
    cited = Cited()
    said = quote_html(tracker, quote(tracker, actor, day, domain), cited)
    acts = binds_html(tracker, actor, lines, day, domain, MODE, cited)
    return f"{lead}{said}{acts}{_domains(view, mine)}{_latest(view)}"


def _history(view: View) -> str:
    own = OwnHistory(view.tracker, view.actor, view.day, view.domain)
    return history_html(view.tracker.codebook, own)


def _domains(view: View, mine: dict[str, Any]) -> str:
    """The stance by domain, and on which of them the overall one rests."""
    parts = domain_parts(view.tracker, view.actor, view.day, mine[OVERALL].stance)
    certainties = {code: row.certainty for code, row in mine.items()}
    told = escapes.html(rests_on(view.tracker.codebook, parts, certainties))
    table = domains_html(view.tracker, mine, parts, view.domain, MODE)
    return f'<h2 class="finding">Stance by domain</h2><p class="small">{told}</p>{table}'


def _latest(view: View) -> str:
    """The newest events, each with a link to the whole of it."""
    tracker, codebook = view.tracker, view.tracker.codebook
    events = own_events(tracker, view.actor, view.day, view.domain).rows
    if events.empty:
        return ""
    rows = [
        (
            words.iso_day(tracker.dated[row.event_id]),
            view.link("events", row.title, event=row.event_id),
            escapes.html(words.score_label(codebook, float(row.score))),
            escapes.html(codebook.domain_label(row.key)),
        )
        for row in rows_of(events.head(_EVENTS))
    ]
    count = words.plural(len(events), "event", start=True)
    told = f"The newest {len(rows)} of {len(events):,} events" if len(events) > _EVENTS else count
    return table_html(told, ("Date", "Title", "Score", "Domain"), rows)


def _group(view: View) -> str:
    """Who belongs to a group and where each stands."""
    tracker, group = view.tracker, view.actor
    lead = headline_html(*group_found(tracker, group, view.day, view.domain), *tracker.basis_note)
    if view.embedded:
        return lead
    members = set(tracker.members(group, view.day))
    rows = by_stance(
        row for row in standings(tracker, view.day, view.domain) if row.actor in members
    )
    way = view.link("members", "All members in one table", group=group)
    items = "".join(f"<li>{_member(view, row)}</li>" for row in rows)
    told = f'<p class="pills-told">{escapes.html(MEMBERS_THEN)}</p>'
    return f'{lead}<p class="on">{way}</p>{told}<ul class="pills">{items}</ul>'


def _member(view: View, row: Standing) -> str:
    return view.link("actor", member_line(row.name, row.stance), actor=row.actor)
