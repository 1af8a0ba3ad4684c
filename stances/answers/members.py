"""The members of a group on a day: where each stands, what binds it, whether that was used, and
until when what is there has to go.
"""

from collections.abc import Iterable
from datetime import date
from math import nan
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import words
from stances.answers import acts, changes, powers, stance
from stances.answers.events import all_sources
from stances.answers.tracker import Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.model.acts import EASED, IN_FORCE, USED
from stances.model.lifetimes import pick, places
from stances.model.practice import FLAGS, least_level

_YEARS = 8  # before the current one, in the table of levels

# What a member has of its position.
_POSITION = [
    "stance",
    "level",
    "label",
    *FLAGS,
    "last_event_id",
    "last_event_date",
]
# What it has of its rule and of its next removal: each column's name there, and what stands for
# none.
_RULE: dict[str, tuple[str, Any]] = {
    "act_id": ("act_id", ""),
    "act_event_id": ("event_id", ""),
    "act_name": ("name", ""),
    "act_level": ("level", nan),
    "act_since": ("since", ""),
    "in_doubt": ("in_doubt", False),
    "doubt": ("doubt", ""),
    "applied": ("applied", ""),
    "applied_what": ("applied_what", ""),
}
_REMOVAL: dict[str, tuple[str, Any]] = {
    "deadline": ("deadline", ""),
    "deadline_text": ("text", ""),
    "deadline_what": ("what", ""),
    "deadline_part": ("part", ""),
    "deadline_estimate": ("estimate", False),
    "deadline_in_doubt": ("unsure", False),
}

Columns = dict[str, NDArray[Any]]


@cached
def members(
    tracker: Tracker,
    group: str,
    day: date,
    domain: str,
) -> pd.DataFrame:
    """Return the members of a group ("EU+": with its bodies; "all") on a day, in a domain or
    overall, indexed by actor: the lowest level first, then by name.

    Columns: as_of, group, domain, actor, name; stance, level (NaN: no current position), label,
    is_old, rests_on; FLAGS (of practice) and `kind`, of `powers.PARTS`; of the rule that was used,
    else the strictest in force (empty: it has none that can limit the subject): act_id,
    act_event_id, act_name, act_level (NaN: none), act_since, in_doubt, doubt, applied,
    applied_what, act_source, act_source_url; of the next removal ahead (empty: none): deadline,
    deadline_text, deadline_what, deadline_part, deadline_estimate, deadline_in_doubt;
    last_event_id, last_event_date; acts_12_months, other_12_months (how many, unscored events
    included). Raises BadInput for an unknown group.
    """
    actors = sorted(tracker.members(group, day), key=tracker.short.__getitem__)
    positions = tracker.in_domain(day, domain).loc[actors]
    # Stable: those of one level stay by name.
    positions = positions.sort_values("level", kind="stable")
    actors = list(positions.index)
    standings = stance.standings(tracker, day, domain).loc[actors]
    limiting = standings[positions["limits"]]
    rules_by_actor = _rules(tracker, day, domain, limiting)
    rules = _of_actors(actors, rules_by_actor, _RULE)
    removals = _removals(tracker, day, domain)
    sources = _strongest_sources(tracker)
    # Of a decision without a line, those of its event; "" has none, and -1 as place.
    ids = np.where(rules["act_id"] == "", rules["act_event_id"], rules["act_id"])
    source = sources.index.get_indexer(pd.Index(ids))

    return pd.DataFrame(
        {
            "as_of": pd.Timestamp(day),
            "group": group,
            "domain": domain,
            "actor": actors,
            "name": [tracker.names[actor] for actor in actors],
            **{name: positions[name].array for name in _POSITION},
            "is_old": standings["is_old"].array,
            "rests_on": standings["rests_on"].array,
            "kind": powers.kind_of(positions),
            **rules,
            **_of_actors(actors, removals, _REMOVAL),
            **_events_of_year(tracker, actors, day, domain),
            "act_source": pick(sources["publisher"].to_numpy(), source, ""),
            "act_source_url": pick(sources["url"].to_numpy(), source, ""),
        },
        index=pd.Index(actors),
    )


def _of_actors(
    actors: Iterable[str], rows: pd.DataFrame, columns: dict[str, tuple[str, Any]]
) -> Columns:
    """Return columns of the rows of some actors, in their order: by new names, each with the name
    in `rows` (with `actor`, one row each) and what stands for it where an actor has no row.
    """
    row = places(actors, rows["actor"])
    picked = {}
    for name, (source, missing) in columns.items():
        values = rows[source].to_numpy()
        picked[name] = pick(values, row, missing)
    return picked


@cached
def _strongest_sources(tracker: Tracker) -> pd.DataFrame:
    """Return the strongest source of each act and event, by its id: publisher, url."""
    # The strongest of each comes first, and is kept.
    sources = all_sources(tracker).drop_duplicates("id").set_index("id")
    return sources[["publisher", "url"]]


def _rules(
    tracker: Tracker,
    day: date,
    domain: str,
    limiting: pd.DataFrame,
) -> pd.DataFrame:
    """Return the rule of each actor that limits, of several one that was used, else the strictest:
    rows of `acts.adopted`; of who has none a milder one that was used; of who limits by a case or
    decision without a line in the register, its event as such a row. `limiting`: the standings of
    those who can limit the subject.
    """
    # Turned over: the last of equals is named, below, which is the first in the register.
    rules = acts.adopted(tracker, day)[::-1]
    in_force = rules["status"] == IN_FORCE
    is_against = in_force & (rules["level"] < 0)
    is_own = rules["actor"].isin(limiting.index)
    codebook = tracker.codebook
    # The mildest level that limits the subject, by domain.
    least_levels = {code: least_level(codebook, code) for code in codebook.domains}
    limits = rules["level"] <= rules["domain"].map(least_levels)
    # 2: used, 1: used and softened since, 0: not that it is known.
    ranks = {USED: 2, EASED: 1}
    use = rules["applied"].map(ranks).fillna(0)

    # Who limits without a rule that does so limits by a decision. A milder rule that was used
    # carries it out, and is named.
    is_named = is_against & is_own & (limits | (use > 0))
    is_named &= _is_in_domain(tracker, rules, domain)

    # Who has several is named with the last: what limits after what does not, what was used after
    # what was not, then the strictest, what cards show, what was not softened, the newest. lexsort
    # sorts by its last key first.
    is_shown = rules.index.isin(tracker.position(day)["act_id"])
    keys = (
        rules["since"],
        use,
        is_shown,
        -rules["level"],
        use > 0,
        limits,
    )
    order = np.lexsort(keys)
    named = order[is_named.to_numpy()[order]]
    names = [source for source, _ in _RULE.values()]
    rules = rules[["actor", *names]].iloc[named]
    rules = rules.drop_duplicates("actor", keep="last")

    # Of the others who limit, the events of the acts shown.
    is_other = ~limiting.index.isin(rules["actor"]) & (limiting["act_event_id"] != "")
    event_ids = limiting.loc[is_other, "act_event_id"]
    decisions = tracker.events.loc[event_ids, ["event_id", "actor", "title", "score", "date"]]
    decisions = decisions.rename(columns={"title": "name", "score": "level"})
    lines = decisions.assign(
        since=decisions.pop("date").dt.strftime("%Y-%m-%d"),
        act_id="",
        in_doubt=False,
        doubt="",
        applied="",
        applied_what="",
    )
    return pd.concat([rules, lines])


def _is_in_domain(tracker: Tracker, frame: pd.DataFrame, domain: str) -> pd.Series:
    """Say of rows whether they are of a domain; overall, of one that has rules and not cases."""
    if domain == OVERALL:
        return ~frame["domain"].isin(tracker.cases)
    return frame["domain"] == domain


def _removals(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """Return the next removal ahead of each actor: rows of `acts.removals`, and `unsure`."""
    removals = acts.removals(tracker, day)
    removals = removals[_is_in_domain(tracker, removals, domain)]
    # The soonest of each comes first, and is kept.
    due = removals.drop_duplicates("actor")
    unsure = due["in_doubt"] | due["expected"]
    return due.assign(unsure=unsure)


def _events_of_year(tracker: Tracker, actors: list[str], day: date, domain: str) -> Columns:
    """Return how many acts and other events each of some actors had in the twelve months to a day,
    the day a year before it left out: acts_12_months, other_12_months, an element an actor.
    """
    year_before = pd.Timestamp(day) - pd.DateOffset(months=12)
    events = changes.events_between(tracker, year_before, day, domain)
    is_act = events["binding"].to_numpy()
    # Place -1: of others.
    actor_place = places(events["actor"], actors)
    is_theirs = actor_place >= 0
    places_of_acts = actor_place[is_theirs & is_act]
    places_of_others = actor_place[is_theirs & ~is_act]
    count = len(actors)
    return {
        "acts_12_months": np.bincount(places_of_acts, minlength=count),
        "other_12_months": np.bincount(places_of_others, minlength=count),
    }


@cached
def levels_by_year(
    tracker: Tracker,
    group: str,
    domain: str,
    day: date,
) -> pd.DataFrame:
    """Return where the members of a group stood at the ends of the eight years before a day's own,
    as far as the group had members then, and on the day: actor, column (the year, "2018", or
    "now"), level (NaN: no position), is_old, used, rests_on (empty: no position). Members of the
    day are shown throughout, also in years before they joined.
    """
    before = _levels_before(tracker, day.year, domain)
    now = _levels(tracker, day, domain, "now")
    levels = pd.concat([before, now])

    columns = ["now"]
    for end in _year_ends(tracker, group, day):
        columns.append(str(end.year))
    is_shown = levels["column"].isin(columns)
    actors = tracker.members(group, day)
    is_member = levels["actor"].isin(actors)
    return levels[is_shown & is_member]


@cached
def _levels_before(tracker: Tracker, year: int, domain: str) -> pd.DataFrame:
    """Return the rows of `levels_by_year` of all actors at the ends of the years before a year."""
    tables = []
    for year_before in range(year - _YEARS, year):
        end = date(year_before, 12, 31)
        levels = _levels(tracker, end, domain, str(year_before))
        tables.append(levels)
    return pd.concat(tables)


def _levels(tracker: Tracker, day: date, domain: str, column: str) -> pd.DataFrame:
    """Return the rows of `levels_by_year` of all actors on one day."""
    rows = stance.standings(tracker, day, domain)
    rows = rows[["level", "is_old", "used", "rests_on"]]
    return rows.reset_index().assign(column=column)


def sections(tracker: Tracker, frame: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Return the codes of members under headings: in the domain that leads by what their rules come
    to, else by their levels. `frame`: of `members`.
    """
    sections = []
    # All rows are of one domain; a group without members has none.
    if frame["domain"].eq(tracker.lead.domain).any():
        actors_by_kind = frame.groupby("kind")["actor"].agg(list)
        for kind in powers.PARTS:
            actors = actors_by_kind.get(kind, [])
            if actors:
                heading = powers.say(kind, len(actors), subject=tracker.codebook.subject)
                sections.append((heading, actors))
        return sections

    labels = tracker.codebook.scale.labels
    # Those without a position, whose level is missing, come last.
    by_level = frame.groupby("level", dropna=False)
    actors_by_level = by_level["actor"].agg(list)
    level: Any
    for level, actors in actors_by_level.items():
        label = "No position" if pd.isna(level) else labels[level]
        sections.append((f"{len(actors)} {label}", actors))
    return sections


def headline(
    tracker: Tracker,
    group: str,
    day: date,
    domain: str,
) -> str:
    """Say how many members stood at the level that restricts, or stricter, at the end of the first
    year shown, and do now, each time of those who were members: None of 28 EU countries stood at
    Restrict or stricter in telecom networks at the end of 2018; 21 of 27 do now.
    """
    if not tracker.members(group, day):
        return f"{group} had no members on {words.day(day)}"

    scale = tracker.codebook.scale
    level = scale.labels[scale.restricting]
    # Nothing is stricter than the strictest.
    if scale.restricting > scale.min:
        level += " or stricter"
    who = tracker.members_called(group)
    stood = f"{who} stood at {level} {tracker.in_field(domain)}"

    verb = "do"
    when = "now"
    count, share = _restricting(tracker, group, day, domain)
    if count < 2:
        verb = "does"
    if day < tracker.data.opening_day:
        verb = "did"
        when = f"on {words.day(day)}"

    ends = _year_ends(tracker, group, day)
    # In the first year there is nothing to compare with.
    if not ends:
        return f"{words.capital(share)} {stood} on {words.day(day)}"
    first = ends[0]
    _, first_share = _restricting(tracker, group, first, domain)
    past = f"{words.capital(first_share)} {stood} at the end of {first.year}"
    return f"{past}; {share} {verb} {when}"


def _restricting(
    tracker: Tracker,
    group: str,
    day: date,
    domain: str,
) -> tuple[int, str]:
    """Return how many members of a day stand at a level that restricts, and that out of all as a
    clause begins: 21 of 27, none of 27.
    """
    actors = tracker.members(group, day)
    standings = stance.standings(tracker, day, domain)
    levels = standings["level"].loc[actors]
    restricts = levels <= tracker.codebook.scale.restricting
    count = int(restricts.sum())
    number = str(count) if count else "none"
    return count, f"{number} of {len(actors)}"


def _year_ends(tracker: Tracker, group: str, day: date) -> list[date]:
    """Return the ends of the years before a day's own, eight at most, at which it had members."""
    first = max(tracker.codebook.first_date.year, day.year - _YEARS)
    ends = []
    for year in range(first, day.year):
        end = date(year, 12, 31)
        if tracker.members(group, end):
            ends.append(end)
    return ends
