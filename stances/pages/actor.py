"""An actor: where it stands, what binds it, why, how that came about, and all its events; of a
group its members.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from stances import escapes, words
from stances.answers import reasons
from stances.answers.actor_history import ActorHistory, actor_summary, group_texts, label_sentence
from stances.answers.binding import WEIGHTIEST, Binding, binding, coming, in_order
from stances.answers.events import NEWEST
from stances.answers.history import HISTORY
from stances.answers.position_sum import sum_heading, sum_up, sum_words
from stances.answers.profile import dated_text, profile
from stances.answers.rows import named_rows
from stances.answers.sentence import Sentence
from stances.answers.standing import MEMBERS_THEN, Standing, by_stance, member_line, standings
from stances.charts.actor import EVENTS, history_chart, timeline_chart
from stances.charts.position_sum import summed_chart
from stances.dataset.codebook import OVERALL
from stances.links.parameters import release_texts
from stances.links.register import ACTOR
from stances.links.view import View, query_of
from stances.markup.binds import BINDS, LISTED, ListedActs, binds_html, sentence_html
from stances.markup.blocks import paragraph_html
from stances.markup.explanation import FieldStance, domains_html, explanation_html
from stances.markup.links import MADE, made_link, view_of
from stances.markup.paper import Cited, paper_html
from stances.markup.report import report_html
from stances.pages.block import (
    Blocks,
    ChartBlock,
    HeadlineBlock,
    TableBlock,
    TextBlock,
    beside,
    in_all_fields,
    quote_link,
    space,
)
from stances.pages.briefs.request import brief_html
from stances.pages.chart import chart_blocks
from stances.pages.events import event_with_report, events_block
from stances.pictures.address import links_html
from stances.tables.events import actor_events_table, levels_table
from stances.tables.table import place_of

# The id of the event that is open.
_EVENTS = "events"


def blocks(view: View) -> Blocks:
    """Yield the blocks of the page."""
    if not view.embedded:
        yield space("choice", "control")
    if view.actor in view.tracker.groups:
        yield from _group(view)
        return
    yield from _actor(_Record(view))
    if not view.embedded:
        yield TextBlock(_report_html(view))


class _Record:
    """The record of the actor of a view on its day; each part worked out when it is drawn."""

    def __init__(self, view: View) -> None:
        self.view, self.tracker, self.actor = view, view.tracker, view.actor
        self.day, self.domain = view.day, view.domain

    @cached_property
    def mine(self) -> dict[str, Any]:
        """The rows of the actor in the stance table, by domain."""
        return reasons.standing_of(self.tracker, self.actor, self.day)

    @cached_property
    def lines(self) -> list[Binding]:
        """The acts that bind the actor."""
        return binding(self.tracker, self.actor, self.day, self.domain)

    @cached_property
    def sentence(self) -> Sentence:
        """The sentence on where the actor stands."""
        return profile(self.tracker, self.actor, self.day, self.domain)

    @cached_property
    def counting(self) -> dict[str, list[reasons.Reason]]:
        """The events that make its stance in each domain."""
        rows = (self.mine[code] for code in self.tracker.model.domains)
        return {row.domain: reasons.reasons(self.tracker, row, self.day) for row in rows}

    @cached_property
    def history(self) -> ActorHistory:
        """The history of the actor."""
        return actor_history(self.view)

    @property
    def is_scored(self) -> bool:
        """Say whether an event is scored in the domain that is shown."""
        return bool(self.mine[self.domain].events)


def actor_history(view: View) -> ActorHistory:
    """Return the history of the actor of a view."""
    return ActorHistory(view.tracker, view.actor, view.day, view.domain)


def _actor(record: _Record) -> Blocks:
    view, tracker = record.view, record.tracker
    day, domain, lines = record.day, record.domain, record.lines
    label = label_sentence(tracker, record.mine, domain, day, lines)
    summary = actor_summary(tracker, record.mine[domain], day, label)
    sentence = record.sentence
    yield HeadlineBlock(
        sentence.headline,
        (summary, *tracker.basis_note),
        sentence=True,
        quote=f"{dated_text(tracker, sentence, day)} {label}",
        source=sentence.source,
        backs=sentence.backs,
    )
    if view.embedded:
        if record.is_scored:
            yield from _history(record)
        return
    cited = Cited()
    said = sentence_html(view, sentence, cited, quote_link(view))
    picture = links_html(ACTOR, view, record.actor)
    taken = f"<p>{picture} {brief_html(view, record.actor)}</p>"
    acts = binds_html(view, _listed_acts(record), cited)
    yield TextBlock(f"{said}{taken}{acts}")
    yield TextBlock(_domains_html(record))
    yield TextBlock(paper_html(tracker, record.actor, day, domain, cited), live="paper")
    if record.history.events.empty:
        yield from _nothing(record)
        return
    if record.is_scored:
        yield from _sum_blocks(record)
        yield from _why(record)
        yield from _history(record)
        yield from _levels(record)
    yield from _events(record)


def _listed_acts(record: _Record) -> ListedActs:
    """Return what binds in the order of the view."""
    chosen, place = record.view["by"], place_of(record.view, part=BINDS)
    order = chosen or WEIGHTIEST

    def link(wording: str, by: str) -> str:
        return place.link(wording, by=by)

    return ListedActs(in_order(record.lines, order), order, link, bool(chosen))


def _report_html(view: View) -> str:
    texts = {ACTOR: view.actor, **view_of(view.tracker, view.day, view.domain)}
    place = f"{ACTOR}?{query_of(texts | release_texts(view.tracker.data))}"
    return report_html(view, view.actor, view.tracker.names[view.actor], place)


def _domains_html(record: _Record) -> str:
    """Return the stance by domain, and on which of them the overall one rests."""
    tracker, mine = record.tracker, record.mine
    parts = reasons.domain_parts(tracker, record.actor, record.day, mine[OVERALL].stance)
    text = paragraph_html(reasons.rests_on(tracker.codebook, parts, mine), "small")
    table = domains_html(tracker, mine, parts, (record.day, record.domain))
    heading = '<h2 class="finding">Position by field</h2>'
    return f'<section class="paper">{heading}{text}{table}</section>'


def _nothing(record: _Record) -> Blocks:
    """Yield, where there is no event up to the day, how to get to one."""
    history = record.history
    if history.elsewhere:
        text = reasons.nothing_here(record.tracker.codebook, record.domain, history.elsewhere)
        yield TextBlock(text=(text,))
    elif history.later:
        first = history.later[0].day
        link = record.view.link(ACTOR, f"Go to {words.day(first)}", as_of=str(first))
        yield TextBlock(f'<p class="on">{link}</p>', live="later")


def _sum_blocks(record: _Record) -> Blocks:
    """Yield the label that is shown as the sum that it is; nothing where there is none."""
    view, tracker = record.view, record.tracker
    whole = sum_up(tracker, record.actor, record.domain, record.day)
    if whole is None:
        return
    heading = escapes.html(sum_heading(tracker, whole))
    yield TextBlock(f'<section id="{MADE}"><h2 class="finding">{heading}</h2></section>')
    chart = summed_chart(tracker, whole, record.day, record.view.mode)
    yield TextBlock(text=(sum_words(tracker, whole), chart.subtitle))
    opens = "domain" if record.domain == OVERALL else "event"
    block = ChartBlock(chart, live="actor-made", framed=False, opens=opens)
    yield from chart_blocks(view, block, "made")


def _why(record: _Record) -> Blocks:
    """Yield the explanation of each domain that has scored events; the others in a line."""
    tracker, mine, day = record.tracker, record.mine, record.day
    domains = reasons.domains_of(tracker, record.domain)
    quiet = [code for code in domains if not mine[code].events]
    yield TextBlock(heading="Why", text=(reasons.WHY,))
    for code in domains:
        if code not in quiet:
            yet = coming([line for line in record.lines if line.domain == code])
            # Of the field that is shown alone it stands above.
            asks = (
                ""
                if code == record.domain
                else made_link(tracker, record.actor, day, code, here=True)
            )
            stance = FieldStance(tracker, mine[code], yet, day)
            yield TextBlock(explanation_html(stance, record.counting[code], asks))
    if quiet:
        yield TextBlock(text=(reasons.without_events(tracker.codebook, quiet, day),))


def _history(record: _Record) -> Blocks:
    """Yield the policy level over time."""
    view = record.view
    chart = history_chart(record.tracker, record.history, record.view.mode)
    yield TextBlock(heading=HISTORY, text=(chart.subtitle,))
    has_table = not (view.embedded or record.history.acts.empty)
    block = ChartBlock(chart, "history", live="actor-history")
    yield from chart_blocks(view, block, "history", has_table)


def _levels(record: _Record) -> Blocks:
    """Yield the acts that the line over time rests on, in the order of the events below, since both
    have the same heads; they are links where the acts are many.
    """
    history = record.history
    yield space("file-of-levels", "control")
    if history.acts.empty:
        text = "No rule up to this day is counted: the line rests on statements."
        yield TextBlock(text=(text,))
        return
    view, order = record.view, record.view["sort"]
    table, place = levels_table(record.tracker, history), place_of(view, part=_EVENTS)
    ranks, places = record.tracker.event_ranks[order], record.tracker.event_places
    acts = sorted(named_rows(history.acts), key=lambda act: ranks[places[act.event_id]])
    sorts = len(acts) > LISTED or order != NEWEST
    yield TableBlock(
        table, acts, place, order=("sort" if sorts else "", order), opened=view["event"]
    )


def _events(record: _Record) -> Blocks:
    """All events, context too; one of them in full beside the table."""
    tracker, history, view = record.tracker, record.history, record.view
    chart = timeline_chart(tracker, history, record.view.mode)
    text = f"{chart.subtitle} Choose a mark or a title to see every source."
    yield TextBlock(heading=EVENTS, text=(text,))
    if record.domain != OVERALL and history.elsewhere and not view.embedded:
        yield in_all_fields(view, len(history.events), history.elsewhere)
    block = ChartBlock(chart, "history", framed=False, opens="event", live="actor-timeline")
    yield from chart_blocks(view, block, "timeline")
    ids = history.events["event_id"].tolist()
    opened = view["event"] if view["event"] in ids else None
    counts = reasons.counts_now(history.events, record.counting, record.mine)
    table = actor_events_table(tracker, history, counts)
    event = None
    if opened is not None:
        html = f'<div id="{_EVENTS}">{event_with_report(view, opened)}</div>'
        event = TextBlock(html, live="event")
    yield from beside(event, iter([events_block(view, table, ids, opened, _EVENTS)]))
    yield space("file-of-events", "control")


def members_of(view: View) -> list[Standing]:
    """Return the members of the group of a view, the most restrictive first."""
    members = set(view.tracker.members(view.actor, view.day))
    rows = standings(view.tracker, view.day, view.domain)
    return by_stance(row for row in rows if row.actor in members)


def _group(view: View) -> Blocks:
    """Yield who belongs to a group and where each stands, to choose from: it has no events."""
    tracker, group = view.tracker, view.actor
    headline, text = group_texts(tracker, group, view.day, view.domain)
    yield HeadlineBlock(headline, (text, *tracker.basis_note), copied=quote_link(view))
    if view.embedded:
        return
    whole = view.link("members", "All members in one table", group=group)
    yield TextBlock(f'<p class="on">{whole}</p>', live="all-members")
    items = "".join(f"<li>{link}</li>" for link in _member_links(view))
    heading = f'<p class="pills-head">{escapes.html(MEMBERS_THEN)}</p>'
    yield TextBlock(f'{heading}<ul class="pills">{items}</ul>', live="member")


def _member_links(view: View) -> Iterator[str]:
    for row in members_of(view):
        yield view.link(ACTOR, member_line(row.name, row.stance), actor=row.actor)
