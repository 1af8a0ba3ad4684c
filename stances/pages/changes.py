"""Changes: what was done between two days, with the level before and after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd

from stances import words
from stances.answers import changes
from stances.charts import registry as charts
from stances.charts import svg
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Control, Page

_OTHERS = 12
Period = tuple[date, date, str, str]


def page(view: View) -> Page:
    """Return who moved, the acts, and what else happened."""
    tracker, domain, group, field = view.tracker, view.domain, view["group"], shared.field_of(view)
    first, last = view["from"], view["to"]
    period = first, last, domain, group
    done = changes.done(tracker, *period)
    others = done[~done["binding"]]
    look = {"who": True, "aside": "badge"}
    acts = {"title": changes.acts_heading(tracker, done), "first": True, **look}
    rest = {"title": words.plural(len(others), "other event"), "shape": "cols", **look}
    title = tracker.group_title(group, last)
    return Page(
        headline=changes.headline(tracker, *period),
        controls=[
            *shared.controls(view, "domain", "from", "to"),
            _periods(view),
            shared.control(view, "group"),
        ],
        picture=("Moves as picture", "changes"),
        file=("Changes", "changes"),
        scope=f"{title}, {field}",
        paper=f"{title}, {field}, {words.day(first)} to {words.day(last)}",
        blocks=[
            Block("figure", _moved(view, period), "moved", "left"),
            Block("events", {**acts, "frame": done[done["binding"]]}, "acts", "right"),
            *[Block("events", {**rest, "frame": others, "most": _OTHERS}, "others")][: len(others)],
        ],
    )


def _periods(view: View) -> Control:
    """Return the past year, and the days before and after known events, as links."""
    last = view.tracker.data.opening_day
    options = [(view.link(from_=None, to=None), "Past year")]
    chosen = "Other period" if view.is_set("from") or view.is_set("to") else "Past year"
    for one in view.tracker.about.comparisons:
        ends = one.date - timedelta(days=1), min(one.date + timedelta(days=one.days), last)
        options.append((view.link(from_=ends[0], to=ends[1]), f"{one.label}, {one.days} days"))
        if ends == (view["from"], view["to"]):
            chosen = options[-1][1]
    return Control("menu", "", "Period", chosen, options)


def _moved(view: View, period: Period) -> dict[str, Any]:
    """Return the chart, and who came to a position, lost one, or moved by age alone."""
    tracker, short, (first, last, *_) = view.tracker, view.tracker.short, period
    moved, gone = changes.moved(tracker, *period), changes.lapsed(tracker, *period)
    new, weak = gone["change"] == "gained", gone["weak"]
    told: list[tuple[str, pd.Index, bool]] = [
        ("Lapsed", gone.index[~new], False),
        ("By age alone", moved.index[moved["by_age"]], False),
        ("New", gone.index[new & ~weak], False),
        ("New", gone.index[new & weak], True),
    ]
    return {
        "title": "Moved",
        "first": True,
        "boxed": True,
        "svg": svg.on_page(charts.moves_of(view)),
        "captions": [
            (what, sorted(short[code] for code in who), is_weak)
            for what, who, is_weak in told
            if len(who)
        ],
        "empty": f"No level changed {words.between(first, last)}.",
    }
