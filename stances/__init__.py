"""Stances: where actors stand on a subject, on any date, and why.

import stances
data = stances.load()
data.position(day)                # the stance table of a day
data.panel()                      # the monthly series
data.explain(actor, domain, day)  # the events that make a stance
data.members(group, day)          # who belongs to a group
data.group(group)                 # what the stances of its members come to, month by month
data.acts(day)                    # the register: what binds on a day
data.deadlines(day)               # every dated step of it, the next first
data.member_table(group, day)     # what binds each member, where it stands, what it did
data.happened(since, until)       # who did what, and what it changed
stances.plot_map(data, day)       # a map, and stances.plot_trend(data, actors) a chart
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from stances.answers import acts, history, members, overview, snapshot, steps
from stances.answers.citing import source_line
from stances.answers.files import as_list, one_of
from stances.answers.ledger import Span, ledger, ledger_table
from stances.answers.member_file import members_typed
from stances.answers.practice import outline_words
from stances.answers.stance_map import MapPart, map_lead, map_table
from stances.answers.step_file import step_table
from stances.answers.tracker import Tracker
from stances.answers.typed import frame
from stances.dataset import tables as dataset_tables
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput, DataFaults, Fault
from stances.dataset.outlines import country_ids
from stances.dataset.schema import ALL_ACTORS, TABLE_NAMES
from stances.dataset.tables import Dataset
from stances.figures.map import VIEWS, codes_on, map_base, stance_map
from stances.figures.standalone import Caption, standalone_map, standalone_trend
from stances.figures.theme import MODES, theme
from stances.figures.trend import trend_chart
from stances.model import stance

__all__ = [
    "BadInput", "DataFaults", "Dataset", "Fault", "Stances", "load", "plot_map", "plot_trend",
]  # fmt: skip

_MAP_HEIGHT = 520


class Stances:
    """A data folder, and the questions that one asks of it. Days are dates or ISO texts; where one
    is left out it is today. Bad input raises BadInput, in one line with what is allowed.

    Tables are copies, one's own: what is done to them changes no figure, and no table taken later.
    Acts and deadlines, which are asked about a day, are in `dataset` alone.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._data = dataset
        self.codebook, self.about = dataset.codebook, dataset.about
        self.version, self.today = dataset.version, dataset.today

    def __repr__(self) -> str:
        return f"<{overview.overview(self._data)}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        return overview.overview_html(self._data)

    @cached_property
    def dataset(self) -> Dataset:
        """The checked tables, all of them, and the files they came from."""
        return replace(
            self._data, **{name: getattr(self._data, name).copy() for name in TABLE_NAMES}
        )

    @property
    def events(self) -> pd.DataFrame:
        """Who did or said what, when, and how it is scored."""
        return self._data.events.copy()

    @property
    def sources(self) -> pd.DataFrame:
        """The pages that back events and acts."""
        return self._data.sources.copy()

    @property
    def actors(self) -> pd.DataFrame:
        """Who can take a position, and the subject itself."""
        return self._data.actors.copy()

    @property
    def profiles(self) -> pd.DataFrame:
        """Where actors stand, in words."""
        return self._data.profiles.copy()

    @property
    def memberships(self) -> pd.DataFrame:
        """Who belonged to which group when."""
        return self._data.memberships.copy()

    @property
    def codings(self) -> pd.DataFrame:
        """Every score that a coder gave."""
        return self._data.codings.copy()

    @property
    def external_codings(self) -> pd.DataFrame:
        """Lists that others published, mapped to the scale."""
        return self._data.external_codings.copy()

    @cached_property
    def tracker(self) -> Tracker:
        """The dataset with the series and look-ups that answers need."""
        return Tracker(self._data)

    @property
    def model(self) -> stance.Model:
        """The scored events, prepared for deriving any day."""
        return self.tracker.model

    def day(self, as_of: date | str | None) -> date:
        """Return a day that has stances."""
        return self._data.opening_day if as_of is None else self._data.day(as_of)

    def position(self, as_of: date | str, basis: str = stance.ALL) -> pd.DataFrame:
        """Return the stance table of a day (columns: `Model.position`). `basis`: "all" that counts,
        or "acts" for the level of the act in force alone.
        """
        return self.model.on(basis).position(self.day(as_of))

    def panel(self, basis: str = stance.ALL) -> pd.DataFrame:
        """Return the monthly series of all actors and domains (columns: `Model.panel`), on a basis
        as in `position`.
        """
        return self.model.on(basis).panel(self._data.months)

    def explain(self, actor: str, domain: str, as_of: date | str) -> pd.DataFrame:
        """Return the events that make a stance (columns: `Model.explain`)."""
        return self.model.explain(actor, domain, self.day(as_of))

    def snapshot(
        self,
        as_of: date | str,
        domain: str | None = None,
        actors: str | Iterable[str] | None = None,
        basis: str = stance.ALL,
    ) -> pd.DataFrame:
        """Return the stance table of a date with the frozen columns of a snapshot, on a basis as in
        `position`; `domain` and `actors` narrow it.
        """
        return snapshot.snapshot(self._data, self.model.on(basis), as_of, domain, actors)

    def members(self, group: str, on: date | str | None = None) -> pd.DataFrame:
        """Return the members of a group on a day, by name: actor, name, joined."""
        return members.members_on(self._data, group, self.day(on))

    def group(self, group: str, domain: str = OVERALL) -> pd.DataFrame:
        """Return what the stances of a group's members come to at month ends and today: date,
        members, with_position, mean, median, spread (population standard deviation), restricting,
        open, mean_plain. Mean and spread weigh each member by its certainty, `mean_plain` does not.
        """
        one_of("group", group, self.tracker.groups)
        one_of("domain", domain, self.codebook.columns)
        return self.tracker.group_series(group, domain).copy()

    def member_table(
        self,
        group: str,
        on: date | str | None = None,
        domain: str = OVERALL,
        basis: str = stance.ALL,
    ) -> pd.DataFrame:
        """Return the members of a group, or of "all", on a day: what binds each, where it stands
        and what it did, with the frozen columns of the table of members; on a basis as in
        `position`.
        """
        one_of("group", group, [*self.tracker.groups, ALL_ACTORS])
        one_of("domain", domain, self.codebook.columns)
        tracker = self._on(basis)
        table = members.member_table(tracker, group, self.day(on), domain)
        return frame(members_typed(tracker, table))

    def happened(
        self,
        since: date | str | None = None,
        until: date | str | None = None,
        domain: str = OVERALL,
        group: str = "",
        basis: str = stance.ALL,
        actors: str | Iterable[str] = (),
    ) -> pd.DataFrame:
        """Return who did what after the day `since` (a year before, if left out), up to the day
        `until`, and what it changed, the newest first, with the frozen columns of what happened.
        What is of the day `since` itself is not among it. `group`: its members alone; `actors`:
        these alone; on a basis as in `position`.
        """
        one_of("domain", domain, self.codebook.columns)
        if group:
            one_of("group", group, self.tracker.groups)
        tracker, last = self._on(basis), self.day(until)
        first = self.tracker.year_before(last) if since is None else self.day(since)
        if last < first:
            raise BadInput(f"{last} is before {first}; allowed is the same day or a later one")
        chosen = tuple(dict.fromkeys([actors] if isinstance(actors, str) else actors))
        for actor in chosen:
            one_of("actor", actor, self._data.position_actors)
        span = Span(first, last, domain, group, actors=chosen)
        return frame(ledger_table(tracker, ledger(tracker, span), span))

    def _on(self, basis: str) -> Tracker:
        """Return the tracker on a basis."""
        one_of("basis", basis, stance.BASES)
        return self.tracker if basis == stance.ALL else Tracker(self._data, None, basis)

    def deadlines(self, on: date | str | None = None) -> pd.DataFrame:
        """Every dated step of the acts that stand on a day, the next first, what has passed last,
        with the frozen columns of the deadlines. The table as it is: `dataset.deadlines`.
        """
        day = self.day(on)
        return frame(step_table(self.tracker, steps.steps_of(self.tracker, day), day, {}))

    def acts(self, on: date | str | None = None) -> pd.DataFrame:
        """Return the acts of the register that were adopted by a day: the columns of `acts.csv`,
        then status (not yet, in force, ended) and deadline_passed. The whole register:
        `dataset.acts`.
        """
        return acts.acts_on(self._data, self.day(on))


def load(folder: str | os.PathLike[str] | None = None, today: date | None = None) -> Stances:
    """Read, check and type a data folder: the one given, else that of STANCES_DATA, else the one
    that comes with the product.

    `today` is the last day that has a stance; the real one if left out. Raises DataFaults, which
    has every fault of every file.
    """
    return Stances(dataset_tables.load(folder, today))


def plot_map(
    data: Stances,
    as_of: date | str | None = None,
    domain: str = OVERALL,
    view: str = "europe",
    mode: str = "light",
) -> go.Figure:
    """Return the stance map of a day, to be shown anywhere: it asks no host for anything.

    `view`: europe or world; `mode`: light or dark. Raises BadInput.
    """
    tracker, day, codebook = data.tracker, data.day(as_of), data.codebook
    one_of("domain", domain, data.codebook.columns)
    one_of("view", view, list(VIEWS))
    one_of("mode", mode, MODES)
    outlines = tracker.data.outlines[VIEWS[view].geometry_file]
    drawn, scale = country_ids(outlines), codebook.scale
    base = map_base(tracker.placed, scale.levels, view, mode, drawn, _MAP_HEIGHT)
    codes = () if VIEWS[view].whole else codes_on(tracker.placed, VIEWS[view], drawn)
    part = MapPart(VIEWS[view].label, codes)
    caption = Caption(*map_lead(tracker, day, domain, part), _source(data))
    figure = stance_map(map_table(tracker, day, domain), base)
    outlined = outline_words(codebook)
    return standalone_map(figure, outlines, scale.labels, theme(mode), caption, outlined)


def plot_trend(
    data: Stances,
    actors: str | Iterable[str] | None = None,
    domain: str = OVERALL,
    start: date | str | None = None,
    end: date | str | None = None,
    mode: str = "light",
) -> go.Figure:
    """Return the stances of actors and groups over time, to be shown anywhere.

    `actors`: codes and names of groups, those of the first page if left out; `start` and `end`:
    days, the whole period if left out; `mode`: light or dark. Raises BadInput.
    """
    tracker, codebook = data.tracker, data.codebook
    codes = list(data.about.featured) if actors is None else as_list(actors)
    for code in codes:
        one_of("actor or group", code, [*tracker.groups, *data.model.actors])
    one_of("domain", domain, data.codebook.columns)
    one_of("mode", mode, MODES)
    period = _period(data, start, end)
    names = {code: tracker.names[code] for code in codes}
    series = history.lines(tracker, codes, domain, period)
    events = history.chosen_events(tracker, codes, domain, period)
    points = history.markers(tracker, events, series)
    # The page lists landmarks by their numbers below the chart; here no list follows.
    none = history.landmarks(tracker, codes, domain, period).iloc[:0]
    figure = trend_chart(
        series, names, points, none, codebook, mode, period, order=tracker.line_order
    )
    caption = Caption(
        history.trend_title(tracker, names, history.line_ends(series, names), period[1]),
        history.trend_subtitle(codebook, domain, *period),
        _source(data),
    )
    return standalone_trend(figure, theme(mode), caption)


def _period(data: Stances, start: date | str | None, end: date | str | None) -> tuple[date, date]:
    first, last = data.day(start or data.codebook.first_date), data.day(end)
    if last < first:
        raise BadInput(f"{last} is before {first}; allowed is the same day or a later one")
    return first, last


def _source(data: Stances) -> str:
    return source_line(data.tracker.data)
