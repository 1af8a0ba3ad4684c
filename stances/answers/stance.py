"""Where everybody stands on a day, what that rests on, why, and how it changed day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers import kinds
from stances.answers.tracker import EVERYONE, OLD_DAYS, Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.dataset.days import day_number
from stances.model import practice
from stances.model.groups import group_figures
from stances.model.lifetimes import Ints
from stances.model.stance import level_of

# What a stance rests on.
USED, HELD, CASE, WORDS, OLD = (
    "rule used", "power held", "open case", "statements", "old statements",
)  # fmt: skip
RULE, ACT, AVERAGE = "rule in force", "act in force", "average"
# What is said in place of a level.
NONE = "no position"


@cached
def standings(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """Return where every actor stands on a day, in a domain or overall, indexed by actor.

    Columns: stance, low, high, level (NaN: no current position), label, certainty, is_old, rests_on
    (USED, HELD, CASE, RULE or the kind of an act that limits nothing, WORDS, OLD; empty: no
    position), used (a rule that limits the subject has been used by then), act_id and act_event_id
    of the act shown, act_domain, since (that act's level holds from then on unbroken),
    last_event_id, last_event_date. Overall the act is that of the weightiest domain that has one.
    """
    rows = tracker.in_domain(day, domain)
    act = _acts(tracker, day, domain)
    binds = (act["act_event_id"] != "") & ~act["pending"]
    kinds = tracker.remember(_kinds)
    kind = [kinds.get(event, "") for event in act["act_event_id"]]
    case = act["domain"].isin([d.code for d in tracker.codebook.domains.values() if d.open_case])
    against = binds & (act["act_level"] < 0)
    rests_on = np.select(
        [rows["level"].isna(), rows["used"], rows["limits"] & ~rows["case"], binds & case, against,
         binds, rows["is_old"]],
        ["", USED, HELD, CASE, RULE, kind, OLD], WORDS,
    )  # fmt: skip
    figures = ["stance", "low", "high", "level", "label", "certainty", "is_old"]
    of = {
        **{name: rows[name] for name in figures},
        "rests_on": rests_on,
        "used": rows["used"],
        **{name: act[name] for name in ("act_id", "act_event_id")},
        "act_domain": act["domain"].where(act["act_event_id"] != "", ""),
        "since": act["level_since"],
        **{name: rows[name] for name in ("last_event_id", "last_event_date")},
    }
    return pd.DataFrame(of, rows.index)


def _kinds(tracker: Tracker) -> dict[str, str]:
    """Return the kind of each event, within a sentence."""
    labels = {code: words.within(kind.label) for code, kind in tracker.codebook.instruments.items()}
    return dict(zip(tracker.events.index, tracker.events["instrument"].map(labels), strict=True))


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
    last row), label, count, actors (codes, by name).
    """
    levels = standings(tracker, day, domain)["level"]
    scale = tracker.codebook.scale
    who = [levels.index[levels == level] for level in scale.levels] + [levels.index[levels.isna()]]
    return pd.DataFrame(
        {
            "level": [*map(float, scale.levels), np.nan],
            "label": [*(scale.labels[level] for level in scale.levels), "No position"],
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


# -- day by day ---------------------------------------------------------------------------------

# A cell of `daily`: no position, else the level above the lowest, from 1; old, and what binds
# (`practice.uses`) besides.
_LEVEL, _OLD, _USE = 15, 16, 32
Codes = NDArray[np.uint8]


@cached
def daily(tracker: Tracker) -> Codes:
    """Return what a map shows on every day from the first to today, as a number (see `unpacked`):
    days x actors x (overall, then the domains).
    """
    first, last = tracker.codebook.first_date, tracker.data.today
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    shape = (len(days), len(tracker.actors), len(tracker.codebook.columns))
    codes, act = np.zeros(shape, np.uint8), np.zeros(shape, np.int16)
    for at in range(0, len(days), 366):  # all at once would take 300 MB
        arrays = tracker.model.arrays(days[at : at + 366])
        above = level_of(arrays.stance) - tracker.codebook.scale.min + 1
        codes[at : at + 366], act[at : at + 366] = np.nan_to_num(above), arrays.act
    binds = np.zeros(shape, bool)
    # The register is asked on the days alone on which the acts in force, or its lines, change.
    changed = np.append(True, np.any(act[1:] != act[:-1], axis=(1, 2)))
    asked = np.array(days, "datetime64[D]")
    changed |= np.isin(asked, [*tracker.acts_shown.days, *tracker.practice.days])
    places = [*np.flatnonzero(changed), len(days)]
    for start, end in pairwise(places):
        shown = tracker.acts_shown.by_latest(act[start], days[start])
        flags = tracker.practice.on(days[start], shown)
        of_day = ((shown["act_event_id"] != "") & ~shown["pending"].astype(bool)).reshape(shape[1:])
        of_day[:, 0] = of_day.any(axis=1)
        binds[start:end] = of_day
        codes[start:end] |= (practice.uses(flags, of_day) * _USE).astype(np.uint8)
    numbers = np.arange(len(days))[:, np.newaxis, np.newaxis]
    old = (codes % _OLD > 0) & ~binds & (numbers - _newest(tracker, shape) > OLD_DAYS)
    return codes | np.where(old, _OLD, 0).astype(np.uint8)


def _newest(tracker: Tracker, shape: tuple[int, ...]) -> Ints:
    """Return the day, from the first on, of the newest event of each actor and domain by day."""
    events, width = tracker.model.lifetimes, shape[2] - 1
    newest = np.full(shape, -(10**6), np.int32)
    place = np.maximum(events.day - day_number(tracker.codebook.first_date), 0)
    known = place < shape[0]
    actor, domain = np.divmod(events.cell[known], width)
    np.maximum.at(newest, (place[known], actor, domain + 1), place[known])
    newest[:, :, 0] = newest.max(axis=2)
    return np.maximum.accumulate(newest, axis=0)


def unpacked(tracker: Tracker, codes: Codes) -> dict[str, NDArray[np.generic]]:
    """Return what numbers of `daily` say: level (NaN: none), is_old and use (0 nothing binds, 1 a
    power with no use known, 2 a rule used or an open case, 3 an act that limits nobody).
    """
    above = (codes & _LEVEL).astype(float)
    level = np.where(above > 0, above - 1 + tracker.codebook.scale.min, np.nan)
    return {"level": level, "is_old": (codes & _OLD) > 0, "use": codes // _USE}


def on_days(tracker: Tracker, domain: str, days: list[date]) -> Codes:
    """Return the numbers of `daily` of some days, not after today: days x actors."""
    first = tracker.codebook.first_date
    places = [(day - first).days for day in days]
    codes: Codes = daily(tracker)[places, :, tracker.column(domain)]
    return codes


@cached
def level_changes(tracker: Tracker, domain: str) -> pd.DataFrame:
    """Return the days on which what a map shows of an actor changes, by actor and date: actor,
    date, level (NaN: none), is_old, use (see `unpacked`). The first row of each is of the first
    day.
    """
    codes = daily(tracker)[:, :, tracker.column(domain)]
    changed = np.ones(codes.shape, bool)
    changed[1:] = codes[1:] != codes[:-1]
    actor, day = np.nonzero(changed.T)
    first = np.datetime64(tracker.codebook.first_date, "s")
    return pd.DataFrame(
        {
            "actor": np.array(tracker.actors, object)[actor],
            "date": first + day.astype("timedelta64[D]"),
            **unpacked(tracker, codes[day, actor]),
        }
    )


# -- in words -----------------------------------------------------------------------------------


def in_field(tracker: Tracker, domain: str) -> str:
    """Return a domain for the end of a sentence: in telecom networks; overall."""
    label = words.within(tracker.codebook.domain_label(domain))
    return label if domain == OVERALL else f"in {label}"


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
        count, subject = kinds.counts(members), tracker.codebook.subject
        who = _of(count["limits"], len(members), tracker.members_called(group))
        text = kinds.say("limits", count["limits"], subject, who)
        text = f"{text} {in_field(tracker, domain)}"
        return f"{text}; {kinds.say('used', count['used'])}" if count["used"] else text
    return restricting(tracker, standings(tracker, day, domain)["level"], domain)


def restricting(tracker: Tracker, levels: pd.Series, domain: str = "") -> str:
    """Say how many stand at a level that restricts: 37 of 94 governments and EU bodies stand at
    Exclude or Restrict, and in which field, where one is given.
    """
    count = int((levels <= tracker.codebook.scale.restricting).sum())
    who = _of(count, len(levels), tracker.members_called(EVERYONE))
    text = f"{who} {'stands' if count == 1 else 'stand'} at {low_labels(tracker)}"
    return f"{text} {in_field(tracker, domain)}" if domain else text


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
