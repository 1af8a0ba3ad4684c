"""Map: where governments stand today."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances import words
from stances.answers import acts, history, stance
from stances.charts import map as chart
from stances.charts import ribbon
from stances.charts.registry import since
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Page

_LINES = 6


def page(view: View) -> Page:
    """Return the front page: the map of a day, five cards, the latest, what falls due."""
    tracker, day, domain, field = view.tracker, view.day, view.domain, shared.field_of(view)
    levels = view.file(f"levels/{domain}", "json")
    stage = chart.stage(tracker, day, domain, view["view"], view.link, levels)
    due = acts.removals(tracker, day, domain)
    latest = {
        "title": "Latest",
        "href": view.link("events"),
        "more": "All events",
        "frame": stance.latest(tracker, day, domain, _LINES),
        "who": True,
        "aside": "level",
        "empty": f"Records begin in {tracker.codebook.first_date.year}.",
    }
    dates = {
        "title": f"{tracker.codebook.subject} out by",
        "href": view.link("acts"),
        "more": "All dates",
        "small": shared.worded(view) if len(due) else "",
        "frame": due.head(_LINES),
    }
    levels_of = stance.standings(tracker, day, domain)
    where = {
        "frame": stance.by_level(tracker, day, domain),
        "old": set(levels_of.index[levels_of["is_old"]]),
    }
    return Page(
        headline=shared.dated(view, stance.map_headline(tracker, day, domain)),
        controls=shared.controls(view, "domain", "as_of"),
        picture=("Map as picture", "map"),
        file=(f"Levels on {words.day(day)}", "snapshots"),
        scope=f"all, {field}",
        paper=f"{words.capital(field)}, {words.day(day)}",
        blocks=[
            shared.scale_bar(view, "used", "old", "none"),
            Block("stage", {"stage": stage}, "map", "wide", live="map"),
            Block("cards", _cards(view), "cards", "narrow", follows=True),
            Block("events", latest, "latest", "wide", follows=True),
            Block("dates", dates, "dates", "narrow", follows=True),
            Block("where", where, "where", follows=True),
        ],
    )


def _cards(view: View) -> dict[str, Any]:
    due = acts.dates_ahead(view.tracker, view.day, view.domain)
    main = list(view.tracker.codebook.acts.deadline_kind)[:2]
    due = due[due["kind"].isin(main) & ~due["general"]]
    cards = [_card(view, code, due) for code in view.tracker.about.featured]
    return {"first": since(view), "day": view.day, "cards": cards}


def _card(view: View, code: str, ahead: pd.DataFrame) -> dict[str, Any]:
    """Return a card: the name, the level and what it rests on, the ribbon, one fact. `ahead`:
    removals and stops.
    """
    tracker, day, domain, first = view.tracker, view.day, view.domain, since(view)
    standing, labels = stance.standing(tracker, code, domain, day), tracker.codebook.scale.labels
    actors, name, href = [code], tracker.names[code], view.link("actor", actor=code)
    rests_on, where = standing["rests_on"], shared.field_of(view)
    if code in tracker.groups:
        actors, name = tracker.members(code, day), tracker.group_title(code, day)
        href, known = view.link("members", group=code), int(standing["known"])
        rests_on = f"average, {known} known" if known else ""
        days = [first, *(month for month in tracker.data.months if first < month < day), day]
        shares = history.shares(tracker, code, domain, days)
        drawn = ribbon.stacked(shares, first, day, labels, f"{name}, {where}")
    else:
        runs = history.runs(tracker, code, domain)
        drawn = ribbon.svg(runs, first, day, labels, f"{name}, {where}")
    card = {"name": name, "href": href, "rests_on": rests_on, "ribbon": drawn}
    card |= {"level": shared.none_or(standing["level"]), "is_old": bool(standing["is_old"])}
    return card | _fact(view, actors, ahead[ahead["actor"].isin(actors)])


def _fact(view: View, actors: list[str], due: pd.DataFrame) -> dict[str, Any]:
    """Return what is due next, else the latest scored event: whether it is ahead, its day, what it
    is, and of several actors whose.
    """
    is_due = len(due) > 0
    rows = due if is_due else stance.latest(view.tracker, view.day, view.domain, 1, actors)
    if rows.empty:
        return {"fact": ""}
    row = rows.iloc[0]
    when = row["text"] if is_due else words.day(row["date"], row["date_precision"])
    whose = row["actor"] if len(actors) > 1 else ""
    return {"due": is_due, "when": when, "fact": row["what" if is_due else "title"], "who": whose}
