"""Rules that must hold between columns and tables: all of them are listed in RULES. They look at
texts, indexed by line; what is no date, or names what is not there, is a fault of its own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from stances.dataset.codebook import Codebook
from stances.dataset.days import is_partial, last_day
from stances.dataset.faults import inline
from stances.dataset.schema import ALL_ACTORS, LIST_SEPARATOR
from stances.dataset.toml import FORMS

Frames = Mapping[str, pd.DataFrame]
# Which rows break a rule: True, or what is said of them (empty: nothing).
Broken = pd.Series


class Rule(NamedTuple):
    """What must hold of each row of a table. `broken`: which rows break it, by the table, all
    tables and the codebook; `message`: what is told of one, with its cells in braces, {0} what
    `broken` says of it; `others`: tables besides.
    """

    table: str
    column: str
    broken: Callable[[pd.DataFrame, Frames, Codebook], Broken]
    message: str
    others: tuple[str, ...] = ()

    def faults(self, texts: Frames, codebook: Codebook) -> Iterator[tuple[int, str]]:
        """Yield the line of each row that breaks the rule, and what is told of it."""
        frame = texts[self.table]
        if frame.empty:
            return
        broken: Any = self.broken(frame, texts, codebook)
        for line, said in broken[broken.astype(bool)].items():
            cells = {name: inline(cell) for name, cell in frame.loc[line].items()}
            yield line, self.message.format(said, **cells)


def last_step(steps: pd.DataFrame, leading: str) -> pd.DataFrame:
    """Return the step that each act is told by, indexed by act_id: the last of the kind that leads,
    else the last; of two that end on one day the one known more exactly, else the first.
    """
    order = steps.assign(
        leads=steps["kind"] == leading,
        ends=steps["deadline"].map(last_day),
        exact=steps["deadline"].str.len(),
    ).sort_values(["leads", "ends", "exact"], ascending=False, kind="stable")
    return order.drop_duplicates("act_id").set_index("act_id")


def _wholly_before(dates: pd.Series, others: pd.Series) -> Broken:
    """Say of each day, month or year whether it ends before the other begins."""
    # As texts: 2019 ends as 2019-99-99, after each of its days, and begins as 2019, before them.
    ends = dates.map(lambda text: text + "-99-99"[len(text) - 4 :] if is_partial(text) else "")
    return (ends != "") & others.map(is_partial).astype(bool) & (ends < others)


def _misnamed(column: str, digits: str) -> Callable[..., Broken]:
    """Ids must begin with the actor of their row."""
    rest = f"{digits}-{FORMS['slug'].pattern}"

    def broken(frame: pd.DataFrame, *_: object) -> Broken:
        pairs = zip(frame[column], frame["actor"], strict=True)
        return pd.Series([not re.fullmatch(re.escape(a) + rest, x) for x, a in pairs], frame.index)

    return broken


def _of_another(column: str, table: str) -> Callable[..., Broken]:
    """Say which of the ids of a cell is of a row of another actor, the first."""

    def broken(frame: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
        whose = dict(zip(texts[table].iloc[:, 0], texts[table]["actor"], strict=True))
        pairs = zip(frame[column].str.split(LIST_SEPARATOR), frame["actor"], strict=True)
        said = [
            next((row_id for row_id in ids if whose.get(row_id, actor) != actor), "")
            for ids, actor in pairs
        ]
        return pd.Series(said, frame.index, dtype=object)

    return broken


def _score_without_position(events: pd.DataFrame, texts: Frames, codebook: Codebook) -> Broken:
    actors = texts["actors"]
    none = set(actors["actor"][~actors["kind"].isin(codebook.position_kinds)])
    return events["actor"].isin(none) & (events["score"] != "")


def _not_its_last_step(acts: pd.DataFrame, texts: Frames, codebook: Codebook) -> Broken:
    """Say what the step is that an act is told by, where the act says otherwise."""
    terms, steps = codebook.acts, texts["deadlines"]
    sound = steps["deadline"].map(is_partial).astype(bool) & steps["kind"].isin(terms.deadline_kind)
    if not sound.any():
        return pd.Series("", acts.index, dtype=object)
    last = last_step(steps[sound], terms.leading)
    due = acts["act_id"].map(last["deadline"] + " " + last["kind"]).astype(object).fillna("empty")
    said = (acts["deadline"] + " " + acts["deadline_kind"]).where(acts["deadline"] != "", "empty")
    return due.where(due != said, "")


def _before_its_act(steps: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
    acts = texts["acts"]
    begun = acts["adopted"].where(acts["adopted"] != "", acts["in_force_from"])
    adopted = steps["act_id"].map(dict(zip(acts["act_id"], begun, strict=True)))
    return _wholly_before(steps["deadline"], adopted.astype(object).fillna("").astype(str))


def _within_another(members: pd.DataFrame, *_: object) -> Broken:
    terms = members.sort_values(["group", "actor", "joined"])
    before = terms.shift()
    same = (before["group"] == terms["group"]) & (before["actor"] == terms["actor"])
    ended = before["left"].where(before["left"] != "", "9999-12-31")
    return same & (before["joined"] < terms["joined"]) & (terms["joined"] < ended)


def _uncited(sources: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
    cited = pd.concat([texts["events"]["source_ids"], texts["acts"]["source_ids"]])
    return ~sources["source_id"].isin(set(cited.str.split(LIST_SEPARATOR).explode()))


def _nobody(actors: pd.DataFrame, _: Frames, codebook: Codebook) -> Broken:
    return pd.Series(not actors["kind"].isin(codebook.position_kinds).any(), actors.index)


_ALONE = (
    ("deadline_kind", "deadline"), ("deadline_what", "deadline"), ("ended_how", "ended"),
    ("ended_by", "ended"), ("deadline", "deadline_kind"), ("ended", "ended_how"),
)  # fmt: skip
RULES = (
    Rule("events", "event_id", _misnamed("event_id", r"-\d{8}"),
         "{event_id} must be {actor}-<eight digits>-<slug>"),
    Rule("events", "end_date", lambda f, *_: (f["end_date"] != "") & (f["end_date"] < f["date"]),
         "{end_date} is before the date of the event"),
    Rule("events", "score", _score_without_position,
         "an event of {actor}, which takes no position, has no score", ("actors",)),
    Rule("acts", "act_id", _misnamed("act_id", ""), "{act_id} must be {actor}-<slug>"),
    Rule("acts", "adopted", lambda f, *_: f["adopted"] + f["in_force_from"] == "",
         "is empty, and so is in_force_from; one of the two must be known"),
    Rule("acts", "event_id", _of_another("event_id", "events"),
         "{0} is an event of another, not of {actor}", ("events",)),
    *(Rule("acts", name, lambda f, *_, name=name: _wholly_before(f[name], f["adopted"]),
           f"{{{name}}} is before {{adopted}}, when the act was adopted")
      for name in ("in_force_from", "ended")),
    *(Rule("acts", name, lambda f, *_, name=name, of=of: (f[name] != "") & (f[of] == ""),
           f"{{{name}}} stands without {of}, which is empty") for name, of in _ALONE),
    *(Rule("acts", name, lambda f, *_, name=name, allowed=allowed:
               (f[name] != "") & ~f["applied"].isin(allowed),
           f"{{{name}}} stands beside applied {{applied}}; it must be one of: {', '.join(allowed)}")
      for name, allowed in (("applied_since", ["yes", "eased"]),
                            ("applied_what", ["yes", "eased", "no"]))),
    Rule("acts", "deadline", _not_its_last_step,
         "{deadline} {deadline_kind} must be {0}, as the step that it is told by", ("deadlines",)),
    Rule("deadlines", "deadline", _before_its_act, "{deadline} is before its act, {act_id}",
         ("acts",)),
    *(Rule("actors", name, lambda f, *_, name=name: f[name].str.casefold().duplicated(),
           f"{{{name}}} is the name of another too") for name in ("name", "short_name")),
    Rule("actors", "kind", _nobody, "{kind} takes no position, as all others; one actor must"),
    Rule("profiles", "act_ids", lambda f, *_: f["act_ids"] + f["event_ids"] == "",
         "is empty, and so is event_ids; a profile rests on one at least"),
    Rule("profiles", "as_of",
         lambda f, *_: (f["recorded"] != "") & (f["as_of"] > f["recorded"]),
         "{as_of} is after the day on which the row was recorded"),
    *(Rule("profiles", name, _of_another(name, table), "{0} is of another, not of {actor}",
           (table,)) for name, table in (("act_ids", "acts"), ("event_ids", "events"))),
    Rule("memberships", "left", lambda f, *_: (f["left"] != "") & (f["left"] <= f["joined"]),
         "{left} is not after the day of joining"),
    Rule("memberships", "joined", _within_another,
         "{joined} lies within another membership of {actor} in {group}"),
    Rule("memberships", "group",
         lambda f, texts, _: f["group"].isin({*texts["actors"]["actor"], ALL_ACTORS}),
         "{group} is the code of an actor, or stands for all; a group needs another name",
         ("actors",)),
    Rule("sources", "source_id", _uncited, "{source_id} backs no event and no act",
         ("events", "acts")),
)  # fmt: skip
