"""Changes: what was done between two days, with the level before and after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd

from stances import words
from stances.answers import changes
from stances.charts import register as charts
from stances.charts import svg
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Control, Page

_OTHERS = 12
Period = tuple[date, date, str, str]


def page(view: View) -> Page:
    """Return who moved, the acts, and what else happened."""
    tracker, domain, group = view.tracker, view.domain, view["group"]
    first, last = view["from"], view["to"]
    period = first, last, domain, group
    done = changes.done(tracker, *period)
    acts, others = done[done["binding"]], done[~done["binding"]]
    title = tracker.group_title(group, last)
    field = shared.field_of(view)
    blocks = [
        Block("figure", _moved(view, period), "moved", "left"),
        Block(
            "list",
            {
                "title": changes.acts_heading(tracker, done),
                "first": True,
                "lines": _lines(view, acts),
            },
            "acts",
            "right",
        ),
    ]
    if len(others):
        blocks.append(Block("list", _others(view, others), "others"))
    return Page(
        headline=changes.headline(tracker, *period),
        controls=_controls(view),
        picture=("Moves as picture", "changes"),
        file=("Changes", "changes"),
        scope=f"{title}, {field}",
        paper=f"{title}, {field}, {words.day(first)} to {words.day(last)}",
        blocks=blocks,
    )


def _controls(view: View) -> list[Control]:
    return [
        *shared.controls(view, "domain", "from", "to"),
        _periods(view),
        shared.control(view, "group"),
    ]


def _periods(view: View) -> Control:
    """Return the past year, and the days before and after known events, as links."""
    last = view.tracker.data.opening_day
    options = [(view.link(from_=None, to=None), "Past year")]
    chosen = "Past year" if not (view.is_set("from") or view.is_set("to")) else "Other period"
    for one in view.tracker.about.comparisons:
        ends = one.date - timedelta(days=1), min(one.date + timedelta(days=one.days), last)
        label = f"{one.label}, {one.days} days"
        options.append((view.link(from_=ends[0], to=ends[1]), label))
        if ends == (view["from"], view["to"]):
            chosen = label
    return Control("menu", "", "Period", chosen, options)


def _moved(view: View, period: Period) -> dict[str, Any]:
    moved = changes.moved(view.tracker, *period)
    return {
        "title": "Moved",
        "first": True,
        "boxed": True,
        "svg": svg.page(charts.moves_of(view)),
        "captions": _captions(view, moved, period),
        "empty": f"No level changed between {words.span(*period[:2])}.",
    }


def _captions(view: View, moved: pd.DataFrame, period: Period) -> list[tuple[str, list[str], bool]]:
    """Return who came to a position, lost one, or moved by age alone: (what, who, weak report)."""
    names = view.tracker.short
    gone = changes.lapsed(view.tracker, *period)
    lost, new = gone[gone["change"] == "lost"], gone[gone["change"] == "gained"]
    told = [
        ("Lapsed", lost.index, False),
        ("By age alone", moved.index[moved["by_age"]], False),
        ("New", new.index[~new["weak"]], False),
        ("New", new.index[new["weak"]], True),
    ]
    return [
        (what, sorted(names[code] for code in codes), weak)
        for what, codes, weak in told
        if len(codes)
    ]


def _lines(view: View, found: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "when": words.day(row.date, row.date_precision),
            "href": view.record_event(row.event_id),
            "actor": row.actor,
            "text": row.title,
            "tag": row.direction,
        }
        for row in found.itertuples()
    ]


def _others(view: View, others: pd.DataFrame) -> dict[str, Any]:
    return {
        "title": words.plural(len(others), "other event"),
        "shape": "cols",
        "lines": _lines(view, others),
        "most": _OTHERS,
        "all": f"Show all {len(others)}",
    }
