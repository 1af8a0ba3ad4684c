"""The state that all visitors share: the dataset and what is derived from it, read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, cached_property, lru_cache, partial, wraps
from operator import attrgetter
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import ref

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers import agreement
from stances.answers.events import (
    NEWEST,
    OF_ACTS,
    OF_SOURCES,
    EventQuery,
    EventSearch,
    fold,
    fold_by_id,
)
from stances.answers.rows import group_rows
from stances.dataset.about import Lead
from stances.dataset.codebook import Codebook
from stances.dataset.days import months_before
from stances.dataset.files import data_folder
from stances.dataset.outlines import country_ids
from stances.dataset.releases import MOST_RELEASES
from stances.dataset.schema import ALL_ACTORS
from stances.dataset.store import Store, store_of
from stances.dataset.tables import Dataset, once_of
from stances.model import groups
from stances.model.acts_shown import ActsShown, Columns
from stances.model.band import with_blind_codings
from stances.model.directions import DIRECTIONS, Directions, directions
from stances.model.groups import Terms
from stances.model.lifetimes import Bools, Floats, Ints
from stances.model.settings import Settings, model_under
from stances.model.stance import ACTS, ALL, Model, StanceArrays
from stances.words import Dated

Made = TypeVar("Made")
Of = ParamSpec("Of")


def memoize(
    make: Callable[Concatenate[Tracker, Of], Made],
) -> Callable[Concatenate[Tracker, Of], Made]:
    """Let a function of a tracker be called once for each of its other arguments: what it returns
    is shared, see `Tracker.remember`. Not for the scripts of `views/`, which are read at each run.
    """

    @wraps(make)
    def once(tracker: Tracker, /, *of: Of.args, **more: Of.kwargs) -> Made:
        return tracker.remember(make, *of, **more)

    return once


class Tracker:
    """A dataset with the series and look-ups that every page needs. Never changed once made.

    `settings`: a reader's own, under which all figures are derived; None: the published ones.
    `basis`: what they rest on, one of BASES.
    """

    def __init__(self, data: Dataset, settings: Settings | None = None, basis: str = ALL) -> None:
        self.data = data
        self.settings = settings
        self.published_model = published_model(data).on(basis)
        self.model = (
            model_under(self.published_model, settings) if settings else self.published_model
        )
        self.codebook = self.model.codebook
        self.actors = data.actors.set_index("actor")
        # Bounded, and each tracker's own, so that all goes with the tracker. Each date of the
        # slider has eight of the Map page, some 160 kB together, most of it the map: with fewer,
        # visitors on all dates would throw out each other's. It refers to the tracker weakly, so
        # that all goes at once when newer data comes, not when lost objects are next looked for.
        few = settings or data.release
        self._remembered = lru_cache(maxsize=128 if few else 4096)(_maker(ref(self)))

    @cached_property
    def own_settings(self) -> list[str]:
        """Say how a reader's settings differ from the published ones; none: not at all."""
        return self.settings.differences(self.data.codebook) if self.settings else []

    @property
    def basis_note(self) -> tuple[str, ...]:
        """Say, in a line, that only a part of what counts is shown; none: all of it is."""
        return ("What binds alone: words are left out.",) if self.model.basis == ACTS else ()

    @cached_property
    def about(self) -> dict[str, np.ndarray]:
        """The columns of the actors' table, in the order of the model's actors."""
        rows = self.actors.loc[list(self.model.actors)]
        return {str(column): rows[column].to_numpy() for column in rows}

    @cached_property
    def map_actors(self) -> pd.DataFrame:
        """Return what the map must know of each actor on every date: actor, name, short_name, kind,
        lon, lat and covered, in the order of the model's actors.
        """
        text = ("name", "short_name", "kind", "lon", "lat")
        columns = {name: self.about[name] for name in text}
        covered = [actor in self.covered_actors for actor in self.model.actors]
        return pd.DataFrame({"actor": self.model.actors, **columns, "covered": covered})

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of every actor by its code, and of every group by its own."""
        actors = {str(code): str(name) for code, name in self.actors["name"].items()}
        return actors | {name: f"{name} (mean)" for name in self.groups}

    @cached_property
    def short_names(self) -> dict[str, str]:
        """The name of every actor by its code, where space is short."""
        return {str(code): str(name) for code, name in self.actors["short_name"].items()}

    @cached_property
    def sentence_names(self) -> dict[str, str]:
        """The name of every actor and group in a sentence: the United States, the EU average."""
        articles = zip(self.actors["article"], self.actors["name"], strict=True)
        actors = [f"{article} {name}".strip() for article, name in articles]
        called = dict(zip(map(str, self.actors.index), actors, strict=True))
        return called | {name: f"the {name} average" for name in self.groups}

    def by_name(self, codes: Iterable[str]) -> list[str]:
        """Codes in the order of their names, as lists are read: actors, then groups."""
        groups = set(self.groups)
        return sorted(codes, key=lambda code: (code in groups, self.names[code]))

    @cached_property
    def groups(self) -> list[str]:
        """The names of the groups."""
        return groups.group_names(self.data.memberships)

    @cached_property
    def line_order(self) -> list[str]:
        """List all that a line can be drawn of, in the order that gives each its colour: what is
        featured, the other groups, then the other actors as the data lists them.
        """
        actors = [code for code in self.actors.index if code in set(self.model.actors)]
        return list(dict.fromkeys([*self.data.about.featured, *self.groups, *actors]))

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every event by its id."""
        return dict(zip(self.data.events["event_id"], self.data.events["title"], strict=True))

    @cached_property
    def dates(self) -> dict[str, Dated]:
        """The date of every event by its id, with how much of it is known."""
        events = self.data.events
        columns = events["event_id"], events["date"].dt.date, events["date_precision"]
        return {code: Dated(day, precision) for code, day, precision in zip(*columns, strict=True)}

    @cached_property
    def sources(self) -> dict[str, list[Any]]:
        """The sources of every event by its id, in the order of their tiers: rows with url,
        publisher, title, published, language, checked and tier.
        """
        return group_rows(self.data.event_sources.itertuples(index=False), attrgetter("event_id"))

    @cached_property
    def act_sources(self) -> dict[str, list[Any]]:
        """The sources of every act by its id, as those of the events."""
        return group_rows(self.data.act_sources.itertuples(index=False), attrgetter("act_id"))

    @cached_property
    def weakly_sourced(self) -> frozenset[str]:
        """The ids of the events that rest on sources of weak tiers alone."""
        weak = set(self.codebook.weak_tiers)
        return frozenset(
            event for event, rows in self.sources.items() if {row.tier for row in rows} <= weak
        )

    def best_source(self, event_id: str) -> Any:
        """Return the first source of an event, a row as in `sources`; None where it has none."""
        return next(iter(self.sources.get(event_id, [])), None)

    @cached_property
    def acts(self) -> dict[str, Any]:
        """The lines of the register by their ids, with their columns as attributes."""
        return {str(row.act_id): row for row in self.data.acts.itertuples(index=False)}

    @cached_property
    def event_columns(self) -> dict[str, np.ndarray]:
        """The columns of the events as arrays, to take some rows of."""
        return {str(name): values.to_numpy() for name, values in self.data.events.items()}

    @cached_property
    def event_binds(self) -> Bools:
        """Return, for each event, whether it is an act that binds, by its instrument."""
        kinds = self.codebook.instruments
        return np.array([kinds[code].binding for code in self.event_columns["instrument"]], bool)

    @cached_property
    def event_rows(self) -> list[Any]:
        """Every event by its place: its columns as attributes, and `binding`."""
        rows = self.data.events.assign(binding=self.event_binds)
        return list(rows.itertuples(index=False))

    @cached_property
    def events(self) -> dict[str, Any]:
        """Every event by its id, as one of `event_rows`."""
        return {str(row.event_id): row for row in self.event_rows}

    @cached_property
    def event_places(self) -> dict[str, int]:
        """The place of every event in the table of events, by its id."""
        return {event: place for place, event in enumerate(self.events)}

    @cached_property
    def event_ranks(self) -> dict[str, np.ndarray]:
        """The place of every event in each order: newest or oldest first; by what a column says,
        of each the newest first and last what says nothing there.
        """
        events = self.data.events
        new = events.sort_values(["date", "event_id"], ascending=[False, True])
        kinds, ids = self.codebook.instruments, new["event_id"]
        spelled = {
            "title": new["title"],
            "actor": new["actor"].map(self.short_names),
            "domain": new["domain"].map(self.codebook.domain_label),
            "instrument": new["instrument"].map(lambda code: kinds[code].label),
        }
        keys = {
            "score": new["score"],
            "direction": ids.map(self._direction_places),
            "sources": ids.map(lambda event: -len(self.sources.get(event, []))),
            "confidence": new["confidence"].map(dict(self.codebook.model.tolerance)),
            **{name: texts.map(fold) for name, texts in spelled.items()},
        }
        orders = {
            "newest": new.index,
            "oldest": events.sort_values(["date", "event_id"]).index,
            **{name: key.sort_values(kind="stable").index for name, key in keys.items()},
        }
        return {name: np.argsort(order.to_numpy()) for name, order in orders.items()}

    @cached_property
    def directions(self) -> Directions:
        """The directions of the events that count, in their order."""
        return directions(self.model)

    @property
    def _direction_places(self) -> dict[str, int]:
        """The place of the direction of every event that counts among all directions, by its id."""
        places = map(DIRECTIONS.index, self.directions.direction)
        return dict(zip(map(str, self.model.lifetimes.ids), places, strict=True))

    @cached_property
    def search(self) -> EventSearch:
        """The events of all actors, context included, ready to be searched."""
        data = self.data
        of_sources = data.event_sources, OF_SOURCES
        events = data.events[["event_id", "actor"]].assign(
            name=data.events["actor"].map(self.names),
            day=[words.day(self.dates[code]) for code in data.events["event_id"]],
        )
        named = events, ("name", "day")
        beside = fold_by_id("event_id", (data.acts, OF_ACTS), of_sources, named)
        return EventSearch(data.codebook, list(data.actors["actor"]), data.events, beside)

    @cached_property
    def publishers(self) -> dict[str, str]:
        """The publishers of the sources of each event, folded, by its id."""
        return fold_by_id("event_id", (self.data.event_sources, ["publisher"]))

    def find(self, query: EventQuery, sort: str = NEWEST) -> Ints:
        """Return the places of the events found, in an order of SORTS; where most of the words are
        enough, those with more of them first, of as many those nearest in time to one that has all.
        Raises BadInput.
        """
        rows = self.search.rows(query)
        ordered = rows[np.argsort(self.event_ranks[sort][rows])]
        if query.least is None:
            return ordered
        hits = self.search.hits(query, ordered)
        whole = self.search.whole(query)
        return ordered[np.lexsort((self.search.days_from(whole, ordered), -hits))]

    @cached_property
    def coder_agreement(self) -> pd.DataFrame:
        """Measure how far each pair of coders agrees."""
        return agreement.coder_agreement(self.data.codings, self.data.events, self.data.codebook)

    @cached_property
    def coders_together(self) -> agreement.Together:
        """Measure how far all coders agree."""
        return agreement.together(self.data.codings)

    @cached_property
    def codings(self) -> dict[tuple[str, str], tuple[Any, str]]:
        """The score (missing: context) and the reason of every coding, by event and coder."""
        rows = self.data.codings.itertuples(index=False)
        return {(str(row.event_id), str(row.coder)): (row.score, str(row.why)) for row in rows}

    @cached_property
    def main_domain(self) -> str:
        """The weightiest domain of the published ones, which lists of others are about."""
        domains = self.data.codebook.domains
        return max(domains, key=lambda code: domains[code].weight)

    @property
    def lead(self) -> Lead:
        """Return what leads the dashboard; where the data names nothing, the first featured group,
        else the first of all, and the weightiest domain.
        """
        featured = [code for code in self.data.about.featured if code in self.groups]
        group = [*featured, *self.groups, ALL_ACTORS][0]
        return self.data.about.lead or Lead(group, self.main_domain)

    def year_before(self, day: date) -> date:
        """Return the day a year before (of 29 February the 28th), or the first day of all."""
        return max(months_before(day, 12), self.codebook.first_date)

    @cached_property
    def outside_readings(self) -> pd.DataFrame:
        """Return what lists of others say of each actor beside what we say."""
        return agreement.outside_readings(
            self.data.external_codings, self.model, self.main_domain, self.data.today
        )

    @cached_property
    def covered_actors(self) -> frozenset[str]:
        """The actors that have any scored event at all."""
        return frozenset(self.model.events["actor"])

    @cached_property
    def panel(self) -> StanceArrays:
        """Month ends and today, all actors and domains."""
        arrays = self.model.arrays(self.data.months)
        for values in vars(arrays).values():
            if isinstance(values, np.ndarray):
                values.flags.writeable = False
        return arrays

    def column(self, domain: str) -> int:
        """Return the place of a domain in the arrays; overall comes first."""
        return self.codebook.columns.index(domain)

    def actor_panel(self, actor: str, domain: str) -> Floats:
        """Return the month-end stances of an actor."""
        row = self.model.actors.index(actor)
        stances: Floats = self.panel.stance[:, row, self.column(domain)]
        return stances

    @cached_property
    def _terms(self) -> dict[str, Terms]:
        memberships = self.data.memberships
        return {name: groups.terms(memberships, name, self.model.actors) for name in self.groups}

    def member_places(self, group: str, day: date) -> Ints:
        """Return the places, among the model's actors, of the members of a group on a day."""
        return self._terms[group].on(day)

    def members(self, group: str, day: date) -> list[str]:
        """Return the members of a group on a day that can take a position."""
        return [self.model.actors[place] for place in self.member_places(group, day)]

    def belonging(self, group: str, day: date) -> list[str]:
        """Return members of a group on a day who can take a position; all for ALL_ACTORS."""
        return list(self.model.actors) if group == ALL_ACTORS else self.members(group, day)

    @memoize
    def model_of(self, *actors: str) -> Model:
        """Return the model of a few actors: the same of them, at a fraction of the cost."""
        return Model(self.codebook, actors, self.model.events).on(self.model.basis)

    def remember(
        self, make: Callable[Concatenate[Tracker, Of], Made], *of: Of.args, **more: Of.kwargs
    ) -> Made:
        """Return what `make` derives from the tracker `of` something (a day, a domain, a theme),
        once for all who look at it. All share it, so nobody may change it.
        """
        made: Made = self._remembered(make, *of, **more)  # type: ignore[arg-type]
        return made

    @cached_property
    def acts_shown(self) -> ActsShown:
        """Return what says which act is shown on a day."""
        return ActsShown(self.model, self.data.acts, self.data.events)

    @memoize
    def shown_acts(self, day: date) -> Columns:
        """Return the act shown of every actor and domain on a day: see `ActsShown.on`."""
        return self.acts_shown.on(day)

    @memoize
    def position_columns(self, day: date) -> Columns:
        """Return a day's `Model.position_columns`, made once for the pages of all domains."""
        return self.model.position_columns(day)

    @memoize
    def group_series(self, group: str, domain: str) -> pd.DataFrame:
        """Return the figures of a group at the panel's days: see `groups.group_series`."""
        return groups.group_series(self.data.memberships, group, self.model, self.panel, domain)

    @cached_property
    def geometry(self) -> dict[str, frozenset[str]]:
        """The countries that each geometry file draws, by the name of the file."""
        return {name: country_ids(content) for name, content in self.data.outlines.items()}

    @cached_property
    def month_days(self) -> NDArray[np.datetime64]:
        """The panel's days."""
        return np.array(self.data.months, "datetime64[D]")


def _maker(reference: ref[Tracker]) -> Callable[..., Any]:
    """Return what makes something of a tracker that is there as long as it is asked."""

    def build(make: Callable[..., Made], *of: Any, **more: Any) -> Made:
        tracker = reference()
        assert tracker is not None
        return make(tracker, *of, **more)

    return build


@once_of
def published_model(data: Dataset) -> Model:
    """Return the model of a dataset with the published constants, made once."""
    return model_by(data.codebook, data)


def model_by(codebook: Codebook, data: Dataset) -> Model:
    """Return the model of the events of a dataset by a codebook, its own or another's."""
    events = with_blind_codings(codebook, data.events, data.codings)
    return Model(codebook, data.position_actors, events)


def store_of_folder() -> Store:
    """Return the store of the data folder, which pages and routes share."""
    return store_of(data_folder())


def published_tracker() -> Tracker:
    """Return the tracker of the newest valid data, as published. Raises DataFaults without any."""
    return tracker_under(store_of_folder().data(), None)


def tracker_under(data: Dataset, settings: Settings | None, basis: str = ALL) -> Tracker:
    """Return the one tracker of a dataset under settings (None: published) and on a basis."""
    # Without the lock visitors who come at once would each make one of their own.
    with _making:
        published, changed = _trackers_of_release(data) if data.release else _trackers_of(data)
        return changed(settings, basis) if settings else published(basis)


_making = Lock()


# What makes the published trackers of a dataset, one a basis, and what makes the few of readers'
# own settings.
_Makers = tuple[Callable[[str], Tracker], Callable[[Settings, str], Tracker]]


def _makers(data: Dataset, most: int) -> _Makers:
    published = cache(lambda basis: Tracker(data, basis=basis))
    return published, lru_cache(maxsize=most)(partial(Tracker, data))


# A tracker under own settings, which nobody else may ever ask for, holds some 12 MB.
_OWN, _OWN_OF_RELEASE = 4, 1


# The dataset before the newest one too, for runs that began on it.
@lru_cache(maxsize=2)
def _trackers_of(data: Dataset) -> _Makers:
    return _makers(data, _OWN)


# Of the releases whose tables are kept; readers of these throw out no tracker of today.
@lru_cache(maxsize=MOST_RELEASES)
def _trackers_of_release(data: Dataset) -> _Makers:
    return _makers(data, _OWN_OF_RELEASE)
