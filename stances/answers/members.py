"""The members of a group on a day: where each stands, what binds it, whether that was used, and
until when what is there has to go.
"""

from datetime import date

import numpy as np
import pandas as pd

from stances import words
from stances.answers import acts, powers, stance
from stances.answers.tracker import Tracker, cached
from stances.dataset.codebook import OVERALL
from stances.model.acts import EASED, IN_FORCE, USED
from stances.model.practice import FLAGS, least_level

_YEARS = 8  # before the current one, in the table of levels


@cached
def members(tracker: Tracker, group: str, day: date, domain: str) -> pd.DataFrame:
    """Return the members of a group ("EU+": with its bodies; "all") on a day, in a domain or
    overall, indexed by actor: the lowest level first, then by name.

    Columns: as_of, group, domain, actor, name; stance, level (NaN: no current position), label,
    is_old, rests_on; the flags of practice (`limits`, `used`, `eased`, `excludes`,
    `doubted`, `single`, `case`) and `kind`, of `powers.PARTS`; of the rule that was used, else the
    strictest in force (empty: nobody can be limited): act_id, act_event_id, act_name, act_level,
    act_since, in_doubt, doubt, applied, applied_what; of the next removal ahead:
    deadline, deadline_text, deadline_what, deadline_part, deadline_estimate, deadline_in_doubt;
    last_event_id, last_event_date; acts_12_months, other_12_months (unscored events included).
    Raises BadInput for an unknown group.
    """
    actors = tracker.members(group, day)
    rows = tracker.in_domain(day, domain).loc[actors]
    figures = ["stance", "level", "label"]
    standings = stance.standings(tracker, day, domain).loc[actors]
    frame = rows[[*figures, *FLAGS, "last_event_id", "last_event_date"]].assign(
        as_of=pd.Timestamp(day),
        group=group,
        domain=domain,
        actor=rows.index,
        name=rows.index.map(tracker.names),
        is_old=standings["is_old"],
        rests_on=standings["rests_on"],
        kind=powers.kind_of(rows),
    )
    frame = frame.join(_rules(tracker, day, domain, rows))
    frame = frame.join(_removals(tracker, day, domain)).join(_done(tracker, day, domain))
    texts = frame.columns[frame.dtypes == "str"].union(_TEXTS)
    frame = frame.fillna({**dict.fromkeys(texts, ""), "acts_12_months": 0, "other_12_months": 0})
    truths = ["in_doubt", "deadline_estimate", "deadline_in_doubt"]
    for name in truths:
        frame[name] = frame[name].eq(True)
    by_name = frame["actor"].map(tracker.short)
    order = frame.assign(by=by_name).sort_values(["level", "by"], na_position="last").index
    counts = {"acts_12_months": int, "other_12_months": int}
    return frame.loc[order].astype(counts).rename_axis(None)


_ACT = {
    "act_id": "act_id", "event_id": "act_event_id", "name": "act_name", "level": "act_level",
    "since": "act_since", "in_doubt": "in_doubt", "doubt": "doubt", "applied": "applied",
    "applied_what": "applied_what",
}  # fmt: skip
_TEXTS = [name for name in _ACT.values() if name not in ("act_level", "in_doubt")]
_DUE = {
    "deadline": "deadline", "text": "deadline_text", "what": "deadline_what",
    "part": "deadline_part", "estimate": "deadline_estimate", "unsure": "deadline_in_doubt",
}  # fmt: skip


def _rules(tracker: Tracker, day: date, domain: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return by actor the rule that was used, else the strictest in force. `rows`: of positions."""
    rules = acts.register(tracker, day)[["actor", "domain", "status", *_ACT]]
    rules = _of_domain(tracker, rules, domain)
    rules = rules[(rules["status"] == IN_FORCE) & (rules["level"] < 0)]
    rules = rules[rules["actor"].map(rows["limits"]).eq(True)]
    shown = tracker.position(day)
    limits = rules["level"] <= rules["domain"].map(
        {code: least_level(tracker.codebook, code) for code in tracker.codebook.domains}
    )
    use = rules["applied"].map({USED: 2, EASED: 1}).fillna(0)
    rules = rules.assign(
        limits=limits,
        use=use,
        was_used=use > 0,
        is_shown=rules.index.isin(shown["act_id"]),
    )
    # A milder rule is named where it was used and a decision that has no line limits by it.
    rules = rules[rules["limits"] | rules["was_used"]]
    keys = {
        "limits": False,
        "was_used": False,
        "level": True,
        "is_shown": False,
        "use": False,
        "since": False,
    }
    rules = rules.sort_values(list(keys), ascending=list(keys.values()), kind="stable")
    best = rules.drop_duplicates("actor").set_index("actor")[list(_ACT)].rename(columns=_ACT)
    return pd.concat([best, _alone(tracker, day, domain, rows.drop(best.index))])


def _alone(tracker: Tracker, day: date, domain: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return of those who limit by a case or decision without a line in the register its event."""
    of = stance.standings(tracker, day, domain).loc[rows.index[rows["limits"]], "act_event_id"]
    found = tracker.events.loc[of[of != ""]]
    return pd.DataFrame(
        {
            "act_event_id": found.index,
            "act_name": found["title"].to_numpy(),
            "act_level": found["score"].to_numpy(np.float64, na_value=np.nan),
            "act_since": found["date"].dt.strftime("%Y-%m-%d").to_numpy(),
        },
        index=of.index[of != ""],
    )


def _of_domain(tracker: Tracker, frame: pd.DataFrame, domain: str) -> pd.DataFrame:
    """Return rows of a domain; overall, of all that have rules and not cases."""
    domains = tracker.codebook.domains
    ruled = [code for code in domains if not domains[code].open_case]
    return frame[frame["domain"].isin(ruled if domain == OVERALL else [domain])]


def _removals(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    due = _of_domain(tracker, acts.removals(tracker, day), domain)
    due = due.assign(unsure=due["in_doubt"] | due["expected"])
    return due.drop_duplicates("actor").set_index("actor")[list(_DUE)].rename(columns=_DUE)


def _done(tracker: Tracker, day: date, domain: str) -> pd.DataFrame:
    """Return by actor how many acts and other events the twelve months to a day have."""
    last = pd.Timestamp(day)
    events = tracker.events
    year = events["date"].between(last - pd.DateOffset(months=12), last, inclusive="right")
    if domain != OVERALL:
        year &= events["domain"] == domain
    of = events.loc[year, ["actor", "binding"]].groupby("actor")["binding"].agg(["sum", "size"])
    other = of["size"] - of["sum"]
    return pd.DataFrame({"acts_12_months": of["sum"], "other_12_months": other})


@cached
def levels_by_year(tracker: Tracker, group: str, domain: str, day: date) -> pd.DataFrame:
    """Return the levels of a group's members at the ends of the eight years before a day's own, as
    far as the group had members then, and on the day, indexed by actor in the order of `members`.

    Columns: of two parts, the figure (level, NaN: no position; is_old; used; rests_on) and the year
    ("2018" ... and "now"), so that `frame["level"]` has the levels by year. Members of the day are
    shown throughout, also in years before they joined.
    """
    order = members(tracker, group, day, domain).index
    days = {str(end.year): end for end in _year_ends(tracker, group, day)} | {"now": day}
    parts = {
        name: stance.standings(tracker, of, domain).loc[
            order, ["level", "is_old", "used", "rests_on"]
        ]
        for name, of in days.items()
    }
    frame = pd.concat(parts, axis=1).swaplevel(axis=1)
    return frame[["level", "is_old", "used", "rests_on"]]


def sections(tracker: Tracker, frame: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the members under headings: in the domain that leads by what their rules come to, else
    by their levels. `frame`: of `members`.
    """
    if frame.empty:
        return []
    if frame["domain"].iloc[0] == tracker.lead.domain:
        parts = [(powers.say(code, n), frame[frame["kind"] == code])
                 for code in powers.PARTS if (n := int((frame["kind"] == code).sum()))]  # fmt: skip
        return parts
    scale = tracker.codebook.scale
    found = [(scale.labels[level], frame[frame["level"] == level]) for level in scale.levels]
    found.append(("No position", frame[frame["level"].isna()]))
    return [(f"{len(rows)} {label}", rows) for label, rows in found if len(rows)]


def headline(tracker: Tracker, group: str, day: date, domain: str) -> str:
    """Say how many members stood at the level that restricts, or stricter, at the end of the first
    year shown, and do now, each time of those who were members: No EU country stood at Restrict or
    stricter in telecom networks at the end of 2018; 21 of 27 do now.
    """
    scale = tracker.codebook.scale
    label = scale.labels[scale.restricting]
    at = f"at {label} or stricter" if scale.restricting > scale.min else f"at {label}"
    at = f"{at} {tracker.in_field(domain)}"
    who = tracker.members_called(group)
    of_day = len(tracker.members(group, day))
    if not of_day:
        return f"{group} had no members on {words.day(day)}"
    now = _restricting(tracker, group, day, domain)
    when = "now" if day >= tracker.data.opening_day else f"on {words.day(day)}"
    ends = _year_ends(tracker, group, day)
    if not ends:
        return f"{now or 'None'} of {of_day} {who} stood {at} {when}"
    verb = ("does" if now < 2 else "do") if when == "now" else "did"
    then = _restricting(tracker, group, ends[0], domain)
    some = f"{then or 'None'} of {len(tracker.members(group, ends[0]))} {who}"
    year = ends[0].year
    return f"{some} stood {at} at the end of {year}; {now or 'none'} of {of_day} {verb} {when}"


def _restricting(tracker: Tracker, group: str, day: date, domain: str) -> int:
    """Return how many of the members of a day stand at a level that restricts."""
    levels = stance.standings(tracker, day, domain)["level"].loc[tracker.members(group, day)]
    return int((levels <= tracker.codebook.scale.restricting).sum())


def _year_ends(tracker: Tracker, group: str, day: date) -> list[date]:
    """Return the ends of the years before a day's own, eight at most, at which it had members."""
    first = max(tracker.codebook.first_date.year, day.year - _YEARS)
    ends = (date(year, 12, 31) for year in range(first, day.year))
    return [end for end in ends if tracker.members(group, end)]
