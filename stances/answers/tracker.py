"""What every answer starts from: the dataset, its model, and what is derived from both once.

A tracker is shared by all who look at it and never changed. What `remember` returns is shared too:
take a copy before you change a frame of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from stances import words
from stances.dataset.about import Lead
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset
from stances.model import groups
from stances.model.acts_shown import ActsShown
from stances.model.band import with_blind_codings
from stances.model.practice import Practice
from stances.model.stance import ALL, Model

Made = TypeVar("Made")
Of = ParamSpec("Of")

EVERYONE = "all"
# A position whose newest event is of more days before, with nothing in force, is old.
OLD_DAYS = 730


def cached(
    make: Callable[Concatenate[Tracker, Of], Made],
) -> Callable[Concatenate[Tracker, Of], Made]:
    """Let a function of a tracker be called once for each of its other arguments."""

    @wraps(make)
    def once(tracker: Tracker, /, *of: Of.args, **more: Of.kwargs) -> Made:
        return tracker.remember(make, *of, **more)

    return once


class Tracker:
    """A dataset with its model and look-ups. `basis`: "all" that counts, or "acts" alone.

    `names`, `short`, `called` (in a sentence): of every actor and group, by its code; `spoken_of`:
    what titles may name an actor by: these names, and its adjective.
    """

    def __init__(self, data: Dataset, basis: str = ALL) -> None:
        self.data, self.codebook, self.about = data, data.codebook, data.about
        events = with_blind_codings(data.codebook, data.events, data.codings)
        self.model = Model(data.codebook, data.position_actors, events).on(basis)
        self.basis, self.actors = basis, list(self.model.actors)
        self.groups = groups.group_names(data.memberships)
        table = data.actors.set_index("actor")
        own = {group: group for group in self.groups}
        called = (table["article"].fillna("") + " " + table["name"]).str.strip()
        self.names = dict(zip(table.index, table["name"], strict=True)) | own
        self.short = dict(zip(table.index, table["short_name"], strict=True)) | own
        self.called = dict(zip(table.index, called, strict=True))
        self.called |= {group: f"the {group} average" for group in own}
        self.spoken_of = [table[name].to_dict() for name in ("name", "adjective", "short_name")]
        # Of a day one frame of positions and a few answers: some days of everybody's are kept.
        self._made = lru_cache(maxsize=2048)(self._make)

    def remember(self, make: Callable[..., Made], *of: Any, **more: Any) -> Made:
        """Return what `make` derives from the tracker and hashable arguments, once for all."""
        made: Made = self._made(make, *of, **more)
        return made

    def _make(self, make: Callable[..., Any], *of: Any, **more: Any) -> Any:
        return make(self, *of, **more)

    # -- actors and groups ---------------------------------------------------------------------

    @cached_property
    def bodies(self) -> dict[str, list[str]]:
        """The bodies of each group that has some: actors of a kind that is not the states', whose
        code begins with the group's.
        """
        kinds = self.data.actors.set_index("actor")["kind"]
        state = self.codebook.position_kinds[0]
        others = [actor for actor in self.actors if kinds[actor] != state]
        of = {group: [a for a in others if a.startswith(f"{group}-")] for group in self.groups}
        return {group: bodies for group, bodies in of.items() if bodies}

    def members(self, group: str, day: date) -> list[str]:
        """Return the members on a day of a group, of a group with its bodies ("EU+"), or all.

        Raises BadInput for another name.
        """
        if group == EVERYONE:
            return self.actors
        name = group.removesuffix("+")
        if name not in self.groups or (name != group and name not in self.bodies):
            allowed = [*self.groups, *(f"{g}+" for g in self.bodies), EVERYONE]
            raise BadInput(f"group {group!r} is not one of: {', '.join(allowed)}")
        of_day = [self.actors[place] for place in self.terms[name].on(day)]
        return of_day if name == group else [*of_day, *self.bodies[name]]

    def group_title(self, group: str, day: date) -> str:
        """Return a group with the number of its members on a day: EU 27."""
        if group == EVERYONE:
            return f"All {len(self.actors)}"
        name = group.removesuffix("+")
        title = f"{name} {len(self.members(name, day))}"
        return title if name == group else f"{title} and {name} bodies"

    def members_called(self, group: str) -> str:
        """Return what the members of a group are called: EU countries, EU countries and bodies."""
        if group == EVERYONE:
            return self.about.actors or "actors"
        text = f"{group.removesuffix('+')} {self.about.members or 'members'}"
        return f"{text} and bodies" if group.endswith("+") else text

    @cached_property
    def terms(self) -> dict[str, groups.Terms]:
        table = self.data.memberships
        return {name: groups.terms(table, name, self.actors) for name in self.groups}

    @property
    def lead(self) -> Lead:
        """What leads the dashboard: a group and a domain; the first and the weightiest where the
        data names nothing.
        """
        domains = self.codebook.domains
        heaviest = max(domains, key=lambda code: domains[code].weight)
        return self.about.lead or Lead([*self.groups, EVERYONE][0], heaviest)

    def in_field(self, domain: str) -> str:
        """Return a domain for the end of a clause: in telecom networks; overall."""
        label = words.within(self.codebook.domain_label(domain))
        return label if domain == OVERALL else f"in {label}"

    def column(self, domain: str) -> int:
        """Return the place of a domain in the arrays; overall comes first. Raises BadInput."""
        return self.model.column(domain)

    # -- positions -----------------------------------------------------------------------------

    def position(self, day: date) -> pd.DataFrame:
        """Return the one frame of a day, that all answers take: a row per actor and domain, overall
        first.

        The columns of `Model.position`, of the act shown (`ActsShown`) and of `Practice.on`.
        """
        return self.remember(_position, day)

    def in_domain(self, day: date, domain: str) -> pd.DataFrame:
        """Return the rows of `position` of a domain, indexed by actor. Raises BadInput."""
        return self.remember(_in_domain, day, self.column(domain))

    @cached_property
    def acts_shown(self) -> ActsShown:
        """What says which act is shown on a day."""
        return ActsShown(self.model, self.data.acts, self.data.events)

    @cached_property
    def practice(self) -> Practice:
        """What says what the rules of everybody come to on a day."""
        return Practice(self.model, self.data.acts, self.data.events)

    def model_of(self, actor: str) -> Model:
        """Return the model of one actor: the same figures at a fraction of the cost."""
        return self.remember(_model_of, actor)

    # -- events --------------------------------------------------------------------------------

    @cached_property
    def events(self) -> pd.DataFrame:
        """All events by date, then id, indexed by event_id: the columns of `events.csv` and
        `binding`.
        """
        kinds = self.codebook.instruments
        events = self.data.events.sort_values(["date", "event_id"], kind="stable")
        binding = [kinds[code].binding for code in events["instrument"]]
        return events.assign(binding=np.array(binding, bool)).set_index("event_id", drop=False)


def _model_of(tracker: Tracker, actor: str) -> Model:
    return Model(tracker.codebook, [actor], tracker.model.events).on(tracker.basis)


def _in_domain(tracker: Tracker, day: date, column: int) -> pd.DataFrame:
    rows = tracker.position(day).iloc[column :: len(tracker.codebook.columns)]
    return rows.set_index("actor")


def _position(tracker: Tracker, day: date) -> pd.DataFrame:
    frame, shown = tracker.model.position(day), tracker.acts_shown.on(day)
    newest = day >= tracker.data.opening_day
    practice = tracker.practice.on(day, shown, newest)
    of = {name: flags.ravel() for name, flags in practice.items()}
    return pd.concat([frame, pd.DataFrame({**shown, **of})], axis=1)


def tracker_of(data: Dataset, basis: str = ALL) -> Tracker:
    """Return the one tracker of a dataset on a basis. Raises BadInput for an unknown basis."""
    return _tracker(data, basis)


# The newest dataset and the one before it, for runs that began on that, on either basis.
@lru_cache(maxsize=4)
def _tracker(data: Dataset, basis: str) -> Tracker:
    return Tracker(data, basis)
