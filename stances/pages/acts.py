"""The acts as the filters of the address narrow them: the register, what falls due, and one act."""

from dataclasses import replace
from itertools import chain

from stances.answers.acts import ORDERED, act_on, find_acts
from stances.answers.introduction import practice_note
from stances.answers.rows import named_rows
from stances.answers.steps import NEXT, Step, in_order_of, no_days_between
from stances.charts.deadlines import calendar_chart, deadlines_chart
from stances.dataset.codebook import OVERALL
from stances.filters import acts
from stances.links.view import View
from stances.markup.act import act_html
from stances.markup.blocks import copy_button, not_among_html, nothing_html
from stances.markup.deadlines import copy_of_due, due_files_html, due_headline
from stances.markup.legend import keys_html
from stances.markup.links import act_place, page_here
from stances.markup.notices import notice_html
from stances.markup.report import report_html
from stances.pages.block import (
    ROW_SETTINGS,
    Blocks,
    ChartBlock,
    HeadlineBlock,
    TableBlock,
    TextBlock,
    beside,
    elsewhere,
    file_of,
    quote_link,
    space,
)
from stances.pages.chart import chart_blocks
from stances.pictures.address import links_html
from stances.tables.acts import acts_table, deadlines_of_page
from stances.tables.table import place_of


def blocks(view: View) -> Blocks:
    """Yield the blocks of the page."""
    return blocks_of(view, acts.act_matches(view))


def blocks_of(view: View, matches: acts.ActMatches) -> Blocks:
    """Yield the blocks of the page with what it found."""
    if not view.embedded:
        yield space("controls", "field", "control")
    if wrong := no_days_between(matches.period):
        yield TextBlock(notice_html(wrong))
    line, subtitle = acts.headline(view, matches)
    counted = filter(None, [acts.power_words(view.tracker, matches)])
    about = " ".join(filter(None, [subtitle, acts.akin_words(view.tracker, matches)]))
    yield HeadlineBlock(line, (about, *counted), copied=quote_link(view))
    every = replace(matches.query, domain=OVERALL)
    data, day = view.tracker.data, matches.day
    yield from elsewhere(view, len(matches.rows), lambda: len(find_acts(data, day, every)))
    if view.embedded:
        yield from _due(view, matches)
        return
    others, register = _others(view, matches), _register(view, matches)
    due, calendar = _due(view, matches), _calendar(view, matches)
    # Who has opened a rule comes for that, and who looks for a kind of deadlines for all of these.
    if opened := _open_act(view, matches):
        yield from chain(others, beside(opened, chain(register, due)), calendar)
    elif matches.deadline_kind:
        yield from chain(due, others, register, calendar)
    else:
        yield from chain(others, calendar, register, due)


def _others(view: View, matches: acts.ActMatches) -> Blocks:
    """Yield the ways to what fits but for the kind of its deadline, or has ended."""
    if others := acts.other_kinds(view.tracker, matches):
        texts = {
            name: text for name, text in view.texts_of_page.items() if name not in ROW_SETTINGS
        }
        links = (page_here(view.page, texts | {"deadline": kind}, label) for kind, label in others)
        yield TextBlock(f'<p class="small">Deadlines of other kinds: {"; ".join(links)}.</p>')
    if ended := acts.few_ended(view.tracker, matches):
        links = (page_here(view.page, view.texts_of_page | {"act": a}, text) for a, text in ended)
        yield TextBlock(f'<p class="small">Ended: {"; ".join(links)}.</p>')


def _open_act(view: View, matches: acts.ActMatches) -> TextBlock | None:
    """Return the act that is open, whatever the filters say."""
    opened = view["act"]
    if opened is None:
        return None
    row = act_on(view.tracker.data, view.day, opened)
    apart = "" if opened in set(matches.rows["act_id"]) else not_among_html("rule")
    act = act_html(view.tracker, row, view.day, view.domain)
    report = report_html(view, opened, row.obligation, act_place(view.tracker, opened, view.day))
    return TextBlock(f"{apart}{act}{report}", live="act")


def _register(view: View, matches: acts.ActMatches) -> Blocks:
    """Yield a hundred of the acts found."""
    tracker = view.tracker
    if not len(matches.rows):
        yield TextBlock(nothing_html(acts.nothing_note(tracker, matches)))
        yield space("clear", "control")
        return
    if known := practice_note(tracker.data, matches.day):
        yield TextBlock(text=(known,))
    yield TableBlock(
        acts_table(tracker, matches.day, matches.deadline_kind),
        named_rows(matches.rows),
        place_of(view),
        number=view["page"],
        text=ORDERED[view["by"]],
        order=("by", view["by"]),
        opened=view["act"],
    )
    yield space("rows", "control")


def _due(view: View, matches: acts.ActMatches) -> Blocks:
    """Yield what the deadlines of the acts found come to, and each; nothing: none sets one."""
    tracker, opened = view.tracker, view["act"]
    steps = acts.step_matches(tracker, matches)
    if not steps:
        return
    heading, text = due_headline(tracker, matches, steps)
    yield TextBlock(heading=heading, text=(text,), css="subtitle")
    chart = deadlines_chart(tracker, matches, steps, view.mode, opened, table=not view.embedded)
    yield TextBlock(f"{_copies_html(view, matches, steps)}{keys_html(chart.legend)}")
    yield ChartBlock(chart, live="deadlines", opens="act")
    if not view.embedded:
        order = view["sort"] or NEXT
        yield TableBlock(
            deadlines_of_page(tracker, place_of(view)),
            in_order_of(tracker, steps, order),
            place_of(view, part="deadlines"),
            order=("sort", order),
            opened=opened,
            file=file_of(view, "deadlines", noun="deadline"),
            folded="These deadlines as a table",
            unfolds=bool(view["sort"]),
        )


def _calendar(view: View, matches: acts.ActMatches) -> Blocks:
    """Yield what falls due in two years, month by month; nothing where nothing does."""
    steps = acts.step_matches(view.tracker, matches)
    chart = calendar_chart(view.tracker, matches, steps, view.mode, view["act"])
    if chart.figure is None:
        return
    yield TextBlock(heading=chart.title, text=(chart.subtitle,), css="subtitle")
    block = ChartBlock(chart, live="calendar", framed=False, opens="act")
    yield from chart_blocks(view, block, "calendar")


def _copies_html(view: View, matches: acts.ActMatches, steps: list[Step]) -> str:
    """Return what copies the sentence and, but in a frame, the chart and files of deadlines."""
    copied = copy_of_due(view.tracker, matches, steps)
    here = view.address("acts")
    button = copy_button(copied, here, spoken="Cite: what falls due")
    if view.embedded:
        return f'<p class="downloads">{button}</p>'
    picture = links_html("deadlines", view)
    return f'<p class="downloads">{button} {picture} {due_files_html(view, matches)}</p>'
