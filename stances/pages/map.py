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
    stage = chart.stage(
        tracker, day, domain, where=view["view"], link=view.link, record=levels_file
    )

    # What the slider changes with the map follows it.
    latest = Block(
        "events",
        "latest",
        "wide",
        follows=True,
        title="Latest scored",
        href=view.link("events"),
        more="All events",
        frame=stance.latest(tracker, day, domain, n=_LINES),
        who=True,
        aside="level",
        empty=f"Records begin in {tracker.codebook.first_date.year}.",
    )

    removals = acts.removals(tracker, day, domain)
    dates = Block(
        "dates",
        "dates",
        "narrow",
        follows=True,
        title=f"{tracker.codebook.subject} out by",
        href=view.link("acts"),
        more="All dates",
        small=shared.day_of_wording(view) if len(removals) else "",
        frame=removals.head(_LINES),
        empty=f"{shared.no_date(view)}.",
    )

    return Page(
        headline=shared.dated(view, stance.map_headline(tracker, day, domain)),
        controls=shared.controls(view, "domain", "as_of"),
        picture=("Map as picture", "map"),
        file=(f"Levels on {view.day_in_words}", "snapshots"),
        scope=f"all, {view.field}",
        printed_title=f"{words.capital(view.field)}, {view.day_in_words}",
        blocks=[
            shared.scale_bar(view, "used", "old", "none"),
            Block("stage", "map", "wide", live="map", stage=stage),
            _cards(view),
            latest,
            dates,
            _where(view),
        ],
    )


def picture(view: View) -> Picture:
    """Return the map of a view as a picture."""
    source = pictures.source(view)

    def sheet(mode: str) -> str:
        return chart.picture(
            view.tracker, view.day, view.domain, where=view["view"], source=source, mode=mode
        )

    return Picture(sheet)


def _where(view: View) -> Block:
    """Return the lists of who stands at each level, old ones marked."""
    tracker = view.tracker
    frame = stance.by_level(tracker, view.day, view.domain)
    standings = stance.standings(tracker, view.day, view.domain)
    old = standings.index[standings["is_old"]]
    return Block("where", "where", follows=True, frame=frame, old=old)


def _cards(view: View) -> Block:
    """Return the cards of those that the edition features, under one axis of years."""
    tracker = view.tracker
    ahead = acts.dates_ahead(tracker, view.day, view.domain)
    # The codebook has these two kinds first; what is general does not name the subject.
    removals_and_stops = list(tracker.codebook.acts.deadline_kind)[:2]
    ahead = ahead[ahead["kind"].isin(removals_and_stops) & ~ahead["general"]]
    cards = [_card(view, code, ahead) for code in tracker.about.featured]
    return Block(
        "cards",
        "cards",
        "narrow",
        follows=True,
        first=shared.chart_start(view),
        day=view.day,
        cards=cards,
    )


def _card(view: View, code: str, ahead: pd.DataFrame) -> dict[str, Any]:
    """Return the card of an actor or group: its name, its level, what that rests on, its ribbon,
    and one fact. `ahead`: the removals and stops of everybody.
    """
    tracker = view.tracker
    day = view.day
    domain = view.domain
    first = shared.chart_start(view)
    standing = stance.standing(tracker, code, domain, day)
    has_level = pd.notna(standing["level"])
    if code in tracker.groups:
        actors = tracker.members(code, day)
        name = tracker.group_title(code, day)
        href = view.link("members", group=code)
        known = int(standing["known"])
        rests_on = f"average, {known} known"
        if not has_level:
            rests_on = f"{known} of {standing['members']} known"
        months = [month for month in tracker.data.months if first < month < day]
        shares = history.shares(tracker, code, domain, [first, *months, day])
        band = ribbon.stacked(shares, first, day, labels=view.labels, name=f"{name}, {view.field}")
    else:
        actors = [code]
        name = tracker.names[code]
        href = view.link("actor", actor=code)
        rests_on = standing["rests_on"]
        runs = history.runs(tracker, code, domain)
        band = ribbon.svg(runs, first, day, labels=view.labels, name=f"{name}, {view.field}")

    due = ahead[ahead["actor"].isin(actors)]
    return {
        "name": name,
        "href": href,
        "level": standing["level"] if has_level else None,
        "is_old": standing["is_old"],
        "rests_on": rests_on,
        "ribbon": band,
        **_fact(view, actors, due),
    }


def _fact(view: View, actors: list[str], due: pd.DataFrame) -> dict[str, Any]:
    """Return what is due next, else the latest scored event: whether it is ahead, its day, what it
    is, and of several actors whose; empty where there is neither. `due`: their removals and stops.
    """
    rows = due
    if due.empty:
        rows = stance.latest(view.tracker, view.day, view.domain, n=1, actors=actors)
    if rows.empty:
        return {}

    row = rows.iloc[0]
    if due.empty:
        when = words.day(row["date"], row["date_precision"])
        fact = row["title"]
    else:
        when = row["text"]
        fact = row["what"]
    who = row["actor"] if len(actors) > 1 else ""
    return {"due": len(due), "when": when, "who": who, "fact": fact}
