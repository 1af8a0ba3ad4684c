"""The stance model once more, slowly: one actor, one domain, one day at a time.

Written from the rules in words, and from nothing in `stances.model` but the names of two columns,
so that the two can be held against each other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.load import Dataset
from stances.model.band import BLIND_COLUMNS

# Half a unit of the fourth decimal, and a little.
PUBLISHED = 0.51e-4


@dataclass(frozen=True)
class Event:
    """A scored event. `blind`: the scores that coders gave it who saw no other."""

    event_id: str
    actor: str
    date: datetime.date
    domain: str
    instrument: str
    score: int
    confidence: str
    end_date: datetime.date | None = None
    blind: tuple[int, ...] = ()


@dataclass(frozen=True)
class Counted:
    """An event that counts on a day: with which weight, as which score, and between which ends that
    its coding may have meant.
    """

    event: Event
    weight: float
    score: int
    low: float
    high: float


@dataclass(frozen=True)
class Figures:
    """A reading of the model: an actor and a domain, or overall, on a day. `counted`: all events
    that have a part in it, also where they are too few for a position.
    """

    stance: float | None
    low: float | None
    high: float | None
    evidence: float
    certainty: float = 0.0
    counted: tuple[Counted, ...] = ()
    level_act: Event | None = None
    latest_act: Event | None = None
    last: Event | None = None
    events: int = 0


def scored_events(
    table: pd.DataFrame, codings: pd.DataFrame | None = None, blind: Sequence[str] = ()
) -> list[Event]:
    """The events of a typed table that have a score, with what `blind` coders gave each in
    `codings`.
    """
    rows: list[Any] = list(table.itertuples(index=False))
    scores: dict[str, list[int]] = {}
    codes: list[Any] = [] if codings is None else list(codings.itertuples(index=False))
    for code in codes:
        if code.coder in blind and not pd.isna(code.score):
            scores.setdefault(code.event_id, []).append(int(code.score))
    return [
        Event(
            row.event_id,
            row.actor,
            row.date.date(),
            row.domain,
            row.instrument,
            int(row.score),
            row.confidence,
            None if pd.isna(row.end_date) else row.end_date.date(),
            tuple(scores.get(row.event_id, ())),
        )
        for row in rows
        if not pd.isna(row.score)
    ]


class Oracle:
    """The model of a codebook over some events."""

    def __init__(self, codebook: Codebook, events: Iterable[Event]) -> None:
        self.codebook = codebook
        self.events: dict[tuple[str, str], list[Event]] = {}
        for event in sorted(events, key=lambda e: (e.date, e.event_id)):
            self.events.setdefault((event.actor, event.domain), []).append(event)

    def figures(self, actor: str, domain: str, day: datetime.date) -> Figures:
        """The figures of a domain, or of `overall`."""
        return self.overall(actor, day) if domain == OVERALL else self.domain(actor, domain, day)

    def domain(self, actor: str, domain: str, day: datetime.date) -> Figures:
        known = [e for e in self.events.get((actor, domain), []) if e.date <= day]
        acts = [e for e in known if self.codebook.instruments[e.instrument].binding]
        latest = acts[-1] if acts else None
        in_force = latest if latest and self._in_force(latest, day) else None
        words = [e for e in known if e not in acts and (latest is None or e.date >= latest.date)]
        counted = [self._word(word, in_force, day) for word in words]
        if in_force:
            weight = self.codebook.model.binding_weight
            counted.append(Counted(in_force, weight, in_force.score, *self._ends(in_force)))
        elif latest and latest.score == 0:
            counted.append(Counted(latest, self._spent_part(latest, day), 0, *self._ends(latest)))
        level = self._level_act(acts) if in_force else None
        return self._figures(counted, level, in_force, known)

    def overall(self, actor: str, day: datetime.date) -> Figures:
        domains = {d: self.domain(actor, d, day) for d in self.codebook.domains}
        known = {d: f for d, f in domains.items() if f.stance is not None}
        every = [
            e
            for d in self.codebook.domains
            for e in self.events.get((actor, d), [])
            if e.date <= day
        ]
        last = max(every, key=lambda e: (e.date, e.event_id), default=None)
        evidence = sum(f.evidence for f in domains.values())
        if not known:
            return Figures(None, None, None, evidence, last=last, events=len(every))
        # Every domain has a part, one under the minimum too.
        model = self.codebook.model
        presence = {d: min(1.0, f.evidence / model.full_evidence) for d, f in domains.items()}
        parts = {d: self.codebook.domains[d].weight * presence[d] for d in domains}
        # Where they come to little, the rest of the full breadth stands at 0.
        total = max(sum(parts.values()), model.full_breadth * max(presence.values()))
        stance = low = high = 0.0
        for d, part in parts.items():
            one, least, most = self._means(domains[d].counted)
            stance += part * one / total
            low += part * least / total
            high += part * most / total
        certainty = max(f.certainty for f in known.values())
        return Figures(stance, low, high, evidence, certainty, last=last, events=len(every))

    def _figures(
        self, counted: list[Counted], level: Event | None, act: Event | None, known: list[Event]
    ) -> Figures:
        evidence = sum(c.weight for c in counted)
        last, model = (known[-1] if known else None), self.codebook.model
        if evidence <= model.minimum_evidence + 1e-9:
            return Figures(
                None, None, None, evidence, 0.0, tuple(counted), level, act, last, len(known)
            )
        certainty = 1.0
        if evidence < model.full_evidence:
            least = model.minimum_evidence
            certainty = (evidence - least) / (model.full_evidence - least)
        means = self._means(counted)
        return Figures(*means, evidence, certainty, tuple(counted), level, act, last, len(known))

    def _means(self, counted: Sequence[Counted]) -> tuple[float, float, float]:
        """The means, by weight, of the scores of what counts and of both their ends."""
        evidence = sum(c.weight for c in counted) or 1.0
        stance = sum(c.weight * c.score for c in counted) / evidence
        low = sum(c.weight * c.low for c in counted) / evidence
        high = sum(c.weight * c.high for c in counted) / evidence
        return stance, low, high

    def _ends(self, event: Event) -> tuple[float, float]:
        """The lowest and the highest score that the coding of an event may have meant."""
        off = self.codebook.model.tolerance[event.confidence]
        low = min([event.score - off, *event.blind])
        high = max([event.score + off, *event.blind])
        scale = self.codebook.scale
        return max(float(scale.min), low), min(float(scale.max), high)

    def _in_force(self, act: Event, day: datetime.date) -> bool:
        return act.score != 0 and not self._has_ended(act, day)

    def _has_ended(self, act: Event, day: datetime.date) -> bool:
        if act.end_date is not None:
            return act.end_date <= day
        lapses = self.codebook.instruments[act.instrument].lapses_after_days
        if act.score <= 0 or lapses is None:
            return False
        return act.date + datetime.timedelta(days=lapses) <= day

    def _word(self, word: Event, act: Event | None, day: datetime.date) -> Counted:
        instrument = self.codebook.instruments[word.instrument]
        assert instrument.weight is not None
        assert instrument.half_life_days is not None
        weight = instrument.weight * 0.5 ** ((day - word.date).days / instrument.half_life_days)
        if act and word.score * act.score > 0 and abs(word.score) < abs(act.score):
            return Counted(word, weight, act.score, *self._ends(act))
        return Counted(word, weight, word.score, *self._ends(word))

    def _spent_part(self, act: Event, day: datetime.date) -> float:
        model = self.codebook.model
        faded: float = 0.5 ** ((day - act.date).days / model.spent_half_life_days)
        return model.spent_weight * faded

    def _level_act(self, acts: Sequence[Event]) -> Event:
        level = acts[-1]
        for before in reversed(acts[:-1]):
            if before.score != level.score or self._has_ended(before, level.date):
                break
            level = before
        return level


# -- held against the model ---------------------------------------------------------------------


def oracle_of(data: Dataset) -> Oracle:
    """The oracle of a dataset, with its blind codings."""
    events = scored_events(data.events, data.codings, data.codebook.blind)
    return Oracle(data.codebook, events)


def assert_row(row: Any, expected: Figures) -> None:
    """Hold a row of `Model.position` against a reading of the oracle."""
    where = f"{row.actor} {row.domain}"
    named = [np.nan if x is None else x for x in (expected.stance, expected.low, expected.high)]
    figures = [row.stance, row.low, row.high]
    assert figures == pytest.approx(named, abs=PUBLISHED, nan_ok=True), where
    assert row.evidence == pytest.approx(expected.evidence, abs=1e-9), where
    assert row.certainty == pytest.approx(expected.certainty, abs=1e-6), where
    events = (expected.level_act, expected.latest_act, expected.last)
    ids = [row.in_force_event_id, row.latest_act_event_id, row.last_event_id]
    assert ids == [event.event_id if event else "" for event in events], where
    assert row.events == expected.events, where


def table_of(events: Sequence[Event]) -> pd.DataFrame:
    """Events as the typed table that the model takes, with the ends of their blind codings."""
    columns = [name for name in Event.__dataclass_fields__ if name != "blind"]
    table = pd.DataFrame([vars(event) for event in events], columns=columns)
    for name, end in zip(BLIND_COLUMNS, (min, max), strict=True):
        ends = [end(event.blind) if event.blind else np.nan for event in events]
        table[name] = np.array(ends, np.float64)
    for day in ("date", "end_date"):
        table[day] = pd.to_datetime(table[day]).astype("datetime64[s]")
    return table.astype({"score": "Int64"})


def row_at(table: pd.DataFrame, actor: str, domain: str) -> Any:
    """The row of an actor and a domain in a stance table, with its columns as attributes."""
    rows = table[(table["actor"] == actor) & (table["domain"] == domain)]
    [row] = rows.itertuples(index=False)
    return row


def paper_tables(path: Path) -> list[list[dict[str, str]]]:
    """The tables of a Markdown file, each as its rows by heading."""
    tables: list[list[list[str]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            tables[-1].append([cell.strip() for cell in line.strip("|").split(" |")])
        elif tables[-1]:
            tables.append([])
    return [[dict(zip(t[0], row, strict=True)) for row in t[2:]] for t in tables if t]
