"""Packets of events for people to code blind, and the events that a third person settles: which
ones, in which order, and what of each is shown. Nothing of Streamlit.
"""

from hashlib import sha256
from typing import Any

import pandas as pd

from stances import words
from stances.answers.agreement import independent
from stances.answers.events import sources_of
from stances.answers.tracker import Tracker, cached
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
    takes_position = tracker.events["actor"].isin(tracker.actors)
    events = tracker.events[takes_position].rename_axis(None)
    draws = [_draw(seed, event_id) for event_id in events["event_id"]]
    events = events.assign(draw=draws).sort_values("draw")

    # The n events of a stratum come at even distances, the first of them anywhere in the first nth.
    strata = events.groupby(["domain", "score"], dropna=False)["draw"]
    turn = (strata.cumcount() + strata.transform("first")) / strata.transform("size")
    is_later = pd.Series(False, events.index)
    if kind == "front":
        is_later = ~events["event_id"].isin(front_page(tracker))
    events = events.assign(is_later=is_later, turn=turn)
    events = events.sort_values(["is_later", "turn", "draw"]).head(size)

    places = range(1, len(events) + 1)
    seen = ["all" if place % _SOURCES_ALONE else "sources" for place in places]
    return events.assign(seen=seen)[["event_id", "seen"]].reset_index(drop=True)


def _draw(seed: str, event_id: str) -> float:
    """Return a number from 0 to 1 that hangs on nothing but a seed and an event."""
    digest = sha256(f"{seed} {event_id}".encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


def front_page(tracker: Tracker) -> set[str]:
    """Return the events on which the headline and the cards of the front page rest: of the members
    of the leading group and of those featured, in the leading field, what binds and what was last.
    """
    day = tracker.data.opening_day
    lead = tracker.lead
    actors: set[str] = set()
    for code in (lead.group, *tracker.about.featured):
        is_actor = code in tracker.actors
        actors.update([code] if is_actor else tracker.members(code, day))
    positions = tracker.in_domain(day, lead.domain).loc[sorted(actors)]
    return {*positions[_RESTS_ON].stack()} - {""}


def left(tracker: Tracker, events: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return the rows of a packet that a coder has not coded yet."""
    codings = tracker.data.codings
    coded = codings.loc[codings["coder"] == coder, "event_id"]
    return events[~events["event_id"].isin(coded)]


@cached
def differing(tracker: Tracker) -> pd.DataFrame:
    """Return the events that two independent coders scored differently, or one as context, with no
    review since, those furthest apart first: event_id, and `seen` as in a packet.
    """
    codings = tracker.data.codings
    is_review = codings["coder"].str.match(r"review\b")
    reviewed = codings.loc[is_review, "event_id"]
    apart = independent(tracker)
    apart = apart[~apart["event_id"].isin(reviewed)]

    scores = apart.groupby("event_id")["score"].agg(["size", "count", "min", "max"])
    distance = (scores["max"] - scores["min"]).fillna(0)
    is_partly = (scores["count"] > 0) & (scores["count"] < scores["size"])
    # A position or none is as far apart as two scores can be.
    distance = distance.mask(is_partly, len(tracker.codebook.scale.levels))
    distance = distance[distance > 0].sort_values(ascending=False, kind="stable")
    return pd.DataFrame({"event_id": [*distance.index], "seen": "all"})


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
    values = {"facts": facts, "sources": sources_of(tracker, "event_id", event_id)}
    if seen == "all":
        facts["Speaker"] = event["speaker"]
        values |= {"title": event["title"], "summary": event["summary"]}
    return values


def guide(tracker: Tracker, event_id: str) -> dict[str, Any]:
    """Return what the codebook says to who codes an event, for its template: what each point of the
    scale means, and its rulings in the field of the event.
    """
    codebook = tracker.codebook
    domain = tracker.events.loc[event_id, "domain"]
    rulings = [
        border.text for border in codebook.borders if not border.domains or domain in border.domains
    ]
    return {"meaning": codebook.scale.meaning, "rulings": rulings}


def reasons(tracker: Tracker, event_id: str) -> pd.DataFrame:
    """Return the independent codings of an event without names, the lowest first: score, why."""
    codings = independent(tracker)
    codings = codings[codings["event_id"] == event_id]
    return codings[["score", "why"]].sort_values(["score", "why"])


def cell_of(text: str, scale: Scale) -> str:
    """Return what is typed for a score as the cell of a table: "-2" for any sign that looks like a
    minus, "" for context. Raises BadInput.
    """
    typed = text.strip().lower()
    if typed in (CONTEXT, "context"):
        return ""
    plain = typed.translate(dict.fromkeys(map(ord, "−–—‑"), "-")).removeprefix("+")
    points = {str(point): str(point) for point in scale.levels}
    if plain not in points:
        allowed = f"{scale.min} to {scale.max}, or {CONTEXT}"
        raise BadInput(f"{inline(text)} is no score: {allowed}")
    return points[plain]


def is_known(tracker: Tracker, name: str) -> bool:
    """Say whether a name is known as that of a person. Raises BadInput for that of a machine, and
    for one by which codings mean something else.
    """
    kind = tracker.data.coder_kinds.get(name)
    if kind == "machine":
        raise BadInput(f"{inline(name)} is the name of a machine")
    if name == "first" or name.startswith("review") or name in tracker.codebook.blind:
        raise BadInput(f"{inline(name)} is no name of a person in the table of codings")
    return kind is not None
