"""Stances: where actors stand on a subject, on any date, and why.

import stances
data = stances.load()
data.position(day)                # the stance table of a day
data.panel()                      # the monthly series
data.explain(actor, domain, day)  # the events that make a stance
data.history(actor, domain)       # its levels through all days, each with its act
data.members(group, day)          # who belongs to a group
data.group(group)                 # what the stances of its members come to, month by month
data.acts(day)                    # the register: what binds on a day
data.deadlines(day)               # every dated step of it, the next first
data.member_table(group, day)     # what binds each member, where it stands, what it did
data.happened(from_, to)          # who did what, and what it changed
stances.plot_map(data, day)       # a map, and stances.plot_trend(data, actor) a chart
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from stances.answers import acts, history, members, overview, snapshot, steps
from stances.answers.arguments import code_list, earlier, valid_value
from stances.answers.citing import source_line
from stances.answers.ledger import Span, ledger, ledger_table
from stances.answers.level_history import level_history
from stances.answers.member_file import typed_members
from stances.answers.practice import outline_words
from stances.answers.stance_map import MapPart, map_lead, map_table
from stances.answers.step_file import step_table
from stances.answers.tracker import Tracker
from stances.answers.typed_table import frame
from stances.dataset.codebook import OVERALL
from stances.dataset.countries import with_codes
from stances.dataset.days import AnyDay, read_day
from stances.dataset.faults import BadInput, DataFaults, Fault, inline
from stances.dataset.outlines import country_ids
from stances.dataset.recordings import FIRST_RECORDED, first_recorded
from stances.dataset.releases import open_dataset
from stances.dataset.schema import ALL_ACTORS, TABLE_NAMES
from stances.dataset.tables import Dataset
from stances.figures.map import VIEWS, codes_on, map_base, stance_map
from stances.figures.standalone import Caption, standalone_map, standalone_trend
from stances.figures.theme import MODES, theme
from stances.figures.trend import Lines, trend_chart
from stances.model import stance
from stances.model.stance import Basis

__all__ = [
    "BadInput", "DataFaults", "Dataset", "Fault", "Stances", "__version__", "load", "plot_map",
    "plot_trend",
]  # fmt: skip
__version__ = "1.0.0"

# How figures are drawn.
View = Literal["europe", "world"]
Mode = Literal["light", "dark"]
_MAP_HEIGHT = 520


class Stances:
    """A data folder, and the questions that one asks of it. A day is `as_of`, a span `from_` and
    `to`: a date, datetime, Timestamp, datetime64 or ISO text; where it is left out, the day up to
    which the sources were looked through. `actor`: codes, as a list or a text with commas between.
    Bad input raises BadInput, in one line with what is allowed. Arguments go by their earlier names
    too: `on`, `since`, `until`, `start`, `end`, `actors`.

    Tables are copies, one's own: what is done to them changes no figure, and no table taken later.
    Acts and deadlines, which are asked about a day, are in `dataset` alone.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._data = dataset
        self.codebook, self.about = dataset.codebook, dataset.about
        self.version, self.today = dataset.version, dataset.today

    def __reduce__(self) -> tuple[type[Stances], tuple[Dataset]]:
        """Return what a pickle has: the dataset, from which all else is derived."""
        return Stances, (self._data,)

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
        """Events: who did or said what, when, and how it is scored; the columns of `events.csv`,
        then `binding`, whether it is an act that binds, and `first_recorded`, the day on which its
        row entered, as far as releases say.
        """
        kinds = self.codebook.instruments
        binding = [kinds[code].binding for code in self._data.events["instrument"]]
        days = first_recorded(self._data)
        first = np.array([days[code] for code in self._data.events["event_id"]], "datetime64[s]")
        added = {"binding": np.array(binding, bool), FIRST_RECORDED.name: first}
        return self._data.events.copy().assign(**added)

    @property
    def sources(self) -> pd.DataFrame:
        """The pages that back events and acts."""
        return self._data.sources.copy()

    @property
    def actors(self) -> pd.DataFrame:
        """All who can take a position, and the subject itself: the columns of `actors.csv`, then
        `iso_alpha_2`, `iso_numeric` and `un_m49`, as texts; empty where an actor has none.
        """
        return with_codes(self._data.actors.copy())

    @property
    def profiles(self) -> pd.DataFrame:
        """Sentences on where actors stand."""
        return self._data.profiles.copy()

    @property
    def memberships(self) -> pd.DataFrame:
        """Members of groups, with the days on which they joined and left."""
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

    def day(self, as_of: AnyDay | None = None) -> date:
        """Return a day that has stances."""
        return self._data.opening_day if as_of is None else self._data.day(as_of)

    def position(self, as_of: AnyDay | None = None, basis: Basis = stance.ALL) -> pd.DataFrame:
        """Return the stance table of a day (columns: `Model.position`). `basis`: "all" that counts,
        or "acts" for the level of the act in force alone.
        """
        return self._on(basis).model.position(self.day(as_of))

    def panel(self, basis: Basis = stance.ALL) -> pd.DataFrame:
        """Return the monthly series of all actors and domains (columns: `Model.panel`), on a basis
        as in `position`.
        """
        return self._on(basis).model.panel(self._data.months)

    def explain(
        self, actor: str, domain: str = OVERALL, as_of: AnyDay | None = None
    ) -> pd.DataFrame:
        """Return the events that make a stance (columns: `Model.explain`)."""
        [code] = self._actors([actor])
        return self.model.explain(code, self._domain(domain), self.day(as_of))

    @earlier(actors="actor")
    def snapshot(
        self,
        as_of: AnyDay | None = None,
        domain: str | None = None,
        actor: str | Iterable[str] | None = None,
        basis: Basis = stance.ALL,
    ) -> pd.DataFrame:
        """Return the stance table of a date with the frozen columns of a snapshot, on a basis as in
        `position`; `domain` and `actor` narrow it.
        """
        codes = None if actor is None else self._actors(code_list(actor))
        of = None if domain is None else self._domain(domain)
        return snapshot.snapshot(self._data, self._on(basis).model, self.day(as_of), of, codes)

    def history(self, actor: str, domain: str = OVERALL, basis: Basis = stance.ALL) -> pd.DataFrame:
        """Return the levels of an actor in a domain through all days, each unbroken time with the
        act shown: date, until (the first day on which it is over; missing: it goes on), level,
        label, act_level, act_event_id, act_id, act_name; overall has no act. On a basis as in
        `position`.
        """
        [code] = self._actors([actor])
        return level_history(self._on(basis), code, self._domain(domain))

    @earlier(on="as_of")
    def members(self, group: str, as_of: AnyDay | None = None) -> pd.DataFrame:
        """Return the members of a group on a day, by name: actor, name, joined."""
        return members.members_on(self._data, self._group(group), self.day(as_of))

    def group(self, group: str, domain: str = OVERALL, basis: Basis = stance.ALL) -> pd.DataFrame:
        """Return what the stances of a group's members come to at month ends and today: date,
        members, with_position, mean, median, spread (population standard deviation), restricting,
        open, mean_plain; on a basis as in `position`. Mean and spread weigh each member by its
        certainty, `mean_plain` does not.
        """
        tracker = self._on(basis)
        return tracker.group_series(self._group(group), self._domain(domain)).copy()

    @earlier(on="as_of")
    def member_table(
        self,
        group: str,
        as_of: AnyDay | None = None,
        domain: str = OVERALL,
        basis: Basis = stance.ALL,
    ) -> pd.DataFrame:
        """Return the members of a group, or of "all", on a day: what binds each, where it stands
        and what it did, with the frozen columns of the table of members; on a basis as in
        `position`.
        """
        tracker, of = self._on(basis), self._group(group, ALL_ACTORS)
        table = members.member_table(tracker, of, self.day(as_of), self._domain(domain))
        return frame(typed_members(tracker, table))

    @earlier(since="from_", until="to", actors="actor")
    def happened(
        self,
        from_: AnyDay | None = None,
        to: AnyDay | None = None,
        domain: str = OVERALL,
        group: str = "",
        basis: Basis = stance.ALL,
        actor: str | Iterable[str] = (),
    ) -> pd.DataFrame:
        """Return who did what after the day `from_` (a year before, if left out), up to the day
        `to`, and what it changed, the newest first, with the frozen columns of what happened. What
        is of the day `from_` itself is not among it. `group`: its members alone; `actor`: these
        alone; on a basis as in `position`.
        """
        of = self._domain(domain), self._group(group) if group else ""
        tracker, last = self._on(basis), self.day(to)
        first = self.tracker.year_before(last) if from_ is None else self.day(from_)
        span = Span(
            *_in_order(first, last), *of, actors=tuple(self._actors(code_list(actor or ())))
        )
        return frame(ledger_table(tracker, ledger(tracker, span), span))

    @earlier(on="as_of")
    def deadlines(self, as_of: AnyDay | None = None) -> pd.DataFrame:
        """Every dated step of the acts that stand on a day, the next first, what has passed last,
        with the frozen columns of the deadlines. The table as it is: `dataset.deadlines`.
        """
        day = self.day(as_of)
        return frame(step_table(self.tracker, steps.steps_of(self.tracker, day), day, {}))

    @earlier(on="as_of")
    def acts(self, as_of: AnyDay | None = None) -> pd.DataFrame:
        """Return the acts of the register that were adopted by a day: the columns of `acts.csv`,
        then status (not yet, in force, ended) and deadline_passed. The whole register:
        `dataset.acts`.
        """
        return acts.acts_on(self._data, self.day(as_of))

    # -- what is allowed -----------------------------------------------------------------------

    def _on(self, basis: str) -> Tracker:
        """Return the tracker on a basis."""
        valid_value("basis", basis, stance.BASES)
        return self.tracker if basis == stance.ALL else self._of_acts

    @cached_property
    def _of_acts(self) -> Tracker:
        return Tracker(self._data, None, stance.ACTS)

    def _actors(self, codes: Iterable[str]) -> list[str]:
        names, allowed = self.tracker.short_names, self._data.position_actors
        return [valid_value("actor", code, allowed, names) for code in codes]

    def _domain(self, code: str) -> str:
        columns = self.codebook.columns
        names = {column: self.codebook.domain_label(column) for column in columns}
        return valid_value("domain", code, columns, names)

    def _group(self, name: str, *more: str) -> str:
        return valid_value("group", name, [*self.tracker.groups, *more])


def load(
    folder: str | os.PathLike[str] | None = None,
    today: AnyDay | None = None,
    version: str | None = None,
    known: AnyDay | None = None,
) -> Stances:
    """Read, check and type a data folder: the one given, else that of STANCES_DATA, else the one
    that comes with the product.

    `today` is the last day that has a stance; the real one if left out. On one in the past the
    tables are as they are now: what was recorded later is not taken out of them. `version`: a
    release in place of the tables as they lie, by its name or the hash in it, with the figures that
    it was published with; `known`: the newest release of this day or before. Raises DataFaults,
    which has every fault of every file, and BadInput for a release that there is not.
    """
    if today is None:
        return Stances(open_dataset(folder, version=version, known=known))
    try:
        last = read_day(today)
    except (TypeError, ValueError):
        raise BadInput(f"{inline(today)} is not a day such as 2019-03-04") from None
    data = open_dataset(folder, max(last, date.today()), version, known)
    return Stances(replace(data, today=data.day(last)))


def plot_map(
    data: Stances,
    as_of: AnyDay | None = None,
    domain: str = OVERALL,
    view: View = "europe",
    mode: Mode = "light",
) -> go.Figure:
    """Return the stance map of a day, to be shown anywhere: it asks no host for anything.

    `view`: europe or world; `mode`: light or dark. Raises BadInput.
    """
    tracker, day, codebook = data.tracker, data.day(as_of), data.codebook
    data._domain(domain)
    valid_value("view", view, list(VIEWS))
    valid_value("mode", mode, MODES)
    outlines = tracker.data.outlines[VIEWS[view].geometry_file]
    geometry, scale = country_ids(outlines), codebook.scale
    base = map_base(tracker.map_actors, scale.levels, view, mode, geometry, _MAP_HEIGHT)
    codes = () if VIEWS[view].whole else codes_on(tracker.map_actors, VIEWS[view], geometry)
    part = MapPart(VIEWS[view].label, codes)
    caption = Caption(*map_lead(tracker, day, domain, part), _source(data))
    figure = stance_map(map_table(tracker, day, domain), base)
    outlined = outline_words(codebook)
    return standalone_map(figure, outlines, scale, theme(mode), caption, outlined)


@earlier(actors="actor", start="from_", end="to")
def plot_trend(
    data: Stances,
    actor: str | Iterable[str] | None = None,
    domain: str = OVERALL,
    from_: AnyDay | None = None,
    to: AnyDay | None = None,
    mode: Mode = "light",
) -> go.Figure:
    """Return the stances of actors and groups over time, to be shown anywhere.

    `actor`: codes and names of groups, those of the first page if left out; `from_` and `to`: days,
    the whole period if left out; `mode`: light or dark. Raises BadInput.
    """
    tracker, codebook = data.tracker, data.codebook
    codes = list(data.about.featured) if actor is None else code_list(actor)
    for code in codes:
        allowed = [*tracker.groups, *data.model.actors]
        valid_value("actor or group", code, allowed, tracker.short_names)
    data._domain(domain)
    valid_value("mode", mode, MODES)
    period = _in_order(data.day(from_ or codebook.first_date), data.day(to))
    names = {code: tracker.names[code] for code in codes}
    series = history.lines(tracker, codes, domain, period)
    events = history.chosen_events(tracker, codes, domain, period)
    points = history.markers(tracker, events, series)
    lines = Lines(series, names, points, codebook, period, tracker.line_order)
    caption = Caption(
        history.trend_title(tracker, names, series, period[1]),
        history.trend_subtitle(codebook, domain, *period),
        _source(data),
    )
    return standalone_trend(trend_chart(lines, mode), theme(mode), caption)


def _in_order(first: date, last: date) -> tuple[date, date]:
    """Return two days. Raises BadInput where the last comes before the first."""
    if last < first:
        raise BadInput(f"{last} is before {first}; allowed is the same day or a later one")
    return first, last


def _source(data: Stances) -> str:
    return source_line(data.tracker.data)
