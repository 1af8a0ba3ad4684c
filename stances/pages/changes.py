"""Changes: what was done between two days, with the level before and after."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from stances import words
from stances.answers import changes
from stances.charts import moves, svg
from stances.charts.plot import Chart
from stances.charts.png import Picture
from stances.links.view import View
from stances.pages import pictures, shared
from stances.pages.block import Block, Control, Page

# So many events beside the acts are shown, the others behind a press.
_OTHERS = 10


def page(view: View) -> Page:
    """Return who moved, the acts, and what else happened."""
    tracker = view.tracker
    events = changes.done(tracker, *_selection(view))
    acts = Block(
        "events",
        "acts",
        "right",
        title=changes.acts_heading(tracker, events),
        frame=events[events["binding"]],
        first=True,
        who=True,
        aside="badge",
    )
    blocks = [_moved(view), acts]

    others = events[~events["binding"]]
    if len(others):
        block = Block(
            "events",
            "others",
            title=words.plural(len(others), "other event"),
            frame=others,
            most=_OTHERS,
            shape="cols",
            who=True,
            aside="badge",
        )
        blocks.append(block)

    first = words.day(view["from"])
    last = words.day(view["to"])
    group = tracker.group_title(view["group"], view["to"])
    return Page(
        headline=changes.headline(tracker, *_selection(view)),
        controls=[
            shared.control(view, "domain"),
            shared.control(view, "from", word="from"),
            shared.control(view, "to", word="to"),
            _periods(view),
            shared.control(view, "group"),
        ],
        picture=("Moves as picture", "changes"),
        file=("Changes", "changes"),
        scope=f"{group}, {view.field}",
        printed_title=f"{group}, {view.field}, {first} to {last}",
        blocks=blocks,
    )


def picture(view: View) -> Picture:
    """Return who moved as a picture."""
    tracker = view.tracker
    selection = _selection(view)
    chart = _chart(view, changes.moved(tracker, *selection))

    title = changes.headline(tracker, *selection)
    # In the middle of a line: all 94.
    group = words.within(tracker.group_title(view["group"], view["to"]))
    days = words.span(view["from"], view["to"])
    return pictures.picture(view, chart, title, group, days)


def _selection(view: View) -> tuple[date, date, str, str]:
    """Return what answers about changes are asked for, as they take it: both days, field, group."""
    return view["from"], view["to"], view.domain, view["group"]


def _periods(view: View) -> Control:
    """Return the past year, and the days after known events, as links; chosen is the name of the
    one that is shown.
    """
    past_year = "Past year"
    # Without days of its own the page has that year.
    options = [(view.link(from_=None, to=None), past_year)]
    chosen_name = past_year
    if view.is_set("from") or view.is_set("to"):
        chosen_name = "Other period"

    for comparison in view.tracker.about.comparisons:
        # A period begins after its first day, so that is the eve.
        eve = comparison.date - timedelta(1)
        end = comparison.date + timedelta(comparison.days)
        end = min(end, view.tracker.data.opening_day)
        name = f"{comparison.label}, {comparison.days} days"
        options.append((view.link(from_=eve, to=end), name))
        if (eve, end) == (view["from"], view["to"]):
            chosen_name = name
    return Control("menu", "", "Period", chosen_name, options)


def _chart(view: View, moved: pd.DataFrame) -> Chart:
    """Return the chart of who moved (`changes.moved`), each linked to its page."""
    days = (view["from"], view["to"])
    links = {actor: view.link("actor", actor=actor) for actor in moved.index}
    return moves.chart(moved, days=days, names=view.tracker.short, labels=view.labels, links=links)


def _moved(view: View) -> Block:
    """Return the chart, and who came to a position, lost one, or moved by age alone: nobody of
    these is on the chart, or not by what was done.
    """
    selection = _selection(view)
    moved = changes.moved(view.tracker, *selection)
    lapsed = changes.lapsed(view.tracker, *selection)
    is_new = lapsed["change"] == "gained"
    # What is said of each, the rows of who it is, and whether one weak report is all there is.
    lists = [
        ("Lapsed", lapsed[~is_new], False),
        ("By age alone", moved[moved["by_age"]], False),
        ("New", lapsed[is_new & ~lapsed["weak"]], False),
        ("New", lapsed[is_new & lapsed["weak"]], True),
    ]
    captions = []
    for caption, rows, weak in lists:
        if len(rows):
            names = rows.index.map(view.tracker.short)
            captions.append((caption, sorted(names), weak))
    return Block(
        "figure",
        "moved",
        "left",
        title="Moved",
        first=True,
        boxed=True,
        svg=svg.on_page(_chart(view, moved)),
        note=f"{changes.LEAST} level or more; bold: another level",
        captions=captions,
        # Where nobody moved there is no chart.
        empty=f"No level changed {words.between(view['from'], view['to'])}.",
    )
