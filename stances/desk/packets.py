"""Packets of events for people to code blind, and the events that a third person settles: which
ones, in which order, and what of each is shown. Nothing of Streamlit.
"""

import re
from random import Random
from typing import Any

import pandas as pd

from stances import words
from stances.answers.agreement import codings, independent
from stances.answers.events import actors_of, sources_of
from stances.answers.tracker import EVERYONE, Tracker, cached
from stances.dataset.codebook import Scale
from stances.dataset.faults import BadInput, inline

PACKETS = {"front": "Front page", "all": "All events"}
# What the sources alone are shown of: every fifth event.
_SOURCES_ALONE = 5
# What is written as an empty cell.
CONTEXT = "none"
# What the event of a position is called in the frame of a day.
_RESTS_ON = ["act_event_id", "in_force_event_id", "last_event_id"]


@cached
def packet(tracker: Tracker, kind: str, size: int, seed: str) -> pd.DataFrame:
    """Return the first events of a packet in their order: event_id, and `seen`, what is shown of
    each. Of one seed it is the same for everybody, and a larger one begins with the smaller.

    Each field and level has its part of the events, however many are taken. In the packet `front`
    those on which a headline of the front page rests come first.
    """
    every_event = tracker.events
    takes_position = every_event["actor"].isin(tracker.actors)
    events = every_event[takes_position].copy()
    # A number from 0 to 1 that hangs on nothing but a seed and an event.
    draws = []
    for event_id in events["event_id"]:
        generator = Random(f"{seed} {event_id}")
        draws.append(generator.random())
    events["draw"] = draws
    events = events.sort_values("draw")

    # The n events of a stratum come at even distances, the first of them anywhere in the first nth:
    # what stands behind the point of a sum of draws is as evenly spread as one draw, but hangs on
    # none of them, while the least of them would be near 0.
    strata = events.groupby(["domain", "score"], dropna=False)["draw"]
    place = strata.cumcount() + strata.transform("sum") % 1
    events["turn"] = place / strata.transform("size")
    first = set()
    if kind == "front":
        first = front_page(tracker)
    events["is_later"] = ~events["event_id"].isin(first)
    events = events.sort_values(["is_later", "turn", "draw"])

    packet = events[["event_id"]].head(size).reset_index(drop=True)
    seen = []
    for number in range(len(packet)):
        # Of five the last one.
        is_last = (number + 1) % _SOURCES_ALONE == 0
        if is_last:
            seen.append("sources")
        else:
            seen.append("all")
    return packet.assign(seen=seen)


def front_page(tracker: Tracker) -> set[str]:
    """Return the events on which the headline and the cards of the front page rest: of the members
    of the leading group and of those featured, in the leading field, what binds and what was last.
    """
    day = tracker.data.opening_day
    lead = tracker.lead
    shown = [lead.group, *tracker.about.featured]
    actors = actors_of(tracker, shown, EVERYONE, day)
    positions = tracker.in_domain(day, lead.domain).loc[actors]
    rests_on = positions[_RESTS_ON].stack()
    # Empty where nothing is in force, and so nothing brought it.
    return {*rests_on} - {""}


def left(tracker: Tracker, events: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return the rows of a packet that a coder has not coded yet."""
    rows = tracker.data.codings
    coded = rows.loc[rows["coder"] == coder, "event_id"]
    return events[~events["event_id"].isin(coded)]


@cached
def differing(tracker: Tracker) -> pd.DataFrame:
    """Return the events that two independent coders scored differently, or one as context, and
    that nobody has reviewed, those furthest apart first: event_id, and `seen` as in a packet.
    """
    rows = codings(tracker)
    reviewed = rows.loc[rows["role"] == "review", "event_id"]
    apart = independent(tracker)
    apart = apart[~apart["event_id"].isin(reviewed)]

    scores = apart.groupby("event_id")["score"]
    codings_of_each = scores.size()
    with_score = scores.count()
    # All gave none: they agree.
    distance = scores.max() - scores.min()
    distance = distance.fillna(0)
    # Some gave a score and some none: further apart than any two scores.
    is_one_scored = with_score > 0
    is_one_unscored = with_score < codings_of_each
    is_partly = is_one_scored & is_one_unscored
    distance = distance.mask(is_partly, len(tracker.codebook.scale.levels))
    distance = distance[distance > 0]
    distance = distance.sort_values(ascending=False, kind="stable")
    return pd.DataFrame({"event_id": distance.index, "seen": "all"})


def case(tracker: Tracker, event_id: str, seen: str) -> dict[str, Any]:
    """Return what a coder sees of an event, for its template: who, when, in which field, and the
    sources; its title, summary and speaker unless `seen` is "sources". Nothing of its coding.
    """
    event: Any = tracker.events.loc[event_id]
    domain = tracker.codebook.domains[event["domain"]]
    facts = {
        "Who": tracker.names[event["actor"]],
        "Date": words.day(event["date"], event["date_precision"]),
        "Field": f"{domain.label}: {domain.meaning}",
    }
    values = {
        "facts": facts,
        "sources": sources_of(tracker, event_id),
    }
    if seen == "all":
        facts["Speaker"] = event["speaker"]
        values["title"] = event["title"]
        values["summary"] = event["summary"]
    return values


def rulings(tracker: Tracker, event_id: str) -> dict[str, Any]:
    """Return what the codebook says to who codes an event, for its template: what each point of the
    scale means, its rulings, and the field of the event.
    """
    codebook = tracker.codebook
    domain = tracker.events.loc[event_id, "domain"]
    return {
        "meaning": codebook.scale.meaning,
        "borders": codebook.borders,
        "domain": domain,
    }


def reasons(tracker: Tracker, event_id: str) -> pd.DataFrame:
    """Return the independent codings of an event without names, the lowest first: score, why."""
    rows = independent(tracker)
    rows = rows.loc[rows["event_id"] == event_id, ["score", "why"]]
    return rows.sort_values(["score", "why"])


def allowed(scale: Scale) -> str:
    """Say what can be typed for a score."""
    return f"{scale.min} to {scale.max}, or {CONTEXT}"


def cell_of(text: str, scale: Scale) -> str:
    """Return what is typed for a score as the cell of a table: "-2", also with the true minus, ""
    for context. Raises BadInput.
    """
    typed = text.strip().lower()
    if typed in (CONTEXT, "context"):
        return ""
    cell = typed.replace(words.MINUS, "-").removeprefix("+")
    if cell not in map(str, scale.levels):
        raise BadInput(f"{inline(text)} is no score: {allowed(scale)}")
    return cell


def is_known(tracker: Tracker, name: str) -> bool:
    """Say whether a name is known as that of a person. Raises BadInput for that of a machine, and
    for one by which codings mean something else.
    """
    kind = tracker.data.coder_kinds.get(name)
    if kind == "machine" or re.match(r"(first|review)\b", name):
        raise BadInput(f"{inline(name)} is no person in the table of codings")
    return kind is not None
