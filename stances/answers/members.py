"""The members of a group on a day: where each stands, what binds it, whether that was used, and
until when what is there has to go.
"""

from datetime import date
from typing import Any

import pandas as pd

from stances import words
from stances.answers import acts, changes, powers, stance
from stances.answers.tracker import Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.model.acts import EASED, IN_FORCE, USED
from stances.model.practice import FLAGS, least_level

_YEARS = 8  # before the current one, in the table of levels

# What a member has of a rule and of a removal: its name there, and here.
_RULE = {
    "act_id": "act_id",
    "event_id": "act_event_id",
    "name": "act_name",
    "level": "act_level",
    "since": "act_since",
    "in_doubt": "in_doubt",
    "doubt": "doubt",
    "applied": "applied",
    "applied_what": "applied_what",
}
_REMOVAL = {
    "deadline": "deadline",
    "text": "deadline_text",
    "what": "deadline_what",
    "part": "deadline_part",
    "estimate": "deadline_estimate",
    "unsure": "deadline_in_doubt",
}


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
    actors = tracker.members(group, day)
    actors = sorted(actors, key=tracker.short.__getitem__)
    columns = [
        "stance",
        "level",
        "label",
        *FLAGS,
        "last_event_id",
        "last_event_date",
    ]
    positions = tracker.in_domain(day, domain)[columns].loc[actors]
    standings = stance.standings(tracker, day, domain).loc[actors]
    frame = positions.assign(
        as_of=pd.Timestamp(day),
        group=group,
        domain=domain,
        actor=actors,
        name=positions.index.map(tracker.names),
        is_old=standings["is_old"],
        rests_on=standings["rests_on"],
        kind=powers.kind_of(positions),
    )

    limiting = standings[positions["limits"]]
    rules = _rules(tracker, day, domain, limiting).reindex(actors)
    removals = _removals(tracker, day, domain).reindex(actors)
    counts = _events_of_year(tracker, day, domain).reindex(actors, fill_value=0)
    frame = pd.concat([frame, rules, removals, counts], axis=1)

    # Who has no rule or removal has False and empty texts there (days are texts too, known in
    # part), and no level.
    truths = ["in_doubt", "deadline_estimate", "deadline_in_doubt"]
    frame[truths] = frame[truths].eq(True)
    texts = [*_RULE.values(), *_REMOVAL.values()]
    texts.remove("act_level")
    frame[texts] = frame[texts].fillna("")

    # Of a decision without a line, those of its event; "" has none.
    has_line = frame["act_id"] != ""
    ids = frame["act_id"].where(has_line, frame["act_event_id"])
    sources = _strongest_sources(tracker).reindex(ids).fillna("")
    frame[list(sources.columns)] = sources.to_numpy()
    # Stable: those of one level stay by name.
    frame = frame.sort_values("level", kind="stable")
    return frame.rename_axis(None)


@cached
def _strongest_sources(tracker: Tracker) -> pd.DataFrame:
    """Return the strongest source of each act and event, by its id: act_source, act_source_url."""
    act_sources = tracker.data.act_sources.rename(columns={"act_id": "id"})
    event_sources = tracker.data.event_sources.rename(columns={"event_id": "id"})
    sources = pd.concat([act_sources, event_sources])
    # The strongest of each comes first, and is kept.
    sources = sources.drop_duplicates("id").set_index("id")
    columns = {"publisher": "act_source", "url": "act_source_url"}
    return sources[[*columns]].rename(columns=columns)


def _rules(
    tracker: Tracker,
    day: date,
    domain: str,
    limiting: pd.DataFrame,
) -> pd.DataFrame:
    """Return by actor the rule that was used, else the strictest in force, with the columns of
    _RULE; of those who limit by a case or decision without a line in the register, its event, with
    the first of these columns. `limiting`: the standings of those who can limit the subject.
    """
    rules = acts.adopted(tracker, day)
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

    # A milder rule is named where it was used and a decision that has no line limits by it.
    is_named = is_against & is_own & (limits | (use > 0))
    is_named &= _is_in_domain(tracker, rules, domain)
    rules = rules[["actor", *_RULE]].assign(
        limits=limits,
        use=use,
        was_used=use > 0,
        is_shown=rules.index.isin(tracker.position(day)["act_id"]),
    )
    rules = rules[is_named]

    # Who has several is named with the first: what limits before what does not, what was used
    # before what was not, then the strictest, what cards show, what was not softened, the newest.
    order = [
        "limits",
        "was_used",
        "level",
        "is_shown",
        "use",
        "since",
    ]
    # The strictest level is the lowest.
    ascending = [name == "level" for name in order]
    rules = rules.sort_values(order, ascending=ascending)
    rules = rules.drop_duplicates("actor").set_index("actor")
    rules = rules[[*_RULE]]
    rules = rules.rename(columns=_RULE)

    # Of the others who limit, the events of the acts shown, by actor.
    event_ids = limiting["act_event_id"].drop(rules.index)
    event_ids = event_ids[event_ids != ""]
    columns = ["title", "score", "date"]
    decisions = tracker.events[columns].loc[event_ids]
    decisions = decisions.set_axis(event_ids.index)
    lines = pd.DataFrame(
        {
            "act_event_id": event_ids,
            "act_name": decisions["title"],
            "act_level": decisions["score"].astype(float),
            "act_since": decisions["date"].dt.strftime("%Y-%m-%d"),
        }
    )
    return pd.concat([rules, lines])


def _is_in_domain(tracker: Tracker, frame: pd.DataFrame, domain: str) -> pd.Series:
    """Say of rows whether they are of a domain; overall, of one that has rules and not cases."""
    if domain == OVERALL:
        return ~frame["domain"].isin(tracker.cases)
    return frame["domain"] == domain


def _removals(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """Return by actor the next removal ahead, with the columns of _REMOVAL."""
    removals = acts.removals(tracker, day)
    removals = removals[_is_in_domain(tracker, removals, domain)]
    # The soonest of each comes first, and is kept.
    due = removals.drop_duplicates("actor").set_index("actor")
    unsure = due["in_doubt"] | due["expected"]
    due = due.assign(unsure=unsure)
    due = due[[*_REMOVAL]]
    return due.rename(columns=_REMOVAL)


def _events_of_year(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """Return by actor how many acts and other events the twelve months to a day have, the day a
    year before it left out: acts_12_months, other_12_months. Who has neither has no row.
    """
    year_before = pd.Timestamp(day) - pd.DateOffset(months=12)
    events = changes.events_between(tracker, year_before, day, domain)
    binding = events.groupby("actor")["binding"]
    act_counts = binding.sum()
    counts = {
        "acts_12_months": act_counts,
        "other_12_months": binding.size() - act_counts,
    }
    return pd.DataFrame(counts)


@cached
def levels_by_year(
    tracker: Tracker,
    group: str,
    domain: str,
    day: date,
) -> pd.DataFrame:
    """Return the levels of a group's members at the ends of the eight years before a day's own, as
    far as the group had members then, and on the day, indexed by actor in the order of `members`.

    Columns: of two parts, the figure (level, is_old, used, rests_on: see `stance.standings`) and
    the year ("2018" ... and "now"), so that `frame["level"]` has the levels by year. Members of the
    day are shown throughout, also in years before they joined.
    """
    actors = members(tracker, group, day, domain).index
    figures = ["level", "is_old", "used", "rests_on"]
    days = {str(end.year): end for end in _year_ends(tracker, group, day)}
    days["now"] = day

    standings = {}
    for year, end in days.items():
        rows = stance.standings(tracker, end, domain)
        standings[year] = rows.loc[actors, figures]
    # Beside one another by year, then figure: turned over.
    return pd.concat(standings, axis=1).swaplevel(axis=1)


def sections(tracker: Tracker, frame: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the members under headings: in the domain that leads by what their rules come to, else
    by their levels. `frame`: of `members`.
    """
    sections = []
    # All rows are of one domain; a group without members has none.
    if frame["domain"].eq(tracker.lead.domain).any():
        for kind in powers.PARTS:
            rows = frame[frame["kind"] == kind]
            if len(rows):
                heading = powers.say(kind, len(rows))
                sections.append((heading, rows))
        return sections

    labels = tracker.codebook.scale.labels
    level: Any
    # Those without a position, whose level is missing, come last.
    for level, rows in frame.groupby("level", dropna=False):
        label = "No position" if pd.isna(level) else labels[level]
        heading = f"{len(rows)} {label}"
        sections.append((heading, rows))
    return sections


def headline(
    tracker: Tracker,
    group: str,
    day: date,
    domain: str,
) -> str:
    """Say how many members stood at the level that restricts, or stricter, at the end of the first
    year shown, and do now, each time of those who were members: No EU country stood at Restrict or
    stricter in telecom networks at the end of 2018; 21 of 27 do now.
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
        return f"{words.capital(share)} {stood} {when}"
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
    years = range(first, day.year)
    ends = []
    for year in years:
        end = date(year, 12, 31)
        if tracker.members(group, end):
            ends.append(end)
    return ends
