"""How actors and groups moved: lines, ribbons, counts by year, and who stands where by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers import stance
from stances.answers.tracker import EVERYONE, Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.model.lifetimes import Bools
from stances.model.stance import level_of

Days = NDArray[np.datetime64]
_ONE_DAY = np.timedelta64(1, "D")
# A level that somebody had for less is not told as where a move began.
_BLIP = pd.Timedelta(days=31)


# -- lines --------------------------------------------------------------------------------------


def lines(
    tracker: Tracker, codes: Sequence[str], domain: str, first: date, last: date
) -> pd.DataFrame:
    """Return the lines of actors and groups over a period, one below the other: key (the code),
    date, stance, low, high; NaN: no position, for a group: fewer than half have one.

    Points lie at month ends, the ends of the period, and both sides of every day on which something
    comes in, ends or is lost: steps there, slopes where statements age.
    """
    period = np.array([first, last], "datetime64[D]")
    parts = []
    for code in codes:
        days = _days_of_line(tracker, code, domain)
        days = np.unique([*days[(days > period[0]) & (days < period[1])], *period])
        parts.append(_figures(tracker, code, domain, tuple(days.tolist())))
    columns = ["key", "date", "stance", "low", "high"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


@cached
def _figures(tracker: Tracker, code: str, domain: str, days: tuple[date, ...]) -> pd.DataFrame:
    if code in tracker.groups:
        rows = stance.group_lines(tracker, code, domain, days)[["date", "stance", "low", "high"]]
    else:
        arrays, column = tracker.model_of(code).arrays(days), tracker.column(domain)
        figures = {n: getattr(arrays, n)[:, 0, column] for n in ("stance", "low", "high")}
        rows = pd.DataFrame({"date": np.array(days, "datetime64[s]"), **figures})
    rows.insert(0, "key", code)
    return rows


@cached
def _days_of_line(tracker: Tracker, code: str, domain: str) -> Days:
    """Return month ends and the last day, and both sides of every day on which the line steps."""
    steps = (
        _steps_of_group(tracker, code, domain)
        if code in tracker.groups
        else _steps_of_actor(tracker, code, domain)
    )
    changes = stance.level_changes(tracker, domain)
    if code not in tracker.groups:
        # Where too little is left of what was said, the line ends.
        own = changes[changes["actor"] == code]
        steps = np.concatenate([steps, own["date"].to_numpy("datetime64[D]")])
    days: Days = np.array(tracker.data.months, "datetime64[D]")
    return np.unique(np.concatenate([days, steps, steps - _ONE_DAY]))


def _steps_of_actor(tracker: Tracker, actor: str, domain: str) -> Days:
    """Return the days on which an event comes in or an act ends."""
    model = tracker.model_of(actor)
    acts, events = model.acts(actor, domain), model.events
    if domain != OVERALL:
        events = events[events["domain"] == domain]
    return np.concatenate([events["date"].to_numpy(), acts["until"].dropna()]).astype(
        "datetime64[D]"
    )


def _steps_of_group(tracker: Tracker, group: str, domain: str) -> Days:
    """Return the days on which an act of a member begins or ends, or somebody joins or leaves."""
    table = tracker.data.memberships
    terms = table[table["group"] == group]
    ever = sorted(set(terms["actor"]) & set(tracker.actors))
    of_acts = [tracker.model.acts(actor, domain)[["date", "until"]] for actor in ever]
    days = pd.concat([terms[["joined", "left"]].stack(), *(of.stack() for of in of_acts)])
    return days.dropna().to_numpy("datetime64[D]")


@cached
def _levels_of_group(tracker: Tracker, group: str, domain: str) -> pd.DataFrame:
    """Return the levels of a group's mean, with each day on which they change: since, level."""
    members = [tracker.actors[place] for place in tracker.terms[group].place]
    events = tracker.model.events
    heard = events["actor"].isin(members) & (events["domain"].eq(domain) | (domain == OVERALL))
    steps = events.loc[heard, "date"].to_numpy("datetime64[D]")
    days = np.array([*_days_of_line(tracker, group, domain), *steps, *(steps - _ONE_DAY)])
    first, last = np.array([tracker.codebook.first_date, tracker.data.opening_day], "datetime64[D]")
    days = np.unique(days.clip(first, last))
    level = _levels_on(tracker, group, domain, days)["level"]
    # Between two of these days the mean ages over a border: every day there is looked at.
    changed = np.flatnonzero(level.fillna(99).diff().to_numpy()[1:])
    between = [np.arange(days[place], days[place + 1]) for place in changed]
    return _levels_on(tracker, group, domain, np.unique(np.concatenate([days, *between])))


def _levels_on(tracker: Tracker, group: str, domain: str, days: Days) -> pd.DataFrame:
    figures = _figures(tracker, group, domain, tuple(days.tolist()))
    return pd.DataFrame({"since": figures["date"], "level": level_of(figures["stance"])})


# -- ribbons ------------------------------------------------------------------------------------


@cached
def runs(tracker: Tracker, actor: str, domain: str) -> pd.DataFrame:
    """Return the unbroken times of an actor at one level in a domain: since, until (exclusive;
    NaT: it goes on), level (NaN: no position), is_old. Of a group take `shares`.
    """
    changes = stance.level_changes(tracker, domain)
    own = changes.loc[changes["actor"] == actor, ["date", "level", "is_old"]]
    same = own["level"].fillna(99).diff().eq(0) & (own["is_old"] == own["is_old"].shift())
    own = own[~same].rename(columns={"date": "since"}).reset_index(drop=True)
    own.insert(1, "until", own["since"].shift(-1))
    return own


def shares(tracker: Tracker, group: str, domain: str, days: Sequence[date]) -> pd.DataFrame:
    """Return how many members of a group (EVERYONE: of all) stand at each level on some days: date,
    members, none (without a position), and a column a level, strictest first ("-3" to "3").
    """
    belongs = _belongs(tracker, group, days)
    level = stance.levels_on(tracker, domain, list(days))
    counts = {
        str(point): (belongs & (level == point)).sum(axis=1)
        for point in tracker.codebook.scale.levels
    }
    members, known = belongs.sum(axis=1), sum(counts.values())
    date_column = np.array(days, "datetime64[s]")
    return pd.DataFrame(
        {"date": date_column, "members": members, "none": members - known, **counts}
    )


def _belongs(tracker: Tracker, group: str, days: Sequence[date]) -> Bools:
    if group == EVERYONE:
        return np.ones((len(days), len(tracker.actors)), bool)
    members = [frozenset(tracker.members(group, day)) for day in days]
    return np.array([[actor in of_day for actor in tracker.actors] for of_day in members], bool)


def by_year(
    tracker: Tracker, domain: str, group: str = EVERYONE, day: date | None = None
) -> pd.DataFrame:
    """Return how many stood at each level at the end of each year, of the last on a day (the
    opening day): year, then the columns of `shares`.
    """
    last = day or tracker.data.opening_day
    years = range(tracker.codebook.first_date.year, last.year + 1)
    days = [min(date(year, 12, 31), last) for year in years]
    rows = shares(tracker, group, domain, days)
    rows.insert(0, "year", list(years))
    return rows


def by_field(tracker: Tracker, codes: Sequence[str], day: date) -> pd.DataFrame:
    """Return where actors and groups stand in every domain, a row for each pair: domain, code,
    level (NaN: none), label, is_old, known and members (of a group; NaN: an actor).
    """
    rows = [
        {"domain": domain, "code": code, **stance.standing(tracker, code, domain, day)}
        for domain in tracker.codebook.domains
        for code in codes
    ]
    columns = ["domain", "code", "level", "label", "is_old", "known", "members"]
    return pd.DataFrame(rows).reindex(columns=columns)


# -- in words -----------------------------------------------------------------------------------


def last_heard(events: pd.DataFrame) -> str:
    """Say when somebody without a position was last heard in a field; `Context` where nothing was
    scored. `events`: rows of `events.find`, the newest first, one at least.
    """
    last = events.iloc[0]
    known = "year" if last["date_precision"] == "year" else "month"
    what = "Last" if events["score"].notna().any() else "Context"
    return f"{what} {words.day(last['date'], known)}"


def headline(tracker: Tracker, codes: Sequence[str], domain: str, day: date) -> str:
    """Say how one moved, or where two stand; of several, how the group that leads moved, else the
    first of them.
    """
    if len(codes) == 2:
        return _two(tracker, [*codes], domain, day)
    lead = tracker.lead.group
    return _one(tracker, lead if lead in codes else codes[0], domain, day)


def _two(tracker: Tracker, codes: list[str], domain: str, day: date) -> str:
    labels = [_label(tracker, code, domain, day) for code in codes]
    one, other = (tracker.called[code] for code in codes)
    where = tracker.in_field(domain)
    if not any(labels):
        return f"Neither {one} nor {other} has a current position {_where(tracker, domain)}"
    if labels[0] == labels[1]:
        return words.capital(f"{one} and {other} both stand at {labels[0]} {where}")
    if not all(labels):
        (known, label), silent = (
            ((one, labels[0]), other) if labels[0] else ((other, labels[1]), one)
        )
        text = f"{known} stands at {label} {where}; {silent} has no current position"
        return words.capital(text)
    return words.capital(f"{one} stands at {labels[0]} {where}, {other} at {labels[1]}")


def _label(tracker: Tracker, code: str, domain: str, day: date) -> str:
    row = stance.standing(tracker, code, domain, day)
    return "" if np.isnan(row["level"]) else str(row["label"])


def _where(tracker: Tracker, domain: str) -> str:
    return "in any field" if domain == OVERALL else tracker.in_field(domain)


def _one(tracker: Tracker, code: str, domain: str, day: date) -> str:
    """Say from where to where one moved, through what lies between, and when."""
    name, labels = words.capital(tracker.called[code]), tracker.codebook.scale.labels
    where = tracker.in_field(domain)
    path = _path(tracker, code, domain, day)
    if not len(path) or np.isnan(path["level"].iloc[-1]):
        text = f"{name} has no current position {_where(tracker, domain)}"
        known = path["level"].notna()
        if not known.any():
            return text
        before = path[known].iloc[-1]
        last = before["until"].date() - timedelta(1)
        return f"{text}; until {words.day(last, 'month')} it stood at {labels[before['level']]}"
    now = path.iloc[-1]
    start, way = now, 0
    lasting = path["level"].notna() & (path["until"] - path["since"] > _BLIP)
    # Back through the levels as long as they lead this way.
    for _, run in path[lasting].iloc[::-1].iterrows():
        step = np.sign(start["level"] - run["level"])
        if step and step != (way or step):
            break
        start, way = (run, step) if step else (start, way)
    if start is now:
        return f"{name} has stood at {labels[now['level']]} {where} since {now['since'].year}"
    left, came = (start["until"] - pd.Timedelta(days=1)).year, now["since"].year
    begin = f"{labels[start['level']]}" if left == came else f"{labels[start['level']]} in {left}"
    text = f"{name} moved {where} from {begin} to {labels[now['level']]} in {came}"
    return text if came == day.year else f"{text}, and stays there"


def _path(tracker: Tracker, code: str, domain: str, day: date) -> pd.DataFrame:
    """Return the levels up to a day, as `runs`, of a group too, old statements as others; from the
    first position on.
    """
    of_group = code in tracker.groups
    path = _levels_of_group(tracker, code, domain) if of_group else runs(tracker, code, domain)
    path = path.loc[path["since"] <= pd.Timestamp(day), ["since", "level"]]
    path = path[~path["level"].fillna(99).diff().eq(0)]
    path = path.assign(until=path["since"].shift(-1))
    known = path["level"].notna()
    return path[known.cummax()]
