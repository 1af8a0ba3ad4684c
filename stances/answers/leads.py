"""The lead of a country: a written sentence where one holds, else its level and what binds it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from stances import words
from stances.answers import acts, stance
from stances.answers.tracker import Tracker, cached
from stances.dataset import profiles
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import LIST_SEPARATOR
from stances.model.acts import IN_FORCE
from stances.model.stance import ALL

# Where the first clause of a sentence ends.
_CLAUSE = re.compile(r"[:;.](?=\s|$)")


@dataclass(frozen=True)
class Lead:
    """The lead of a country's page. `profile`: it is a written sentence, `headline` its first
    clause and `rest` what follows. Else `headline` names the level, `rest` is empty, and beside it
    stand `binds`, the row of `stance.standings` (act_id and act_event_id empty: nothing binds), and
    `latest`, the newest scored event (None: there is none). `sources`: what backs it, one a
    publisher, strongest first: the columns of `sources.csv`.
    """

    headline: str
    rest: str
    profile: bool
    binds: pd.Series
    latest: pd.Series | None
    sources: pd.DataFrame


@cached
def lead(tracker: Tracker, actor: str, day: date) -> Lead:
    """Return the lead of an actor on a day. Raises BadInput for an unknown actor."""
    binds = stance.standing(tracker, actor, OVERALL, day)
    last_id = binds["last_event_id"]
    latest = tracker.events.loc[last_id] if last_id else None

    written = _written(tracker, actor, day)
    if written is None:
        headline = _headline(tracker, actor, day, binds, latest)
        rest = ""
        act_ids = [binds["act_id"]]
        event_ids = [binds["act_event_id"], last_id]
    else:
        # The first end of a clause becomes a line break, where the text is then parted.
        text = _CLAUSE.sub("\n", written["text"], count=1)
        headline, _, rest = text.partition("\n")
        act_ids = written["act_ids"].split(LIST_SEPARATOR)
        event_ids = written["event_ids"].split(LIST_SEPARATOR)

    return Lead(
        headline=headline,
        rest=words.capital(rest.strip()),
        profile=written is not None,
        binds=binds,
        latest=latest,
        sources=_sources(tracker, act_ids, event_ids),
    )


def _headline(
    tracker: Tracker,
    actor: str,
    day: date,
    binds: pd.Series,
    latest: pd.Series | None,
) -> str:
    """Name the level of an actor without a written sentence, else say when it was last heard.
    `binds`, `latest`: as of `Lead`.
    """
    called = tracker.called[actor]
    name = words.capital(called)
    if pd.notna(binds["level"]):
        return f"{name} stands at {binds['label']} overall"

    rules = acts.adopted(tracker, day)
    is_own = rules["actor"] == actor
    in_force = rules["status"] == IN_FORCE
    if (is_own & in_force).any():
        # What is in force is recent, though it sets no level.
        return f"{name} has no current position"

    if latest is not None:
        last_day = words.day(latest["date"], latest["date_precision"])
        return f"Nothing recent from {called}; last heard {last_day}"

    text = f"No position of {called} is recorded"
    if day < tracker.data.opening_day:
        # There may be events without a score, and positions of later days.
        text = f"{text} by {words.day(day)}"
    return text


def _written(tracker: Tracker, actor: str, day: date) -> pd.Series | None:
    """Return the newest profile of an actor that holds on a day; None: none does."""
    # A sentence tells of the stance by all that counts. By acts alone the same actor may stand
    # elsewhere or nowhere, and the sentence would deny the level beside it.
    if tracker.basis != ALL:
        return None

    then = pd.Timestamp(day)
    rows = _profiles(tracker)
    holds = rows["actor"] == actor
    holds &= rows["as_of"] <= then
    # Not `> then`: what goes on has no end, which compares as false.
    holds &= ~(rows["until"] <= then)
    # The newest of an actor comes first.
    rows = rows[holds]
    return None if rows.empty else rows.iloc[0]


@cached
def _profiles(tracker: Tracker) -> pd.DataFrame:
    """Return all profiles with the days on which they end (`profile_terms`), kept."""
    return profiles.profile_terms(tracker.data)


def _sources(tracker: Tracker, act_ids: list[str], event_ids: list[str]) -> pd.DataFrame:
    """Return the sources of some acts and events, one a publisher, strongest first; "" among the
    ids is of none.
    """
    act_sources = tracker.data.act_sources
    act_sources = act_sources[act_sources["act_id"].isin(act_ids)]
    event_sources = tracker.data.event_sources
    event_sources = event_sources[event_sources["event_id"].isin(event_ids)]

    rows = pd.concat([act_sources, event_sources])
    tiers = list(tracker.codebook.tiers)
    rows["rank"] = pd.Categorical(rows["tier"], tiers)
    # Of one tier those of the acts stay before those of the events.
    rows = rows.sort_values("rank", kind="stable")
    rows = rows.drop(columns=["act_id", "event_id", "rank"])
    return rows.drop_duplicates("publisher", ignore_index=True)


def what_binds(tracker: Tracker, now: pd.Series, day: date) -> tuple[str, str]:
    """Return what kind of act the one shown is, and its name: "Rule" or "Rule, suspended", of the
    register, else the label of its instrument and the title of its event. `now`: a row of
    `stance.standings` with an act.
    """
    if not now["act_id"]:
        event = tracker.events.loc[now["act_event_id"]]
        code = event["instrument"]
        instrument = tracker.codebook.instruments[code]
        return instrument.label, event["title"]

    rule = acts.adopted(tracker, day).loc[now["act_id"]]
    kind = "Rule"
    # A rule that is shown has begun and has not ended: else it is suspended, or suspends another.
    if rule["status"] != IN_FORCE:
        status = words.within(acts.STATUS_LABELS[rule["status"]])
        kind = f"Rule, {status}"
    return kind, rule["name"]
