"""The Actor page: where an actor stands, what that rests on, the acts that bind, its domains."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stances import escapes
from stances.answers.binding import binding
from stances.answers.history import HISTORY
from stances.answers.own_events import actor_found, group_found
from stances.answers.own_history import OwnHistory
from stances.answers.profile import profile
from stances.answers.reasons import (
    counts_now,
    domain_parts,
    reasons_by_domain,
    rests_on,
    standing_of,
)
from stances.answers.standing import MEMBERS_THEN, Standing, by_stance, member_line, standings
from stances.charts.actor import EVENTS, history_of
from stances.dataset.codebook import OVERALL
from stances.links.view import View
from stances.markup.binds import binds_html, sentence_html
from stances.markup.blocks import section_html
from stances.markup.explanation import domains_html
from stances.markup.headline import headline_html
from stances.markup.paper import Cited
from stances.render.chart import chart_html
from stances.render.room import room
from stances.render.style import MODE
from stances.tables.events import chosen_rows_html, own_events_table
from stances.tables.table import place_of


def actor_html(view: View) -> str:
    """The whole page."""
    above = "" if view.embedded else room(56, 66)
    told = _group(view) if view.actor in view.tracker.groups else _actor(view)
    return f"{above}{told}"


def _actor(view: View) -> str:
    tracker, actor, day, domain = view.tracker, view.actor, view.day, view.domain
    mine, lines = standing_of(tracker, actor, day), binding(tracker, actor, day, domain)
    sentence = profile(tracker, actor, day, domain)
    shown = actor_found(tracker, actor, day, domain, mine, lines)
    lead = headline_html(sentence.headline, shown, *tracker.basis_note, sentence=True)
    if view.embedded:
        return f"{lead}{_history(view)}" if mine[domain].events else lead
    cited = Cited()
    said = sentence_html(tracker, sentence, day, domain, cited)
    acts = binds_html(tracker, actor, lines, day, domain, MODE, cited)
    return f"{lead}{said}{acts}{_domains(view, mine)}{_events(view, mine)}"


def _history(view: View) -> str:
    chart = history_of(view.tracker, view.values, MODE)
    return section_html(HISTORY, chart.subtitle) + chart_html(chart, "history")


def _domains(view: View, mine: dict[str, Any]) -> str:
    """The stance by domain, and on which of them the overall one rests."""
    parts = domain_parts(view.tracker, view.actor, view.day, mine[OVERALL].stance)
    told = escapes.html(rests_on(view.tracker.codebook, parts, mine))
    table = domains_html(view.tracker, mine, parts, view.domain, MODE)
    return f'<h2 class="finding">Position by field</h2><p class="small">{told}</p>{table}'


def _events(view: View, mine: dict[str, Any]) -> str:
    """Its events, each with a link to the whole of it."""
    tracker, actor, day = view.tracker, view.actor, view.day
    own = OwnHistory(tracker, actor, day, view.domain)
    if own.events.empty:
        return ""
    counts = counts_now(own.events, reasons_by_domain(tracker, actor, mine, day), mine)
    table = replace(
        own_events_table(tracker, own, counts, MODE),
        link=lambda row: view.link("events", row.title, event=row.event_id),
    )
    ids = own.events["event_id"].tolist()
    rows = chosen_rows_html(tracker, table, ids, view.values, place_of(view), None)
    return f'<h2 class="finding">{EVENTS}</h2>{rows}'


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
