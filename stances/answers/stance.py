"""Where everybody stands on a day, what that rests on, why, and how it changed day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
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
from stances.model.acts_shown import Columns
from stances.model.groups import group_figures
from stances.model.lifetimes import Bools
from stances.model.stance import level_of

Ints = NDArray[np.integer[Any]]
Places = NDArray[np.uint8]

# What a level rests on, beside the kinds of acts.
WORDS, OLD, HELD, USED, CASE, RULE = (
    "statements", "old statements", "power held", "rule used", "open case", "rule in force",
)  # fmt: skip
_BESIDE_KINDS = (WORDS, OLD, HELD, USED, CASE, RULE)
AVERAGE = "average"
# What is said in place of a level.
NONE = "no position"


@cached
def standings(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """Return where every actor stands on a day, in a domain or overall, indexed by actor.

    Columns: stance, low, high, level (NaN: no current position), label, rests_on (one of `rests`;
    empty: no position), is_old (on old statements), used (a rule that limits the subject has been
    used by then), act_id and act_event_id of the act shown, last_event_id. Overall the act is that
    of the weightiest domain that has one.
    """
    rows = tracker.in_domain(day, domain)
    act = _acts(tracker, day, domain)
    place = _rests_on_day(tracker, day)[:, tracker.column(domain)]
    rests_on = np.array(rests(tracker), object)[place]
    own = ["stance", "low", "high", "level", "label", "used", "last_event_id"]
    return rows[own].assign(
        rests_on=np.where(rows["level"].isna(), "", rests_on),
        is_old=rows["level"].notna() & (rests_on == OLD),
        act_id=act["act_id"],
        act_event_id=act["act_event_id"],
    )


def _acts(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """Return for each actor the row of `position` whose act is told: that of the domain; overall of
    the weightiest domain that has one, else any without.
    """
    if domain != OVERALL:
        return tracker.in_domain(day, domain)
    rows = tracker.position(day)
    weight = rows["domain"].map({d.code: d.weight for d in tracker.codebook.domains.values()})
    rows = rows.assign(has_one=rows["act_event_id"] != "", weight=weight)
    # The weightiest domain first, and of equal ones that with the latest act.
    rows = rows.sort_values(
        ["has_one", "weight", "level_since"], ascending=False, na_position="last", kind="stable"
    )
    return rows.drop_duplicates("actor").set_index("actor").loc[tracker.actors]


def standing(tracker: Tracker, code: str, domain: str, day: date) -> pd.Series:
    """Return where one actor or group stands: the columns of `standings`, and `known` and `members`
    of a group (with a position, and in all).

    A group has the mean of its members, each by its certainty, and a level only where at least half
    of them have a position; what it rests on is AVERAGE. Raises BadInput for an unknown code.
    """
    if code not in tracker.groups:
        place = tracker.model.place(code)
        return standings(tracker, day, domain).iloc[place]
    figures = group_lines(tracker, code, domain, (day,)).iloc[0]
    level = level_of(figures["stance"])
    return pd.Series(
        {
            **figures[["stance", "low", "high", "known", "members"]],
            "level": level,
            "label": "" if np.isnan(level) else tracker.codebook.scale.labels[int(level)],
            "is_old": False,
            "rests_on": "" if np.isnan(level) else AVERAGE,
            "used": False,
            "act_id": "",
            "act_event_id": "",
        },
        name=code,
    )


@cached
def group_lines(tracker: Tracker, group: str, domain: str, days: tuple[date, ...]) -> pd.DataFrame:
    """Return the mean of a group on some days: date, stance, low, high, known, members; no mean
    where fewer than half have a position. Low and high are the means of the members' own.
    """
    arrays = tracker.model.arrays(days)
    belongs = tracker.terms[group].mask(days, len(tracker.actors))
    column, scale = tracker.column(domain), tracker.codebook.scale
    figures = group_figures(arrays, column, belongs, scale)
    few = 2 * figures["with_position"] < figures["members"]
    return pd.DataFrame(
        {
            "date": figures["date"],
            "stance": figures["mean"].mask(few),
            "low": figures["low"].mask(few),
            "high": figures["high"].mask(few),
            "known": figures["with_position"],
            "members": figures["members"],
        }
    )


def by_level(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """Return who stands at each level, strictest first, then who has no position: level (NaN in the
    last row), count, actors (codes, by name).
    """
    levels = standings(tracker, day, domain)["level"]
    scale = tracker.codebook.scale
    who = [levels.index[levels == level] for level in scale.levels] + [levels.index[levels.isna()]]
    return pd.DataFrame(
        {
            "level": [*map(float, scale.levels), np.nan],
            "count": [*map(len, who)],
            "actors": [sorted(codes, key=tracker.short.__getitem__) for codes in who],
        }
    )


@cached
def why(tracker: Tracker, actor: str, domain: str, day: date) -> pd.DataFrame:
    """Return the events that make a stance, the heaviest first: event_id, date, date_precision,
    title, domain, instrument, score, counted_score, weight, share, contribution.

    Shares add up to 1, overall to less where little is known; contributions to the stance. Empty
    where there is no position. Raises BadInput for an unknown actor or domain.
    """
    rows = tracker.model.explain(actor, domain, day)
    of = tracker.events.loc[rows["event_id"], ["date_precision", "title"]].reset_index(drop=True)
    columns = [
        "event_id", "date", "date_precision", "title", "domain", "instrument", "score",
        "counted_score", "weight", "share", "contribution",
    ]  # fmt: skip
    return rows.join(of)[columns]


# -- what a level rests on -----------------------------------------------------------------------


def rests(tracker: Tracker) -> list[str]:
    """Return all that a level can rest on: what there is beside the kinds of acts, then these."""
    labels = tracker.codebook.codes("instruments").values()
    return [*_BESIDE_KINDS, *map(words.within, labels)]


def _kind_of_acts(tracker: Tracker) -> Ints:
    """Return the place in `rests` of the kind of each act among the model's events, 0 for words
    and, as the last element, which is that of row -1, for no event.
    """
    events = tracker.model.lifetimes
    kinds = pd.Index(list(tracker.codebook.instruments))
    place = len(_BESIDE_KINDS) + kinds.get_indexer(pd.Index(events.events["instrument"]))
    return np.append(np.where(events.binding, place, 0), 0)


def _carried_by_acts(tracker: Tracker, shown: Columns, flags: dict[str, Bools]) -> Places:
    """Return the place in `rests` of what acts carry on a day: actors x columns; 0: they carry
    nothing. `shown`: the acts shown (`ActsShown`), `flags`: what rules come to (`Practice.on`).
    """
    shape = flags["limits"].shape
    row_of = tracker.remember(_rows_by_event)
    rows = np.array([row_of.get(event, -1) for event in shown["act_event_id"]])
    kind = tracker.remember(_kind_of_acts)[rows].reshape(shape)
    # What is adopted and not yet in force carries the level by its kind.
    binds = (kind > 0) & ~shown["pending"].astype(bool).reshape(shape)
    restricts = binds & (shown["act_level"].astype(float).reshape(shape) < 0)
    domains = tracker.codebook.domains.values()
    is_case = np.array([False, *(domain.open_case for domain in domains)])
    # A decision without a line in the register is a use by itself, and no power.
    alone = binds & ~is_case & (shown["act_id"] == "").reshape(shape)
    held = flags["limits"] & ~is_case & ~alone
    held[:, 0] = held[:, 1:].any(axis=1)
    cases = [(kind > 0) & ~binds, flags["used_level"], held, binds & is_case,
             restricts & ~alone]  # fmt: skip
    fixed = [_BESIDE_KINDS.index(name) for name in (USED, HELD, CASE, RULE)]
    carried: Places = np.select(cases, [kind, *fixed], kind).astype(np.uint8)
    # Overall it is what rules come to anywhere, else the act of the weightiest domain with one.
    by_weight = 1 + np.argsort([-domain.weight for domain in domains], kind="stable")
    heaviest = (carried[:, by_weight] > 0).argmax(axis=1)
    of_domain = carried[np.arange(shape[0]), by_weight[heaviest]]
    carried[:, 0] = np.where(carried[:, 0] > 0, carried[:, 0], of_domain)
    return carried


def _rows_by_event(tracker: Tracker) -> dict[str, int]:
    """Return the row of each event in the model, by its id."""
    return {event: row for row, event in enumerate(tracker.model.lifetimes.ids)}


def _with_words(tracker: Tracker, carried: Places, last: Ints, day: Ints | int) -> Places:
    """Return what levels rest on: what acts carry, else by the newest event of all, the kind of an
    act that has ended or leaves nothing in force, or statements. `last`: the row of that event.
    """
    kind = tracker.remember(_kind_of_acts)[last]
    age = day - np.append(tracker.model.lifetimes.day, 0)[last]
    in_words = np.where(age > OLD_DAYS, _BESIDE_KINDS.index(OLD), _BESIDE_KINDS.index(WORDS))
    places: Places = np.select([carried > 0, kind > 0], [carried, kind], in_words).astype(np.uint8)
    return places


@cached
def _rests_on_day(tracker: Tracker, day: date) -> Places:
    """Return the place in `rests` of what each level of a day rests on: actors x columns."""
    rows = tracker.position(day)
    shape = (len(tracker.actors), len(tracker.codebook.columns))
    names = ("act_event_id", "act_id", "act_level", "pending")
    shown = {name: rows[name].to_numpy() for name in names}
    flags = {name: rows[name].to_numpy().reshape(shape) for name in ("limits", "used_level")}
    row_of = tracker.remember(_rows_by_event)
    last = np.array([row_of.get(event, -1) for event in rows["last_event_id"]]).reshape(shape)
    carried = _carried_by_acts(tracker, shown, flags)
    return _with_words(tracker, carried, last, day_number(day))


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
    first, last = tracker.codebook.first_date, tracker.data.opening_day
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    shape = (len(days), len(tracker.actors), len(tracker.codebook.columns))
    level = np.zeros(shape, np.float32)
    act = np.zeros(shape, np.int16)
    for start in range(0, len(days), 366):  # all at once would take 300 MB
        year = slice(start, start + 366)
        arrays = tracker.model.arrays(days[year])
        level[year] = level_of(arrays.stance)
        act[year] = arrays.act
    # The register is asked on the days alone on which the acts in force, or its lines, change.
    changed = np.append(True, np.any(act[1:] != act[:-1], axis=(1, 2)))
    asked = np.array(days, "datetime64[D]")
    changed |= np.isin(asked, [*tracker.acts_shown.days, *tracker.practice.days])
    carried = np.zeros(shape, np.uint8)
    used = np.zeros(shape, bool)
    for start, end in pairwise([*np.flatnonzero(changed), len(days)]):
        shown = tracker.acts_shown.by_latest(act[start], days[start])
        flags = tracker.practice.on(days[start], shown)
        carried[start:end] = _carried_by_acts(tracker, shown, flags)
        used[start:end] = flags["used"] | flags["case"]
    numbers = day_number(first) + np.arange(len(days))[:, np.newaxis, np.newaxis]
    on = _with_words(tracker, carried, _last_events(tracker, shape), numbers)
    return Daily(level, np.where(np.isnan(level), 0, on).astype(np.uint8), used)


def _last_events(tracker: Tracker, shape: tuple[int, ...]) -> Ints:
    """Return the row of the newest event of each actor and column on each day, -1 for none."""
    events, width = tracker.model.lifetimes, shape[2] - 1
    last = np.full(shape, -1, np.int32)
    place = np.maximum(events.day - day_number(tracker.codebook.first_date), 0)
    known = np.flatnonzero(place < shape[0])
    actor, domain = np.divmod(events.cell[known], width)
    np.maximum.at(last, (place[known], actor, domain + 1), known.astype(np.int32))
    last[:, :, 0] = last.max(axis=2)
    return np.maximum.accumulate(last, axis=0)


def levels_on(tracker: Tracker, domain: str, days: list[date]) -> NDArray[np.float32]:
    """Return the levels of some days, NaN for no position: days x actors."""
    first = tracker.codebook.first_date
    places = [(day - first).days for day in days]
    levels: NDArray[np.float32] = daily(tracker).level[places, :, tracker.column(domain)]
    return levels


@cached
def level_changes(tracker: Tracker, domain: str) -> pd.DataFrame:
    """Return the days on which what a map shows of an actor changes, by actor and date: actor,
    date, level (NaN: none), is_old, rests (a place in `rests`), used. The first row of each is of
    the first day.
    """
    column = tracker.column(domain)
    level, on, used = (of_all[:, :, column] for of_all in daily(tracker))
    changed = np.ones(level.shape, bool)
    changed[1:] = (on[1:] != on[:-1]) | (used[1:] != used[:-1])
    changed[1:] |= ~np.isclose(level[1:], level[:-1], equal_nan=True)
    actor, day = np.nonzero(changed.T)
    first = np.datetime64(tracker.codebook.first_date, "s")
    return pd.DataFrame(
        {
            "actor": np.array(tracker.actors, object)[actor],
            "date": first + day.astype("timedelta64[D]"),
            "level": level[day, actor].astype(float),
            "is_old": on[day, actor] == _BESIDE_KINDS.index(OLD),
            "rests": on[day, actor],
            "used": used[day, actor],
        }
    )


# -- in words -----------------------------------------------------------------------------------


def dot_label(tracker: Tracker, domain: str) -> str:
    """Return what a dot on the map says: that a rule was used; in a field of cases, one is open."""
    is_case = domain != OVERALL and tracker.codebook.domains[domain].open_case
    return CASE if is_case else f"{USED} on {tracker.codebook.subject}"


def low_labels(tracker: Tracker) -> str:
    """Return the labels of the levels that restrict, as alternatives: Exclude or Restrict."""
    scale = tracker.codebook.scale
    return words.joined([scale.labels[x] for x in scale.levels if x <= scale.restricting], "or")


def map_headline(tracker: Tracker, day: date, domain: str) -> str:
    """Say who can limit the subject in the field that leads, and who has; in another, how many
    stand at a level that restricts.
    """
    if not (tracker.events["date"] <= pd.Timestamp(day)).any():
        return f"Records begin in {tracker.events['date'].min().year}"
    lead = tracker.lead
    if domain == lead.domain and not tracker.codebook.domains[domain].open_case:
        group = lead.group
        members = tracker.in_domain(day, domain).loc[tracker.members(group, day)]
        count, subject = powers.counts(members), tracker.codebook.subject
        who = _of(count["limits"], len(members), tracker.members_called(group))
        text = powers.say("limits", count["limits"], subject, who)
        text = f"{text} {tracker.in_field(domain)}"
        return f"{text}; {powers.say('used', count['used'])}" if count["used"] else text
    return restricting(tracker, standings(tracker, day, domain)["level"], domain)


def restricting(tracker: Tracker, levels: pd.Series, domain: str = "") -> str:
    """Say how many stand at a level that restricts: 37 of 94 governments and EU bodies stand at
    Exclude or Restrict, and in which field, where one is given.
    """
    count = int((levels <= tracker.codebook.scale.restricting).sum())
    who = _of(count, len(levels), tracker.members_called(EVERYONE))
    text = f"{who} {'stands' if count == 1 else 'stand'} at {low_labels(tracker)}"
    return f"{text} {tracker.in_field(domain)}" if domain else text


def _of(count: int, total: int, who: str) -> str:
    return f"{count or 'None'} of {total} {who}" if count < total else f"All {total} {who}"


def latest(
    tracker: Tracker,
    day: date,
    domain: str,
    n: int | None = None,
    actors: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the scored events up to a day, in a domain or overall, the newest first: rows of
    `Tracker.events`. `n`: so many of them; `actors`: theirs alone.
    """
    events = tracker.events
    chosen = events["score"].notna() & (events["date"] <= pd.Timestamp(day))
    if domain != OVERALL:
        chosen &= events["domain"] == domain
    if actors is not None:
        chosen &= events["actor"].isin(actors)
    return events.iloc[np.flatnonzero(chosen)[::-1][:n]]
