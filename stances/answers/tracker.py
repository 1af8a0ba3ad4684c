"""What every answer starts from: the dataset, its model, and what is derived from both once.

A tracker is shared by all who look at it and never changed. What `remember` returns is shared too:
take a copy before you change a frame of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache, wraps
from operator import attrgetter
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

Answer = TypeVar("Answer")
Arguments = ParamSpec("Arguments")

EVERYONE = "all"
# A position whose newest event is of more days before, with nothing in force, is old.
OLD_DAYS = 730


def cached(
    make: Callable[Concatenate[Tracker, Arguments], Answer],
) -> Callable[Concatenate[Tracker, Arguments], Answer]:
    """Let a function or method of a tracker be called once for each of its other arguments."""

    @wraps(make)
    def once(tracker: Tracker, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
        return tracker.remember(make, *arguments, **named)

    return once


class Tracker:
    """A dataset with its model and look-ups. `basis`: "all" that counts, or "acts" alone.

    `names`, `short`, `called` (in a sentence): of every actor and group, by its code; `spoken_of`:
    what titles may name an actor by: these names, and its adjective.
    """

    def __init__(self, data: Dataset, basis: str = ALL) -> None:
        self.data = data
        self.codebook = data.codebook
        self.about = data.about
        self.basis = basis
        events = with_blind_codings(data.codebook, data.events, data.codings)
        self.model = Model(data.codebook, data.position_actors, events).on(basis)
        self.actors = list(self.model.actors)
        self.groups = groups.group_names(data.memberships)

        table = data.actors.set_index("actor")
        called = table["article"].fillna("") + " " + table["name"]
        self.names = dict(table["name"])
        self.short = dict(table["short_name"])
        self.called = dict(called.str.strip())
        self.spoken_of = [table[name].to_dict() for name in ("name", "adjective", "short_name")]
        for group in self.groups:
            self.names[group] = group
            self.short[group] = group
            self.called[group] = f"the {group} average"

        # Of a day one frame of positions and a few answers: some days of everybody's are kept.
        self._answers = lru_cache(maxsize=2048)(self._answer)

    def remember(self, make: Callable[..., Answer], *arguments: Any, **named: Any) -> Answer:
        """Return what `make` derives from the tracker and hashable arguments, once for all."""
        answer: Answer = self._answers(make, *arguments, **named)
        return answer

    def _answer(self, make: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        return make(self, *arguments, **named)

    # -- actors and groups ---------------------------------------------------------------------

    @cached_property
    def bodies(self) -> dict[str, list[str]]:
        """The bodies of each group that has some: actors of a kind that is not the states', whose
        code begins with the group's.
        """
        kinds = self.data.actors.set_index("actor")["kind"]
        state = self.codebook.position_kinds[0]
        no_states = [actor for actor in self.actors if kinds[actor] != state]

        bodies_by_group = {}
        for group in self.groups:
            bodies = [actor for actor in no_states if actor.startswith(f"{group}-")]
            if bodies:
                bodies_by_group[group] = bodies
        return bodies_by_group

    def members(self, group: str, day: date) -> list[str]:
        """Return the members on a day of a group, of a group with its bodies ("EU+"), or all.

        Raises BadInput for another name.
        """
        if group == EVERYONE:
            return self.actors
        name = group.removesuffix("+")
        with_bodies = [f"{name}+" for name in self.bodies]
        if group not in self.groups and group not in with_bodies:
            allowed = ", ".join([*self.groups, *with_bodies, EVERYONE])
            raise BadInput(f"group {group!r} is not one of: {allowed}")

        members = [self.actors[place] for place in self.terms[name].on(day)]
        if group in with_bodies:
            members += self.bodies[name]
        return members

    def group_title(self, group: str, day: date) -> str:
        """Return a group with the number of its members on a day: EU 27."""
        if group == EVERYONE:
            return f"All {len(self.actors)}"
        name = group.removesuffix("+")
        title = f"{name} {len(self.members(name, day))}"
        if group.endswith("+"):
            title = f"{title} and {name} bodies"
        return title

    def members_called(self, group: str) -> str:
        """Return what the members of a group are called: EU countries, EU countries and bodies."""
        if group == EVERYONE:
            return self.about.actors or "actors"
        text = f"{group.removesuffix('+')} {self.about.members or 'members'}"
        if group.endswith("+"):
            text = f"{text} and bodies"
        return text

    @cached_property
    def looked_to(self) -> dict[str, pd.Timestamp]:
        """The day up to which sources on each actor were looked through, where the data says it."""
        coverage = self.data.coverage
        return dict(zip(coverage["actor"], coverage["looked_to"], strict=True))

    @cached_property
    def terms(self) -> dict[str, groups.Terms]:
        table = self.data.memberships
        return {name: groups.terms(table, name, self.actors) for name in self.groups}

    @property
    def lead(self) -> Lead:
        """What leads the dashboard: a group and a domain; the first and the weightiest where the
        data names nothing.
        """
        if self.about.lead:
            return self.about.lead
        group = self.groups[0] if self.groups else EVERYONE
        domain = max(self.codebook.domains.values(), key=attrgetter("weight"))
        return Lead(group, domain.code)

    def in_field(self, domain: str) -> str:
        """Return a domain for the end of a clause: in telecom networks; overall."""
        label = words.within(self.codebook.domain_label(domain))
        if domain == OVERALL:
            return label
        return f"in {label}"

    def column(self, domain: str) -> int:
        """Return the place of a domain in the arrays; overall comes first. Raises BadInput."""
        return self.model.column(domain)

    # -- positions -----------------------------------------------------------------------------

    @cached
    def position(self, day: date) -> pd.DataFrame:
        """Return the one frame of a day, that all answers take: a row per actor and domain, overall
        first.

        The columns of `Model.position`, of the act shown (`ActsShown`) and of `Practice.on`.
        """
        shown_acts = self.acts_shown.on(day)
        newest = day >= self.data.opening_day
        practice = self.practice.on(day, shown_acts, newest)
        flags = {name: flag.ravel() for name, flag in practice.items()}

        frame = self.model.position(day)
        acts = pd.DataFrame(shown_acts)
        rules = pd.DataFrame(flags)
        return pd.concat([frame, acts, rules], axis=1)

    @cached
    def in_domain(self, day: date, domain: str) -> pd.DataFrame:
        """Return the rows of `position` of a domain, indexed by actor. Raises BadInput."""
        column = self.column(domain)
        rows = self.position(day).iloc[column :: len(self.codebook.columns)]
        return rows.set_index("actor")

    @cached_property
    def acts_shown(self) -> ActsShown:
        """What says which act is shown on a day."""
        return ActsShown(self.model, self.data.acts, self.data.events)

    @cached_property
    def practice(self) -> Practice:
        """What says what the rules of everybody come to on a day."""
        return Practice(self.model, self.data.acts, self.data.events)

    @cached
    def model_of(self, actor: str) -> Model:
        """Return the model of one actor: the same figures at a fraction of the cost."""
        return Model(self.codebook, [actor], self.model.events).on(self.basis)

    # -- events --------------------------------------------------------------------------------

    @cached_property
    def events(self) -> pd.DataFrame:
        """All events by date, then id, indexed by event_id: the columns of `events.csv` and
        `binding`.
        """
        kinds = self.codebook.instruments
        events = self.data.events.sort_values(["date", "event_id"], kind="stable")
        binding = [kinds[code].binding for code in events["instrument"]]
        events["binding"] = np.array(binding, bool)
        return events.set_index("event_id", drop=False)


def tracker_of(data: Dataset, basis: str = ALL) -> Tracker:
    """Return the one tracker of a dataset on a basis. Raises BadInput for an unknown basis."""
    return _tracker(data, basis)


# The newest dataset and the one before it, for runs that began on that, on either basis.
@lru_cache(maxsize=4)
def _tracker(data: Dataset, basis: str) -> Tracker:
    return Tracker(data, basis)
