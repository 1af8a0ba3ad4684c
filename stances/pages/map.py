"""Map: where governments stand today."""

from __future__ import annotations

from typing import Any

from stances import words
from stances.answers import history, stance
from stances.charts import map as chart
from stances.charts import ribbon
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Page

_LATEST, _DATES = 6, 6


def page(view: View) -> Page:
    """Return the front page: the map of a day, five cards, the latest, what falls due."""
    tracker, day, domain = view.tracker, view.day, view.domain
    subject = tracker.codebook.subject
    stage = chart.stage(
        tracker, day, domain, view["view"], view.link, view.file(f"levels/{domain}", "json")
    )
    latest = stance.latest(tracker, day, domain, _LATEST)
    removals = shared.dates_ahead(view, domain, general=True)
    removals = removals[removals["kind"] == tracker.codebook.acts.leading]
    field = shared.field_of(view)
    return Page(
        headline=stance.map_headline(tracker, day, domain),
        controls=shared.controls(view, "domain", "as_of"),
        picture=("Map as picture", "map"),
        file=(f"Levels on {words.day(day)}", "snapshots"),
        scope=f"all, {field}",
        paper=f"{words.capital(field)}, {words.day(day)}",
        blocks=[
            shared.key("used", "old", "none"),
            Block("stage", {"stage": stage}, "map", "wide", live="map"),
            Block("cards", _cards(view), "cards", "narrow", follows=True),
            Block(
                "list",
                {
                    "title": "Latest",
                    "href": view.link("events"),
                    "more": "All events",
                    "lines": shared.event_lines(view, latest.itertuples()),
                    "empty": f"Records begin in {tracker.codebook.first_date.year}.",
                },
                "latest",
                "wide",
                follows=True,
            ),
            Block(
                "list",
                {
                    "title": f"{subject} out by",
                    "href": view.link("acts"),
                    "more": "All dates",
                    "lines": shared.date_lines(view, removals.head(_DATES).itertuples()),
                    "empty": "No date ahead.",
                },
                "dates",
                "narrow",
                follows=True,
            ),
            Block("where", {"levels": _where(view)}, "where", follows=True),
        ],
    )


def _where(view: View) -> list[dict[str, Any]]:
    tracker, short = view.tracker, view.tracker.short
    old = stance.standings(tracker, view.day, view.domain)["is_old"]
    return [
        {
            "level": shared.none_or(row.level),
            "count": row.count,
            "actors": [
                {"actor": code, "is_old": bool(old[code])}
                for code in sorted(row.actors, key=short.__getitem__)
            ],
        }
        for row in stance.by_level(tracker, view.day, view.domain).itertuples(index=False)
        if row.count
    ]


def _cards(view: View) -> dict[str, Any]:
    first = shared.start(view)
    featured = view.tracker.about.featured
    return {"first": first, "day": view.day, "cards": [_card(view, code) for code in featured]}


def _card(view: View, code: str) -> dict[str, Any]:
    """Return a card: the name, the level and what it rests on, the ribbon, one fact."""
    tracker, day, domain = view.tracker, view.day, view.domain
    labels, first = tracker.codebook.scale.labels, shared.start(view)
    standing = stance.standing(tracker, code, domain, day)
    if code in tracker.groups:
        name, href = tracker.group_title(code, day), view.link("members", group=code)
        known = int(standing["known"])
        rests_on = f"average, {known} known" if known else ""
        days = [d for d in tracker.data.months if first <= d < day]
        shares = history.shares(tracker, code, domain, [first, *days, day])
        drawn = ribbon.stacked(shares, first, day, labels, f"{name}, {shared.field_of(view)}")
        actors = tracker.members(code, day)
    else:
        name, href, actors = tracker.names[code], view.link("actor", actor=(code,)), [code]
        rests_on = standing["rests_on"]
        runs = history.runs(tracker, code, domain)
        drawn = ribbon.svg(runs, first, day, labels, f"{name}, {shared.field_of(view)}")
    return {
        "name": name,
        "href": href,
        "rests_on": rests_on,
        "level": shared.none_or(standing["level"]),
        "is_old": bool(standing["is_old"]),
        "ribbon": drawn,
        **_fact(view, actors),
    }


def _fact(view: View, actors: list[str]) -> dict[str, Any]:
    """Return what is due next of removals and stops, else the latest scored event."""
    tracker, day, domain = view.tracker, view.day, view.domain
    several = len(actors) > 1
    due = shared.dates_ahead(view, domain)
    due = due[due["actor"].isin(actors) & due["kind"].isin(shared.main_kinds(tracker))]
    if not due.empty:
        row = due.iloc[0]
        who = f"{tracker.short[row['actor']]}: " if several else ""
        return {"due": True, "when": row["text"], "fact": f"{who}{row['what']}"}
    found = tracker.events[tracker.events["actor"].isin(actors) & tracker.events["score"].notna()]
    found = found[found["date"] <= str(day)]
    if domain != "overall":
        found = found[found["domain"] == domain]
    if found.empty:
        return {"fact": ""}
    row = found.iloc[-1]
    return {"due": False, "when": shared.event_day(row), "fact": row["title"]}
