"""The register of rules on a day: what is in force, whether it was used, and what falls due when.

Of a day before the newest nothing is told that came later: an end, a use, a doubt (which is about
today's status). A date known in part counts from its first day where something begins and to its
last where something ends or falls due.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from stances import words
from stances.answers import events
from stances.answers.tracker import Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput
from stances.model.acts import (
    EASED,
    ENDED,
    IN_FORCE,
    NO_ACT_YET,
    NOT_YET,
    UNKNOWN,
    USED,
    Register,
    binds_from,
)

# What another act suspends, and an act that suspends: neither is a rule in force.
SUSPENDED, SUSPENSION = "suspended", "suspension"
STATUS_LABELS = {
    IN_FORCE: "In force",
    NOT_YET: "Not yet in force",
    ENDED: "Ended",
    SUSPENDED: "Suspended",
    SUSPENSION: "Suspends another rule",
}
# Texts without a date, in the words of the newest day: told on that day alone.
_UNDATED = ["obligation", "practice", "applied_what", "penalty", "note", "doubt"]
USED_LABELS = {USED: "Yes", EASED: "Eased", "no": "No", UNKNOWN: ""}
_SEARCHED = (
    "name", "obligation", "legal_reference", "practice", "note", "applied_what", "doubt",
)  # fmt: skip
_NEXT: dict[str, Any] = {
    "text": "", "deadline": "", "kind": "", "what": "", "estimate": False, "general": False,
}  # fmt: skip


@cached
def register(tracker: Tracker, day: date) -> pd.DataFrame:
    """Return the acts adopted by a day, indexed by act_id: the columns of `acts.csv` as they were
    known then, and what follows from them. Texts of today's words are told on the newest day alone.

    `status`: one of STATUS_LABELS; `level`: the score of its event (NaN: sets no level); `since`
    (known in part); `applied`: yes, eased (told on the newest day alone), no or unknown;
    `practice`: in words; `in_doubt`; `open_case`; `instrument`: the label of its event's, empty
    without one; `binds`: whether it has force of its own; of the next date ahead, where it sets
    one, `next_text`, `next_deadline`, `next_kind`, `next_what`, `next_estimate`, `next_general`.
    """
    frame = _adopted(tracker, _turn(tracker, day)).copy()
    due = deadlines(tracker, day)
    due = due[due["ahead"]].drop_duplicates("act_id").set_index("act_id")
    for name, missing in _NEXT.items():
        frame[f"next_{name}"] = due[name].reindex(frame.index, fill_value=missing)
    return frame


def _turn(tracker: Tracker, day: date) -> date:
    """Return the day up to a day on which the register last changed: on both it says the same."""
    if day >= tracker.data.opening_day:
        return day
    days = tracker.remember(_turns)
    return days[bisect_right(days, day) - 1]


def _turns(tracker: Tracker) -> list[date]:
    brought = tracker.events["date"].reindex(tracker.data.acts["event_id"]).dropna()
    days = [*tracker.remember(_register).days.tolist(), *brought.dt.date]
    return sorted({tracker.codebook.first_date, *days})


@cached
def _adopted(tracker: Tracker, day: date) -> pd.DataFrame:
    """Return the acts of a day without what falls due."""
    is_newest, then = day >= tracker.data.opening_day, np.datetime64(day, "D")
    frame = _lines(tracker, is_newest).assign(status=tracker.remember(_register).status(day))
    frame = frame[frame["status"] != NO_ACT_YET].copy()
    holds = frame["status"] == IN_FORCE
    suspends = holds & (frame["suspends"] != "")
    frame.loc[holds & frame.index.isin(frame.loc[suspends, "suspends"]), "status"] = SUSPENDED
    frame.loc[suspends, "status"] = SUSPENSION
    # What came later is taken back.
    uses = ["applied_what", "applied_since", "practice"]
    later = frame["applied"].isin([USED, EASED]) & ~(frame.pop("used_from").to_numpy() <= then)
    frame.loc[later, "applied"] = UNKNOWN
    frame.loc[later, uses] = ""
    frame.loc[frame["status"] != ENDED, ["ended", "ended_how", "ended_by"]] = ""
    to_come = frame.pop("brought") > pd.Timestamp(day)
    for name, without in _OF_EVENT.items():
        frame[name] = frame[name].mask(to_come, without)
    return frame.assign(binds=frame.pop("has_force") & frame["binds"])


# What an act has from its event, and without one.
_OF_EVENT = {"event_id": "", "level": np.nan, "instrument": "", "binds": True}


@cached
def _lines(tracker: Tracker, is_newest: bool) -> pd.DataFrame:
    """Return all acts as they are told on the newest day, or on the days before it."""
    data, codebook = tracker.data, tracker.codebook
    frame = data.acts.rename(columns={"used": "practice"})
    frame = frame.set_index(data.acts["act_id"].to_numpy())
    if not is_newest:
        frame[_UNDATED] = ""
        # An easing has no date either.
        frame["applied"] = frame["applied"].replace(EASED, USED)
    brought = tracker.events.reindex(frame["event_id"]).set_axis(frame.index)
    cases = [code for code, domain in codebook.domains.items() if domain.open_case]
    return frame.assign(
        level=brought["score"].astype("Float64").to_numpy(np.float64, na_value=np.nan),
        since=[*map(binds_from, frame["adopted"], frame["in_force_from"])],
        in_doubt=frame["doubt"] != "",
        open_case=frame["domain"].isin(cases),
        instrument=brought["instrument"].map(codebook.codes("instruments")).fillna(""),
        binds=brought["binding"].fillna(True).astype(bool),
        brought=brought["date"],
        used_from=tracker.remember(_register).used_from,
    )


def _register(tracker: Tracker) -> Register:
    return Register(tracker.data.acts)


def clock(tracker: Tracker, day: date) -> date:
    """Return the day from which on dates are ahead: today, where the page shows the newest day."""
    return tracker.data.today if day >= tracker.data.opening_day else day


@cached
def deadlines(tracker: Tracker, day: date) -> pd.DataFrame:
    """Return the dates that the acts of a day set, the soonest first: the columns of
    `deadlines.csv`, then `actor`, `domain`, `name`, `status` and `doubt` of the act.

    `first`, `end`: the days between which it may fall; `text`: the date in words; `passed`: by
    today, where the day is the newest; `ahead`: not, and its act has not ended;
    `in_doubt`: whether the act holds; `expected`: not ordered; `estimate`: counted, no source names
    the day; `general`: of a duty that does not name the subject and was not used on it.
    """
    frame = _steps(tracker, _turn(tracker, day))
    now = np.datetime64(clock(tracker, day), "D")
    passed = frame["fell_due"] & (frame["end"].to_numpy("datetime64[D]") < now)
    ahead = ~passed & (frame["status"] != ENDED)
    return frame.assign(passed=passed, ahead=ahead).drop(columns="fell_due")


@cached
def _steps(tracker: Tracker, day: date) -> pd.DataFrame:
    """Return `deadlines` without what is past, and whether each can fall due."""
    of = ["act_id", "status", "ended", "applied", "doubt", "in_doubt"]
    frame = tracker.remember(_dated).merge(_adopted(tracker, day)[of], on="act_id")
    unused = ~frame.pop("applied").isin([USED, EASED])
    ended = [words.partial_day(text or "9999", last=True) for text in frame.pop("ended")]
    # What an act that ended before asked for later never fell due.
    due = frame["end"].to_numpy("datetime64[D]") <= np.array(ended, "datetime64[D]")
    if day < tracker.data.opening_day:
        frame["note"] = ""
    return frame.assign(fell_due=due, general=frame["general"] & unused)


def _dated(tracker: Tracker) -> pd.DataFrame:
    """Return all dates that acts set, as they are told on any day; `general`: of a duty that does
    not name the subject.
    """
    frame = tracker.data.deadlines.merge(
        tracker.data.acts[["act_id", "actor", "domain", "name", "obligation"]], on="act_id"
    )
    end = [words.partial_day(text, last=True) for text in frame["deadline"]]
    texts = (frame["name"] + "\n" + frame.pop("obligation")).str
    parts = {part: place for place, part in enumerate(tracker.codebook.acts.part)}
    frame = frame.assign(
        text=frame["deadline"].map(words.partial),
        first=frame["deadline"].map(words.partial_day).astype(object),
        end=pd.Series(end, frame.index, dtype=object),
        expected=frame["basis"] == "expected",
        estimate=frame["basis"] == "estimate",
        general=~texts.contains(tracker.codebook.subject, case=False, regex=False),
        place=frame["part"].map(parts),
    )
    order = ["end", "place", "actor", "act_id"]
    return frame.sort_values(order, kind="stable", ignore_index=True).drop(columns="place")


def dates_ahead(
    tracker: Tracker, day: date, domain: str = OVERALL, actors: Collection[str] | None = None
) -> pd.DataFrame:
    """Return the dates ahead of rules in a domain (overall: in all), of some actors (None: all),
    the soonest first.
    """
    due = deadlines(tracker, day)
    chosen = due["ahead"].copy()
    if domain != OVERALL:
        chosen &= due["domain"] == domain
    if actors is not None:
        chosen &= due["actor"].isin(actors)
    return due[chosen]


def removals(
    tracker: Tracker, day: date, domain: str = OVERALL, actors: Collection[str] | None = None
) -> pd.DataFrame:
    """Return those of `dates_ahead` of the kind that leads: existing equipment out."""
    due = dates_ahead(tracker, day, domain, actors)
    return due[due["kind"] == tracker.codebook.acts.leading]


def find(
    tracker: Tracker,
    day: date,
    q: str = "",
    *,
    actor: Sequence[str] = (),
    group: str = "",
    domain: str = OVERALL,
    status: str = "",
    applied: Sequence[str] = (),
    scope: Sequence[str] = (),
    aim: Sequence[str] = (),
    deadline: str | None = None,
) -> pd.DataFrame:
    """Return the acts of a day that fit all filters, as in `acts`, by name of actor, field, date.

    `actor`: codes, groups for their members; `deadline`: a kind of date that they set; all others:
    codes, one of which an act must have.
    """
    frame, q = register(tracker, day), q or ""
    fits = pd.Series(True, frame.index)
    if q:
        texts = events.folded(*(frame[name] for name in _SEARCHED))
        fits = events.matches(texts + "\n" + tracker.remember(_beside).reindex(frame.index), q)
    wanted: dict[str, Any] = {
        "actor": events.actors_of(tracker, actor, group, day),
        "domain": [domain] if domain not in ("", None, OVERALL) else None,
        "status": [status] if status not in ("", None, "all") else None,
        "applied": events.one_or_more(applied) or None,
        "aim": events.one_or_more(aim) or None,
    }
    for name, values in wanted.items():
        if values is not None:
            fits &= frame[name].isin(values)
    if scopes := events.one_or_more(scope):
        codes = frame["scope"].str.split(";").explode()
        fits &= codes.isin(scopes).groupby(level=0).any().reindex(frame.index)
    if deadline:
        due = deadlines(tracker, day)
        fits &= frame.index.isin(due.loc[due["kind"] == deadline, "act_id"])
    found = frame[fits]
    weight = {code: -domain.weight for code, domain in tracker.codebook.domains.items()}
    keys = {
        "who": found["actor"].map(tracker.short).map(events.fold),
        "field": found["domain"].map(weight),
    }
    order = found.assign(**keys).sort_values([*keys, "domain", "since"], kind="stable").index
    return found.loc[order]


def _beside(tracker: Tracker) -> pd.Series:
    """Return what acts are found by beside their own texts, folded: actor, event, publishers."""
    lines = tracker.data.acts.set_index("act_id")
    publishers = tracker.data.act_sources.groupby("act_id")["publisher"].agg(" ".join)
    titles = lines["event_id"].map(tracker.data.events.set_index("event_id")["title"])
    names = (lines["actor"].map(names) for names in (tracker.names, tracker.short))
    return events.folded(*names, titles, publishers.reindex(lines.index))


def headline(
    tracker: Tracker,
    day: date,
    found: pd.DataFrame | None = None,
    filters: str = "",
    domain: str = OVERALL,
) -> str:
    """Say how many rules are in force, and whose have dates ahead of the kind that leads, those in
    doubt or expected apart. `found`, `filters`: the acts looked for, and in words by what;
    `domain`: the field that all of them are of.
    """
    frame = register(tracker, day) if found is None else found
    if filters:
        return (
            f"{words.plural(len(frame), 'rule')}: {filters}"
            if len(frame)
            else f"No rules: {filters}"
        )
    is_past = day < tracker.data.opening_day
    count = int((frame["status"] == IN_FORCE).sum())
    verb = {(False, False): "are", (False, True): "were", (True, False): "is", (True, True): "was"}[
        count < 2, is_past
    ]
    text = f"{words.plural(count, 'rule')} {verb} in force" if count else f"No rule {verb} in force"
    text += "" if domain == OVERALL else f" {tracker.in_field(domain)}"
    text += f" on {words.day(day)}" if is_past else ""
    due = removals(tracker, day)
    due = due[due["act_id"].isin(frame.index)]
    firm = due[~(due["in_doubt"] | due["expected"])]["actor"].unique()
    doubted = due[~due["actor"].isin(firm)]["actor"].unique()
    if not len(due):
        return text
    kind = tracker.codebook.acts.leading
    dates = f"{kind} dates ahead" if len(due) > 1 else f"a {kind} date ahead"
    if not len(firm):
        return f"{text}; {_who(tracker, doubted, is_past)} {dates}, in doubt"
    text += f"; {_who(tracker, firm, is_past)} {dates}"
    return text + (f", {words.number(len(doubted))} more in doubt" if len(doubted) else "")


def _who(tracker: Tracker, actors: Any, is_past: bool) -> str:
    """Return who has something: four countries have, Germany has."""
    if len(actors) == 1:
        return f"{tracker.called[actors[0]]} {'had' if is_past else 'has'}"
    kinds = tracker.data.actors.set_index("actor")["kind"]
    alike = all(kinds[actor] == tracker.codebook.position_kinds[0] for actor in actors)
    noun = (tracker.about.members if alike else tracker.about.actors) or "actors"
    return f"{words.number(len(actors))} {noun} {'had' if is_past else 'have'}"


def binds(tracker: Tracker, actor: str, day: date) -> pd.DataFrame:
    """Return what binds an actor on a day: the rules in force and the open cases, by field and the
    strictest first, with the columns of `acts`.

    What the register has no line of, an open case or a decision of its own, has no act_id (the
    index too is empty) and the title of its event as name.
    """
    frame = register(tracker, day)
    mine = frame[(frame["actor"] == actor) & (frame["status"] == IN_FORCE)]
    if actor in tracker.actors:
        rows = tracker.position(day)
        rows = rows[(rows["actor"] == actor) & (rows["domain"] != OVERALL)]
        alone = rows[(rows["act_event_id"] != "") & (rows["act_id"] == "") & ~rows["pending"]]
        mine = pd.concat([mine, _without_line(tracker, alone).reindex(columns=frame.columns)])
        mine = mine.fillna({name: "" for name in frame.columns[frame.dtypes != np.float64]})
    places = {code: n for n, code in enumerate(tracker.codebook.domains)}
    weight = {code: -domain.weight for code, domain in tracker.codebook.domains.items()}
    keys: dict[str, Any] = {
        "weight": mine["domain"].map(weight),
        "place": mine["domain"].map(places),
    }
    order = [*keys, "level", "since"]
    ascending = [True, True, True, False]
    return (
        mine.assign(**keys)
        .sort_values(order, ascending=ascending, kind="stable")
        .drop(columns=keys)
    )


def _without_line(tracker: Tracker, alone: pd.DataFrame) -> pd.DataFrame:
    """Return acts shown that stand in no line of the register as such lines. `alone`: positions."""
    found = tracker.events.loc[alone["act_event_id"]]
    letters = {"year": 4, "month": 7}
    precision = zip(found["date"].dt.strftime("%Y-%m-%d"), found["date_precision"], strict=True)
    cases = [tracker.codebook.domains[code].open_case for code in found["domain"]]
    return pd.DataFrame(
        {
            "act_id": "",
            "actor": found["actor"].to_numpy(),
            "event_id": found.index,
            "domain": found["domain"].to_numpy(),
            "name": found["title"].to_numpy(),
            "status": IN_FORCE,
            "level": found["score"].to_numpy(np.float64),
            "since": [text[: letters.get(known, 10)] for text, known in precision],
            "applied": UNKNOWN,
            "in_doubt": False,
            "open_case": cases,
            "instrument": found["instrument"].map(tracker.codebook.codes("instruments")).to_numpy(),
            "binds": True,
            "next_estimate": False,
            "next_general": False,
        },
        index=pd.Index([""] * len(found), name="act_id"),
    )


def record(tracker: Tracker, act_id: str) -> dict[str, Any]:
    """Return one act and what belongs to it, as of the newest day, in the words of which the
    register is written: `act`, its row of `acts`; `dates`, of `deadlines`; `sources`, the strongest
    first; `event`, the row of what brought it, or None.

    Raises BadInput for an id that is none, or of an act that was not adopted by then.
    """
    day = tracker.data.opening_day
    frame = register(tracker, day)
    if act_id not in frame.index:
        raise BadInput(f"act {act_id!r} is not in the register of {day}")
    act, due = frame.loc[act_id], deadlines(tracker, day)
    brought = events.every_event(tracker).reindex([act["event_id"]])
    return {
        "act": act,
        "dates": due[due["act_id"] == act_id],
        "sources": events.sources_of(tracker, "act_id", act_id),
        "event": brought.iloc[0] if act["event_id"] else None,
    }
