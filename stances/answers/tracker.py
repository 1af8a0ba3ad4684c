"""What every answer starts from: the dataset, its model, and what is derived from both once.

A tracker is shared by all who look at it and never changed. What a `cached` function returns is
shared too: take a copy before you change a frame of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from stances import words
from stances.dataset.about import Lead
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput, known_code, not_one_of
from stances.dataset.load import Dataset
from stances.model import groups
from stances.model.acts_shown import ActsShown
from stances.model.band import with_blind_codings
from stances.model.practice import Practice
from stances.model.stance import ALL, Model, StanceArrays

Answer = TypeVar("Answer")
Arguments = ParamSpec("Arguments")

EVERYONE = "all"
# A position whose newest event is of more days before, with nothing in force, is old.
OLD_DAYS = 730


def cached(
    make: Callable[Concatenate[Tracker, Arguments], Answer],
) -> Callable[Concatenate[Tracker, Arguments], Answer]:
    """Let a function or method of a tracker be called once for each of its other arguments, which
    must be hashable: what it returned then is kept by the tracker.
    """

    @wraps(make)
    def once(tracker: Tracker, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
        return tracker.remember(make, *arguments, **named)

    return once


class Tracker:
    """A dataset with its model and look-ups. `basis`: "all" that counts, or "acts" alone.

    `actors`: the codes of those who take positions, in the order of all arrays; `groups`: names.
    `weights`: of the domains, by code; `cases`: the codes of those of open cases. `kinds`: of every
    actor, also who takes no position, by its code; `names`, `short`, `called` (in a sentence): of
    every such actor and of groups; `spoken_of`: what titles may name an actor by: its name,
    adjective and short name, a dict each, where "" is none. `_answers`: what was made once.
    """

    def __init__(self, data: Dataset, basis: str = ALL) -> None:
        self.data = data
        self.codebook = data.codebook
        self.about = data.about
        self.basis = basis
        events = with_blind_codings(data.codebook, data.events, data.codings)
        model = Model(data.codebook, data.position_actors, events)
        self.model = model.on(basis)
        self.actors = list(self.model.actors)
        self.groups = groups.group_names(data.memberships)
        domains = data.codebook.domains.items()
        self.weights = {code: domain.weight for code, domain in domains}
        self.cases = [code for code, domain in domains if domain.open_case]

        table = data.actors.set_index("actor")
        article = table["article"].fillna("")
        called = article + " " + table["name"]
        self.kinds: dict[str, str] = dict(table["kind"])
        self.names = dict(table["name"])
        self.short = dict(table["short_name"])
        self.called = dict(called.str.strip())
        spoken_names = ("name", "adjective", "short_name")
        self.spoken_of = [dict(table[name]) for name in spoken_names]
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
        """Return what is not kept yet: `_answers` calls it, and keeps what it returns."""
        return make(self, *arguments, **named)

    def known_actor(self, text: str) -> str:
        """Return the code of an actor that takes positions, given as that or by a name. Raises
        BadInput, with the nearest.
        """
        names = {code: self.names[code] for code in self.actors}
        try:
            return known_code(text, names, self.other_names)
        except BadInput as error:
            # The same, with the parameter that is at fault.
            raise BadInput(str(error), "actor", error.usable, error.nearest) from None

    # -- actors and groups ---------------------------------------------------------------------

    @cached_property
    def other_names(self) -> dict[str, str]:
        """The codes of actors by all that titles may name them by."""
        codes = {}
        for names in self.spoken_of:
            codes.update({name: actor for actor, name in names.items() if name})
        return codes

    @cached_property
    def bodies(self) -> dict[str, list[str]]:
        """The bodies of each group that has some: actors of a kind that is not the states', whose
        code begins with the group's.
        """
        not_states = [actor for actor in self.actors if not self.is_state(actor)]
        bodies_by_group = {}
        for group in self.groups:
            bodies = [actor for actor in not_states if actor.startswith(f"{group}-")]
            if bodies:
                bodies_by_group[group] = bodies
        return bodies_by_group

    def is_state(self, actor: str) -> bool:
        """Say whether an actor is of the first kind that takes positions, the states'."""
        return self.kinds[actor] == self.codebook.position_kinds[0]

    def members(self, group: str, day: date) -> list[str]:
        """Return the members on a day of a group, of a group with its bodies ("EU+"), or all.

        Raises BadInput for another name.
        """
        if group == EVERYONE:
            return self.actors
        with_bodies = [f"{name}+" for name in self.bodies]
        allowed = [*self.groups, *with_bodies, EVERYONE]
        if group not in allowed:
            raise BadInput(not_one_of(group, allowed), "group")

        name = group.removesuffix("+")
        actor_places = self.terms[name].on(day)
        members = [self.actors[place] for place in actor_places]
        if group in with_bodies:
            members += self.bodies[name]
        return members

    def group_title(self, group: str, day: date) -> str:
        """Return a group with the number of its members on a day: EU 27, EU 27 and EU bodies, All
        94.
        """
        if group == EVERYONE:
            return f"All {len(self.actors)}"
        name = group.removesuffix("+")
        members = self.members(name, day)
        title = f"{name} {len(members)}"
        if group.endswith("+"):
            title = f"{title} and {name} bodies"
        return title

    def members_called(self, group: str) -> str:
        """Return what the members of a group are called: EU countries, EU countries and bodies, of
        all (EVERYONE) governments and EU bodies; as about.toml says, else actors and members.
        """
        about = self.about
        if group == EVERYONE:
            return about.actors if about.actors else "actors"

        name = group.removesuffix("+")
        noun = about.members if about.members else "members"
        text = f"{name} {noun}"
        if group.endswith("+"):
            text = f"{text} and bodies"
        return text

    def actors_called(self, actors: Iterable[str]) -> str:
        """Return what some actors are called: countries, where all of them are states, else as all
        actors are.
        """
        called = self.about.members
        if called and all(map(self.is_state, actors)):
            return called
        return self.members_called(EVERYONE)

    @cached_property
    def looked_to(self) -> dict[str, pd.Timestamp]:
        """The day up to which sources on each actor were looked through, by its code; it has no
        actor of whom the data does not say it.
        """
        rows = self.data.coverage.set_index("actor")
        return dict(rows["looked_to"])

    @cached_property
    def terms(self) -> dict[str, groups.Terms]:
        """The memberships of the actors in each group, by its name."""
        table = self.data.memberships
        terms = {}
        for name in self.groups:
            terms[name] = groups.terms(table, name, self.actors)
        return terms

    @property
    def lead(self) -> Lead:
        """What leads the dashboard: a group and a domain; the first and the weightiest where the
        data names nothing.
        """
        if self.about.lead:
            return self.about.lead
        group = self.groups[0] if self.groups else EVERYONE
        domain = max(self.weights, key=self.weights.__getitem__)
        return Lead(group, domain)

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
    def arrays(self, day: date) -> StanceArrays:
        """Return the stances of a day, all actors and columns at once: arrays of 1 x actors x
        columns.
        """
        return self.model.arrays([day])

    @cached
    def position(self, day: date) -> pd.DataFrame:
        """Return the one frame of a day, that all answers take: a row per actor and domain, overall
        first.

        The columns of `Model.columns`, of the act shown (`ActsShown`) and of `Practice.on`.
        """
        arrays = self.arrays(day)
        shown_acts = self.acts_shown.by_latest(arrays.act, day)
        is_newest = day >= self.data.opening_day
        practice = self.practice.on(day, shown_acts, newest=is_newest)
        # A row of the frame an element.
        flags = {name: flag.ravel() for name, flag in practice.items()}
        columns = self.model.columns(arrays)
        return pd.DataFrame({**columns, **shown_acts, **flags})

    @cached
    def in_domain(self, day: date, domain: str) -> pd.DataFrame:
        """Return the rows of `position` of a domain, indexed by actor. Raises BadInput."""
        # The rows of an actor stand together, one for each column.
        column = self.column(domain)
        column_count = len(self.codebook.columns)
        rows = self.position(day).iloc[column::column_count]
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
        model = Model(self.codebook, [actor], self.model.events)
        return model.on(self.basis)

    # -- events --------------------------------------------------------------------------------

    @cached_property
    def events(self) -> pd.DataFrame:
        """All events by date, then id, indexed by event_id: the columns of `events.csv` and
        `binding` (it is an act, by its kind).
        """
        kinds = self.codebook.instruments.items()
        binding_codes = [code for code, kind in kinds if kind.binding]
        events = self.data.events.sort_values(["date", "event_id"])
        events["binding"] = events["instrument"].isin(binding_codes)
        events = together(events)
        # The id stays a column too: rows are handed on without the index.
        return events.set_index("event_id", drop=False)


def together(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with its texts as objects, which lie together: taking rows takes them all at
    once, where columns of pandas' own texts are taken one after another.
    """
    texts = [name for name, kind in frame.dtypes.items() if kind == "str"]
    return frame.astype(dict.fromkeys(texts, "object"))


def tracker_of(data: Dataset, basis: str = ALL) -> Tracker:
    """Return the one tracker of a dataset on a basis. Raises BadInput for an unknown basis."""
    return _tracker(data, basis)


# The newest dataset and the one before it, for runs that began on that, on either basis.
@lru_cache(maxsize=4)
def _tracker(data: Dataset, basis: str) -> Tracker:
    return Tracker(data, basis)
