"""Changes: what was done between two days, with the level before and after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd

from stances import words
from stances.answers import changes
from stances.charts import moves, svg
from stances.charts.plot import Chart
from stances.charts.png import Picture
from stances.links.view import View
from stances.pages import pictures, shared
from stances.pages.block import Block, Control, Page

_OTHERS = 12


def page(view: View) -> Page:
    """Return who moved, the acts, and what else happened."""
    tracker = view.tracker
    period = _period(view)
    events = changes.done(tracker, *period)
    acts = events[events["binding"]]
    others = events[~events["binding"]]

    heading = changes.acts_heading(tracker, events)
    listed = {"title": heading, "first": True, "who": True, "aside": "badge", "frame": acts}
    blocks = [
        Block("figure", _moved(view), "moved", "left"),
        Block("events", listed, "acts", "right"),
    ]
    if len(others):
        heading = words.plural(len(others), "other event")
        listed = {"title": heading, "shape": "cols", "who": True, "aside": "badge"}
        blocks.append(Block("events", {**listed, "frame": others, "most": _OTHERS}, "others"))

    field = shared.field_of(view)
    group = tracker.group_title(view["group"], view["to"])
    days = f"{words.day(view['from'])} to {words.day(view['to'])}"
    return Page(
        headline=changes.headline(tracker, *period),
        controls=[
            *shared.controls(view, "domain", "from", "to"),
            _periods(view),
            shared.control(view, "group"),
        ],
        picture=("Moves as picture", "changes"),
        file=("Changes", "changes"),
        scope=f"{group}, {field}",
        paper=f"{group}, {field}, {days}",
        blocks=blocks,
    )


def picture(view: View) -> Picture:
    """Return who moved as a picture."""
    period = _period(view)
    chart = _chart(view, changes.moved(view.tracker, *period))
    title = changes.headline(view.tracker, *period)
    group = words.within(view.tracker.group_title(view["group"], view["to"]))
    return pictures.picture(view, chart, title, group, words.span(view["from"], view["to"]))


def _period(view: View) -> tuple[date, date, str, str]:
    """Return what answers about changes are asked for: both days, a field, a group."""
    return view["from"], view["to"], view.domain, view["group"]


def _periods(view: View) -> Control:
    """Return the past year, and the days before and after known events, as links."""
    newest = view.tracker.data.opening_day
    options = [(view.link(from_=None, to=None), "Past year")]
    chosen = "Past year"
    if view.is_set("from") or view.is_set("to"):
        chosen = "Other period"

    for comparison in view.tracker.about.comparisons:
        eve = comparison.date - timedelta(days=1)
        end = min(comparison.date + timedelta(days=comparison.days), newest)
        name = f"{comparison.label}, {comparison.days} days"
        options.append((view.link(from_=eve, to=end), name))
        if (eve, end) == (view["from"], view["to"]):
            chosen = name
    return Control("menu", "", "Period", chosen, options)


def _chart(view: View, moved: pd.DataFrame) -> Chart:
    links = {str(actor): view.link("actor", actor=(actor,)) for actor in moved.index}
    labels = view.tracker.codebook.scale.labels
    return moves.chart(moved, (view["from"], view["to"]), view.tracker.short, labels, links)


def _moved(view: View) -> dict[str, Any]:
    """Return the chart, and who came to a position, lost one, or moved by age alone."""
    moved = changes.moved(view.tracker, *_period(view))
    lapsed = changes.lapsed(view.tracker, *_period(view))
    is_new = lapsed["change"] == "gained"
    is_weak = lapsed["weak"]

    by_caption: list[tuple[str, pd.Index, bool]] = [
        ("Lapsed", lapsed.index[~is_new], False),
        ("By age alone", moved.index[moved["by_age"]], False),
        ("New", lapsed.index[is_new & ~is_weak], False),
        ("New", lapsed.index[is_new & is_weak], True),
    ]
    captions = []
    for caption, actors, weak in by_caption:
        if len(actors):
            names = sorted(view.tracker.short[actor] for actor in actors)
            captions.append((caption, names, weak))

    return {
        "title": "Moved",
        "first": True,
        "boxed": True,
        "svg": svg.on_page(_chart(view, moved)),
        "captions": captions,
        "empty": f"No level changed {words.between(view['from'], view['to'])}.",
    }
