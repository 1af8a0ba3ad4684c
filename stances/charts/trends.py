"""The chart of stances over time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from stances import words
from stances.answers.acts import whose
from stances.answers.gaps import Period
from stances.answers.history import (
    chosen_events,
    known_period,
    line_ends,
    lines,
    markers,
    period_up_to,
    trend_alt,
    trend_subtitle,
    trend_title,
)
from stances.answers.tracker import Tracker
from stances.answers.turns import TURNS, TURNS_OF_GROUPS, turns
from stances.charts.chart import Chart
from stances.figures import trend
from stances.figures.map import Json
from stances.links.view import View

# Small charts side by side where they are to be lower, and so many named of those to choose from.
_MOST_COLUMNS, _SOME = 3, 3


class _Lines(NamedTuple):
    """Lines to be drawn: of what, and how."""

    tracker: Tracker
    lines: trend.Lines
    domain: str
    layout: str
    mode: str

    def chart(self, figure: Json) -> Chart:
        """Return a chart with the words of the lines around a figure."""
        codebook, (series, names, _, _, period, _) = self.tracker.codebook, self.lines
        return Chart(
            trend_title(self.tracker, names, series, period[1]),
            f"{trend_subtitle(codebook, self.domain, *period)}{self.turns_words()}",
            trend_alt(codebook, self.domain, line_ends(series, names)),
            figure,
        )

    def figure(self, listed: bool = True, high: int | None = None) -> Json:
        """All in one chart with its `turns`, or each in a small one. `listed`: a list of these
        follows; `high`: in px, None where it has its own height.
        """
        if self.layout == "small":
            columns = trend.COLUMNS if high is None else _MOST_COLUMNS
            return trend.small_multiples(self.lines, self.mode, columns, high)
        marks = self.turns()
        names = trend.NAME_PX * sum(trend.name_rows(marks))
        height = trend.HEIGHT if high is None else high - names
        return trend.trend_chart(self.lines, self.mode, marks, height, listed)

    def turns(self) -> pd.DataFrame:
        """Return the events that moved the lines most."""
        return turns(self.tracker, tuple(self.lines.names), self.domain, self.lines.period)

    def turns_words(self) -> str:
        """Say what the dotted lines are; empty: there is none."""
        if self.layout == "small" or self.turns().empty:
            return ""
        groups = any(code in self.tracker.groups for code in self.lines.names)
        return f" {TURNS_OF_GROUPS if groups else TURNS}"

    def on_sheet(self, high: int | None = None) -> Json:
        """Return a figure for a picture, above which no menu stands."""
        free = trend.MENU_PX - trend.TITLE_PX if self.layout == "small" else trend.MENU_PX
        return trend.without_menu(self.figure(listed=False, high=high and high + free), free)


def trend_lines(tracker: Tracker, codes: Sequence[str], domain: str, period: Period) -> trend.Lines:
    """Return the lines of actors and groups over a period, as figures take them."""
    series = lines(tracker, codes, domain, period)
    points = markers(tracker, chosen_events(tracker, codes, domain, period), series)
    names = {code: tracker.names[code] for code in codes}
    return trend.Lines(series, names, points, tracker.codebook, period, tracker.line_order)


def trends_of_view(view: View) -> Chart:
    """Return a view's lines in its period: one chart with what moved them, or small ones."""
    view_lines = _of_view(view)
    return view_lines.chart(view_lines.figure())


def turns_of_view(view: View) -> pd.DataFrame:
    """Return the events that are marked in the chart of a view, which small ones do not have."""
    view_lines = _of_view(view)
    return view_lines.turns() if view_lines.layout == "lines" else trend.NO_LANDMARKS


def period_of_lines(view: View) -> Period:
    """Return the period that the lines of a view are drawn for."""
    period = period_up_to(view.tracker, view["from"], view.day)
    return known_period(view.tracker, view["actors"], view.domain, period)


def line_alone(tracker: Tracker, actor: str, domain: str, period: Period, mode: str) -> Json:
    """Return the line of an actor where all else is of it too, without a name at its end."""
    line = trend_lines(tracker, [actor], domain, period)
    return trend.without_names(_Lines(tracker, line, domain, "lines", mode).on_sheet())


def _of_view(view: View) -> _Lines:
    tracker, domain = view.tracker, view.domain
    of_view = trend_lines(tracker, view["actors"], domain, period_of_lines(view))
    return _Lines(tracker, of_view, domain, view["layout"], view.mode)


def picture_of_trends(view: View) -> Chart:
    """Return the lines of a view for a picture, or who could be chosen."""
    view_lines = _of_view(view)
    chart = view_lines.chart(view_lines.on_sheet())
    if view_lines.lines.names:
        return replace(chart, within=view_lines.on_sheet)
    instead = f"{trend.NOTHING_CHOSEN}, so no line is drawn", _to_choose(view.tracker)
    return replace(chart, figure=None, instead=instead)


def _to_choose(tracker: Tracker) -> str:
    """Say how many could be chosen, and name some of them."""
    actors, groups = len(tracker.model.actors), len(tracker.groups)
    counted = words.sentence_start(whose(tracker.data.about, actors))
    counted = f"{counted} and {words.plural(groups, 'group')}"
    some = [tracker.sentence_names[code] for code in tracker.data.first_actors[:_SOME]]
    return f"{counted} have one, among them {words.listing(some)}."
