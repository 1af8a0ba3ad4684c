"""The register of rules on a day: what is in force, whether it was used, and what falls due when.

Of a day before the newest nothing is told that came later: an end, a use, a doubt (which is about
today's status). A date known in part counts from its first day where something begins and to its
last where something ends or falls due.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers import events
from stances.answers.tracker import EVERYONE, Tracker, cached, together
from stances.dataset.codebook import OVERALL
from stances.dataset.days import first_day, last_day
from stances.dataset.faults import BadInput
from stances.dataset.schema import LIST_SEPARATOR
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
from stances.model.lifetimes import pick, places

# What another act suspends, and an act that suspends: neither is a rule in force.
SUSPENDED = "suspended"
SUSPENSION = "suspension"
STATUS_LABELS = {
    IN_FORCE: "In force",
    NOT_YET: "Not yet in force",
    ENDED: "Ended",
    SUSPENDED: "Suspended",
    SUSPENSION: "Suspends another rule",
}
USED_LABELS = {
    USED: "Yes",
    EASED: "Eased",
    "no": "No",
    UNKNOWN: "",
}

# Texts without a date, in the words of the newest day: told on that day alone.
_UNDATED = [
    "obligation",
    "practice",
    "applied_what",
    "penalty",
    "note",
    "doubt",
]
_SEARCHED = [
    "name",
    "obligation",
    "legal_reference",
    "practice",
    "note",
    "applied_what",
    "doubt",
]
# What an act has of the next date ahead that it sets, under next_text and so on, and what it has
# without one.
_NEXT: dict[str, Any] = {
    "text": "",
    "deadline": "",
    "kind": "",
    "what": "",
    "estimate": False,
    "general": False,
}
# A date as it is written, known in part, by its precision.
_FORMATS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


@cached
def register(tracker: Tracker, day: date) -> pd.DataFrame:
    """Return the acts adopted by a day, indexed by act_id: the columns of `acts.csv` as they were
    known then, and what follows from them. Texts of today's words are told on the newest day alone.

    `actor_name`; `status`: one of STATUS_LABELS; `level`: the score of its event (NaN: sets no
    level); `since`: from when on it binds (known in part); `applied`: yes, eased (told on the
    newest day alone), no or unknown; `practice`: how it is handled, in words; `in_doubt`: it has a
    `doubt`; `open_case`: its domain is one of cases; `instrument`: the label of its event's, empty
    without one; `binds`: whether it has force of its own; of the next date ahead, where it sets
    one, `next_text`, `next_deadline`, `next_kind`, `next_what`, `next_estimate`, `next_general`
    (see `deadlines`).
    """
    return _with_next_dates(tracker, adopted(tracker, day), day)


def _with_next_dates(tracker: Tracker, rules: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return rules, rows of `adopted`, with the next date ahead of each, as `register`."""
    # The soonest of each act comes first, and is kept.
    due = dates_ahead(tracker, day)
    due = due[["act_id", *_NEXT]].drop_duplicates("act_id")
    # The row of the date of each act, -1: it has none.
    row = places(rules.index, due["act_id"])
    columns = {}
    for name, missing in _NEXT.items():
        values = due[name].to_numpy()
        columns[f"next_{name}"] = pick(values, row, missing)
    return rules.assign(**columns)


def adopted(tracker: Tracker, day: date) -> pd.DataFrame:
    """Return `register` without what falls due next."""
    return _adopted_at_turn(tracker, _turn(tracker, day))


def _turn(tracker: Tracker, day: date) -> date:
    """Return the day up to a day on which the register last changed: on both it says the same."""
    if day >= tracker.data.opening_day:
        return day

    turns = _turns(tracker)
    # The first of them is the first day of all.
    next_turn = bisect_right(turns, day)
    return turns[next_turn - 1]


@cached
def _turns(tracker: Tracker) -> list[date]:
    """Return the days on which the register changes, ascending, and the first day of all."""
    brought_on = _brought_on(tracker)
    is_known = ~np.isnat(brought_on)
    days = {tracker.codebook.first_date}
    days.update(_register(tracker).days.tolist())
    days.update(brought_on[is_known].tolist())
    return sorted(days)


@cached
def _brought_on(tracker: Tracker) -> NDArray[np.datetime64]:
    """Return the day of the event that brought each act, in the order of `acts.csv`; missing: none
    did.
    """
    dates = tracker.events["date"].reindex(tracker.data.acts["event_id"])
    return dates.to_numpy("datetime64[D]")


@cached
def _register(tracker: Tracker) -> Register:
    """Return the lives of the acts, kept. Its answers are in the order of `acts.csv`."""
    return Register(tracker.data.acts)


@cached
def _adopted_at_turn(tracker: Tracker, day: date) -> pd.DataFrame:
    """Return `adopted` of a day on which the register changes, or of the newest."""
    is_newest = day >= tracker.data.opening_day
    # In the order of `acts.csv`, as the status is.
    rules = _lines(tracker, is_newest)
    status = _register(tracker).status(day)

    # An act suspends another only while it is in force itself.
    in_force = status == IN_FORCE
    suspends = in_force & (rules["suspends"] != "")
    suspended_ids = rules.loc[suspends, "suspends"]
    is_suspended = in_force & rules.index.isin(suspended_ids)
    status = np.select([suspends, is_suspended], [SUSPENSION, SUSPENDED], status)

    # What came later is taken back: uses, ends and the events that brought an act. Each mask is
    # of the rows whose text is not told yet; what has no day did not come later.
    then = np.datetime64(day, "D")
    used_later = _register(tracker).used_from > then
    not_ended = status != ENDED
    brought_later = _brought_on(tracker) > then
    untold = {
        "applied_since": used_later,
        "ended": not_ended,
        "ended_how": not_ended,
        "ended_by": not_ended,
        "event_id": brought_later,
        "instrument": brought_later,
    }
    texts = {}
    for name, is_untold in untold.items():
        texts[name] = np.where(is_untold, "", rules[name])
    rules = rules.assign(
        **texts,
        status=status,
        applied=np.where(used_later, UNKNOWN, rules["applied"]),
        level=np.where(brought_later, np.nan, rules["level"]),
        # Whether the row itself gives it force; what the kind of its event says is not known before
        # that.
        binds=np.where(brought_later, tracker.data.acts["has_force"], rules["binds"]),
    )
    is_there: pd.Series = rules["status"] != NO_ACT_YET
    return rules[is_there]


@cached
def _lines(tracker: Tracker, is_newest: bool) -> pd.DataFrame:
    """Return all acts as they are told on the newest day, or on the days before it, indexed by
    act_id: the columns of `acts.csv`, and those of `register` that are the same on all of these.
    """
    rules = together(tracker.data.acts)
    rules = rules.rename(columns={"used": "practice"})
    # The id stays a column, so the index cannot have its name.
    rules = rules.set_index("act_id", drop=False).rename_axis(None)
    has_force = rules.pop("has_force")
    if not is_newest:
        rules[_UNDATED] = ""
        # An easing has no date either.
        rules["applied"] = rules["applied"].replace(EASED, USED)

    labels = tracker.codebook.codes("instruments")
    since = map(binds_from, rules["adopted"], rules["in_force_from"])
    # The event of each act, a row an act.
    brought = tracker.events.reindex(rules["event_id"])
    brought = brought.set_axis(rules.index)
    return rules.assign(
        # What no event brought sets no level, and has force: only a kind of event can have none.
        level=brought["score"].astype(float),
        since=list(since),
        actor_name=rules["actor"].map(tracker.names),
        in_doubt=rules["doubt"] != "",
        open_case=rules["domain"].isin(tracker.cases),
        instrument=brought["instrument"].map(labels).fillna(""),
        binds=has_force & brought["binding"].fillna(True).astype(bool),
    )


def clock(tracker: Tracker, day: date) -> date:
    """Return the day from which on dates are ahead: today, where the page shows the newest day."""
    return tracker.data.today if day >= tracker.data.opening_day else day


@cached
def deadlines(tracker: Tracker, day: date) -> pd.DataFrame:
    """Return the dates that the acts of a day set, the soonest first: the columns of
    `deadlines.csv`, then `actor`, `domain`, `name`, `status` and `doubt` of the act.

    `first`, `end`: the days between which it may fall (dates); `text`: the date in words;
    `can_fall_due`: its act has not ended, or not before; `passed`: it fell due by the day (the
    newest: by today); `ahead`: it is still to come, and its act has not ended; `in_doubt`: whether
    the act holds; `expected`: not ordered; `estimate`: counted, no source names the day; `general`:
    of a duty that does not name the subject and was not used on it.
    """
    turn = _turn(tracker, day)
    dates = _dates_at_turn(tracker, turn)
    is_over = dates["end"] < clock(tracker, day)
    has_ended = dates["status"] == ENDED
    return dates.assign(
        passed=dates["can_fall_due"] & is_over,
        ahead=~is_over & ~has_ended,
    )


@cached
def _dates_at_turn(tracker: Tracker, day: date) -> pd.DataFrame:
    """Return `deadlines` of a day on which the register changes, or of the newest, but for `passed`
    and `ahead`.
    """
    rules = _adopted_at_turn(tracker, day)
    dates = _all_dates(tracker)
    # The row of the rule of each date; -1: that is not adopted.
    row = places(dates["act_id"], rules.index)
    is_there = row >= 0
    dates = dates[is_there].reset_index(drop=True)
    names = ["status", "doubt", "in_doubt", "applied"]
    rules = rules[names].iloc[row[is_there]].reset_index(drop=True)
    # A note is in the words of the newest day, as those of `_UNDATED`.
    if day < tracker.data.opening_day:
        dates["note"] = ""

    has_ended = rules["status"] == ENDED
    was_used = rules["applied"].isin([USED, EASED])
    return dates.assign(
        status=rules["status"],
        doubt=rules["doubt"],
        in_doubt=rules["in_doubt"],
        general=dates["general"] & ~was_used,
        can_fall_due=~has_ended | dates.pop("within_term"),
    )


@cached
def _all_dates(tracker: Tracker) -> pd.DataFrame:
    """Return all dates that acts set, as they are told on any day, the soonest first; `general`: of
    a duty that does not name the subject; `within_term`: its act ends on that day, later or never.
    """
    columns = [
        "act_id",
        "actor",
        "domain",
        "name",
        "obligation",
        "ended",
    ]
    rules = tracker.data.acts[columns]
    dates = tracker.data.deadlines.merge(rules, on="act_id")

    duties = dates["name"] + "\n" + dates.pop("obligation")
    subject = tracker.codebook.subject
    names_subject = duties.str.contains(subject, case=False, regex=False)
    partial = dates["deadline"]
    # What has not ended ends in a year that is after all others.
    ended = dates.pop("ended").replace("", "9999")
    # Of one day, in the order of the codebook.
    parts = list(tracker.codebook.acts.part)
    # Days stay days as objects; a column of no rows would be of texts, which no day compares with.
    dates = dates.assign(
        text=partial.map(words.partial),
        first=partial.map(first_day).astype(object),
        end=partial.map(last_day).astype(object),
        expected=dates["basis"] == "expected",
        estimate=dates["basis"] == "estimate",
        general=~names_subject,
        place=pd.Categorical(dates["part"], parts),
    )
    dates["within_term"] = dates["end"] <= ended.map(last_day)
    order = ["end", "place", "actor", "act_id"]
    dates = dates.sort_values(order, ignore_index=True)
    return together(dates.drop(columns="place"))


def dates_ahead(
    tracker: Tracker,
    day: date,
    domain: str = OVERALL,
    kind: str = "",
) -> pd.DataFrame:
    """Return those of `deadlines` that are ahead, of rules in a domain, or in all (OVERALL), of a
    kind (empty: of all).
    """
    dates = deadlines(tracker, day)
    chosen = dates["ahead"]
    if domain != OVERALL:
        chosen = chosen & (dates["domain"] == domain)
    if kind:
        chosen = chosen & (dates["kind"] == kind)
    return dates[chosen]


def removals(
    tracker: Tracker,
    day: date,
    domain: str = OVERALL,
) -> pd.DataFrame:
    """Return those of `dates_ahead` of the kind that leads: existing equipment must be out."""
    leading = tracker.codebook.acts.leading
    return dates_ahead(tracker, day, domain, leading)


def find(
    tracker: Tracker,
    day: date,
    q: str = "",
    *,
    actor: Sequence[str] = (),
    group: str = EVERYONE,
    domain: str = OVERALL,
    status: str = "all",
    applied: Sequence[str] = (),
    scope: Sequence[str] = (),
    aim: Sequence[str] = (),
    deadline: str | None = None,
) -> pd.DataFrame:
    """Return the rows of `register` that fit all filters, by name of actor, field, date.

    `q`: words and quoted phrases, all of which an act must have; `actor`: codes, groups for their
    members; `domain`, `status`: of all where OVERALL and "all"; `deadline`: a kind of date that
    they set (None: any or none); all others: codes, one of which an act must have; empty: any.
    """
    rules = register(tracker, day)
    # Of each rule, whether it fits.
    chosen = pd.Series(True, rules.index)
    if q:
        columns = [rules[name] for name in _SEARCHED]
        own_texts = events.folded(*columns)
        other_texts = _other_texts(tracker).reindex(rules.index)
        texts = own_texts + "\n" + other_texts
        chosen = events.matches(texts, q)

    actors = events.actors_of(tracker, actor, group, day)
    if actors is not None:
        chosen &= rules["actor"].isin(actors)
    if domain != OVERALL:
        chosen &= rules["domain"] == domain
    if status != "all":
        chosen &= rules["status"] == status
    if applied:
        chosen &= rules["applied"].isin(applied)
    if aim:
        chosen &= rules["aim"].isin(aim)
    if scope:
        # A rule has several, and then as many rows here, all under its id.
        scopes = rules["scope"].str.split(LIST_SEPARATOR).explode()
        scopes = scopes[scopes.isin(scope)]
        chosen &= rules.index.isin(scopes.index)
    if deadline:
        dates = deadlines(tracker, day)
        dates = dates[dates["kind"] == deadline]
        chosen &= rules.index.isin(dates["act_id"])

    act_ids = _order(tracker)
    is_chosen = act_ids.isin(rules.index[chosen])
    return rules.loc[act_ids[is_chosen]]


@cached
def _order(tracker: Tracker) -> pd.Index:
    """Return the ids of all acts by name of actor, field and date: the order of `find`."""
    rules = _lines(tracker, True)
    names = rules["actor"].map(tracker.short)
    keys = rules[["domain", "since"]].assign(
        name=names.map(events.fold),
        weight=rules["domain"].map(tracker.weights),
    )
    # The weightiest field comes first.
    order = ["name", "weight", "domain", "since"]
    keys = keys.sort_values(order, ascending=[True, False, True, True])
    return keys.index


@cached
def _other_texts(tracker: Tracker) -> pd.Series:
    """Return what acts are found by beside their own texts, folded, by act_id: the names of their
    actor, the title of their event, the publishers of their sources.
    """
    rules = tracker.data.acts.set_index("act_id")
    sources = tracker.data.act_sources
    publishers = sources.groupby("act_id")["publisher"].agg(" ".join)
    return events.folded(
        rules["actor"].map(tracker.names),
        rules["actor"].map(tracker.short),
        rules["event_id"].map(tracker.events["title"]),
        publishers.reindex(rules.index),
    )


def headline(
    tracker: Tracker,
    day: date,
    rules: pd.DataFrame,
    filters: str = "",
    domain: str = OVERALL,
) -> str:
    """Say how many rules are in force, and whose have dates ahead of the kind that leads, those in
    doubt or expected apart. `rules`: rows of `register`, all or those looked for; `filters`: by
    what, in words: then it says how many there are; `domain`: the field that all of them are of.
    """
    if filters:
        count = "No rules"
        if len(rules):
            count = words.plural(len(rules), "rule")
            if (rules["status"] == IN_FORCE).all():
                count += " in force"
        return f"{count}: {filters}"

    is_past = day < tracker.data.opening_day
    in_force = int((rules["status"] == IN_FORCE).sum())
    verb = "is" if in_force < 2 else "are"
    if is_past:
        verb = "was" if in_force < 2 else "were"
    count = "No rule"
    if in_force:
        count = words.plural(in_force, "rule")
    text = f"{count} {verb} in force"
    if domain != OVERALL:
        text += f" {tracker.in_field(domain)}"
    if is_past:
        text += f" on {words.day(day)}"

    due = removals(tracker, day)
    due = due[due["act_id"].isin(rules.index)]
    if due.empty:
        return text

    # Each actor counts once: as sure, if one of its dates is.
    is_unsure = due["in_doubt"] | due["expected"]
    sure_actors = due.loc[~is_unsure, "actor"].unique()
    has_sure_date = due["actor"].isin(sure_actors)
    unsure_actors = due.loc[~has_sure_date, "actor"].unique()

    kind = tracker.codebook.acts.leading
    dates = f"{kind} dates ahead"
    if len(due) == 1:
        dates = f"a {kind} date ahead"
    if not len(sure_actors):
        who = _who_has(tracker, unsure_actors, is_past)
        return f"{text}; {who} {dates}, in doubt"

    who = _who_has(tracker, sure_actors, is_past)
    text += f"; {who} {dates}"
    if len(unsure_actors):
        text += f", {words.number(len(unsure_actors))} more in doubt"
    return text


def _who_has(tracker: Tracker, actors: Any, is_past: bool) -> str:
    """Return who has something: four countries have, Germany has. `actors`: an array of codes."""
    verb = "have"
    count = words.number(len(actors))
    who = f"{count} {tracker.actors_called(actors)}"
    if len(actors) == 1:
        verb = "has"
        who = tracker.called[actors[0]]
    if is_past:
        verb = "had"
    return f"{who} {verb}"


def binds(tracker: Tracker, actor: str, day: date) -> pd.DataFrame:
    """Return what binds an actor on a day: the rules in force and the open cases, by field and the
    strictest first, with the columns of `register`.

    An open case or a decision that has no line in the register has "" as act_id and in the index,
    and the title of its event as name.
    """
    rules = adopted(tracker, day)
    is_own = rules["actor"] == actor
    rules = _with_next_dates(tracker, rules[is_own & (rules["status"] == IN_FORCE)], day)

    # The acts shown that have no line: of one that is only pending the line is not shown.
    names = ["act_id", "pending", "act_event_id"]
    positions = tracker.position(day)
    positions = positions.loc[positions["actor"] == actor, names]
    has_line = positions["act_id"] != ""
    in_force = ~has_line & ~positions["pending"]
    event_ids = positions.loc[in_force, "act_event_id"]
    event_ids = event_ids[event_ids != ""]
    if len(event_ids):
        lines = _without_line(tracker, event_ids)
        # All else is empty: nothing of them is in doubt or due, only the register tells of that.
        lines = lines.reindex(columns=rules.columns, fill_value="")
        rules = pd.concat([rules, lines])

    # The weightiest field first; of two of one weight that which the codebook has first.
    weights = tracker.weights
    fields = sorted(weights, key=weights.__getitem__, reverse=True)
    field = places(rules["domain"], fields)
    _, newness = np.unique(rules["since"], return_inverse=True)
    # lexsort sorts by its last key first.
    order = np.lexsort((-newness, rules["level"], field))
    return rules.iloc[order]


def _without_line(tracker: Tracker, event_ids: pd.Series) -> pd.DataFrame:
    """Return events that bind and stand in no line of the register as rows of it, with those
    columns that `register` has of them.
    """
    brought = tracker.events.loc[event_ids]
    dates = zip(brought["date"], brought["date_precision"], strict=True)
    since = [f"{day:{_FORMATS[precision]}}" for day, precision in dates]
    lines = brought[["event_id", "actor", "domain"]].assign(
        act_id="",
        name=brought["title"],
        status=IN_FORCE,
        level=brought["score"].astype(float),
        since=since,
        applied=UNKNOWN,
        open_case=brought["domain"].isin(tracker.cases),
        binds=True,
    )
    # Indexed as the register is; the column stays.
    return lines.set_index("act_id", drop=False)


def record(tracker: Tracker, act_id: str) -> dict[str, Any]:
    """Return one act and what belongs to it, as of the newest day, of which the register is
    written: `act`, its row of `register`; `dates`, its rows of `deadlines`; `sources`, those of
    `events.sources_of`.

    Raises BadInput for an id that is none, or of an act that was not adopted by then.
    """
    day = tracker.data.opening_day
    rules = register(tracker, day)
    if act_id not in rules.index:
        raise BadInput(f"act {act_id!r} is not in the register of {day}")

    dates = deadlines(tracker, day)
    return {
        "act": rules.loc[act_id],
        "dates": dates[dates["act_id"] == act_id],
        "sources": events.sources_of(tracker, act_id),
    }
