"""Trends: who has moved and when, and how two compare."""

from __future__ import annotations

from typing import Any

from stances import words
from stances.answers import history, stance
from stances.charts import svg, trends, years
from stances.charts.plot import Chart
from stances.charts.png import Picture
from stances.links.pages import MOST_LINES
from stances.links.parameters import PARAMETERS
from stances.links.view import View
from stances.pages import pictures, shared
from stances.pages.block import Block, Control, Page


def page(view: View) -> Page:
    """Return the lines of up to six, the table by field, and how many stand at each level."""
    tracker = view.tracker
    day = view.day
    names = line_names(view)
    lines = _lines(view, names)
    blocks = [
        Block("figure", {"svg": svg.on_page(lines), "chart": lines}, "lines", live="trends"),
        Block("fields_of", _by_field(view, names), "fields"),
    ]
    if len(names) != 2:
        by_year = {"title": _years_title(view), "svg": svg.on_page(_years(view))}
        blocks.append(Block("figure", by_year, "years"))

    field = shared.field_of(view)
    whose = ", ".join(names.values()) if view.is_set("actor") else "all"
    return Page(
        headline=shared.dated(view, history.headline(tracker, list(names), view.domain, day)),
        controls=[*shared.controls(view, "domain", "as_of"), *_since(view), *_chosen(view, names)],
        picture=("Lines as picture", "trends"),
        file=("Levels by month", "series"),
        scope=f"{whose}, {field}",
        only={} if view.is_set("actor") else {"actor": ()},
        paper=f"{whose}, {field}, {view['from'].year} to {words.day(day)}",
        blocks=blocks,
    )


def lines_picture(view: View) -> Picture:
    """Return the lines of a view's actors and groups as a picture."""
    names = line_names(view)
    title = history.headline(view.tracker, list(names), view.domain, view.day)
    period = f"{shared.chart_start(view).year} to {words.day(view.day)}"
    return pictures.picture(view, _lines(view, names), title, period)


def years_picture(view: View) -> Picture:
    """Return how many stood at each level at the end of each year as a picture."""
    days = f"at the end of each year and on {words.day(view.day)}"
    return pictures.picture(view, _years(view), _years_title(view), days)


def line_names(view: View) -> dict[str, str]:
    """Return what the lines of a view are called, by code: the group that leads first, of two as
    they were chosen.
    """
    tracker = view.tracker
    codes = list(view["actor"])
    if len(codes) != 2:
        codes.sort(key=lambda code: code != tracker.lead.group)

    names = {}
    for code in codes:
        names[code] = tracker.short[code]
        if code in tracker.groups:
            names[code] = f"{tracker.group_title(code, view.day)} average"
    return names


# -- charts ----------------------------------------------------------------------------------------


def _lines(view: View, names: dict[str, str]) -> Chart:
    """Return the lines of a view's actors and groups, the subject of its headline first."""
    tracker = view.tracker
    codes = list(names)
    first = shared.chart_start(view)
    lines = history.lines(tracker, codes, view.domain, first, view.day)

    acts = stance.latest(tracker, view.day, view.domain, actors=codes)
    acts = acts[acts["binding"]].rename(columns={"actor": "key"})
    acts["link"] = [view.record_event(event_id) for event_id in acts["event_id"]]

    links = {}
    for code in codes:
        links[code] = view.link("actor", actor=(code,))
        if code in tracker.groups:
            links[code] = view.link("members", group=code)

    events = []
    for comparison in tracker.about.comparisons:
        day = comparison.date
        events_of_day = view.link("events", domain=None, from_=day, to=day)
        events.append(trends.Happened(comparison.label, day, events_of_day))

    labels = tracker.codebook.scale.labels
    return trends.chart(lines, names, events, first, view.day, labels, acts, links)


def _years(view: View) -> Chart:
    """Return how many of all stood at each level at the end of each year up to a view's day."""
    by_year = history.by_year(view.tracker, view.domain, day=view.day)
    links = {}
    for year in by_year["year"]:
        links[year] = view.link("events", **shared.days_of_year(view, year))
    return years.chart(by_year, view.tracker.codebook.scale.labels, links)


def _years_title(view: View) -> str:
    standings = stance.standings(view.tracker, view.day, view.domain)
    text = stance.restricting(view.tracker, standings["level"], view.domain)
    return shared.dated(view, text)


def _by_field(view: View, names: dict[str, str]) -> dict[str, Any]:
    frame = history.by_field(view.tracker, list(names), view.day)
    title = f"By field on {words.day(view.day)}"
    return {"title": title, "names": names, "fields": frame.groupby("domain", sort=False)}


# -- controls --------------------------------------------------------------------------------------


def _since(view: View) -> list[Control]:
    """Return the links to the first days of the lines, unless there is only one."""
    usual = view.entry.default(view.tracker, "from", view.values)
    starts = {usual, view.tracker.codebook.first_date, view["from"]}
    if len(starts) == 1:
        return []
    options = [(str(day), f"Since {day.year}") for day in sorted(starts, reverse=True)]
    return [Control("links", "from", "From", str(view["from"]), options)]


def _chosen(view: View, names: dict[str, str]) -> list[Control]:
    """Return a button for each that was chosen, and the list to add one from."""
    short = view.tracker.short
    write = PARAMETERS["actor"].write
    options = view.entry.options(view.tracker, "actor")
    label = "Add a country or group"
    if not view.is_set("actor"):
        adding = [(write((code,)), name) for code, name in options.items()]
        return [Control("select", "actor", label, "", [("", "Add country or group"), *adding])]

    codes = tuple(names)
    removing = []
    for code in codes:
        others = tuple(other for other in codes if other != code)
        # The last one cannot be taken away.
        if others:
            removing.append((write(others), short[code]))
    controls = [Control("buttons", "actor", "Remove", options=removing)]
    if len(codes) < MOST_LINES:
        current = write(codes)
        adding = [(current, "Add")]
        for code, name in options.items():
            if code not in codes:
                adding.append((write((*codes, code)), name))
        controls.append(Control("select", "actor", label, current, adding))
    return controls
