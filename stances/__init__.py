"""Where actors stand on a subject, on any date, and why.

data = stances.load()                      # then data.position("2019-03-04") is where all stand
stances.plot_trend(data, ["POL", "USA"])   # a chart: .svg(), .png(), .figure() for plotly
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from stances import dataset
from stances.answers import acts, changes, history, members, proof, snapshot
from stances.answers.tracker import EVERYONE, Tracker, tracker_of
from stances.charts.png import Picture
from stances.dataset.codebook import OVERALL
from stances.dataset.days import AnyDay, read_day
from stances.dataset.faults import BadInput, DataFaults, not_one_of
from stances.dataset.load import Dataset
from stances.dataset.schema import TABLE_NAMES
from stances.links import view
from stances.links.pages import PAGES
from stances.pages.registry import CHARTS

__all__ = [
    "BadInput",
    "DataFaults",
    "Picture",
    "Stances",
    "load",
    "plot_map",
    "plot_trend",
]
__version__ = "2.2.0"


class Stances:
    """A data folder and what one asks of it. The tables are frames of one's own: `events`,
    `sources`, `actors`, `profiles`, `memberships`, `coverage`, `codings`, `coders`,
    `external_codings`.

    A day is `as_of`, a date or ISO text; left out, the day up to which sources were looked
    through. `domain`: one of the codebook, or "overall". `basis`: "all" that counts, or "acts" for
    what binds alone. Bad input raises BadInput: one line with what is allowed. Frames are one's
    own: what answers share is copied.
    """

    def __init__(self, data: Dataset) -> None:
        self._data = data
        self.version = data.version
        self.today = data.today
        self.codebook = data.codebook
        self.about = data.about

    def __repr__(self) -> str:
        return f"<{self.about.title}, version {self.version}: {len(self._data.events):,} events>"

    @property
    def warning(self) -> str:
        """Where figures of a release are not those that it was published with; empty: they are."""
        return proof.difference(self._tracker())

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return a copy of one of the tables, which are no attributes of this object."""
        if name not in TABLE_NAMES:
            raise AttributeError(f"{type(self).__name__} has no {name!r}")
        table: pd.DataFrame = getattr(self._data, name)
        return table.copy()

    def _tracker(self, basis: str = "all") -> Tracker:
        return tracker_of(self._data, basis)

    def _day(self, as_of: AnyDay | None) -> date:
        if as_of is None:
            return self._data.opening_day
        return self._data.day(as_of, "as_of")

    def acts(self, as_of: AnyDay | None = None) -> pd.DataFrame:
        """Return the register as it was known and stood on a day (columns: `acts.register`);
        without a day the table as it lies.
        """
        if as_of is None:
            return self._data.acts.copy()
        return acts.register(self._tracker(), self._day(as_of)).copy()

    def deadlines(self, as_of: AnyDay | None = None) -> pd.DataFrame:
        """Return every dated step of the acts of a day (columns: `acts.deadlines`); without a
        day the table as it lies.
        """
        if as_of is None:
            return self._data.deadlines.copy()
        return acts.deadlines(self._tracker(), self._day(as_of)).copy()

    def position(self, as_of: AnyDay | None = None, basis: str = "all") -> pd.DataFrame:
        """Return the stances of a day, a row per actor and domain (columns: `Model.position`)."""
        return self._tracker(basis).model.position(self._day(as_of))

    def explain(
        self,
        actor: str,
        domain: str = OVERALL,
        as_of: AnyDay | None = None,
    ) -> pd.DataFrame:
        """Return the events that make a stance, the heaviest first (columns: `Model.explain`)."""
        tracker = self._tracker()
        return tracker.model.explain(tracker.known_actor(actor), domain, self._day(as_of))

    def snapshot(
        self,
        as_of: AnyDay | None = None,
        domain: str | None = None,
        actor: str | Iterable[str] | None = None,
        basis: str = "all",
    ) -> pd.DataFrame:
        """Return the table of a day with the frozen columns of the files of /snapshots, of all
        domains and actors, or of those named.
        """
        tracker = self._tracker(basis)
        day = self._day(as_of)
        actors = None
        if actor is not None:
            actors = [tracker.known_actor(code) for code in _codes(actor)]
        return snapshot.snapshot(tracker, day, domain, actors).copy()

    def panel(self, basis: str = "all") -> pd.DataFrame:
        """Return the stances at month ends and the last day (columns: `Model.panel`)."""
        return self._tracker(basis).model.panel(self._data.months)

    def group(self, name: str, domain: str = OVERALL, basis: str = "all") -> pd.DataFrame:
        """Return what the stances of a group's members come to at month ends and the last day
        (columns: `snapshot.group_means`).
        """
        tracker = self._tracker(basis)
        return snapshot.group_means(tracker, self._data.months, name, domain).copy()

    def members(
        self,
        group: str = EVERYONE,
        as_of: AnyDay | None = None,
        domain: str = OVERALL,
    ) -> pd.DataFrame:
        """Return the members of a group on a day and what binds each (columns:
        `members.members`), indexed by actor.
        """
        return members.members(self._tracker(), group, self._day(as_of), domain).copy()

    def changes(
        self,
        from_: AnyDay,
        to: AnyDay | None = None,
        domain: str = OVERALL,
        group: str = EVERYONE,
    ) -> pd.DataFrame:
        """Return what was done after the day `from_`, up to the day `to`, with the level before and
        after (columns: `changes.done`).
        """
        first = self._data.day(from_, "from_")
        last = self._day(to)
        if last < first:
            raise BadInput(
                f"{last} is before {first}; allowed is the same day or a later one",
                parameter="to",
            )

        tracker = self._tracker()
        return changes.done(tracker, first, last, domain, group).copy()

    def history(self, actor: str, domain: str = OVERALL, basis: str = "all") -> pd.DataFrame:
        """Return the levels of an actor through all days (columns: `history.runs`)."""
        tracker = self._tracker(basis)
        return history.runs(tracker, tracker.known_actor(actor), domain).copy()


def load(
    folder: str | os.PathLike[str] | None = None,
    today: AnyDay | None = None,
    release: str | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Stances:
    """Read and check a data folder: the one given, else that of STANCES_DATA, else the product's.

    `today`: the day by the clock; `release`: a version of data/releases in place of the
    tables as they lie; `settings`: constants of [model] in codebook.toml that are to be others.
    Raises DataFaults with every fault of every file, BadInput for the rest.
    """
    clock_day = None
    if today is not None:
        try:
            clock_day = read_day(today)
        except (TypeError, ValueError):
            raise BadInput(f"{today!r} is not a day such as 2019-03-04", "today") from None

    data = dataset.load.load(folder, clock_day, release)
    if not settings:
        return Stances(data)

    constants = vars(data.codebook.model)
    for name in settings:
        if name not in constants:
            raise BadInput(not_one_of(name, list(constants)), "settings")
    # Figures with other constants are another version: caches and citations go by its hash.
    content = f"{data.content_hash} {sorted(settings.items())}"
    changed = replace(
        data,
        codebook=data.codebook.with_model(**settings),
        content_hash=hashlib.sha256(content.encode()).hexdigest(),
    )
    return Stances(changed)


def plot_map(
    data: Stances,
    as_of: AnyDay | None = None,
    domain: str = "",
    where: str = "europe",
) -> Picture:
    """Return the map of a day, Europe's or the "world"'s: .svg(mode) and .png(mode) draw it on a
    sheet with title, source, day and version; `mode` is light or dark. `domain`: left out, that
    with which the page opens.
    """
    return _picture(
        data,
        "map",
        as_of,
        domain=domain,
        view=where,
    )


def plot_trend(
    data: Stances,
    actor: str | Iterable[str] = (),
    domain: str = "",
    from_: AnyDay | None = None,
    as_of: AnyDay | None = None,
) -> Picture:
    """Return the lines of up to six actors or groups: .svg() and .png() as of a map, .figure() for
    plotly, where one zooms. What is left out is as the page opens with it.
    """
    since = "" if from_ is None else str(data._data.day(from_, "from_"))
    codes = ",".join(_codes(actor))
    # Python keeps the word `from`, so it comes in a dict.
    return _picture(data, "trends", as_of, domain=domain, actor=codes, **{"from": since})


def _picture(data: Stances, name: str, as_of: AnyDay | None, **texts: str) -> Picture:
    """Return a chart of `CHARTS` on its sheet. `texts`: the parameters of its page, as in an
    address; an empty one is not set. Raises BadInput.
    """
    chart = CHARTS[name]
    query = {parameter: text for parameter, text in texts.items() if text}
    query["as_of"] = str(data._day(as_of))
    page = PAGES[chart.page]
    chart_view = view.take(data._data, page, query)
    return chart.make(chart_view)


def _codes(actor: str | Iterable[str]) -> list[str]:
    """Return codes given as a text with commas, or one by one."""
    return actor.split(",") if isinstance(actor, str) else list(actor)
