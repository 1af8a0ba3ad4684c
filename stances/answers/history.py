"""How actors and groups moved: lines, ribbons, counts by year, and who stands where by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers import stance
from stances.answers.tracker import EVERYONE, Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.model.stance import level_of

Days = NDArray[np.datetime64]
_ONE_DAY = np.timedelta64(1, "D")
# A level that somebody had no longer than this is not told as where a move began or ended.
_BLIP = pd.Timedelta(days=31)
# The columns of a line, beside its key.
_FIGURES = ["stance", "low", "high"]


# -- lines --------------------------------------------------------------------------------------


def lines(
    tracker: Tracker,
    codes: Sequence[str],
    domain: str,
    first: date,
    last: date,
) -> pd.DataFrame:
    """Return the lines of actors and groups over a period, the points of one after those of the
    other: key (the code), date, stance, low, high; these three are NaN where there is no position,
    of a group where fewer than half have one.

    Points lie at month ends, the ends of the period, and both sides of every day on which something
    comes in, ends or is lost: steps there, slopes where statements age.
    """
    # A period of one day has one end.
    ends = sorted({pd.Timestamp(first), pd.Timestamp(last)})
    parts = []
    for code in codes:
        whole = _line(tracker, code, domain)
        inside = whole["date"].between(ends[0], ends[-1], inclusive="neither")
        at_ends = _figures(tracker, code, domain, ends)
        parts += [at_ends[:1], whole[inside], at_ends[1:]]
    return pd.concat(parts, ignore_index=True)


@cached
def _line(tracker: Tracker, code: str, domain: str) -> pd.DataFrame:
    """Return the line of an actor or group from the first day to the last, as `lines`."""
    days = _days_of_line(tracker, code, domain)
    return _figures(tracker, code, domain, days.tolist())


def _figures(tracker: Tracker, code: str, domain: str, days: Sequence[date]) -> pd.DataFrame:
    """Return the points of an actor or group on some days, as `lines`."""
    if code in tracker.groups:
        arrays = tracker.model.arrays(days)
        figures = stance.group_lines(tracker, code, domain, arrays)
    else:
        # The model of one actor, who has place 0 there.
        arrays = tracker.model_of(code).arrays(days)
        column = tracker.column(domain)
        figures = {name: getattr(arrays, name)[:, 0, column] for name in _FIGURES}
    return pd.DataFrame(
        {
            "key": code,
            "date": np.array(days, "datetime64[s]"),
            **{name: figures[name] for name in _FIGURES},
        }
    )


@cached
def _days_of_line(tracker: Tracker, code: str, domain: str) -> Days:
    """Return month ends and the last day, and both sides of every day on which the line steps."""
    months = np.array(tracker.data.months, "datetime64[D]")
    if code in tracker.groups:
        steps = _steps_of_group(tracker, code, domain)
    else:
        steps = _steps_of_actor(tracker, code, domain)

    steps = steps.astype("datetime64[D]")
    # What has no end (of an act, of a membership) is no step.
    steps = steps[~np.isnat(steps)]
    days = np.concatenate([months, steps, steps - _ONE_DAY])
    return np.unique(days)


def _steps_of_actor(tracker: Tracker, actor: str, domain: str) -> Days:
    """Return the days on which an event comes in, an act ends, or a level changes: where too little
    is left of what was said, the line ends. Missing (NaT) where an act goes on.
    """
    events = _days_of_events(tracker, [actor], domain)
    acts = tracker.model.acts(actor, domain)
    changes = _changes(tracker, actor, domain)
    return np.concatenate([events, acts["until"], changes["date"]])


def _changes(tracker: Tracker, actor: str, domain: str) -> pd.DataFrame:
    """Return the rows of an actor of `stance.level_changes`."""
    changes = stance.level_changes(tracker, domain)
    is_own = changes["actor"] == actor
    return changes[is_own]


def _steps_of_group(tracker: Tracker, group: str, domain: str) -> Days:
    """Return the days on which an act of a member begins or ends, or somebody joins or leaves;
    missing (NaT) where something goes on.
    """
    terms = tracker.terms[group]
    steps = [terms.joined, terms.left]
    for actor in _ever_members(tracker, group):
        acts = tracker.model.acts(actor, domain)
        steps.append(acts["date"].to_numpy())
        steps.append(acts["until"].to_numpy())
    return np.concatenate(steps)


def _ever_members(tracker: Tracker, group: str) -> list[str]:
    """Return all who belonged to a group on some day."""
    places = np.unique(tracker.terms[group].place)
    return [tracker.actors[place] for place in places]


def _days_of_events(tracker: Tracker, actors: Sequence[str], domain: str) -> Days:
    """Return the days of the scored events of some actors in a domain, or in all (OVERALL)."""
    events = stance.scored(tracker, domain)
    is_own = events["actor"].isin(actors)
    return events.loc[is_own, "date"].to_numpy("datetime64[D]")


@cached
def _levels_of_group(tracker: Tracker, group: str, domain: str) -> pd.DataFrame:
    """Return the levels of a group's mean on some days, among them each on which they change:
    since (the day), level (NaN: none).
    """
    steps = _days_of_line(tracker, group, domain)
    members = _ever_members(tracker, group)
    events = _days_of_events(tracker, members, domain)
    days = np.concatenate([steps, events, events - _ONE_DAY])
    first = np.datetime64(tracker.codebook.first_date)
    last = np.datetime64(tracker.data.opening_day)
    days = np.unique(days.clip(first, last))

    # Where two of these days differ in level the mean ages over a border: every day between them is
    # looked at. What it left and came back to there, within a month, is no move (`_BLIP`).
    levels = _levels_on(tracker, group, domain, days)
    changes = np.flatnonzero(stance.differs(levels["level"]))
    parts = [days]
    # The first is the first day, with none before it.
    for day_index in changes[1:]:
        between = np.arange(days[day_index - 1], days[day_index])
        parts.append(between)
    days = np.concatenate(parts)
    days = np.unique(days)
    return _levels_on(tracker, group, domain, days)


def _levels_on(
    tracker: Tracker,
    group: str,
    domain: str,
    days: Days,
) -> pd.DataFrame:
    """Return the levels of a group's mean on some days: since, level."""
    figures = _figures(tracker, group, domain, days.tolist())
    columns = {
        "since": figures["date"],
        "level": level_of(figures["stance"]),
    }
    return pd.DataFrame(columns)


# -- ribbons ------------------------------------------------------------------------------------


@cached
def runs(tracker: Tracker, actor: str, domain: str) -> pd.DataFrame:
    """Return the unbroken times of an actor at one level in a domain, on old statements or not:
    since, until (exclusive; NaT: it goes on), level (NaN: no position), is_old. Of a group take
    `shares`.
    """
    changes = _changes(tracker, actor, domain)
    is_new = stance.differs(changes["level"])
    is_new |= stance.differs(changes["is_old"])
    rows = changes.loc[is_new, ["date", "level", "is_old"]]
    rows = rows.rename(columns={"date": "since"})
    rows = rows.reset_index(drop=True)

    until = rows["since"].shift(-1)
    rows.insert(1, "until", until)
    return rows


def shares(
    tracker: Tracker,
    group: str,
    domain: str,
    days: Sequence[date],
) -> pd.DataFrame:
    """Return how many members of a group (EVERYONE: of all) stand at each level on some days: date,
    members, none (without a position), and a column a level, strictest first ("-3" to "3").
    """
    first = tracker.codebook.first_date
    # Where the days stand in `daily`.
    day_indices = [(day - first).days for day in days]
    column = tracker.column(domain)
    # Days x actors, as who belongs to the group.
    levels = stance.daily(tracker).level[day_indices, :, column]
    belongs = np.ones(levels.shape, bool)
    if group != EVERYONE:
        belongs = tracker.terms[group].mask(days, len(tracker.actors))

    has_none = belongs & np.isnan(levels)
    rows = pd.DataFrame(
        {
            "date": np.array(days, "datetime64[s]"),
            "members": belongs.sum(axis=1),
            "none": has_none.sum(axis=1),
        }
    )
    for level in tracker.codebook.scale.levels:
        stands = belongs & (levels == level)
        rows[str(level)] = stands.sum(axis=1)
    return rows


def by_year(tracker: Tracker, domain: str, day: date) -> pd.DataFrame:
    """Return how many of all stood at each level at the end of each year before that of a day, and
    on the day: period (the year), then the columns of `shares`.
    """
    first = tracker.codebook.first_date
    years = range(first.year, day.year)
    days = [date(year, 12, 31) for year in years]
    rows = shares(tracker, EVERYONE, domain, [*days, day])
    periods = rows["date"].dt.to_period("Y")
    rows.insert(0, "period", periods)
    return rows


def by_field(tracker: Tracker, codes: Sequence[str], day: date) -> pd.DataFrame:
    """Return where actors and groups stand in every domain, a row for each pair: domain, code,
    level (NaN: none), is_old, known (how many members of a group have a position; NaN: an actor).
    """
    rows = []
    for domain in tracker.codebook.domains:
        for code in codes:
            standing = stance.standing(tracker, code, domain, day)
            row = {
                "domain": domain,
                "code": code,
                "level": standing["level"],
                "is_old": standing["is_old"],
                "known": standing.get("known", np.nan),
            }
            rows.append(row)
    return pd.DataFrame(rows)


# -- turning points -----------------------------------------------------------------------------


def turns(
    tracker: Tracker,
    actor: str,
    domain: str,
    day: date,
) -> pd.DataFrame:
    """Return the turning points of an actor up to a day, from its first position on, the newest
    first: since, level (NaN: the position was lost), and event_id, title and date_precision of the
    scored event of that day; missing where nothing came in: statements aged, or an act ended.
    """
    path = _path(tracker, actor, domain, day)
    events = stance.scored(tracker, domain)
    own_events = events[events["actor"] == actor]
    # Of several events of a day an act tells more than words do.
    own_events = own_events.sort_values("binding", kind="stable")
    own_events = own_events.drop_duplicates("date", keep="last")

    columns = ["date", "event_id", "title", "date_precision"]
    rows = path.merge(own_events[columns], left_on="since", right_on="date", how="left")
    rows = rows[["since", "level", "event_id", "title", "date_precision"]]
    return rows.iloc[::-1]


# -- in words -----------------------------------------------------------------------------------


def last_heard(events: pd.DataFrame) -> str:
    """Say when somebody without a position was last heard in a field; `Context` where nothing was
    scored. `events`: rows of `events.find`, the newest first, one at least.
    """
    newest = events.iloc[0]
    precision = "year" if newest["date_precision"] == "year" else "month"
    day = words.day(newest["date"], precision)
    is_scored = events["score"].notna()
    what = "Last" if is_scored.any() else "Context"
    return f"{what} {day}"


def headline(
    tracker: Tracker,
    codes: Sequence[str],
    domain: str,
    day: date,
) -> str:
    """Say how one moved, or where two stand; of several, how the group that leads moved, else the
    first of them.
    """
    if len(codes) == 2:
        return _two(tracker, codes, domain, day)

    lead = tracker.lead.group
    code = lead if lead in codes else codes[0]
    return _move(tracker, code, domain, day)


def _two(
    tracker: Tracker,
    codes: Sequence[str],
    domain: str,
    day: date,
) -> str:
    """Say where two stand."""
    # The label of the level of each, "" without a position.
    labels = {}
    for code in codes:
        standing = stance.standing(tracker, code, domain, day)
        has_none = np.isnan(standing["level"])
        labels[code] = "" if has_none else standing["label"]

    # Who has a position is named first.
    first, second = sorted(codes, key=lambda code: labels[code] == "")
    first_name = tracker.called[first]
    second_name = tracker.called[second]
    if not labels[first]:
        nowhere = _nowhere(tracker, domain)
        return f"Neither {first_name} nor {second_name} has a current position {nowhere}"

    place = f"{labels[first]} {tracker.in_field(domain)}"
    if labels[first] == labels[second]:
        text = f"{first_name} and {second_name} both stand at {place}"
    elif labels[second]:
        second_place = labels[second]
        text = f"{first_name} stands at {place}, {second_name} at {second_place}"
    else:
        text = f"{first_name} stands at {place}; {second_name} has no current position"
    return words.capital(text)


def _nowhere(tracker: Tracker, domain: str) -> str:
    """Return where somebody has no position: in telecom networks, in any field (OVERALL)."""
    return "in any field" if domain == OVERALL else tracker.in_field(domain)


def _move(
    tracker: Tracker,
    code: str,
    domain: str,
    day: date,
) -> str:
    """Say from where to where one moved, through what lies between, and when."""
    name = words.capital(tracker.called[code])
    path = _path(tracker, code, domain, day)
    positions = path[path["level"].notna()]

    nothing = f"{name} has no current position {_nowhere(tracker, domain)}"
    if positions.empty:
        return nothing
    now = positions.iloc[-1]
    labels = tracker.codebook.scale.labels
    label = labels[now["level"]]
    # The last position has ended: there is none on the day.
    if pd.notna(now["until"]):
        last_day = now["until"] - _ONE_DAY
        month = words.day(last_day, "month")
        return f"{nothing}; until {month} it stood at {label}"

    # Back through the levels as long as all steps lead one way: the move began at `start`.
    settled = _settled(path)
    start = now
    way = 0  # 1: up, -1: down, 0: not known yet
    for _, earlier in settled.iloc[::-1].iterrows():
        step = np.sign(start["level"] - earlier["level"])
        # It is `now` itself, or as high with no position between.
        if step == 0:
            continue
        if step == -way:
            break
        start = earlier
        way = step

    field = tracker.in_field(domain)
    if way == 0:
        # By the path: it has stood there unbroken only since it came back.
        year = now["since"].year
        return f"{name} has stood at {label} {field} since {year}"

    arrival = settled["since"].iloc[-1]
    year = arrival.year
    begin = labels[start["level"]]
    last_day = start["until"] - _ONE_DAY
    if last_day.year != year:
        begin = f"{begin} in {last_day.year}"
    text = f"{name} moved {field} from {begin} to {label} in {year}"
    # Who left for some days came, but did not stay.
    if year != day.year and arrival == now["since"]:
        text = f"{text}, and stays there"
    return text


def _path(
    tracker: Tracker,
    code: str,
    domain: str,
    day: date,
) -> pd.DataFrame:
    """Return the levels of an actor or group up to a day, from the first position on: since, level
    (NaN: no position), until (NaT: it goes on), a row for each time at one level. Whether it rests
    on old statements makes no step, as it does in `runs`.
    """
    if code in tracker.groups:
        levels = _levels_of_group(tracker, code, domain)
    else:
        levels = runs(tracker, code, domain)

    is_past = levels["since"] <= pd.Timestamp(day)
    path = _merged(levels[is_past])
    has_level = path["level"].notna()
    has_begun = has_level.cummax()
    return path[has_begun]


def _settled(path: pd.DataFrame) -> pd.DataFrame:
    """Return the positions of a path (`_path`) without those that did not last. The last is kept,
    however new: it goes on. Two at one level, between which such a one lay, become one. `until` is
    the end of each, also where no position follows.
    """
    length = path["until"] - path["since"]
    is_blip = length <= _BLIP
    rows = _merged(path[~is_blip])
    return rows[rows["level"].notna()]


def _merged(levels: pd.DataFrame) -> pd.DataFrame:
    """Return times at levels (since, level), of which those in a row at one level become one, with
    `until`: the start of the next, NaT where it goes on.
    """
    is_new = stance.differs(levels["level"])
    rows = levels[is_new]
    until = rows["since"].shift(-1)
    return rows.assign(until=until)
