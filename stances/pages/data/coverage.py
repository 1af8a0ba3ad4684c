"""Coverage: who is silent, counts by actor and year, and shares of the sources."""

from stances.answers import coverage
from stances.answers.events import language_name
from stances.charts.data import coverage_chart
from stances.links.parameters import MEASURES
from stances.links.view import View
from stances.markup.coverage import BY_YEAR, covered_texts, search_parts, silent_parts
from stances.pages.block import (
    Blocks,
    ChartBlock,
    HeadlineBlock,
    TableBlock,
    TextBlock,
    file_of,
    texts,
    within,
)
from stances.pages.chart import chart_blocks
from stances.tables.coverage import shares_tables
from stances.tables.data import counts_by_year, coverage_table
from stances.tables.table import place_of

_BESIDE = "columns uneven"


def blocks(view: View) -> Blocks:
    """Yield the blocks of the section; in a frame what it finds, and the counts as a chart."""
    tracker, data, measure = view.tracker, view.tracker.data, view["measure"]
    counts = coverage.by_year(data.actors, data.events, data.event_sources, view.day)
    silent = coverage.silent(data.actors, data.events, view.day)
    heading, text = covered_texts(tracker, counts, silent, view.day)
    if view.embedded:
        yield HeadlineBlock(heading, (text,))
    else:
        yield TextBlock(heading=heading, text=(text,), css="subtitle")
    chart = coverage_chart(tracker, counts, measure, view.day, view.mode)
    block = ChartBlock(chart, live="coverage", framed=False)
    drawn = chart_blocks(view, block, "coverage", not view.embedded)
    if view.embedded:
        yield from drawn
        return
    head = TextBlock(heading=BY_YEAR, kind="part")
    choice = TextBlock(_choice(view), live="measure")
    yield from within(_BESIDE, 1, (head, choice, *drawn))
    for shares, rows in shares_tables(data, view.day):
        yield TableBlock(shares, rows, place_of(view), group=_BESIDE, column=2)
    language, alone, actors = coverage.in_one_language(data.events, data.event_sources, view.day)
    if language:
        line = coverage.languages_line(language_name(language), alone, actors)
        yield TextBlock(text=(line,), group=_BESIDE, column=2)
    parts = (*search_parts(tracker, view.day), *silent_parts(tracker, silent))
    yield from within(_BESIDE, 2, texts(parts))
    heading = f"The same as a table: {measure} by country or body and year"
    yield TextBlock(heading=heading, kind="part")
    years = counts["year"].unique().tolist()
    known = coverage.orders_on(data, view.day)
    order = view["sort"] if view["sort"] in known else coverage.MOST
    yield TableBlock(
        coverage_table(tracker, years, measure, place_of(view, "actor"), order),
        counts_by_year(tracker, counts, measure, order),
        place_of(view),
        number=view["page"],
        text=coverage.ordered_words(order, measure),
        order=("sort", order),
        file=file_of(view, "coverage", measure),
    )


def _choice(view: View) -> str:
    here = ' aria-current="true"'
    links = "".join(
        view.link("data", text, here * (code == view["measure"]), section="coverage", measure=code)
        for code, text in MEASURES.items()
    )
    return f'<div class="choice">{links}</div>'
