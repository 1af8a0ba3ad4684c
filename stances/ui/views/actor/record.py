"""The record of one actor up to a day: its events and acts as charts and tables show them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from stances import words
from stances.answers.history import domain_lines, policy_levels
from stances.answers.own_events import events_of, own_events
from stances.answers.reasons import Reason, counted_now
from stances.answers.tracker import Tracker, remembered
from stances.ui.parts.tables import dates
from stances.words import Dated


@remembered
def _stances_after(tracker: Tracker, actor: str) -> dict[tuple[str, pd.Timestamp], float]:
    """The stance in the domain of each event of an actor on its day, by domain and day."""
    events = events_of(tracker, actor)
    at = {day: place for place, day in enumerate(sorted(set(events["date"])))}
    stance = tracker.model_of(actor).arrays([day.date() for day in at]).stance[:, 0]
    places = zip(events["key"], events["date"], strict=True)
    return {(key, day): stance[at[day], tracker.column(key)] for key, day in places}


class Record:
    """The events of an actor up to a day, in a domain or in all.

    `events`: newest first; `elsewhere`: how many there are in other domains; `last`: the day of the
    last event; `later`: the days of the events after the day, the first one first.
    """

    def __init__(self, tracker: Tracker, actor: str, day: date, domain: str) -> None:
        self._tracker, self.actor, self._day = tracker, actor, day
        self.domain, self.name = domain, tracker.names[actor]
        own = own_events(tracker, actor, day, domain)
        self.events, self.elsewhere, self.last, self.later = own

    @cached_property
    def period(self) -> tuple[date, date]:
        """The period that charts show: from the start of the year of the first event to the day,
        at least a month.
        """
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
        """The stance in each domain that has scored events: key (the domain), date, stance, low
        and high.
        """
        return domain_lines(self._tracker, self.actor, self.scored_domains, self.period)

    @cached_property
    def acts(self) -> pd.DataFrame:
        """The binding acts, oldest first: key (the domain), event_id, date, until (missing: it
        held on the day), score and hover.
        """
        acts, last = policy_levels(self._tracker, self.actor), pd.Timestamp(self._day)
        acts = acts[(acts["date"] <= last) & acts["key"].isin(self.counts)]
        hover = dict(zip(self.events["event_id"], self.events["hover"], strict=True))
        return acts.assign(
            until=acts["until"].where(acts["until"] <= last),
            hover=pd.Series([hover[event] for event in acts["event_id"]], acts.index, "object"),
        )

    def ends(self) -> list[tuple[str, int, Dated | None, float, float]]:
        """Of each domain: code, number of acts, day and score of the last, stance at the end."""
        acts, dated = self.acts, self._tracker.dated
        number = Counter(acts["key"])
        columns = (acts[name].tolist() for name in ("key", "event_id", "score"))
        # Of acts and of days the later ones come last, and stay.
        last = {key: (event, score) for key, event, score in zip(*columns, strict=True)}
        ends = dict(zip(self.series["key"], self.series["stance"], strict=True))
        found: list[tuple[str, int, Dated | None, float, float]] = []
        for code, stance in ends.items():
            event, score = last.get(code, ("", np.nan))
            found.append((code, number[code], dated.get(event), score, stance))
        return found

    def acts_table(self) -> pa.Table:
        """The acts, newest first, as readers see them."""
        acts, codebook = self.acts[::-1], self._tracker.codebook
        return pa.table(
            {
                "From": dates(self._tracker.dated[event] for event in acts["event_id"]),
                "Until": dates(map(self._until, acts["key"], acts["until"])),
                "Level": [words.score_label(codebook, score) for score in acts["score"]],
                "Act": [self._tracker.titles[event] for event in acts["event_id"]],
                "Domain": [codebook.domain_label(code) for code in acts["key"]],
                "Stance then": self._stances(acts),
                "Source": [self._tracker.first_source(event) for event in acts["event_id"]],
            }
        )

    def events_table(
        self, counting: dict[str, list[Reason]], setters: set[str], shown: set[str]
    ) -> pa.Table:
        """All events, newest first, as readers see them. `counting`: the events that count by
        domain; `setters`: the acts that set a level in force; `shown`: those shown for one.
        """
        events, codebook = self.events, self._tracker.codebook
        share = {reason.event_id: reason.share for own in counting.values() for reason in own}
        rows = zip(events["event_id"], events["score"].notna(), strict=True)
        return pa.table(
            {
                "Date": dates(self._tracker.dated[event] for event in events["event_id"]),
                "Title": events["title"].tolist(),
                "Score": [words.figure(score, 0) for score in events["score"]],
                "Counts now": [
                    counted_now(share.get(e), s, e in setters, e in shown) for e, s in rows
                ],
                "Domain": [codebook.domain_label(code) for code in events["key"]],
                "Instrument": [codebook.instruments[code].label for code in events["instrument"]],
                "Stance after": self._stances(events),
                "Source": [self._tracker.first_source(event) for event in events["event_id"]],
            }
        )

    def _stances(self, events: pd.DataFrame) -> list[str]:
        """The stance of each event's domain on its day, as it is printed."""
        stances = _stances_after(self._tracker, self.actor)
        places = zip(events["key"], events["date"], strict=True)
        return [words.figure(stances[place], 2) for place in places]

    def _until(self, key: str, until: Any) -> Dated | None:
        """When an act was replaced, as far as the day of the next one is known, ended or lapsed."""
        if pd.isna(until):
            return None
        following = self._starts.get((key, until))
        return self._tracker.dated[following] if following else Dated(until.date(), "day")

    @cached_property
    def _starts(self) -> dict[tuple[str, pd.Timestamp], str]:
        """The act that begins on a day in a domain."""
        places = zip(self.acts["key"], self.acts["date"], strict=True)
        return dict(zip(places, self.acts["event_id"], strict=True))
