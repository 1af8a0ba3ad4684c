"""Trends: who has moved and when, and how two compare."""

from __future__ import annotations

from typing import Any

from stances.answers import history, stance
from stances.charts import svg, trends, years
from stances.charts.plot import Chart
from stances.charts.png import Picture
from stances.links.pages import MOST_LINES
from stances.links.parameters import PARAMETERS
from stances.links.view import View
from stances.pages import pictures, shared
from stances.pages.block import Block, Control, Page

# Of the lines, by the codes of their actors and groups, in the order of the lines.
Names = dict[str, str]


def page(view: View) -> Page:
    """Return the lines of up to six, the table by field, and how many of all stand at each level;
    of two, which are compared, no more than these.
    """
    names = line_names(view)
    lines = _lines(view, names)
    frame = history.by_field(view.tracker, list(names), view.day)
    by_field = Block(
        "fields_of",
        "fields",
        title=f"By field on {view.day_in_words}",
        names=names,
        fields=frame.groupby("domain", sort=False),
        rules=_rules(view, names) if len(names) == 2 else {},
    )
    blocks = [
        Block(
            "figure",
            "lines",
            # Plotly draws nothing where nobody had a position.
            live="trends" if lines.plot else "",
            svg=svg.on_page(lines),
            chart=lines,
            landmarks=_landmarks(view),
        ),
        by_field,
    ]
    if len(names) != 2:
        by_year = svg.on_page(_years(view))
        blocks.append(Block("figure", "years", title=_years_title(view), svg=by_year))

    controls = [shared.control(view, "domain"), shared.control(view, "as_of")]
    controls += [*_since(view), *_chosen(view, list(names))]

    # Of lines that nobody chose, feed and calendar follow everybody: `actor` then has no codes.
    whose = "all"
    feed_filter: dict[str, Any] = {"actor": ()}
    if view.is_set("actor"):
        whose = ", ".join(names.values())
        feed_filter = {}
    return Page(
        headline=shared.dated(view, _headline(view, names)),
        controls=controls,
        picture=("Lines as picture", "trends"),
        file=("Levels by month", "series"),
        scope=f"{whose}, {view.field}",
        feed_filter=feed_filter,
        printed_title=f"{whose}, {view.field}, {view['from'].year} to {view.day_in_words}",
        blocks=blocks,
    )


def lines_picture(view: View) -> Picture:
    """Return the lines of a view's actors and groups as a picture."""
    names = line_names(view)
    first = shared.chart_start(view)
    period = f"{first.year} to {view.day_in_words}"
    return pictures.picture(view, _lines(view, names), _headline(view, names), period)


def years_picture(view: View) -> Picture:
    """Return how many stood at each level at the end of each year as a picture."""
    days = f"at the end of each year and on {view.day_in_words}"
    return pictures.picture(view, _years(view), _years_title(view), days)


def _headline(view: View, names: Names) -> str:
    """Say how the first of some lines moved, or how two compare."""
    return history.headline(view.tracker, list(names), view.domain, view.day)


def line_names(view: View) -> Names:
    """Return what the lines of a view are called, by code: the group that leads first, of two as
    they were chosen.
    """
    tracker = view.tracker
    codes = list(view["actor"])
    if len(codes) != 2:
        # False sorts before True, and the others stay in their order.
        codes.sort(key=lambda code: code != tracker.lead.group)

    names = {code: tracker.short[code] for code in codes}
    for group in names.keys() & tracker.groups:
        names[group] = f"{tracker.group_title(group, view.day)} average"
    return names


def _rules(view: View, names: Names) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Return what binds each of two who are compared, by domain and code, as `shared.binding`."""
    rules = {}
    for domain in view.tracker.codebook.domains:
        for code in names:
            standing = stance.standing(view.tracker, code, domain, view.day)
            binding = shared.binding(view, standing)
            if binding:
                rules[domain, code] = binding
    return rules


# -- charts ----------------------------------------------------------------------------------------


def _lines(view: View, names: Names) -> Chart:
    """Return the chart of the lines of a view."""
    tracker = view.tracker
    codes = list(names)
    first = shared.chart_start(view)
    lines = history.lines(tracker, codes, view.domain, first, view.day)

    # A mark on the line of each act's actor; groups have none.
    acts = stance.latest(tracker, view.day, view.domain, actors=codes)
    acts = acts.loc[acts["binding"], ["event_id", "actor", "date", "title"]]
    acts = acts.rename(columns={"actor": "key"})
    acts["link"] = acts["event_id"].map(view.record_event)

    links = {}
    for code in codes:
        if code in tracker.groups:
            links[code] = view.link("members", group=code)
        else:
            links[code] = view.link("actor", actor=code)

    return trends.chart(
        lines,
        names=names,
        events=_landmarks(view),
        first=first,
        last=view.day,
        labels=view.labels,
        acts=acts,
        links=links,
    )


def _landmarks(view: View) -> list[trends.Happened]:
    """Return the days worth a comparison that the chart shows: they are what happened."""
    events = []
    for comparison in view.tracker.about.comparisons:
        day = comparison.date
        link = view.link("events", domain=None, from_=day, to=day)
        events.append(trends.Happened(comparison.label, day=day, link=link))
    return trends.in_period(events, shared.chart_start(view), view.day)


def _years(view: View) -> Chart:
    """Return how many of all stood at each level at the end of each year up to a view's day."""
    by_year = history.by_year(view.tracker, view.domain, view.day)
    links = shared.links_of_periods(view, by_year["period"])
    return years.chart(by_year, view.labels, links)


def _years_title(view: View) -> str:
    """Say how many stand at a level that restricts."""
    standings = stance.standings(view.tracker, view.day, view.domain)
    text = stance.restricting(view.tracker, standings["level"], view.domain)
    return shared.dated(view, text)


# -- controls --------------------------------------------------------------------------------------


def _since(view: View) -> list[Control]:
    """Return the links to the first days of the lines, unless there is only one."""
    default = view.entry.default(view.tracker, "from", view.values)
    days = {view["from"], default, view.tracker.codebook.first_date}
    if len(days) == 1:
        return []
    options = []
    for day in sorted(days, reverse=True):
        options.append((str(day), f"Since {day.year}"))
    return [Control("links", "from", "From", str(view["from"]), options)]


def _chosen(view: View, codes: list[str]) -> list[Control]:
    """Return a button for each that was chosen, and the list to add one from, unless there are as
    many as there can be. `codes`: of the lines, which nobody may have chosen.
    """
    write = PARAMETERS["actor"].write
    chosen = codes if view.is_set("actor") else []
    controls = []
    # The last one cannot be taken away.
    if len(chosen) > 1:
        removing = []
        for code in chosen:
            remaining = [other for other in chosen if other != code]
            removing.append((write(remaining), view.tracker.short[code]))
        controls.append(Control("buttons", "actor", "Remove", options=removing))

    if len(chosen) < MOST_LINES:
        # What the address has already is the choice that changes nothing.
        current = write(chosen)
        adding = [(current, "Add" if chosen else "Add country or group")]
        for code, name in view.entry.options(view.tracker, "actor").items():
            if code not in chosen:
                adding.append((write([*chosen, code]), name))
        controls.append(Control("select", "actor", "Add a country or group", current, adding))
    return controls
