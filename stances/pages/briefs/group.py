"""The brief of a group, on three pages: what its members did and must do, where each stands, and
where each stood through the years.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from stances import words
from stances.answers.acts import ALL
from stances.answers.backing import backing, backing_words
from stances.answers.happened import happened_text
from stances.answers.introduction import practice_note
from stances.answers.ledger import Span, ledger
from stances.answers.members import (
    Member,
    MemberTable,
    in_order,
    member_table,
    members_headline,
    totals_listed_texts,
)
from stances.answers.nearest import nearest_headline
from stances.answers.neighbours import first_of, nearest
from stances.answers.profile import profile
from stances.answers.standing import map_alt
from stances.answers.steps import deadlines_headline, steps_of
from stances.answers.tracker import Tracker
from stances.answers.years import GroupYears, first_year, group_years
from stances.charts.chart import Chart
from stances.charts.years import years_chart
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.figures.map import VIEWS
from stances.figures.theme import LIGHT
from stances.pages.block import Blocks, ChartBlock, HeadlineBlock, Note, TableBlock, TextBlock
from stances.pages.briefs.actor import for_reader, reader_actions, titled_table, weightiest_first
from stances.pages.briefs.request import BriefRequest
from stances.pages.briefs.sheet import caveats, foot
from stances.pictures.canvas import Canvas
from stances.pictures.charts import KEY_ROW, draw_legend, key_rows, put_figure
from stances.pictures.frame import Box
from stances.pictures.map import put_map
from stances.pictures.request import PictureRequest
from stances.tables.acts import deadlines_table
from stances.tables.briefs import actions_table, members_table, totals_table

# The map in px of its sheet, of which 1000 are as wide as the page.
_WIDE, _HIGH = 1000, 400
# Of the years so many rows have space, and so many px of that sheet; so much larger than on a page.
_MOST_ROWS, _MOST_HIGH, _LARGER = 48, 1200, 1.5


def pages(request: BriefRequest) -> tuple[Blocks, ...]:
    """Return the blocks of the pages, each with its foot at last; two if it has no members."""
    members = member_table(request.tracker, request.code, request.day, OVERALL)
    first, second = _first(request, members), _second(request, members)
    return (first, second, _third(request)) if members.rows else (first, second)


def _first(request: BriefRequest, members: MemberTable) -> Blocks:
    yield HeadlineBlock(members_headline(request.tracker, members), sentence=True)
    yield TableBlock(totals_table(), _totals(request, members), request.place)
    if request.reader:
        yield for_reader(request, _reading(request, members))
    about = words.about_domain(request.tracker.codebook, members.bound_in)
    yield TextBlock(heading=f"Where they stand {about}")
    yield ChartBlock(_map(request, members))
    yield from _ahead(request, members)
    yield from _member_actions(request)
    if request.reader:
        yield from reader_actions(request)
    yield foot(request, short=True)


def _second(request: BriefRequest, members: MemberTable) -> Blocks:
    codebook = request.tracker.codebook
    table = members_table(request.tracker, members, words.WHO if request.of_all else "Member")
    known = practice_note(request.tracker.data, members.day)
    yield TextBlock(heading=f"{_all(request)} one by one", text=(known,) if known else ())
    rows = in_order(codebook, members.rows, "act")
    place = request.place_on("members", group=request.code, order="act")
    yield TableBlock(table, rows, place, opened=request.reader)
    yield _gaps(request, members)
    yield _behind(request, members)
    yield foot(request)


def _third(request: BriefRequest) -> Blocks:
    """Yield where the members stood at the end of each year, as many as have space."""
    since = first_year(request.tracker)
    years = group_years(request.tracker, request.code, request.day, OVERALL, since)
    chart = years_chart(request.tracker, years, LIGHT.mode)
    left_out = len(years.rows) - _MOST_ROWS
    more = (f"{words.number(left_out, start=True)} more are left out.",) if left_out > 0 else ()
    yield TextBlock(heading="Through the years", text=(chart.title, chart.subtitle, *more))
    visible = replace(years, rows=years.rows[:_MOST_ROWS])
    yield ChartBlock(replace(chart, svg=_years_svg(request, visible)))
    yield foot(request)


def _totals(request: BriefRequest, members: MemberTable) -> list[tuple[str, str]]:
    """Return how many members there are, and of these those of each kind that any is of."""
    text = totals_listed_texts(request.tracker.codebook, members)
    counted = [(words.sentence_start(label), f"{count:,}") for count, label in text if count]
    return [(_all(request), f"{len(members.rows):,}"), *counted]


def _all(request: BriefRequest) -> str:
    """Return what all of those are whom the brief is of."""
    return "Countries and bodies" if request.of_all else "Members"


def _codes(members: MemberTable) -> tuple[str, ...]:
    return tuple(row.actor for row in members.rows)


# -- the map ------------------------------------------------------------------------------------


def _map(request: BriefRequest, members: MemberTable) -> Chart:
    """Return the map of the members, everybody else left blank."""
    tracker, codes = request.tracker, _codes(members)
    place = tracker.codebook.columns.index(members.bound_in)
    levels = [row.standings[place].level for row in members.rows]
    alt = map_alt(tracker.codebook, levels, members.bound_in, request.day)
    reader = request.reader if request.reader in codes else None
    of_map = {"domain": members.bound_in, "actor": reader, "view": _view_of(tracker, members)}
    view = replace(request.view.but(**of_map), mode=LIGHT.mode)
    canvas = Canvas(LIGHT, request.name)
    put_map(canvas, Box(0, 0, _WIDE, _HIGH), PictureRequest(view), codes)
    return Chart(request.name, alt=alt, svg=canvas.cut(_WIDE, _HIGH).decode())


def _view_of(tracker: Tracker, members: MemberTable) -> str:
    """Return the first view with every member whom the map gives a colour, else the last."""
    place = tracker.codebook.columns.index(members.bound_in)
    colored = [row.actor for row in members.rows if not math.isnan(row.standings[place].stance)]
    placed = tracker.actors.loc[colored, ["lon", "lat"]].dropna()
    places = placed.to_numpy(float).tolist()
    fitting = (name for name, view in VIEWS.items() if all(view.shows(*at) for at in places))
    return next(fitting, list(VIEWS)[-1])


def _years_svg(request: BriefRequest, years: GroupYears) -> str:
    """Return the chart of the years with its legend above it, as wide as the page."""
    chart = years_chart(request.tracker, years, LIGHT.mode)
    rows = key_rows(chart.legend, _WIDE)
    scale = min(_LARGER, _MOST_HIGH / chart.high)
    legend, high = KEY_ROW * len(rows), chart.high * scale
    canvas = Canvas(LIGHT, request.name, _WIDE, legend + high)
    draw_legend(canvas, Box(0, 0, _WIDE, legend), rows)
    put_figure(canvas, Box(0, legend, _WIDE, high), chart.own_figure, scale)
    return canvas.cut(_WIDE, legend + high).decode()


# -- actions ------------------------------------------------------------------------------------


def _ahead(request: BriefRequest, members: MemberTable) -> Blocks:
    """Yield the deadlines that are still to come when it is printed, the next first."""
    tracker = request.tracker
    due = steps_of(tracker, request.day, None if request.of_all else _codes(members))
    group = "" if request.of_all else request.code
    text = f"{deadlines_headline(tracker, due, request.day, group)}."
    ahead = [step for step in due if not step.passed and not step.gone]
    place = request.place_on("acts", who=group, deadline="any", status=ALL)
    yield from titled_table(deadlines_table(tracker), ahead, place, text, "Deadlines ahead")


def _member_actions(request: BriefRequest) -> Blocks:
    """Yield the actions of members in the brief's time, the weightiest first if many."""
    tracker, since = request.tracker, request.since
    span = Span(since, request.day, group="" if request.of_all else request.code)
    actions, order = weightiest_first(ledger(tracker, span))
    heading = f"Who acted since {words.day(since)}, in all fields"
    text = happened_text(tracker, span)
    days = {"then": str(since), "among": request.code}
    place = request.place_on("compare", compare="dates", **days)
    yield from titled_table(
        actions_table(tracker, True), actions, place, f"{text}.{order}", heading
    )


# -- what is not known --------------------------------------------------------------------------


def _gaps(request: BriefRequest, members: MemberTable) -> TextBlock:
    """Return who has neither act nor position, no act, or old evidence, and who is silent."""
    codebook = request.tracker.codebook
    place = codebook.columns.index(members.bound_in)
    where = words.about_domain(codebook, members.bound_in)
    none = f"no recorded {words.holds(codebook, members.bound_in)}"
    unbound = [row for row in members.rows if not row.binding]
    missing = [row for row in unbound if math.isnan(row.standings[place].stance)]
    worded = [row for row in unbound if not math.isnan(row.standings[place].stance)]
    named = [
        (f"{words.sentence_start(none)} and no position {where}", missing),
        (f"A position but {none} {where}", worded),
        ("Old evidence overall", [row for row in members.rows if row.standings[0].old]),
        (
            f"{NO_POSITION} overall",
            [row for row in members.rows if math.isnan(row.standings[0].stance)],
        ),
        ("Nothing recorded in two years", [row for row in members.rows if not row.events]),
        ("Never scored", [row for row in members.rows if not row.standings[0].covered]),
    ]
    notes = tuple(Note(f"{label} ({len(rows)})", _name_list(rows)) for label, rows in named)
    return TextBlock(heading="Gaps", notes=notes, lines=2)


def _name_list(rows: Sequence[Member]) -> str:
    return f"{words.listing([row.short_name for row in rows])}." if rows else ""


def _behind(request: BriefRequest, members: MemberTable) -> TextBlock:
    tracker = request.tracker
    notes = (
        Note(
            "Sources",
            backing_words(tracker.codebook, backing(tracker, _codes(members), request.day)),
        ),
        Note("In doubt", _doubts(members)),
        Note("Deadlines", "In brackets: it has passed, and the act is still in force."),
        *caveats(tracker, []),
    )
    return TextBlock(heading="What this rests on", notes=notes, lines=2)


def _doubts(members: MemberTable) -> str:
    """Say whose rules are in doubt, who has one of several in doubt, and where it stands why."""
    every = [row.short_name for row in members.rows if row.doubts_all]
    one = [row.short_name for row in members.rows if row.doubts_one]
    of_all = f"{words.listing(every)}: whether the rule holds as shown" if every else ""
    does = "does" if every else "rule holds as shown"
    of_one = f"{words.listing(one)}: whether one {does}" if one else ""
    text = [of_all, of_one, "the brief of each says why."]
    return "; ".join(filter(None, text)) if every or one else ""


# -- for a reader -------------------------------------------------------------------------------


def _reading(request: BriefRequest, members: MemberTable) -> str:
    """Say who of the group is nearest to the reader, and where the reader itself stands."""
    tracker, reader = request.tracker, request.reader
    table = nearest(tracker, reader, _codes(members), request.day)
    now, _ = first_of(tracker, table[table["enough"]], "distance")
    before, _ = first_of(tracker, table[table["enough_before"]], "distance_before")
    text = nearest_headline(tracker.sentence_names[reader], now, before)
    return f"{text}. {profile(tracker, reader, request.day).text}"
