"""The history of one actor up to a day: its events, lines and acts, and what leads its page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from stances import words
from stances.answers.binding import Binding
from stances.answers.history import domain_lines, hovers, policy_levels
from stances.answers.introduction import data_to
from stances.answers.mismatch import mismatch
from stances.answers.reasons import (
    actor_headline,
    actor_subtitle,
    domains_of,
    has_spent_act,
    nothing_newer,
    why_none,
)
from stances.answers.rows import column_rows
from stances.answers.standing import figures_of, group_headline, group_line, standings
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import OVERALL
from stances.model.register import IN_FORCE
from stances.words import Dated

_TEXTS = ("event_id", "domain", "date_precision", "instrument", "title")
_COLUMNS = (*_TEXTS, "date", "score")


@memoize
def events_of(tracker: Tracker, actor: str) -> pd.DataFrame:
    """All events of an actor, newest first: event_id, key (the domain), date, date_precision,
    instrument, title, score (missing: context), binding and hover.
    """
    places = np.flatnonzero(tracker.event_columns["actor"] == actor)
    places = places[np.argsort(tracker.event_ranks["newest"][places])]
    events = tracker.data.events[list(_COLUMNS)].iloc[places]
    # Plain objects, of which pages take one after the other.
    events = events.astype({"score": "float64", **dict.fromkeys(_TEXTS, "object")})
    hover = events["event_id"].map(hovers(tracker)).astype("object")
    events = events.assign(binding=tracker.event_binds[places], hover=hover)
    return events.rename(columns={"domain": "key"}).reset_index(drop=True)


def scored_events(tracker: Tracker, actor: str, domain: str) -> pd.DataFrame:
    """Return the events of an actor that carry a score, in a domain or in all, newest first."""
    events = events_of(tracker, actor)
    return events[events["score"].notna() & ((events["key"] == domain) | (domain == OVERALL))]


@memoize
def _positions_after(tracker: Tracker, actor: str) -> dict[str, float]:
    """Return an actor's position in the domain of each of its events on its day, by the id."""
    events = events_of(tracker, actor)
    at = {day: place for place, day in enumerate(sorted(set(events["date"])))}
    stance = tracker.model_of(actor).arrays([day.date() for day in at]).stance[:, 0]
    rows = column_rows(events, "event_id", "key", "date")
    return {event: float(stance[at[day], tracker.column(key)]) for event, key, day in rows}


class ActorHistory:
    """The events of an actor up to a day, in a domain or in all.

    `events`: newest first; `elsewhere`: how many there are in other domains; `last`: the day of the
    last event; `later`: the days of the events after the day, the first one first.
    """

    def __init__(self, tracker: Tracker, actor: str, day: date, domain: str) -> None:
        self._tracker, self.actor, self._day = tracker, actor, day
        self.domain, self.name = domain, tracker.names[actor]
        # With the article that it has within a sentence.
        self.name_within = tracker.sentence_names[actor]
        every = events_of(tracker, actor)
        of_domain = every if domain == OVERALL else every[every["key"] == domain]
        days = [tracker.dates[event] for event in of_domain["event_id"]]
        later = int((of_domain["date"] > pd.Timestamp(day)).sum())
        self.events = of_domain.iloc[later:]
        self.elsewhere = int((every["date"] <= pd.Timestamp(day)).sum()) - len(self.events)
        self.last = days[later] if len(self.events) else None
        self.later = days[:later][::-1]

    @cached_property
    def period(self) -> tuple[date, date]:
        """The period of charts: from the first event's year on, or 30 days, to the day."""
        first: date = self.events["date"].iloc[-1].date().replace(month=1, day=1)
        return min(first, self._day - timedelta(days=30)), self._day

    @cached_property
    def counts(self) -> dict[str, tuple[int, int]]:
        """Scored events and context events of each domain that has any, in the codebook's order."""
        keys = self.events["key"]
        scored = keys[self.events["score"].notna()].value_counts().to_dict()
        every = keys.value_counts().to_dict()
        return {
            code: (scored.get(code, 0), every[code] - scored.get(code, 0))
            for code in self._tracker.codebook.domains
            if code in every
        }

    @property
    def scored_domains(self) -> list[str]:
        """The domains that have scored events, in the codebook's order."""
        return [code for code, (scored, _) in self.counts.items() if scored]

    @cached_property
    def series(self) -> pd.DataFrame:
        """The stance in each domain with scored events: key (domain), date, stance, low, high."""
        return domain_lines(self._tracker, self.actor, self.scored_domains, self.period)

    @cached_property
    def acts(self) -> pd.DataFrame:
        """The binding acts, oldest first: key (the domain), event_id, date, until, score, hover."""
        acts, last = policy_levels(self._tracker, self.actor), pd.Timestamp(self._day)
        acts = acts[(acts["date"] <= last) & acts["key"].isin(self.counts)]
        hover = dict(zip(self.events["event_id"], self.events["hover"], strict=True))
        return acts.assign(
            until=acts["until"].where(acts["until"] <= last),
            hover=pd.Series([hover[event] for event in acts["event_id"]], acts.index, "object"),
        )

    def ends(self) -> list[tuple[str, int, Dated | None, float, float]]:
        """List by domain: code, number of acts, day and score of the last, stance at the end."""
        acts, dated = self.acts, self._tracker.dates
        number = Counter(acts["key"])
        rows = column_rows(acts, "key", "event_id", "score")
        # Of acts and of days the later ones come last, and stay.
        last = {key: (event, score) for key, event, score in rows}
        ends = dict(zip(self.series["key"], self.series["stance"], strict=True))
        table: list[tuple[str, int, Dated | None, float, float]] = []
        for code, stance in ends.items():
            event, score = last.get(code, ("", np.nan))
            table.append((code, number[code], dated.get(event), score, stance))
        return table

    def position_after(self, event_id: str) -> float:
        """Return the position in the domain of an event on its day; NaN: none."""
        return _positions_after(self._tracker, self.actor)[event_id]

    def until(self, act: Any) -> Dated | None:
        """Return the day on which an act was replaced, as far as the day of the next one is known,
        ended or lapsed; None: it held on the day. `act`: a row of `acts`.
        """
        if pd.isna(act.until):
            return None
        following = self._beginnings.get((act.key, act.until))
        return self._tracker.dates[following] if following else Dated(act.until.date(), "day")

    @cached_property
    def _beginnings(self) -> dict[tuple[str, pd.Timestamp], str]:
        """The act that begins on a day in a domain."""
        rows = column_rows(self.acts, "key", "date", "event_id")
        return {(key, day): event for key, day, event in rows}


def label_sentence(
    tracker: Tracker, mine: Mapping[str, Any], domain: str, day: date, lines: Sequence[Binding]
) -> str:
    """Say the label of an actor, and how much binds it. `mine`: see `standing_of`; `lines`: see
    `binding`.
    """
    actor = mine[domain].actor
    standing = {code: mine[code] for code in domains_of(tracker, domain)}
    in_force = [line for line in lines if line.status == IN_FORCE]
    # Where the level is already that of an act to come, one that counts may be in force before it.
    counted = {line.domain for line in in_force if mismatch(tracker, actor, line, day) is None}
    acts = [code for code, row in standing.items() if row.act_in_force or code in counted]
    # What stands in the register alone sets no level, and is told apart.
    rules = dict.fromkeys(line.domain for line in in_force)
    uncounted = [code for code in rules if code not in acts]
    name, stance = tracker.names[actor], mine[domain].stance
    spent = has_spent_act(tracker, actor, domain, day)
    text = actor_headline(tracker.codebook, name, domain, stance, acts, uncounted, spent=spent)
    return f"{text}."


def actor_summary(tracker: Tracker, row: Any, day: date, label: str) -> str:
    """Return the label of an actor and what binds it, what is shown, and how new it is, in a line.
    `row`: of `standing_of`; `label`: see `label_sentence`.
    """
    codebook, actor, domain = tracker.codebook, row.actor, row.domain
    events = ActorHistory(tracker, actor, day, domain)
    text = [actor_subtitle(codebook, domain, day)]
    if np.isnan(row.stance) and (domain == OVERALL or not row.events):
        text.append(why_none(tracker, actor, domain, day))
    where = "" if domain == OVERALL else f" {words.about_domain(codebook, domain)}"
    text.append(nothing_newer(events.last, events.later, data_to(tracker.data), day, where))
    return " ".join([label, *text])


def group_texts(tracker: Tracker, group: str, day: date, domain: str) -> tuple[str, str]:
    """Return what a page of a group finds and shows, which has no events of its own."""
    members = set(tracker.members(group, day))
    figures = figures_of(
        tracker.codebook, [row for row in standings(tracker, day, domain) if row.actor in members]
    )
    mean = words.label(tracker.codebook, figures.mean)
    where = words.about_domain(tracker.codebook, domain)
    stand = group_line(tracker.codebook, figures, spread=False)
    text = f"Mean of its members {where}, {words.day(day)}: {mean}. {stand}."
    return group_headline(tracker.data.about.members_of(group)), text


def no_events(tracker: Tracker, actor: str, day: date, domain: str) -> str:
    """Return that there is nothing of an actor to draw over time: a group has no events of its own,
    and of an actor none may be scored, or none up to the day.
    """
    name = tracker.names[actor]
    if actor in tracker.groups:
        return f"{name} has no events of its own: its members have"
    where = "" if domain == OVERALL else f" {words.about_domain(tracker.codebook, domain)}"
    kind = "event" if ActorHistory(tracker, actor, day, domain).events.empty else "scored event"
    return f"{name}: no {kind}{where} up to {words.day(day)}"
