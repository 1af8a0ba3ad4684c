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
_OF_SOURCE = ["source_id", "url", "publisher", "title", "published", "tier"]


@dataclass(frozen=True)
class Lead:
    """The lead of a country's page. `profile`: it is a written sentence, `headline` its first
    clause and `rest` what follows. Else `headline` names the level, and beside it stand `binds`,
    the row of `stance.standings` (act_id and act_event_id empty: nothing binds), and `latest`, the
    newest scored event (None: there is none). `sources`: what backs it, one a publisher, strongest
    first: source_id, url, publisher, title, published, tier.
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
    last = str(binds["last_event_id"])
    latest = tracker.events.loc[[last]].iloc[0] if last else None
    written = _written(tracker, actor, day)
    if written is not None:
        headline, *more = _CLAUSE.split(written["text"], maxsplit=1)
        rest = "".join(more).strip()
        act_ids = str(written["act_ids"]).split(LIST_SEPARATOR)
        event_ids = str(written["event_ids"]).split(LIST_SEPARATOR)
        sources = _sources(tracker, act_ids, event_ids)
        return Lead(headline, words.capital(rest), True, binds, latest, sources)
    sources = _sources(tracker, [str(binds["act_id"])], [str(binds["act_event_id"]), last])
    return Lead(_headline(tracker, actor, day, binds, latest), "", False, binds, latest, sources)


def _headline(
    tracker: Tracker, actor: str, day: date, binds: pd.Series, latest: pd.Series | None
) -> str:
    name = words.capital(tracker.called[actor])
    if not pd.isna(binds["level"]):
        return f"{name} stands at {binds['label']} overall"
    register = acts.register(tracker, day)
    if ((register["actor"] == actor) & (register["status"] == IN_FORCE)).any():
        # What is in force is recent, though it sets no level.
        return f"{name} has no current position"
    if latest is None:
        # There may be events without a score, and positions of later days.
        by = f" by {words.day(day)}" if day < tracker.data.opening_day else ""
        return f"No position of {tracker.called[actor]} is recorded{by}"
    heard = words.day(latest["date"], latest["date_precision"])
    return f"Nothing recent from {tracker.called[actor]}; last heard {heard}"


def _written(tracker: Tracker, actor: str, day: date) -> pd.Series | None:
    """Return the newest profile of an actor that holds on a day."""
    if tracker.basis != ALL:
        return None
    rows = _profiles(tracker)
    on = pd.Timestamp(day)
    holds = (rows["as_of"] <= on) & (rows["until"].isna() | (on < rows["until"]))
    rows = rows[holds & (rows["actor"] == actor)]
    return rows.sort_values("as_of").iloc[-1] if len(rows) else None


@cached
def _profiles(tracker: Tracker) -> pd.DataFrame:
    return profiles.profile_terms(tracker.data)


def _sources(tracker: Tracker, act_ids: list[str], event_ids: list[str]) -> pd.DataFrame:
    """Return the sources of some acts and events, one a publisher, strongest first."""
    of_acts = tracker.data.act_sources
    of_events = tracker.data.event_sources
    rows = pd.concat(
        [of_acts[of_acts["act_id"].isin(act_ids)], of_events[of_events["event_id"].isin(event_ids)]]
    )
    tier = pd.Index(tracker.codebook.tiers).get_indexer(pd.Index(rows["tier"]))
    rows = rows.assign(rank=tier).sort_values("rank", kind="stable")
    return rows.drop_duplicates("publisher")[_OF_SOURCE].reset_index(drop=True)


def what_binds(tracker: Tracker, now: pd.Series, day: date) -> tuple[str, str]:
    """Return what the act shown is called, and its name: a rule of the register, not yet in force
    perhaps, or by its instrument. `now`: a row of `stance.standings` with such an act.
    """
    if not now["act_id"]:
        event = tracker.events.loc[now["act_event_id"]]
        return tracker.codebook.instruments[event["instrument"]].label, event["title"]
    rule = acts.register(tracker, day).loc[now["act_id"]]
    is_in_force = rule["status"] == IN_FORCE
    return "Rule" if is_in_force else "Rule not yet in force", rule["name"]
