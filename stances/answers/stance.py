"""Where everybody stands on a day, what that rests on, why, and how it changed day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers import powers
from stances.answers.tracker import EVERYONE, OLD_DAYS, Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.dataset.days import day_number
from stances.model.groups import member_means
from stances.model.lifetimes import Bools, Floats
from stances.model.stance import StanceArrays, level_of, round_stance

Ints = NDArray[np.integer[Any]]
# Each a place in the list that `rests` returns.
Places = NDArray[np.uint8]

# What a level rests on, beside the kinds of acts.
WORDS = "statements"
OLD = "old statements"
HELD = "power held"  # it can limit the subject; no use is known
USED = "rule used"
CASE = "open case"
RULE = "rule in force"  # against the subject, but too mild to limit it
_BESIDE_KINDS = [
    WORDS,
    OLD,
    HELD,
    USED,
    CASE,
    RULE,
]
# The place of each in `rests`, where they come first.
_PLACES = {name: place for place, name in enumerate(_BESIDE_KINDS)}
# What the level of a group rests on.
AVERAGE = "average"
# What is said in place of a level, and what stands for it among levels: off every scale.
NONE = "no position"
_NO_LEVEL = 99
# What a weight of 1 counts in days: so much that two weights never differ by less than all days.
_DAYS_OF_WEIGHT = 1e8

# Arrays of all days at once would take 300 MB.
_DAYS_AT_ONCE = 366


@cached
def standings(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """Return where every actor stands on a day, in a domain or overall, indexed by actor.

    Columns: stance, low, high, level (NaN: no current position), label, used (a rule that limits
    the subject has been used by then), last_event_id, rests_on (one of `rests`; empty: no
    position), is_old (on old statements), act_id and act_event_id of the act shown. Overall the act
    is that of the weightiest domain that has one.
    """
    # The rows of an actor stand together, one for each column.
    column = tracker.column(domain)
    column_count = len(tracker.codebook.columns)
    rows = _all_standings(tracker, day).iloc[column::column_count]
    if domain == OVERALL:
        rows = rows.assign(**_heaviest_acts(tracker, day))
    return rows


@cached
def _all_standings(tracker: Tracker, day: date) -> pd.DataFrame:
    """Return the standings of a day overall and in all domains, in the order of `position`; overall
    no act is shown.
    """
    rows = tracker.position(day)
    names = np.array(rests(tracker), object)
    places = _rests_on_day(tracker, day)
    # One element a row.
    rests_on = names[places.ravel()]
    has_none = rows["level"].isna()
    rests_on[has_none] = ""

    columns = [
        "actor",
        "stance",
        "low",
        "high",
        "level",
        "label",
        "used",
        "last_event_id",
        "act_id",
        "act_event_id",
    ]
    rows = rows[columns].assign(rests_on=rests_on, is_old=rests_on == OLD)
    return rows.set_index("actor")


def _heaviest_acts(tracker: Tracker, day: date) -> dict[str, NDArray[Any]]:
    """Return the act shown of each actor in the weightiest domain that has one, an element an
    actor: act_id and act_event_id; empty for who has none.
    """
    rows = tracker.position(day)
    shape = (len(tracker.actors), -1)
    act_ids = rows["act_id"].to_numpy().reshape(shape)
    event_ids = rows["act_event_id"].to_numpy().reshape(shape)
    since = rows["level_since"].to_numpy("datetime64[D]").astype(float)

    # By weight, then of one weight by whose level began last: no day counts as much as a weight
    # does. Who has no act at all gets the first column, overall, whose ids are empty.
    weights = [tracker.weights.get(code, 0) for code in tracker.codebook.columns]
    ranks = _DAYS_OF_WEIGHT * np.array(weights) + since.reshape(shape)
    ranks[event_ids == ""] = -np.inf
    heaviest = ranks.argmax(axis=1)
    heaviest = heaviest[:, np.newaxis]
    return {
        "act_id": np.take_along_axis(act_ids, heaviest, axis=1).ravel(),
        "act_event_id": np.take_along_axis(event_ids, heaviest, axis=1).ravel(),
    }


@cached
def standing(
    tracker: Tracker,
    code: str,
    domain: str,
    day: date,
) -> pd.Series:
    """Return where one actor or group stands: the columns of `standings`; of a group `known` and
    `members` (how many have a position, and how many there are) in place of last_event_id.

    A group has the mean of its members, each by its certainty, and a level only where at least half
    of them have a position; what it rests on is AVERAGE. Raises BadInput for an unknown code.
    """
    if code not in tracker.groups:
        actor_place = tracker.model.place(code)
        return standings(tracker, day, domain).iloc[actor_place]

    arrays = tracker.arrays(day)
    lines = group_lines(tracker, code, domain, arrays)
    figures = {name: values[0] for name, values in lines.items()}
    level = level_of(figures["stance"])
    label = ""
    rests_on = ""
    if not np.isnan(level):
        label = tracker.codebook.scale.labels[int(level)]
        rests_on = AVERAGE
    return pd.Series(
        {
            **figures,
            "level": level,
            "label": label,
            "rests_on": rests_on,
            # A mean has no rule, and its members' statements are of many ages.
            "is_old": False,
            "used": False,
            "act_id": "",
            "act_event_id": "",
        },
        name=code,
    )


def group_lines(
    tracker: Tracker,
    group: str,
    domain: str,
    arrays: StanceArrays,
) -> dict[str, NDArray[Any]]:
    """Return the mean of a group on the days of `arrays`, an element a day: stance, low, high,
    known (how many have a position), members (how many there are). Low and high are the means of
    the members' own; all three are NaN where fewer than half have a position.
    """
    terms = tracker.terms[group]
    belongs = terms.mask(arrays.days, len(tracker.actors))
    figures = member_means(arrays, tracker.column(domain), belongs)
    has_few = 2 * figures["with_position"] < figures["members"]
    means = {}
    for name in ("mean", "low", "high"):
        means[name] = np.where(has_few, np.nan, round_stance(figures[name]))
    return {
        "stance": means["mean"],
        "low": means["low"],
        "high": means["high"],
        "known": figures["with_position"],
        "members": figures["members"],
    }


def by_level(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """Return who stands at each level, strictest first, then who has no position: level (NaN in the
    last row), count, actors (codes, by name).
    """
    levels = standings(tracker, day, domain)["level"].fillna(_NO_LEVEL)
    level_by_actor = levels.to_dict()
    scale = tracker.codebook.scale.levels
    # By level, in the order of the rows.
    actors: dict[float, list[str]] = {level: [] for level in [*scale, _NO_LEVEL]}
    for actor in sorted(tracker.actors, key=tracker.short.__getitem__):
        actors[level_by_actor[actor]].append(actor)
    return pd.DataFrame(
        {
            "level": [*scale, np.nan],
            "count": [*map(len, actors.values())],
            "actors": [*actors.values()],
        }
    )


@cached
def why(
    tracker: Tracker,
    actor: str,
    domain: str,
    day: date,
) -> pd.DataFrame:
    """Return the events that make a stance, the heaviest first: the columns of `Model.explain`, and
    date_precision and title.

    Shares add up to 1, overall to less where little is known; contributions add up to the stance.
    Empty where there is no position. Raises BadInput for an unknown actor or domain.
    """
    rows = tracker.model.explain(actor, domain, day)
    events = tracker.events[["date_precision", "title"]].loc[rows["event_id"]]
    return rows.assign(
        date_precision=events["date_precision"].array,
        title=events["title"].array,
    )


# -- what a level rests on -----------------------------------------------------------------------


def rests(tracker: Tracker) -> list[str]:
    """Return all that a level can rest on, as it is told: what there is beside the kinds of acts,
    then these. Arrays hold places in this list.
    """
    labels = tracker.codebook.codes("instruments").values()
    kinds = map(words.within, labels)
    return [*_BESIDE_KINDS, *kinds]


def rests_or_overall(tracker: Tracker) -> list[str]:
    """Return what `rests` has, then what is told of who has no level in a field: "" where there is
    none overall either, then "Exclude overall" and so on, a level each.
    """
    scale = tracker.codebook.scale
    overall = [f"{scale.labels[level]} overall" for level in scale.levels]
    return [*rests(tracker), "", *overall]


@cached
def _kinds_by_event(tracker: Tracker) -> dict[str, int]:
    """Return the place in `rests` of the kind of each act of the model, 0 for words, by event_id,
    in the order of the model's rows.
    """
    places = {}
    for place, code in enumerate(tracker.codebook.instruments, start=len(_BESIDE_KINDS)):
        places[code] = place

    lifetimes = tracker.model.lifetimes
    kinds = lifetimes.events["instrument"].map(places)
    kinds = kinds.where(lifetimes.binding, 0)
    return dict(zip(lifetimes.ids, kinds, strict=True))


def _rests_of_acts(tracker: Tracker, cells: pd.DataFrame | dict[str, NDArray[Any]]) -> Places:
    """Return the place in `rests` of what acts carry on a day: actors x columns; 0: they carry
    nothing. `cells`: the acts shown (`ActsShown`) and what rules come to (`Practice.on`).
    """
    codes = tracker.codebook.columns
    shape = (len(tracker.actors), len(codes))
    kinds = _kinds_by_event(tracker)
    acts = [kinds.get(event, 0) for event in cells["act_event_id"]]
    kind = np.array(acts, np.uint8).reshape(shape)

    names = (
        "act_id",
        "act_level",
        "pending",
        "limits",
        "used_level",
    )
    tables = [np.asarray(cells[name]).reshape(shape) for name in names]
    # `is_used`: of a rule that sets the level, not of any of the cell.
    act_id, act_level, pending, limits, is_used = tables

    # Masks of cells: whether an act is shown, not yet in force or binding.
    is_act = kind > 0
    is_pending = is_act & pending
    binds = is_act & ~pending
    # Whether the act is a line of the register, and one against the subject.
    has_line = act_id != ""
    restricts = act_level < 0
    is_rule = binds & has_line & restricts
    is_case_column = np.isin(codes, tracker.cases)
    # A rule can limit the subject, by its line or where no act is shown that binds. A decision
    # without a line in the register is a use by itself, and no power.
    is_power = limits & ~is_case_column & (has_line | ~binds)
    power_in_domains = is_power[:, 1:]
    is_power[:, 0] = power_in_domains.any(axis=1)

    # The kind of the act, a place in `rests` itself; each takes the place of those before it. What
    # is adopted and not yet in force carries the level by its kind, whatever else there is.
    places = kind.copy()
    places[is_rule] = _PLACES[RULE]
    places[binds & is_case_column] = _PLACES[CASE]
    places[is_power] = _PLACES[HELD]
    places[is_used] = _PLACES[USED]
    places[is_pending] = kind[is_pending]

    # Overall no act is shown: it is what rules come to anywhere, set above, else the act of the
    # weightiest domain with one.
    weights = tracker.model.weights(OVERALL)
    by_weight = np.argsort(-weights, kind="stable")
    for domain_place in by_weight:
        has_nothing = places[:, 0] == 0
        places[has_nothing, 0] = places[has_nothing, 1 + domain_place]
    return places


def _with_words(acts: Places, newest_kind: Ints, newest_age: Ints | Floats) -> Places:
    """Return what levels rest on: what acts carry (`_rests_of_acts`), else the kind of the newest
    event of all, an act that has ended or leaves nothing in force, else statements: also where
    there is no level. `newest_kind`: the place of its kind in `rests`, 0 where it is no act;
    `newest_age`: days; NaN, without any event, is not old.
    """
    is_old = newest_age > OLD_DAYS
    is_act = newest_kind > 0
    has_act = acts > 0
    statements = np.where(is_old, _PLACES[OLD], _PLACES[WORDS])
    by_event = np.where(is_act, newest_kind, statements)
    places = np.where(has_act, acts, by_event)
    return places.astype(np.uint8)


@cached
def _rests_on_day(tracker: Tracker, day: date) -> Places:
    """Return the place in `rests` of what each level of a day rests on: actors x columns. Where
    there is no level it means nothing.
    """
    rows = tracker.position(day)
    acts = _rests_of_acts(tracker, rows)

    kinds = _kinds_by_event(tracker)
    newest = [kinds.get(event, 0) for event in rows["last_event_id"]]
    newest_kind = np.array(newest)
    age = pd.Timestamp(day) - rows["last_event_date"]
    newest_age = age.dt.days.to_numpy()
    return _with_words(
        acts,
        newest_kind.reshape(acts.shape),
        newest_age.reshape(acts.shape),
    )


# -- day by day ---------------------------------------------------------------------------------


class Daily(NamedTuple):
    """What a map shows on every day from the first to the last: days x actors x (overall, then the
    domains). `level`: NaN for no position; `rests`: places in `rests`; `used`: whether a rule has
    been used, or a case is open.
    """

    level: NDArray[np.float32]
    rests: Places
    used: Bools


@cached
def daily(tracker: Tracker) -> Daily:
    """Return what a map shows on every day."""
    first = np.datetime64(tracker.codebook.first_date)
    last = np.datetime64(tracker.data.opening_day)
    dates = np.arange(first, last + np.timedelta64(1, "D"))
    days: list[date] = dates.tolist()
    shape = (len(days), len(tracker.actors), len(tracker.codebook.columns))

    level = np.zeros(shape, np.float32)
    # The row of the act in force in the model's events, -1 for none.
    latest_act = np.zeros(shape, np.int16)
    for start in range(0, len(days), _DAYS_AT_ONCE):
        year = slice(start, start + _DAYS_AT_ONCE)
        arrays = tracker.model.arrays(days[year])
        level[year] = level_of(arrays.stance)
        latest_act[year] = arrays.act

    # The register is asked on the days alone on which the acts in force, or its lines, change: what
    # it says then holds until the next of them.
    changed = differs(latest_act).any(axis=(1, 2))
    changed |= np.isin(dates, tracker.acts_shown.days)
    changed |= np.isin(dates, tracker.practice.days)
    acts = np.zeros(shape, np.uint8)
    used = np.zeros(shape, bool)
    turns = np.flatnonzero(changed)
    bounds = [*turns, len(days)]
    for start, end in pairwise(bounds):
        day = days[start]
        shown_acts = tracker.acts_shown.by_latest(latest_act[start], day)
        # Whether the day is the newest is told by "eased" alone, which no map shows.
        flags = tracker.practice.on(day, shown_acts)
        cells = {**shown_acts, **flags}
        acts[start:end] = _rests_of_acts(tracker, cells)
        used[start:end] = flags["used"] | flags["case"]

    # The element after those of events is that of row -1, of no event: there is no level then, and
    # its age is of no meaning.
    newest = _newest_events(tracker, shape)
    kinds = _kinds_by_event(tracker)
    event_kinds = np.array([*kinds.values(), 0])
    event_days = np.append(tracker.model.lifetimes.day, 0)
    day_numbers = dates.astype(np.int64)
    newest_age = day_numbers.reshape(-1, 1, 1) - event_days[newest]
    places = _with_words(acts, event_kinds[newest], newest_age)
    # Without a level it means nothing: one place for all, so that none of it is seen as a change.
    places[np.isnan(level)] = 0
    return Daily(level=level, rests=places, used=used)


def _newest_events(tracker: Tracker, shape: tuple[int, ...]) -> Ints:
    """Return the row in the model's events of the newest of each actor and column on each day, -1
    for none. `shape`: as of `Daily`.
    """
    lifetimes = tracker.model.lifetimes
    first = day_number(tracker.codebook.first_date)
    last = day_number(tracker.data.opening_day)
    count = lifetimes.count_up_to(last)
    # Indices of each event. What came before the first day is known on it.
    days = lifetimes.day[:count].clip(first)
    day = days - first
    cell = lifetimes.cell[:count]
    actor, domain = np.divmod(cell, len(tracker.codebook.domains))

    # Column 0 is overall. Of the events of one day and cell the last stays.
    newest = np.full(shape, -1, np.int32)
    newest[day, actor, 1 + domain] = np.arange(count)
    # Overall it is the newest of all domains; from each day it stays the newest until the next.
    newest[:, :, 0] = newest.max(axis=2)
    return np.maximum.accumulate(newest, axis=0)


def differs(values: Any) -> Bools:
    """Say of each of some values whether it differs from the one before; the first one does. To
    have no position is a level like others here.
    """
    levels = np.nan_to_num(values, nan=_NO_LEVEL)
    changed = np.ones(levels.shape, bool)
    changed[1:] = levels[1:] != levels[:-1]
    return changed


@cached
def level_changes(tracker: Tracker, domain: str) -> pd.DataFrame:
    """Return the days on which what a map shows of an actor changes, by actor and date: actor,
    date, level (NaN: none), is_old, rests (a place in `rests_or_overall`), used (see `Daily`). The
    first row of each actor is of the first day.
    """
    column = tracker.column(domain)
    all_days = daily(tracker)
    level = all_days.level[:, :, column]
    overall = all_days.level[:, :, tracker.column(OVERALL)]
    # Who has no level has what is told of its level overall, behind `rests`: first that of none.
    places_overall = overall - tracker.codebook.scale.min + 1
    places = np.where(
        np.isnan(level),
        len(rests(tracker)) + np.nan_to_num(places_overall).astype(int),
        all_days.rests[:, :, column],
    )
    used = all_days.used[:, :, column]

    changed = differs(level)
    changed |= differs(places)
    changed |= differs(used)
    # Turned over to actors x days, they are found by actor and then by day.
    actor, day = np.nonzero(changed.T)
    actors = np.array(tracker.actors)
    first = np.datetime64(tracker.codebook.first_date, "s")
    rests_on = places[day, actor]
    return pd.DataFrame(
        {
            "actor": actors[actor],
            "date": first + day.astype("timedelta64[D]"),
            "level": level[day, actor].astype(float),
            "is_old": rests_on == _PLACES[OLD],
            "rests": rests_on,
            "used": used[day, actor],
        }
    )


# -- in words -----------------------------------------------------------------------------------


def dot_label(tracker: Tracker, domain: str) -> str:
    """Return what a dot on the map says: that a rule was used; in a field of cases, one is open."""
    if domain in tracker.cases:
        return CASE
    return f"{USED} on {tracker.codebook.subject}"


def map_headline(tracker: Tracker, day: date, domain: str) -> str:
    """Say who can limit the subject in the field that leads, and who has; in another, how many
    stand at a level that restricts.
    """
    first = tracker.events["date"].min()
    if first > pd.Timestamp(day):
        return f"Records begin in {first.year}"

    lead = tracker.lead
    # An open case is no rule, of which it could be said whether it can limit.
    if domain != lead.domain or domain in tracker.cases:
        levels = standings(tracker, day, domain)["level"]
        return restricting(tracker, levels, domain)

    codes = tracker.members(lead.group, day)
    members = tracker.in_domain(day, domain).loc[codes]
    counts = powers.counts(members)
    limiting = counts["limits"]
    called = tracker.members_called(lead.group)
    text = powers.say(
        "limits",
        limiting,
        subject=tracker.codebook.subject,
        number=_part(limiting, len(members), called),
    )
    text = f"{text} {tracker.in_field(domain)}"
    if counts["used"]:
        used = powers.say("used", counts["used"])
        text = f"{text}; {used}"
    return text


def restricting(tracker: Tracker, levels: pd.Series, domain: str) -> str:
    """Say how many stand at a level that restricts in a domain: 37 of 94 governments and EU bodies
    stand at Exclude or Restrict in telecom networks. `levels`: of each actor (NaN: none).
    """
    scale = tracker.codebook.scale
    strictest = range(scale.min, scale.restricting + 1)
    labels = [scale.labels[level] for level in strictest]
    names = words.joined(labels, "or")

    restricts = levels <= scale.restricting
    place = tracker.in_field(domain)
    return standing_at(tracker, restricts, names, place)


def standing_at(tracker: Tracker, stands: pd.Series, names: str, place: str) -> str:
    """Say how many stand at some levels: 37 of 94 actors stand at Exclude or Restrict in some
    field. `stands`: of each actor, whether it does; `names`: of the levels; `place`: "in some
    field".
    """
    count = int(stands.sum())
    called = tracker.members_called(EVERYONE)
    actors = _part(count, len(stands), called)
    verb = "stands" if count == 1 else "stand"
    return f"{actors} {verb} at {names} {place}"


def _part(count: int, total: int, members: str) -> str:
    """Return a count out of a total: all 27 EU countries, none of them, 21 of them."""
    if count == total:
        return f"All {total} {members}"
    if count == 0:
        return f"None of {total} {members}"
    return f"{count} of {total} {members}"


def latest(
    tracker: Tracker,
    day: date,
    domain: str,
    n: int | None = None,
    actors: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the scored events up to a day, in a domain or in all (OVERALL), the newest first: rows
    of `Tracker.events`. `n`: so many at most (None: all); `actors`: theirs alone (None: of all).
    """
    # These are by date, so that those up to the day come first.
    events = scored(tracker, domain)
    count = events["date"].searchsorted(pd.Timestamp(day), side="right")
    rows = np.arange(count)
    if actors is not None:
        rows = np.flatnonzero(events["actor"][:count].isin(actors))

    # The frame is wide: the rows are taken out of it once.
    newest_first = rows[::-1]
    if n is not None:
        newest_first = newest_first[:n]
    return events.iloc[newest_first]


@cached
def scored(tracker: Tracker, domain: str) -> pd.DataFrame:
    """Return the scored events of a domain, or of all, by date."""
    events = tracker.events
    events = events[events["score"].notna()]
    if domain != OVERALL:
        events = events[events["domain"] == domain]
    return events
