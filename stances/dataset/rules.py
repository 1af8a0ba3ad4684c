"""Rules that must hold between the columns of a table, and between tables: all of them are listed
in RULES.

A rule looks at tables as texts, whose index is the line of the row, and says which rows break it.
What is no date, or names what is not there, is a fault of its own, so a rule may pass it by.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from stances.dataset.codebook import Codebook
from stances.dataset.days import is_partial, last_day
from stances.dataset.faults import inline, one_form
from stances.dataset.schema import (
    ALL_ACTORS,
    APPLIED,
    EASED,
    LIST_SEPARATOR,
    NOT_APPLIED,
    SLUG,
    UNKNOWN,
)

Frames = Mapping[str, pd.DataFrame]
# Which rows break a rule: True, or what is said of them (empty: nothing).
Broken = pd.Series


class Rule(NamedTuple):
    """What must hold of each row of a table. `broken`: which rows break it, of the table, all
    tables and the codebook; `message`: what is told of one, with its cells in braces, {0} what
    `broken` says of it; `others`: the tables besides that it looks at.
    """

    table: str
    column: str
    broken: Callable[[pd.DataFrame, Frames, Codebook], Broken]
    message: str
    others: tuple[str, ...] = ()

    def faults(self, texts: Frames, codebook: Codebook) -> Iterator[tuple[int, str]]:
        """Yield the line of each row that breaks the rule, and what is told of it."""
        frame = texts[self.table]
        broken = self.broken(frame, texts, codebook)
        for line, said in broken[broken.astype(bool)].items():
            cells = {str(name): inline(cell) for name, cell in frame.loc[line].items()}
            yield int(str(line)), self.message.format(said, **cells)


def _filled(frame: pd.DataFrame, column: str) -> pd.Series:
    return frame[column] != ""


def _wholly_before(dates: pd.Series, others: pd.Series) -> pd.Series:
    """Say of each date, known in part, whether it ends before the other begins."""
    # As texts: of a month or year the end sorts after each of its days, the begin before.
    ends = dates.map(lambda text: text + "-99-99"[len(text) - 4 :] if is_partial(text) else "")
    return (ends != "") & others.map(is_partial).astype(bool) & (ends < others)


def _alone(column: str, of: str) -> Callable[..., Broken]:
    return lambda frame, *_: _filled(frame, column) & ~_filled(frame, of)


def _misnamed(column: str, digits: str) -> Callable[..., Broken]:
    """Ids must begin with the actor of their row."""

    def broken(frame: pd.DataFrame, *_: object) -> Broken:
        pairs = zip(frame[column], frame["actor"], strict=True)
        return pd.Series(
            [
                cell != "" and not re.fullmatch(f"{re.escape(actor)}{digits}-{SLUG}", cell)
                for cell, actor in pairs
            ],
            frame.index,
            dtype=bool,
        )

    return broken


def _of_another(column: str, table: str) -> Callable[..., Broken]:
    """Say which part of a cell is a row of another actor."""

    def broken(frame: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
        other = texts[table]
        whose = dict(zip(other.iloc[:, 0], other["actor"], strict=True))
        said = [
            next((p for p in cell.split(LIST_SEPARATOR) if whose.get(p, actor) != actor), "")
            for cell, actor in zip(frame[column], frame["actor"], strict=True)
        ]
        return pd.Series(said, frame.index, dtype=object)

    return broken


def _beside(column: str, *allowed: str) -> Callable[..., Broken]:
    practice = (APPLIED, EASED, NOT_APPLIED, UNKNOWN)
    return lambda acts, *_: (
        _filled(acts, column) & acts["applied"].isin(practice) & ~acts["applied"].isin(allowed)
    )


def _score_without_position(events: pd.DataFrame, texts: Frames, codebook: Codebook) -> Broken:
    actors = texts["actors"]
    none = set(actors["actor"][~actors["kind"].isin(codebook.position_kinds)])
    return events["actor"].isin(none) & _filled(events, "score")


def last_step(steps: pd.DataFrame, leading: str) -> pd.DataFrame:
    """Return the step that each act is told by, indexed by act_id: the last of the kind that leads,
    else the last; of two that end on one day the one known more exactly, else the first.
    """
    ends = steps["deadline"].map(last_day)
    order = steps.assign(
        leads=steps["kind"] == leading, ends=ends, exact=steps["deadline"].str.len()
    )
    order = order.sort_values(["leads", "ends", "exact"], ascending=False, kind="stable")
    return order.drop_duplicates("act_id").set_index("act_id")


def _not_its_last_step(acts: pd.DataFrame, texts: Frames, codebook: Codebook) -> Broken:
    steps = texts["deadlines"]
    steps = steps[steps["deadline"].map(is_partial).astype(bool)]
    last = last_step(
        steps[steps["kind"].isin(list(codebook.acts.deadline_kind))], codebook.acts.leading
    )
    said = pd.Series("", acts.index, dtype=object)
    if steps.empty:
        return said
    for line, act in acts.iterrows():
        if act["act_id"] in last.index:
            step = last.loc[act["act_id"]]
            if (act["deadline"], act["deadline_kind"]) != (step["deadline"], step["kind"]):
                said[line] = f"{step['deadline']} {step['kind']}, the step that it is told by"
        elif act["deadline"]:
            said[line] = "empty, as the act has no step in deadlines.csv"
    return said


def _before_its_act(steps: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
    acts = texts["acts"]
    begun = acts["adopted"].where(acts["adopted"] != "", acts["in_force_from"])
    adopted = steps["act_id"].map(dict(zip(acts["act_id"], begun, strict=True)))
    return _wholly_before(steps["deadline"], adopted.astype(object).fillna("").astype(str))


def _shared_name(column: str) -> Callable[..., Broken]:
    """Say whose name an actor's is too: charts and tables tell them apart by it."""

    def broken(actors: pd.DataFrame, *_: object) -> Broken:
        compared = actors[column].map(one_form)
        first = dict(zip(compared[::-1], actors["actor"][::-1], strict=True))
        owner = compared.map(first)
        return owner.where((owner != actors["actor"]) & (compared != ""), "")

    return broken


def _within_another(members: pd.DataFrame, *_: object) -> Broken:
    """Say in which line the membership is that this one begins in."""
    terms = members.assign(line=members.index).sort_values(["group", "actor", "joined"])
    before = terms.shift()
    same = (before["group"] == terms["group"]) & (before["actor"] == terms["actor"])
    ended = before["left"].where(before["left"] != "", "9999-12-31")
    within = same & (before["joined"] < terms["joined"]) & (terms["joined"] < ended)
    return before["line"].where(within).dropna().astype(int).reindex(members.index, fill_value=0)


def _uncited(sources: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
    cited = pd.concat([texts["events"]["source_ids"], texts["acts"]["source_ids"]])
    return ~sources["source_id"].isin(set(cited.str.split(LIST_SEPARATOR).explode()))


def _nobody(actors: pd.DataFrame, _: Frames, codebook: Codebook) -> Broken:
    """The first row stands for the table, where no actor of it takes a position."""
    kinds = actors["kind"]
    nobody = (
        kinds.isin(list(codebook.kinds)).all() and not kinds.isin(codebook.position_kinds).any()
    )
    return pd.Series([nobody and n == 0 for n in range(len(actors))], actors.index, dtype=bool)


RULES = (
    Rule("events", "event_id", _misnamed("event_id", r"-\d{8}"),
         "{event_id} must be {actor}-<eight digits>-<slug>"),
    Rule("events", "end_date", lambda f, *_: _filled(f, "end_date") & (f["end_date"] < f["date"]),
         "{end_date} is before the date of the event"),
    Rule("events", "score", _score_without_position,
         "an event of {actor}, which takes no position, has no score", ("actors",)),
    Rule("acts", "act_id", _misnamed("act_id", ""), "{act_id} must be {actor}-<slug>"),
    Rule("acts", "adopted", lambda f, *_: ~_filled(f, "adopted") & ~_filled(f, "in_force_from"),
         "is empty, and so is in_force_from; one of the two must be known"),
    Rule("acts", "event_id", _of_another("event_id", "events"),
         "{0} is an event of another, not of {actor}", ("events",)),
    *(
        Rule("acts", name, lambda f, *_, name=name: _wholly_before(f[name], f["adopted"]),
             f"{{{name}}} is before {{adopted}}, when the act was adopted")
        for name in ("in_force_from", "ended")
    ),
    *(
        Rule("acts", name, _alone(name, of), f"{{{name}}} stands without {of}, which is empty")
        for name, of in (
            ("deadline_kind", "deadline"), ("deadline_what", "deadline"),
            ("ended_how", "ended"), ("ended_by", "ended"),
        )
    ),
    *(
        Rule("acts", name, _alone(of, name), f"is empty; where {of} is given it must be too")
        for name, of in (("deadline_kind", "deadline"), ("ended_how", "ended"))
    ),
    *(
        Rule("acts", name, _beside(name, *allowed),
             f"{{{name}}} stands beside applied {{applied}}; it must be one of: {', '.join(allowed)}")
        for name, allowed in (
            ("applied_since", (APPLIED, EASED)), ("applied_what", (APPLIED, EASED, NOT_APPLIED)),
        )
    ),
    Rule("acts", "deadline", _not_its_last_step, "{deadline} {deadline_kind} must be {0}",
         ("deadlines",)),
    Rule("deadlines", "deadline", _before_its_act, "{deadline} is before its act, {act_id}",
         ("acts",)),
    *(
        Rule("actors", name, _shared_name(name), f"{{{name}}} is the name of {{0}} too")
        for name in ("name", "short_name")
    ),
    Rule("actors", "kind", _nobody, "no actor takes a position"),
    Rule("profiles", "act_ids", lambda f, *_: ~_filled(f, "act_ids") & ~_filled(f, "event_ids"),
         "is empty, and so is event_ids; a profile rests on one at least"),
    Rule("profiles", "as_of", lambda f, *_: _filled(f, "recorded") & (f["as_of"] > f["recorded"]),
         "{as_of} is after the day on which the row was recorded"),
    *(
        Rule("profiles", f"{table[:-1]}_ids", _of_another(f"{table[:-1]}_ids", table),
             "{0} is of another, not of {actor}", (table,))
        for table in ("acts", "events")
    ),
    Rule("memberships", "left", lambda f, *_: _filled(f, "left") & (f["left"] <= f["joined"]),
         "{left} is not after the day of joining"),
    Rule("memberships", "joined", _within_another,
         "{joined} lies within the membership in line {0}"),
    Rule("memberships", "group", lambda f, t, _: f["group"].isin({*t["actors"]["actor"], ALL_ACTORS}),
         "{group} is the code of an actor, or stands for all; a group needs another name",
         ("actors",)),
    Rule("sources", "source_id", _uncited, "{source_id} backs no event and no act",
         ("events", "acts")),
)  # fmt: skip
