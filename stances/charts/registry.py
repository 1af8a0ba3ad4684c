"""Every chart of a page by name: its page, and its picture of what a view shows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from stances import words
from stances.answers import acts, changes, events, history, leads, members, stance
from stances.charts import cells, country, deadlines, map, moves, svg, trends, years
from stances.charts.plot import Chart
from stances.charts.png import Picture
from stances.dataset.codebook import OVERALL
from stances.links import filtered
from stances.links.pages import EVENT_FILTERS, PAGES
from stances.links.view import View


class Entry(NamedTuple):
    """A chart: what its picture is called, the path of its page, and how it is made of a view."""

    title: str
    page: str
    make: Callable[[View], Picture]


def source(view: View) -> str:
    """Return the line below a picture: publisher, who scored, day of the data, version, licence."""
    about, data = view.tracker.about, view.tracker.data
    site = view.site.removeprefix("https://").removeprefix("http://").rstrip("/")
    parts = [f"{about.title}{f', {site}' if site else ''}"]
    parts.append(f"{about.scored or 'Data'}, data to {words.day(data.opening_day)}")
    licence = f", {about.licence.name.replace('-', ' ', 2)}" if about.licence else ""
    return ". ".join([*parts, f"Version {data.version}{licence}"])


# -- charts of a view, for its page and its picture ------------------------------------------------


def _field(view: View) -> str:
    label = view.tracker.codebook.domain_label(view.domain)
    return "All fields" if view.domain == OVERALL else label


def _titled(view: View, chart: Chart, title: str, *scope: str) -> Chart:
    """Return a chart with the words of its picture: what is found, and of what."""
    return replace(chart, title=title, subtitle=", ".join([_field(view), *scope]))


def since(view: View) -> date:
    """Return the first day of charts over time: that chosen, else of the latest period of the
    dashboard; where the day shown is hardly later, the first of all.
    """
    usual = PAGES["trends"].default(view.tracker, "from", view.values)
    first: date = view.values.get("from") or usual
    return first if (view.day - first).days > 31 else view.tracker.codebook.first_date


def _of_year(view: View, year: int) -> dict[str, Any]:
    last = min(date(year, 12, 31), view.tracker.data.opening_day)
    return {"from_": max(date(year, 1, 1), view.tracker.codebook.first_date), "to": last}


def line_names(view: View) -> dict[str, str]:
    """Return what the lines of a view are called, by code: the group that leads first, of two as
    they were chosen.
    """
    tracker, codes = view.tracker, list(view["actor"])
    if len(codes) != 2:
        codes.sort(key=lambda code: code != tracker.lead.group)
    groups = {code: f"{tracker.group_title(code, view.day)} average" for code in tracker.groups}
    return {code: groups.get(code) or tracker.short[code] for code in codes}


def trends_of(view: View) -> Chart:
    """Return the lines of a view's actors and groups, the subject of its headline first."""
    tracker, day, domain = view.tracker, view.day, view.domain
    first, names, labels = since(view), line_names(view), tracker.codebook.scale.labels
    links = {code: view.link("actor", actor=(code,)) for code in names}
    links |= {code: view.link("members", group=code) for code in tracker.groups}
    acts = stance.latest(tracker, day, domain, actors=list(names))
    acts = acts[acts["binding"]].rename(columns={"actor": "key"})
    acts["link"] = [view.record_event(event_id) for event_id in acts["event_id"]]
    happened = []
    for one in tracker.about.comparisons:
        of_day = view.link("events", domain=None, from_=one.date, to=one.date)
        happened.append(trends.Happened(one.label, one.date, of_day))
    lines = history.lines(tracker, list(names), domain, first, day)
    chart = trends.chart(lines, names, happened, first, day, labels, acts, links)
    title = history.headline(tracker, list(names), domain, day)
    return _titled(view, chart, title, f"{first.year} to {words.day(day)}")


def years_of(view: View) -> Chart:
    """Return how many of all stood at each level at the end of each year up to a view's day."""
    tracker, day = view.tracker, view.day
    rows = history.by_year(tracker, view.domain, day=day)
    links = {year: view.link("events", **_of_year(view, year)) for year in rows["year"]}
    chart = years.chart(rows, tracker.codebook.scale.labels, links)
    now = stance.standings(tracker, day, view.domain)["level"]
    title = stance.restricting(tracker, now)
    return _titled(view, chart, title, f"at the end of each year and on {words.day(day)}")


def deadlines_of(view: View) -> Chart:
    """Return the dates ahead by which equipment must be out."""
    tracker, day = view.tracker, view.day
    who = events.actors_of(tracker, view["actor"], view["group"], day)
    rows = acts.removals(tracker, day, view.domain, who)
    links = {act_id: view.record_act(act_id) for act_id in rows["act_id"]}
    today, subject = acts.clock(tracker, day), tracker.codebook.subject
    chart = deadlines.chart(rows, tracker.short, today, links)
    title = f"{subject} out by" if len(rows) else f"No date ahead by which {subject} must be out"
    return _titled(view, chart, title, f"rules of {words.day(day)}")


def moves_of(view: View) -> Chart:
    """Return who of a group moved between two days."""
    tracker, period = view.tracker, (view["from"], view["to"], view.domain, view["group"])
    rows = changes.moved(tracker, *period)
    links = {str(code): view.link("actor", actor=(code,)) for code in rows.index}
    chart = moves.chart(rows, period[:2], tracker.short, tracker.codebook.scale.labels, links)
    group = words.within(tracker.group_title(view["group"], view["to"]))
    title = changes.headline(tracker, *period)
    return _titled(view, chart, title, group, words.span(*period[:2]))


def events_of(view: View, of: pd.DataFrame | None = None) -> Chart:
    """Return the events of a view by year. `of`: these, where they have been found already."""
    of = filtered.chosen_events(view) if of is None else of
    rows = events.counts_by_year(view.tracker, of, view["from"], view["to"])
    links = {year: view.link(**_of_year(view, year)) for year in rows["year"]}
    chart = years.events_chart(rows, view.tracker.codebook.scale.labels, links)
    title = events.headline(view.tracker, of, filtered.in_words(view, *EVENT_FILTERS))
    return _titled(view, chart, title, "events by year and level")


def cells_of(view: View) -> Chart:
    """Return the members of a group through the years, with the rule of each."""
    tracker, day, group = view.tracker, view.day, view["group"]
    frame = members.members(tracker, group, day, view.domain)
    by_year = members.levels_by_year(tracker, group, view.domain, day)
    parts = [(heading, list(rows.index)) for heading, rows in members.sections(tracker, frame)]
    now = "Now" if view.is_newest else f"{day.day} {day:%b}"
    notes = {str(code): name for code, name in frame["act_name"].fillna("").items()}
    labels = tracker.codebook.scale.labels
    chart = cells.chart(parts, by_year, tracker.short, labels, notes, now)
    title = members.headline(tracker, group, day, view.domain)
    shown = tracker.group_title(group, day), f"ends of years and {words.day(day)}"
    return _titled(view, chart, title, *shown)


def country_of(view: View) -> Chart:
    """Return the ribbons of an actor, one a field, with its acts and statements."""
    tracker, day, actor, fields = view.tracker, view.day, view.actor, []
    for code, domain in tracker.codebook.domains.items():
        now, runs = stance.standing(tracker, actor, code, day), history.runs(tracker, actor, code)
        dated = events.find(tracker, actor=(actor,), domain=code, to=day)
        last = history.last_heard(dated) if len(dated) else ""
        of = float(now["level"]), bool(now["is_old"]), last
        fields.append(country.Field(domain.label, runs, dated, *of))
    chart = country.chart(fields, since(view), day, tracker.codebook.scale.labels)
    title = leads.lead(tracker, actor, day).headline
    return _titled(view, chart, title, f"{since(view).year} to {words.day(day)}")


# -- the register ----------------------------------------------------------------------------------


def _drawn(chart_of: Callable[[View], Chart]) -> Callable[[View], Picture]:
    def make(view: View) -> Picture:
        chart = chart_of(view)
        return Picture(lambda mode: svg.sheet(chart, source(view), mode), chart)

    return make


def _map(view: View) -> Picture:
    of = view.tracker, view.day, view.domain, view["view"], source(view)
    return Picture(lambda mode: map.picture(*of, mode))


CHARTS: dict[str, Entry] = {
    "map": Entry("Map", "", _map),
    "trends": Entry("Lines", "trends", _drawn(trends_of)),
    "years": Entry("Years", "trends", _drawn(years_of)),
    "groups": Entry("Groups", "members", _drawn(cells_of)),
    "country": Entry("Ribbons", "actor", _drawn(country_of)),
    "deadlines": Entry("Dates", "acts", _drawn(deadlines_of)),
    "changes": Entry("Moves", "changes", _drawn(moves_of)),
    "events": Entry("Years", "events", _drawn(events_of)),
}
