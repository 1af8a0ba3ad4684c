"""The record of one actor up to a day: its events and acts as tables show them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd
import pyarrow as pa

from stances import words
from stances.answers.own_events import events_of
from stances.answers.own_history import OwnHistory
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


class Record(OwnHistory):
    """The same with its tables."""

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
