"""Two actors over a period: how far apart they are, and what that comes to in words."""

import math
from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from stances import words
from stances.answers.actor_history import scored_events
from stances.answers.history import actor_line, known_period
from stances.answers.introduction import known_until
from stances.answers.pair import (
    levels_of,
    pair_headline,
    pair_rests_on,
    pair_subtitle,
    past_headline,
    without_position,
)
from stances.answers.reasons import why_none
from stances.answers.standing import standings
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.model import distance
from stances.model.distance import days_around_widest, side_by_side
from stances.words import Dated

Names = tuple[str, str]
Period = tuple[date, date]
Widest = tuple[date, float] | None


@memoize
def gaps(tracker: Tracker, first: str, second: str, domain: str) -> pd.DataFrame:
    """Return the gap of two actors on every day on which the line of one of them has a point: date,
    first, second, gap (NaN: not both have a position).
    """
    drawn = [actor_line(tracker, actor, domain)["date"] for actor in (first, second)]
    return _on(tracker, (first, second), domain, {day.date() for line in drawn for day in line})


def _on(tracker: Tracker, pair: Names, domain: str, days: Iterable[date]) -> pd.DataFrame:
    model = tracker.model_of(*pair)
    return distance.gaps(model, model.arrays(sorted(days)), *pair, domain)


@memoize
def gaps_in(
    tracker: Tracker, pair: Names, domain: str, period: Period
) -> tuple[pd.DataFrame, Widest]:
    """Return the same within a period, with its first and its last day, each gap that between the
    figures as they are printed beside it; and the day on which the two were furthest apart, as
    printed and then to the last decimal, the first of several, which is among the days, and the gap
    then.
    """
    whole = gaps(tracker, *pair, domain)
    first, last = map(pd.Timestamp, period)
    inside = whole[whole["date"].between(first, last, inclusive="neither")]
    table = _in_order(inside, _on(tracker, pair, domain, period))
    near = _on(tracker, pair, domain, days_around_widest(table))
    every = as_printed(_in_order(table, near))
    exact = (every["first"] - every["second"]).abs().round(9)
    known = pd.DataFrame({"printed": every["gap"].abs(), "exact": exact}).dropna()
    if known.empty:
        return every, None
    known = known.sort_values(["printed", "exact"], ascending=False, kind="stable")
    top = every.loc[known.index[0]]
    mask = every["date"].isin(table["date"]) | (every["date"] == top["date"])
    return every[mask].reset_index(drop=True), (top["date"].date(), float(top["gap"]))


def _in_order(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([one, other]).sort_values("date", ignore_index=True)


def as_printed(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of gaps, each the one between the two figures as printed beside it."""
    columns = table["first"].tolist(), table["second"].tolist()
    return table.assign(gap=[words.printed_move(b, a) for a, b in zip(*columns, strict=True)])


def pair_texts(tracker: Tracker, pair: Names, domain: str, period: Period) -> tuple[str, str]:
    """Say which of two actors is the stricter, and under it what is shown."""
    names = tracker.sentence_names[pair[0]], tracker.sentence_names[pair[1]]
    table, top = gaps_in(tracker, pair, domain, period)
    now, rests_on = float(table["gap"].iloc[-1]), ""
    if domain == OVERALL:
        rests_on = f" {pair_rests_on(tracker.codebook, _triples(tracker, pair, period[1]))}"
    drawn = known_period(tracker, pair, domain, period)
    subtitle = f"{pair_subtitle(tracker.codebook, domain, drawn)}{rests_on}"
    in_doubt = abs(now) > 0 and overlaps(tracker, pair, domain, period[1])
    if in_doubt:
        subtitle = f"{subtitle} {_NOT_SURE}"
    then = widest_words(tracker, pair, domain, top)
    if math.isnan(now) and top:
        headline = _past_headline(tracker, pair, domain, period)
    else:
        levels = _levels(tracker, table.iloc[-1])
        headline = pair_headline(names, now, top, period[1], levels, in_doubt, then)
    return known_until(tracker.data, period[1], headline), subtitle


def _past_headline(tracker: Tracker, pair: Names, domain: str, period: Period) -> str:
    """Say what there was between two actors of whom not both have a position at the end."""
    table, top = gaps_in(tracker, pair, domain, period)
    assert top is not None
    lacking = [tracker.sentence_names[code] for code in without(tracker, pair, domain, period[1])]
    return past_headline(
        (tracker.sentence_names[pair[0]], tracker.sentence_names[pair[1]]),
        top,
        _levels(tracker, table[table["date"] == pd.Timestamp(top[0])].iloc[0]),
        last_gap(table) + timedelta(days=1),
        without_position(lacking, words.about_domain(tracker.codebook, domain)),
        widest_words(tracker, pair, domain, top),
    )


def last_gap(table: pd.DataFrame) -> date:
    """Return the last day on which there was a gap, in a table that has one."""
    last: pd.Timestamp = table.loc[table["gap"].notna(), "date"].iloc[-1]
    return last.date()


def _levels(tracker: Tracker, row: pd.Series) -> tuple[str, str]:
    return levels_of(tracker.codebook, row["first"], row["second"])


def widest_words(tracker: Tracker, pair: Names, domain: str, widest: Widest) -> str:
    """Say when two actors were furthest apart where an event that is known by its month or year
    alone made the gap so or ended that; empty: the day is known, or there is none.
    """
    if widest is None:
        return ""
    events = pd.concat([scored_events(tracker, actor, domain) for actor in pair])
    for day, when in ((widest[0], "in"), (widest[0] + timedelta(days=1), "at the end of")):
        kinds = set(events.loc[events["date"] == pd.Timestamp(day), "date_precision"])
        if kinds and "day" not in kinds:
            return f"{when} {words.day(Dated(widest[0], min(kinds)))}"
    return ""


def without(tracker: Tracker, pair: Names, domain: str, day: date) -> list[str]:
    """Return which of two actors have no position on a day."""
    table = side_by_side(tracker.model, day, *pair)
    stances = table.loc[table["domain"] == domain, ["first", "second"]].to_numpy()[0]
    return [code for code, stance in zip(pair, stances.tolist(), strict=True) if math.isnan(stance)]


def why_apart(tracker: Tracker, pair: Names, domain: str, day: date) -> list[str]:
    """Say of each of two actors without a position on a day why it has none."""
    lacking = without(tracker, pair, domain, day)
    reasons = {code: why_none(tracker, code, domain, day) for code in lacking}
    return [
        f"{words.sentence_start(tracker.sentence_names[code])}"
        f"{' has' if reason.startswith(NO_POSITION) else ':'} {words.within(reason)}"
        for code, reason in reasons.items()
    ]


def shared_fields(tracker: Tracker, pair: Names, day: date) -> list[str]:
    """Return the fields in which both of two actors have a position on a day; overall is one."""
    table = side_by_side(tracker.model, day, *pair)
    return [str(code) for code in table.loc[table["gap"].notna(), "domain"]]


_NOT_SURE = "Their margins of doubt overlap: which of them is stricter is not sure."


def overlaps(tracker: Tracker, pair: Names, domain: str, day: date) -> bool:
    """Say whether the margins of doubt of two actors overlap; not where one has no position."""
    rows = {row.actor: row for row in standings(tracker, day, domain)}
    one, other = (rows[actor] for actor in pair)
    return one.low <= other.high and other.low <= one.high


def _triples(tracker: Tracker, pair: Names, day: date) -> list[tuple[str, float, float]]:
    """Each domain by its label, with the stances of the two."""
    table = side_by_side(tracker.model, day, *pair)
    labels = [tracker.codebook.domain_label(code) for code in table["domain"]]
    rows = zip(labels, table["first"], table["second"], table["domain"], strict=True)
    return [row[:3] for row in rows if row[3] != OVERALL]
