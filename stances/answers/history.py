"""The content of the trend chart: the line of an actor or a group, and the events on it."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import compress, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import escapes, words
from stances.answers.events import EventQuery
from stances.answers.files import figure_texts, figures_name, to_csv
from stances.answers.introduction import known_until
from stances.answers.rows import day_of
from stances.answers.tracker import Tracker, memoize
from stances.dataset.about import Period
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.days import ONE_DAY, months_before
from stances.dataset.descriptions import file_stem
from stances.dataset.names import slug
from stances.model.acts_shown import Columns
from stances.model.groups import figures_on
from stances.model.lifetimes import Bools, Floats, Ints
from stances.model.stance import Model, StanceArrays, round_stance

_FIGURES = ("stance", "low", "high")


@memoize
def actor_line(tracker: Tracker, actor: str, domain: str) -> pd.DataFrame:
    """Return the stance of an actor over time: date, stance, low, high (NaN: no current
    position).

    Month ends and today, and both sides of every day on which an event comes in, an act ends, or
    too little is left of what was said, so that a line through the points steps there and fades
    between.
    """
    days, figures = _whole_line(tracker, actor)
    columns = _columns(tracker, domain)
    wanted = np.isin(days, _days_of_line(tracker, actor, columns))
    lost = _losses(figures[0], columns)
    wanted[:-1] |= lost
    wanted[1:] |= lost
    lines = zip(_FIGURES, figures[:, wanted, tracker.column(domain)], strict=True)
    return pd.DataFrame({"date": days[wanted], **dict(lines)})


@memoize
def _whole_line(tracker: Tracker, actor: str) -> tuple[NDArray[np.datetime64], Floats]:
    """Return the days of the lines of an actor in all domains, T, and stance, low and high on them:
    3 x T x domains, overall first. One pass over the model serves the lines of all domains.
    """
    model = tracker.model_of(actor)
    days = _days_of_line(tracker, actor, _columns(tracker, OVERALL)).tolist()
    figures = _figures_on(model, days)
    if more := _days_of_loss(model, days, figures[0]):
        days, figures = [*days, *more], np.concatenate([figures, _figures_on(model, more)], axis=1)
    stamps, places = np.unique(np.array(days, "datetime64[s]"), return_index=True)
    return stamps, figures[:, places]


def _figures_on(model: Model, days: list[date]) -> Floats:
    arrays = model.arrays(days)
    return np.stack([getattr(arrays, name)[:, 0] for name in _FIGURES])


@memoize
def policy_levels(tracker: Tracker, actor: str) -> pd.DataFrame:
    """All binding acts of an actor, oldest first: key (the domain), event_id, date, score and
    `until`, the day on which the act is replaced, ends or lapses (missing: it holds).
    """
    acts = tracker.model_of(actor).acts(actor, OVERALL).rename(columns={"domain": "key"})
    # Plain objects, of which pages take a few at a time.
    return acts.astype({"event_id": "object", "key": "object"})


@memoize
def _steps(tracker: Tracker, actor: str) -> tuple[Ints, NDArray[np.datetime64]]:
    """Return the days on which an actor's events come in or acts end, with their columns."""
    acts, events = policy_levels(tracker, actor), tracker.model_of(actor).events
    ended = acts[acts["until"].notna()]
    codes = pd.Index(tracker.codebook.columns)
    columns = codes.get_indexer(pd.Index([*events["domain"], *ended["key"]]))
    days = np.concatenate([events["date"].to_numpy(), ended["until"].to_numpy()])
    return columns.astype(np.int64), days.astype("datetime64[D]")


def _columns(tracker: Tracker, domain: str) -> list[int]:
    """Return the columns of the domains that a domain, or overall, is made of."""
    column = tracker.column(domain)
    return [column] if column else list(range(1, 1 + len(tracker.model.domains)))


def _days_of_line(tracker: Tracker, actor: str, columns: list[int]) -> NDArray[np.datetime64]:
    """Month ends and today, and both sides of every day on which something begins or ends."""
    column, day = _steps(tracker, actor)
    steps = day[np.isin(column, columns)]
    before = steps - np.timedelta64(1, "D")
    days = np.unique(np.concatenate([tracker.month_days, steps, before]))
    first, last = tracker.codebook.first_date, tracker.data.today
    inside: NDArray[np.datetime64] = days[
        (days >= np.datetime64(first)) & (days <= np.datetime64(last))
    ]
    return inside


def _days_of_loss(model: Model, days: list[date], stance: Floats) -> list[date]:
    """Both sides of every day, between two of `days`, on which the position in a domain is lost.

    `model`: of one actor; `stance`: of it, days x domains, overall first. Every day is
    looked at only between two with and without a position.
    """
    columns = list(range(1, stance.shape[1]))
    between = [
        start + ONE_DAY * k
        for start, end in compress(pairwise(days), _losses(stance, columns).tolist())
        for k in range((end - start).days + 1)
    ]
    if not between:
        return []
    lost = np.flatnonzero(_losses(model.arrays(between).stance[:, 0], columns))
    return [between[place + side] for place in lost.tolist() for side in (0, 1)]


def _losses(stance: Floats, columns: list[int]) -> Bools:
    """Return, for each day but the last, whether it is the last with a position in a domain."""
    known = ~np.isnan(stance[:, columns])
    lost: Bools = np.logical_or.reduce(known[:-1] & ~known[1:], axis=1)
    return lost


@memoize
def group_line(tracker: Tracker, group: str, domain: str) -> pd.DataFrame:
    """Return the mean of a group at month ends: date, stance, low, high; low and high are one
    standard deviation of the members to either side, within the scale.
    """
    scale, series = tracker.codebook.scale, tracker.group_series(group, domain)
    return pd.DataFrame(
        {
            "date": series["date"],
            "stance": series["mean"],
            "low": (series["mean"] - series["spread"]).clip(lower=scale.min),
            "high": (series["mean"] + series["spread"]).clip(upper=scale.max),
        }
    )


def lines(
    tracker: Tracker, codes: Sequence[str], domain: str, period: tuple[date, date]
) -> pd.DataFrame:
    """Return the lines of actors and groups over a period, one below the other: key (the code),
    date, stance, low, high. Each begins and ends with the figures of the first and the last day.
    """
    return _stack({code: _line(tracker, code, domain, *period) for code in codes})


def line_ends(series: pd.DataFrame, names: Mapping[str, str]) -> list[tuple[str, float]]:
    """Name of each line and its stance on the last day; NaN: no current position."""
    last = dict(zip(series["key"], series["stance"], strict=True))
    return [(name, last[code]) for code, name in names.items()]


class LineEnd(NamedTuple):
    """The end of a line: `whose` it is, by code or as a sentence calls that; its stance on a day,
    and the shading there.
    """

    whose: str
    stance: float
    low: float
    high: float


def ends_on(tracker: Tracker, codes: Sequence[str], domain: str, day: date) -> list[LineEnd]:
    """Return where the lines of actors and groups end on a day."""
    return [LineEnd(code, *_figures(tracker, code, domain, day)) for code in codes]


def trend_title(tracker: Tracker, codes: Iterable[str], series: pd.DataFrame, last: date) -> str:
    """Say what the trend chart finds. `series`: see `lines`; `last`: the day on which they end."""
    figures = zip(*(series[name].tolist() for name in _FIGURES), strict=True)
    rows = dict(zip(series["key"], figures, strict=True))
    ends = [LineEnd(tracker.sentence_names[code], *rows[code]) for code in codes]
    headline = trend_headline(tracker.codebook, ends, last)
    return known_until(tracker.data, last, headline) if ends else headline


def domain_lines(
    tracker: Tracker, actor: str, domains: Sequence[str], period: tuple[date, date]
) -> pd.DataFrame:
    """Return the lines of an actor in several domains, as `lines`; key is the domain."""
    return _stack({code: _line(tracker, actor, code, *period) for code in domains})


def _stack(parts: Mapping[str, Columns]) -> pd.DataFrame:
    # Arrays, since to put tables together costs ten times as much.
    key = np.repeat(np.array(list(parts), object), [len(part["date"]) for part in parts.values()])
    columns = {
        name: np.concatenate([np.empty(0, kind), *(part[name] for part in parts.values())])
        for name, kind in {"date": "datetime64[s]", **dict.fromkeys(_FIGURES, "float64")}.items()
    }
    return pd.DataFrame({"key": pd.Series(key, dtype=object), **columns})


def _line(tracker: Tracker, code: str, domain: str, first: date, last: date) -> Columns:
    whole = group_line if code in tracker.groups else actor_line
    line = whole(tracker, code, domain)
    days = line["date"].to_numpy()
    start, end = (np.datetime64(day, "s") for day in (first, last))
    inside = (days > start) & (days < end)
    ends = [_figures(tracker, code, domain, day) for day in sorted({first, last})]
    columns = {
        name: np.concatenate([values[:-1], line[name].to_numpy()[inside], values[-1:]])
        for name, values in zip(_FIGURES, zip(*ends, strict=True), strict=True)
    }
    return {"date": np.unique([start, *days[inside], end]), **columns}


@memoize
def _arrays_of(tracker: Tracker, day: date) -> StanceArrays:
    """Return the stances of all on a day, with which the lines of several actors or domains end."""
    return tracker.model.arrays([day])


def _figures(tracker: Tracker, code: str, domain: str, day: date) -> tuple[float, float, float]:
    """Stance, low and high of a day itself, which may lie within a month."""
    arrays, place = _arrays_of(tracker, day), tracker.column(domain)
    if code not in tracker.groups:
        row = tracker.model.actors.index(code)
        return arrays.stance[0, row, place], arrays.low[0, row, place], arrays.high[0, row, place]
    members = tracker.member_places(code, day)
    scale = tracker.codebook.scale
    figures = figures_on(arrays, 0, members, place, scale)
    mean, spread = figures.mean, figures.spread
    return mean, max(mean - spread, scale.min), min(mean + spread, scale.max)


def period_up_to(tracker: Tracker, first: date, last: date) -> tuple[date, date]:
    """Return the first day asked for and the last, or the year up to it where that is no period.
    The very first day has nothing before it: it makes a period with the day after it.
    """
    if first < last:
        return first, last
    start = tracker.year_before(last)
    return start, max(last, start + ONE_DAY)


def known_period(
    tracker: Tracker, codes: Iterable[str], domain: str, period: tuple[date, date]
) -> tuple[date, date]:
    """Return the whole time without the years before the first in which one of some has a position;
    a period with another first day, which somebody chose, as it is.
    """
    first, last = period
    if first > tracker.codebook.first_date:
        return period
    lines = [_line(tracker, code, domain, first, last) for code in codes]
    known = [line["date"][~np.isnan(line["stance"])] for line in lines]
    if not (days := [of_actor[0] for of_actor in known if len(of_actor)]):
        return period
    start = min(days).astype("datetime64[Y]").astype("datetime64[D]").item()
    return (max(first, start), last) if start < last else period


# What the whole time is called beside the periods of the data.
_WHOLE = "All"


def period_starts(tracker: Tracker, day: date) -> dict[str, date]:
    """Return the first day of each period that is offered up to a day, by its name, the whole time
    last; those that begin before the first day of all, or not before `day`, are left out.
    """
    beginning = tracker.codebook.first_date
    starts = {period.label: _start(period, day) for period in tracker.data.about.periods}
    return {label: start for label, start in starts.items() if beginning < start < day} | {
        _WHOLE: beginning
    }


def _start(period: Period, day: date) -> date:
    if not period.months:
        return period.start
    return months_before(day, period.months)


def lines_csv(
    tracker: Tracker, series: pd.DataFrame, names: Mapping[str, str], domain: str
) -> bytes:
    """Return the lines of a chart as CSV, as they are drawn: date, code, name, domain, stance, low,
    high, four decimals, empty without a current position. `series`: see `lines`.
    """
    codes = series["key"]
    whose = {"code": codes, "name": codes.map(dict(names)), "domain": domain}
    return _as_csv(tracker, series, whose)


def levels_csv(tracker: Tracker, actor: str, series: pd.DataFrame, acts: pd.DataFrame) -> bytes:
    """Return the lines of an actor by domain as CSV, written like `lines_csv`, with the level that
    holds on each day and the act that set it; both are empty where none does.

    `series`: see `domain_lines`; `acts`: key (the domain), event_id, date, score and until
    (missing: it holds), oldest first.
    """
    whose = {"code": actor, "name": tracker.names[actor], "domain": series["key"]}
    binding = list(acts.itertuples(index=False))
    days = zip(series["key"], series["date"], strict=True)
    in_force = [_in_force(binding, domain, day) for domain, day in days]
    level = {
        "level": [f"{act.score:.0f}" if act else "" for act in in_force],
        "act_event_id": [act.event_id if act else "" for act in in_force],
    }
    return _as_csv(tracker, series, whose, level)


def _in_force(acts: Sequence[Any], domain: str, day: pd.Timestamp) -> Any:
    """Return the act that holds in a domain on a day; None where none does."""
    begun = [act for act in acts if act.key == domain and act.date <= day]
    return begun[-1] if begun and (pd.isna(begun[-1].until) or day < begun[-1].until) else None


def _as_csv(
    tracker: Tracker,
    series: pd.DataFrame,
    whose: Mapping[str, Any],
    level: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    texts = {name: figure_texts(round_stance(series[name])) for name in _FIGURES}
    days = series["date"].dt.strftime("%Y-%m-%d")
    version = {"dataset_version": tracker.data.version}
    rows = pd.DataFrame({"date": days, **whose, **texts, **(level or {}), **version})
    return to_csv(rows, (*_FIGURES, "level"))


def lines_name(
    tracker: Tracker, names: Mapping[str, str], domain: str, period: tuple[date, date]
) -> str:
    """Return the name of that file, with its period and what its figures rest on."""
    days = map(str, period)
    only = next(iter(names), "")
    # A group is known by its name, which may have blanks.
    only = only if only in tracker.model.actors else slug(only)
    lines = only if len(names) == 1 else f"{len(names)}-lines"
    parts = [file_stem(tracker.data), lines, domain, *days]
    return f"{figures_name(parts, bool(tracker.own_settings), tracker.model.basis)}.csv"


def chosen_events(
    tracker: Tracker, codes: Sequence[str], domain: str, period: tuple[date, date]
) -> pd.DataFrame:
    """Return the scored events of the chosen actors in a period, newest first: the columns of
    `events.csv`. Groups have no events of their own.
    """
    actors = [code for code in codes if code not in tracker.groups]
    domains = None if domain == OVERALL else [domain]
    first, last = period
    query = EventQuery(actors=actors, domains=domains, first=first, last=last, counted=True)
    return tracker.data.events.iloc[tracker.find(query)]


def markers(tracker: Tracker, events: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Place events on the lines of their actors: key, event_id, date, stance and hover."""
    on_line = dict(zip(line_points(series["key"], series["date"]), series["stance"], strict=True))
    points, texts = line_points(events["actor"], events["date"]), hovers(tracker)
    return pd.DataFrame(
        {
            "key": events["actor"].to_numpy(object),
            "event_id": events["event_id"].to_numpy(object),
            "date": events["date"].to_numpy(),
            "stance": np.array([on_line.get(point, math.nan) for point in points], float),
            "hover": np.array([texts[event] for event in events["event_id"]], object),
        }
    )


def line_points(key: pd.Series, days: pd.Series) -> list[tuple[str, date]]:
    """Return what tells points of lines apart: the line and the day."""
    return list(zip(key, days.to_numpy("datetime64[D]").tolist(), strict=True))


@memoize
def hovers(tracker: Tracker) -> dict[str, str]:
    """Return the hover label of each event by its id."""
    rows: Iterable[Any] = tracker.data.events.itertuples()
    return {row.event_id: event_hover_html(tracker.codebook, row) for row in rows}


@memoize
def all_landmarks(tracker: Tracker) -> list[Any]:
    """Return the landmark events, oldest first."""
    events = tracker.data.events[tracker.data.events["landmark"]]
    return list(events.sort_values(["date", "event_id"]).itertuples(index=False))


def landmark_name(tracker: Tracker, row: Any) -> str:
    """Return what an event was, behind the name of whose it is where it has not that."""
    name, title = tracker.short_names[row.actor], str(row.title)
    return title if name in title else f"{name}: {title}"


# -- in words -----------------------------------------------------------------------------------


def event_hover_html(codebook: Codebook, row: Any) -> str:
    """Return the hover label of an event: title, date, what it was, score.

    `row`: title, date, date_precision, instrument, domain, score (missing: context).
    """
    kind = codebook.instruments[row.instrument].label
    score = "not counted" if pd.isna(row.score) else f"score {words.figure(float(row.score), 0)}"
    what = f"{kind}, {codebook.domain_label(row.domain)}"
    when = words.day(day_of(row))
    return f"<b>{escapes.html(row.title)}</b><br>{when}<br>{escapes.html(what)}, {score}"


def trend_headline(codebook: Codebook, ends: Sequence[LineEnd], last: words.Day) -> str:
    """Say who is the strictest and who the mildest where lines end: NaN without a position. Those
    at one level are told apart by their scores alone, and so called; of two whose margins of doubt
    overlap none is called the stricter.
    """
    if not ends:
        return "Choose a country, body or group to see its line"
    known = sorted(
        (end for end in ends if not math.isnan(end.stance)), key=attrgetter("stance", "whose")
    )
    if not known:
        named = words.sentence_start(words.listing([end.whose for end in ends]))
        return f"{named}: no position at the end of the period"
    levels = [words.label(codebook, end.stance) for end in known]
    if levels[0] == levels[-1]:
        text = _at_one_level(known, levels[0], len(ends), last)
        others = [end.whose for end in ends if math.isnan(end.stance)]
        if len(known) > 1 or not others:
            return text
        return f"{text}; {words.listing(others)} {words.be(others, 'has', 'have')} no position then"
    names = [end.whose for end in known]
    lowest = [name for name, level in zip(names, levels, strict=True) if level == levels[0]]
    highest = [name for name, level in zip(names, levels, strict=True) if level == levels[-1]]
    highest.reverse()
    first = words.sentence_start(words.together(lowest))
    if len(known) == len(ends) == 2:
        if known[0].high >= known[1].low:
            return f"{first} is at {levels[0]}, {highest[0]} at {levels[1]}"
        return f"{first} is stricter than {highest[0]}"
    of = "" if len(known) == len(ends) else " with a position"
    return (
        f"{first} {words.be(lowest, 'is', 'are')} the strictest of the "
        f"{words.number(len(known))}{of} ({levels[0]}), {words.together(highest)} the mildest "
        f"({levels[-1]})"
    )


def _at_one_level(known: Sequence[LineEnd], level: str, lines: int, last: words.Day) -> str:
    """Say that lines end at one level, and whose score is the strictest, where its margin of doubt
    does not reach to the next one's. `known`: the strictest first; `lines`: how many are drawn.
    """
    names = [end.whose for end in known]
    count = sum(
        words.two_decimals(end.stance) == words.two_decimals(known[0].stance) for end in known
    )
    strict, others = known[:count], known[count:]
    if not others:
        return f"{words.sentence_start(words.together(names))} on {words.day(last)}: {level}"
    of = "" if len(known) == lines else " with a position"
    both = f"Both{of} are" if of else f"{words.sentence_start(words.listing(names))} are both"
    many = len(known) > 2
    text = f"{f'All {words.number(len(known))}{of} are' if many else both} at {level}"
    if max(end.high for end in strict) >= min(end.low for end in others):
        return text
    verb = words.be(names[:count], "is", "are")
    most = "strictest" if many else "stricter"
    return f"{text}; by score {words.together(names[:count])} {verb} the {most}"


def most_lines(most: int) -> str:
    """Say how many lines a chart has room for, where as many are chosen."""
    return (
        f"{words.number(most, start=True)} lines are the most that a chart has colours for: take "
        "one off to add another."
    )


def lines_label(most: int) -> str:
    """Return the label of the choice of lines."""
    return f"Countries and groups, {words.number(most)} at most"


def first_lines(lines: int, featured: int) -> str:
    """Say that a trend opens with some of the featured only. `lines`, `featured`: how many."""
    return (
        f"The first {words.number(lines)} of the {words.number(featured)} featured are shown: a "
        f"chart has room for {words.number(lines)} lines. Choose others above."
    )


def trend_subtitle(codebook: Codebook, domain: str, first: words.Day, last: words.Day) -> str:
    """Return what the trend chart shows."""
    where = words.about_domain(codebook, domain)
    return (
        f"Position on {codebook.subject} {where}, {words.day(first)} to {words.day(last)}. "
        "Shading: margin of doubt; for a group, the spread between members. Gaps: no recent "
        "evidence."
    )


def trend_alt(codebook: Codebook, domain: str, ends: Sequence[tuple[str, float]]) -> str:
    """Return the trend chart for those who cannot see it: where each line ends.

    `ends`: name and last figure of each line, missing where it has no current position.
    """
    lines = [f"{name}: {words.within_line(codebook, value)}" for name, value in ends]
    what = f"Positions on {codebook.subject} {words.about_domain(codebook, domain)} over time."
    return f"{what} At the end: {'; '.join(lines)}." if lines else f"{what} No line is chosen."


# The heading of the chart of policy levels.
HISTORY = "History of the policy level"


def history_subtitle(codebook: Codebook, period: tuple[words.Day, words.Day]) -> str:
    """Return what the chart of policy levels shows."""
    return (
        f"Bars: the level that each binding act on {codebook.subject} set, in the colour "
        f"of its class. Line: the position, with its margin of doubt. {words.day(period[0])} to "
        f"{words.day(period[1])}."
    )


def history_alt(
    codebook: Codebook, name: str, rows: Sequence[tuple[str, int, words.Day | None, float, float]]
) -> str:
    """Return the chart of policy levels for those who cannot see it.

    `rows`: domain, number of acts, day and score of the last one (missing without any), stance at
    the end (NaN: none).
    """
    text = []
    for domain, acts, last, score, stance in rows:
        level = words.within_line(codebook, score)
        latest = f", the last at {level} {words.on_day(last)}" if last else ""
        end = f"position at the end {words.label(codebook, stance)}"
        end = end if stance == stance else "no position"
        count = words.plural(acts, "act") if acts else "no recorded act"
        text.append(f"{codebook.domain_label(domain)}: {count}{latest}, {end}")
    what = f"Policy level of {name} on {codebook.subject} over time, by field"
    return f"{what}. {'; '.join(text)}."


def no_period(first: words.Day, last: words.Day) -> str:
    """Return that a period has its end before its beginning, and what is shown for it."""
    return (
        f"From {words.day(first)} is not before the as-of date, {words.day(last)}: the year up to "
        "that date is shown."
    )
