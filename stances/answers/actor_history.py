"""The history of one actor up to a day, as charts show it: its events, lines and acts."""

from collections import Counter
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from stances.answers.actor_events import events_of, events_of_actor
from stances.answers.history import domain_lines, policy_levels
from stances.answers.rows import column_rows
from stances.answers.tracker import Tracker, memoize
from stances.words import Dated


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
        parts = events_of_actor(tracker, actor, day, domain)
        self.events, self.elsewhere, self.last, self.later = parts

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
