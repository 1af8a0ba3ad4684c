"""The record of one actor up to a day: its events and acts as charts and tables show them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from stances import text
from stances.codebook import OVERALL
from stances.ui.reasons import Reason, policy_levels
from stances.ui.series import lines
from stances.ui.shared import Tracker


class Record:
    """The events of an actor up to a day, in a domain or in all.

    `events`: newest first, the columns of events.csv; `elsewhere`: how many there are in other
    domains; `last`: the day of the last event in any domain; `later`: the days of the events after
    the day, the first one first.
    """

    def __init__(self, tracker: Tracker, actor: str, day: date, domain: str) -> None:
        self._tracker, self._actor, self._day = tracker, actor, day
        self.domain, self.name = domain, tracker.names[actor]
        table = tracker.data.events
        own = table[table["actor"] == actor]
        own = own.sort_values(["date", "event_id"], ascending=[False, True])
        upto = own["date"] <= pd.Timestamp(day)
        known = own[upto]
        # Missing as NaN, as with every other figure.
        known = known.assign(score=known["score"].astype("float64"))
        self.events = known if domain == OVERALL else known[known["domain"] == domain]
        self.elsewhere = len(known) - len(self.events)
        self.last: date | None = known["date"].iloc[0].date() if len(known) else None
        self.later: list[date] = [*own.loc[~upto, "date"].dt.date][::-1]

    @cached_property
    def period(self) -> tuple[date, date]:
        """The period that charts show, at least a month."""
        first = self._tracker.codebook.first_date
        if len(self.events):
            first = self.events["date"].iloc[-1].date()
        first = first.replace(month=1, day=1)
        return min(first, self._day - timedelta(days=30)), self._day

    def domain_names(self, scored: bool) -> dict[str, str]:
        """The labels of the domains that have events (scored ones), in the codebook's order."""
        events = self.events[self.events["score"].notna()] if scored else self.events
        having = set(events["domain"])
        codebook = self._tracker.codebook
        return {code: codebook.domain_label(code) for code in codebook.domains if code in having}

    @cached_property
    def series(self) -> pd.DataFrame:
        """The stance in each domain that has scored events: key (the domain), date, stance, low
        and high.
        """
        tables = [
            lines(self._tracker, [self._actor], code, self._day).assign(key=code)
            for code in self.domain_names(scored=True)
        ]
        return pd.concat(tables) if tables else lines(self._tracker, [], OVERALL, self._day)

    @cached_property
    def acts(self) -> pd.DataFrame:
        """The binding acts, oldest first: key (the domain), event_id, date, until (missing: in
        force), score and hover.
        """
        acts = policy_levels(self._tracker, self._actor, self._day)
        acts = acts.rename(columns={"domain": "key"})
        acts = acts[acts["key"].isin(self.domain_names(scored=True))]
        return acts.assign(hover=[self._hover[event] for event in acts["event_id"]])

    @cached_property
    def _hover(self) -> dict[str, str]:
        codebook = self._tracker.codebook
        return {
            str(row.event_id): text.event_hover_html(codebook, row)
            for row in self.events.itertuples(index=False)
        }

    def marks(self) -> pd.DataFrame:
        """The events as the timeline draws them: event_id, key (the domain), date, binding, score
        (missing: context) and hover, oldest first.
        """
        events, instruments = self.events[::-1], self._tracker.codebook.instruments
        return pd.DataFrame(
            {
                "event_id": events["event_id"],
                "key": events["domain"],
                "date": events["date"],
                "binding": [instruments[code].binding for code in events["instrument"]],
                "score": events["score"],
                "hover": [self._hover[event] for event in events["event_id"]],
            }
        )

    def counts(self) -> list[tuple[str, int, int]]:
        """Domain, scored events and context events, of each domain that has any."""
        found = []
        for code in self.domain_names(scored=False):
            scored = self.events.loc[self.events["domain"] == code, "score"].notna()
            found.append((code, int(scored.sum()), int((~scored).sum())))
        return found

    def ends(self) -> list[tuple[str, int, date | None, float, float]]:
        """Of each domain: code, number of acts, day and score of the last, stance at the end."""
        found = []
        for code in self.domain_names(scored=True):
            acts: Any = self.acts[self.acts["key"] == code]
            stance = self.series.loc[self.series["key"] == code, "stance"].iloc[-1]
            last = (acts["date"].iloc[-1], acts["score"].iloc[-1]) if len(acts) else (None, np.nan)
            found.append((code, len(acts), *last, stance))
        return found

    def acts_table(self) -> pa.Table:
        """The acts, newest first, as readers see them."""
        acts, codebook = self.acts[::-1], self._tracker.codebook
        return pa.table(
            {
                "From": _days(acts["date"]),
                "Until": _days(acts["until"]),
                "Level": [text.score_label(codebook, score) for score in acts["score"]],
                "Act": [self._tracker.titles[event] for event in acts["event_id"]],
                "Domain": [codebook.domain_label(code) for code in acts["key"]],
                "Stance then": self._stances(acts["key"], acts["date"]),
                "Source": self._first_sources(acts["event_id"]),
            }
        )

    def events_table(self, counting: dict[str, list[Reason]], setters: set[str]) -> pa.Table:
        """All events, newest first, as readers see them. `counting`: the events that count by
        domain; `setters`: the acts that set a level in force.
        """
        events, codebook = self.events, self._tracker.codebook
        share = {reason.event_id: reason.share for own in counting.values() for reason in own}
        rows = zip(events["event_id"], events["score"].notna(), strict=True)
        return pa.table(
            {
                "Date": _days(events["date"]),
                "Title": events["title"].tolist(),
                "Score": [_score(score) for score in events["score"]],
                "Counts now": [text.counted_now(share.get(e), s, e in setters) for e, s in rows],
                "Domain": [codebook.domain_label(code) for code in events["domain"]],
                "Instrument": [codebook.instruments[code].label for code in events["instrument"]],
                "Stance after": self._stances(events["domain"], events["date"]),
                "Source": self._first_sources(events["event_id"]),
            }
        )

    def _first_sources(self, events: pd.Series) -> list[str | None]:
        sources = self._tracker.sources
        return [sources[event][0].url if event in sources else None for event in events]

    def _stances(self, domains: pd.Series, days: pd.Series) -> list[str]:
        """The stance of each domain on its day, as it is printed."""
        line = self.series
        known = dict(zip(zip(line["key"], line["date"], strict=True), line["stance"], strict=True))
        places = zip(domains, days, strict=True)
        return [text.figure(known.get(place, np.nan), 2) for place in places]


def _score(score: float) -> str:
    return text.DASH if np.isnan(score) else text.figure(score, 0)


def _days(days: pd.Series) -> pa.Array:
    return pa.array(days.to_numpy("datetime64[D]"))
