"""Map: where governments stand today."""

from __future__ import annotations

from math import nan
from typing import Any

import pandas as pd

from stances import words
from stances.answers import acts, change_points, history, stance
from stances.answers.tracker import EVERYONE, Tracker, cached, tracker_of
from stances.charts import levels, outlines, ribbon, svg, theme
from stances.charts import map as chart
from stances.charts.plot import Key
from stances.charts.png import Picture
from stances.dataset.codebook import OVERALL
from stances.links.view import View
from stances.pages import pictures, shared
from stances.pages.block import Block, Page

_LINES = 6


def page(view: View) -> Page:
    """Return the front page: the map of a day, five cards, the latest, what falls due."""
    tracker = view.tracker
    day = view.day
    domain = view.domain
    where = view["view"]
    stage = chart.stage(
        change_points.levels_record(tracker, domain),
        day,
        drawing=region_drawing(tracker, where),
        bodies=_bodies(tracker),
        kinds=_kinds_of_bodies(tracker),
        stack=_stack(tracker, domain),
        where=where,
        field=tracker.codebook.domain_label(domain),
        file=view.file(f"levels/{domain}", "json"),
        link=view.link,
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
    tracker = view.tracker
    domain = view.domain
    where = view["view"]
    actors = chart.states_on(change_points.levels_record(tracker, domain), view.day)
    source = pictures.source(view)

    def sheet(mode: str) -> str:
        return svg.sheet_around(
            chart.on_sheet(region_drawing(tracker, where), actors, _bodies(tracker), where, mode),
            width=outlines.WIDTH,
            height=outlines.HEIGHT,
            title=stance.map_headline(tracker, view.day, domain),
            subtitle=f"{tracker.codebook.domain_label(domain)}, {view.day_in_words}",
            source=source,
            mode=mode,
            scale=view.labels,
            legend=(
                Key(stance.dot_label(tracker, domain)),
                # Old levels have stripes in their own colours: those of one stand for all.
                Key(stance.OLD, "stripes", color=theme.level_token(-2)),
                Key(stance.NONE, "square", color=theme.level_token(nan)),
            ),
        )

    return Picture(sheet)


# -- what no day changes ---------------------------------------------------------------------------


def region_drawing(tracker: Tracker, where: str) -> outlines.Drawing:
    """Return what is drawn of a part of the world, the same whatever counts."""
    return tracker_of(tracker.data).remember(_drawing, where)


def _drawing(tracker: Tracker, where: str) -> outlines.Drawing:
    actors = tracker.data.actors.set_index("actor").loc[tracker.actors]
    states = actors[actors["kind"] == tracker.codebook.position_kinds[0]]
    return outlines.drawing(tracker.data.outlines, states, where)


def _bodies(tracker: Tracker) -> dict[str, str]:
    """Return the names of those who are no states, by code."""
    return {code: tracker.short[code] for code in tracker.actors if not tracker.is_state(code)}


def _kinds_of_bodies(tracker: Tracker) -> str:
    """Return what those are who are no states: EU bodies."""
    codebook = tracker.codebook
    return words.joined([f"{codebook.kinds[kind].label}s" for kind in codebook.position_kinds[1:]])


@cached
def _stack(tracker: Tracker, domain: str) -> str:
    """Return how many stood at each level through time, by quarters."""
    first = tracker.codebook.first_date
    last = tracker.data.opening_day
    # Every third month end: of quarters, where the data begins with one.
    ends_of_quarters = tracker.data.months[2::3]
    quarters = [day for day in ends_of_quarters if day < last]
    days = [first, *quarters, last]

    shares = history.shares(tracker, EVERYONE, domain, days)
    return svg.on_page(levels.chart(shares, tracker.codebook.scale.labels))


# -- lists and cards -------------------------------------------------------------------------------


def _where(view: View) -> Block:
    """Return the lists of who stands at each level, old ones marked; of who has no position, where
    it stands overall.
    """
    tracker = view.tracker
    frame = stance.by_level(tracker, view.day, view.domain)
    nowhere = frame["actors"].iloc[-1]
    overall = stance.by_level(tracker, view.day, OVERALL)
    overall["actors"] = [
        [actor for actor in actors if actor in nowhere] for actors in overall["actors"]
    ]

    is_old = stance.standings(tracker, view.day, view.domain)["is_old"]
    is_old_overall = stance.standings(tracker, view.day, OVERALL)["is_old"]
    old = [*is_old.index[is_old], *is_old_overall[nowhere].loc[lambda flags: flags].index]
    return Block(
        "where",
        "where",
        follows=True,
        frame=frame,
        old=old,
        nowhere=nowhere,
        overall=overall,
    )


def _cards(view: View) -> Block:
    """Return the cards of those that the edition features, under one axis of years."""
    tracker = view.tracker
    ahead = acts.dates_ahead(tracker, view.day, view.domain)
    # The codebook has these two kinds first; what is general does not name the subject.
    removals_and_stops = list(tracker.codebook.acts.deadline_kind)[:2]
    is_fact = ahead["kind"].isin(removals_and_stops) & ~ahead["general"]
    ahead = ahead.loc[is_fact, ["actor", "text", "what"]]
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
    """Return what is due next, else the latest scored event: how many are due, its day, what it is,
    and of several actors whose; empty where there is neither. `due`: their removals and stops.
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
