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

# So many of the latest events, and of the removals ahead.
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
        column="narrow",
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
        controls=shared.controls(view),
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

    def sheet(mode: str) -> str:
        return svg.sheet_around(
            chart.on_sheet(region_drawing(tracker, where), actors, _bodies(tracker), where, mode),
            width=outlines.WIDTH,
            height=outlines.REGIONS[where].height,
            title=stance.map_headline(tracker, view.day, domain),
            subtitle=f"{tracker.codebook.domain_label(domain)}, {view.day_in_words}",
            source=pictures.source(view),
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
    """Return what is drawn of a part of the world (`parameters.VIEWS`), the same whatever counts:
    it is remembered by the tracker of all that counts.
    """
    return tracker_of(tracker.data).remember(_drawing, where)


def _drawing(tracker: Tracker, where: str) -> outlines.Drawing:
    states = [*filter(tracker.is_state, tracker.actors)]
    actors = tracker.data.actors.set_index("actor")
    return outlines.drawing(tracker.data.outlines, actors.loc[states], where)


def _bodies(tracker: Tracker) -> dict[str, str]:
    """Return the names of those who are no states, by code."""
    return {code: tracker.short[code] for code in tracker.actors if not tracker.is_state(code)}


def _kinds_of_bodies(tracker: Tracker) -> str:
    """Return what those are who are no states: EU bodies."""
    _, *kinds = tracker.codebook.position_kinds
    return words.joined([f"{tracker.codebook.kinds[kind].label}s" for kind in kinds])


@cached
def _stack(tracker: Tracker, domain: str) -> str:
    """Return how many stood at each level through time, by quarters."""
    last = tracker.data.opening_day
    # Every third month end: of quarters, where the data begins with one.
    ends_of_quarters = [day for day in tracker.data.months[2::3] if day < last]
    days = [tracker.codebook.first_date, *ends_of_quarters, last]
    shares = history.shares(tracker, EVERYONE, domain, days)
    stack = levels.chart(shares, tracker.codebook.scale.labels)
    return svg.on_page(stack)


# -- lists and cards -------------------------------------------------------------------------------


def _where(view: View) -> Block:
    """Return the lists of who stands at each level, old ones marked; of who has no position there
    (`nowhere`), where it stands overall.
    """
    tracker = view.tracker
    frame = stance.by_level(tracker, view.day, view.domain)
    here = stance.standings(tracker, view.day, view.domain)
    overall = stance.standings(tracker, view.day, OVERALL)
    is_old = here["is_old"].where(here["level"].notna(), overall["is_old"])
    return Block(
        "where",
        follows=True,
        frame=frame,
        is_old=is_old,
        nowhere=frame["actors"].iloc[-1],
        overall=stance.by_level(tracker, view.day, OVERALL),
    )


def _cards(view: View) -> Block:
    """Return the cards of those that the edition features, under one axis of years."""
    tracker = view.tracker
    ahead = acts.dates_ahead(tracker, view.day, view.domain)
    # The codebook has these two kinds first; what is general does not name the subject.
    removal, stop, *_ = tracker.codebook.acts.deadline_kind
    due = ahead[ahead["kind"].isin([removal, stop]) & ~ahead["general"]]
    return Block(
        "cards",
        column="narrow",
        follows=True,
        begins=shared.chart_start(view),
        cards=[_card(view, code, due) for code in tracker.about.featured],
    )


def _card(view: View, code: str, due: pd.DataFrame) -> dict[str, Any]:
    """Return the card of an actor or group: its name, its level (None: no position), what that
    rests on, its ribbon, and a fact. `due`: the removals and stops of everybody, the next first.
    """
    tracker = view.tracker
    day = view.day
    first = shared.chart_start(view)
    standing = stance.standing(tracker, code, view.domain, day)
    level = shared.none_if_missing(standing["level"])
    if code in tracker.groups:
        actors = tracker.members(code, day)
        name = tracker.group_title(code, day)
        href = view.link("members", group=code)
        known = int(standing["known"])
        rests_on = f"average, {known} known"
        # Too few of them for an average.
        if level is None:
            rests_on = f"{known} of {standing['members']} known"
        months = [month for month in tracker.data.months if first < month < day]
        shares = history.shares(tracker, code, view.domain, [first, *months, day])
        band = ribbon.stacked(shares, first, day, labels=view.labels, name=f"{name}, {view.field}")
    else:
        actors = [code]
        name = tracker.names[code]
        href = view.link("actor", actor=code)
        rests_on = standing["rests_on"]
        runs = history.runs(tracker, code, view.domain)
        band = ribbon.svg(runs, first, day, labels=view.labels, name=f"{name}, {view.field}")

    return {
        "name": name,
        "href": href,
        "level": level,
        "is_old": standing["is_old"],
        "rests_on": rests_on,
        "ribbon": band,
        **_fact(view, actors, due[due["actor"].isin(actors)]),
    }


def _fact(view: View, actors: list[str], due: pd.DataFrame) -> dict[str, Any]:
    """Return what is due next, else the latest scored event: whether it is due, when, what it is,
    and of several actors whose; empty where there is neither. `due`: their removals and stops.
    """
    rows = due
    if due.empty:
        rows = stance.latest(view.tracker, view.day, view.domain, n=1, actors=actors)
    if rows.empty:
        return {}

    row = rows.iloc[0]
    who = row["actor"] if len(actors) > 1 else ""
    if due.empty:
        when = words.day(row["date"], row["date_precision"])
        return {"due": False, "when": when, "who": who, "fact": row["title"]}
    return {"due": True, "when": row["text"], "who": who, "fact": row["what"]}
