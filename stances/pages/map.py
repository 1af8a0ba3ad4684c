"""Map: where governments stand today."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stances import words
from stances.answers import acts, history, stance
from stances.charts import map as chart
from stances.charts import ribbon
from stances.charts.png import Picture
from stances.links.view import View
from stances.pages import pictures, shared
from stances.pages.block import Block, Page

_LINES = 6


def page(view: View) -> Page:
    """Return the front page: the map of a day, five cards, the latest, what falls due."""
    tracker = view.tracker
    day = view.day
    domain = view.domain
    levels_file = view.file(f"levels/{domain}", "json")
    stage = chart.stage(tracker, day, domain, view["view"], view.link, levels_file)
    latest = {
        "title": "Latest scored",
        "href": view.link("events"),
        "more": "All events",
        "frame": stance.latest(tracker, day, domain, _LINES),
        "who": True,
        "aside": "level",
        "empty": f"Records begin in {tracker.codebook.first_date.year}.",
    }
    removals = acts.removals(tracker, day, domain)
    dates = {
        "title": f"{tracker.codebook.subject} out by",
        "href": view.link("acts"),
        "more": "All dates",
        "small": shared.worded(view) if len(removals) else "",
        "frame": removals.head(_LINES),
        "empty": f"{shared.no_date(view)}.",
    }
    standings = stance.standings(tracker, day, domain)
    where = {
        "frame": stance.by_level(tracker, day, domain),
        "old": set(standings.index[standings["is_old"]]),
    }
    field = shared.field_of(view)
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


def picture(view: View) -> Picture:
    """Return the map of a view as a picture."""
    source = pictures.source(view)

    def sheet(mode: str) -> str:
        return chart.picture(view.tracker, view.day, view.domain, view["view"], source, mode)

    return Picture(sheet)


def _cards(view: View) -> dict[str, Any]:
    """Return the cards, under one axis of years."""
    tracker = view.tracker
    day = view.day
    ahead = acts.dates_ahead(tracker, day, view.domain)
    removals_and_stops = list(tracker.codebook.acts.deadline_kind)[:2]
    ahead = ahead[ahead["kind"].isin(removals_and_stops) & ~ahead["general"]]
    cards = []
    for code in tracker.about.featured:
        if code in tracker.groups:
            card = _card_of_group(view, code)
            actors = tracker.members(code, day)
        else:
            card = _card_of_actor(view, code)
            actors = [code]
        standing = stance.standing(tracker, code, view.domain, day)
        card["level"] = shared.none_or(standing["level"])
        card["is_old"] = bool(standing["is_old"])
        cards.append(card | _fact(view, actors, ahead[ahead["actor"].isin(actors)]))
    return {"first": shared.chart_start(view), "day": day, "cards": cards}


def _card_of_group(view: View, group: str) -> dict[str, Any]:
    """Return the name of a group, what its level rests on, and its ribbon."""
    tracker = view.tracker
    day = view.day
    domain = view.domain
    first = shared.chart_start(view)
    months = [month for month in tracker.data.months if first < month < day]
    shares = history.shares(tracker, group, domain, [first, *months, day])
    name = tracker.group_title(group, day)
    labels = tracker.codebook.scale.labels
    standing = stance.standing(tracker, group, domain, day)
    known = int(standing["known"])
    rests_on = f"average, {known} known"
    if pd.isna(standing["level"]):
        rests_on = f"{known} of {standing['members']} known"
    return {
        "name": name,
        "href": view.link("members", group=group),
        "rests_on": rests_on,
        "ribbon": ribbon.stacked(shares, first, day, labels, f"{name}, {shared.field_of(view)}"),
    }


def _card_of_actor(view: View, actor: str) -> dict[str, Any]:
    """Return the name of an actor, what its level rests on, and its ribbon."""
    tracker = view.tracker
    day = view.day
    domain = view.domain
    runs = history.runs(tracker, actor, domain)
    name = tracker.names[actor]
    labels = tracker.codebook.scale.labels
    spoken = f"{name}, {shared.field_of(view)}"
    return {
        "name": name,
        "href": view.link("actor", actor=actor),
        "rests_on": stance.standing(tracker, actor, domain, day)["rests_on"],
        "ribbon": ribbon.svg(runs, shared.chart_start(view), day, labels, spoken),
    }


def _fact(view: View, actors: list[str], ahead: pd.DataFrame) -> dict[str, Any]:
    """Return what is due next, else the latest scored event: whether it is ahead, its day, what it
    is, and of several actors whose. `ahead`: removals and stops.
    """
    rows = ahead
    if ahead.empty:
        rows = stance.latest(view.tracker, view.day, view.domain, 1, actors)
    if rows.empty:
        return {"fact": ""}
    row = rows.iloc[0]
    fact = {"due": len(ahead) > 0, "who": row["actor"] if len(actors) > 1 else ""}
    if len(ahead):
        return {**fact, "when": row["text"], "fact": row["what"]}
    return {**fact, "when": words.day(row["date"], row["date_precision"]), "fact": row["title"]}
