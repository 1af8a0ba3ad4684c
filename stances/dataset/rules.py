"""Rules that must hold between the columns of a table, and between tables: all of them are listed
in RULES.

A rule looks at tables as texts, whose index is the line of the row, and says which rows break it.
What is no date, or names what is not there, is a fault of its own, so a rule may pass it by.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from stances.dataset.codebook import Codebook
from stances.dataset.days import is_partial, last_day
from stances.dataset.faults import inline, one_form
from stances.dataset.forms import FORMS
from stances.dataset.schema import ALL_ACTORS, LIST_SEPARATOR

Frames = Mapping[str, pd.DataFrame]
# Which rows break a rule: True, or what is said of them (empty: nothing).
Broken = pd.Series


class Rule(NamedTuple):
    """What must hold of each row of a table. `broken`: which rows break it, as an expression on its
    columns, or as a function of the table, all tables and the codebook; `message`: what is told of
    one, with its cells in braces, {0} what `broken` says of it; `others`: tables besides.
    """

    table: str
    column: str
    broken: str | Callable[[pd.DataFrame, Frames, Codebook], Broken]
    message: str
    others: tuple[str, ...] = ()

    def faults(self, texts: Frames, codebook: Codebook) -> Iterator[tuple[int, str]]:
        """Yield the line of each row that breaks the rule, and what is told of it."""
        frame = texts[self.table]
        if frame.empty:
            return
        find: Any = self.broken
        broken: Any = frame.eval(find) if isinstance(find, str) else find(frame, texts, codebook)
        for line, said in broken[broken.astype(bool)].items():
            cells = {name: inline(cell) for name, cell in frame.loc[line].items()}
            yield line, self.message.format(said, **cells)


def _wholly_before(dates: pd.Series, others: pd.Series) -> Broken:
    """Say of each date, known in part, whether it ends before the other begins."""
    # As texts: of a month or year the end sorts after each of its days, the begin before.
    ends = dates.map(lambda text: text + "-99-99"[len(text) - 4 :] if is_partial(text) else "")
    return (ends != "") & others.map(is_partial).astype(bool) & (ends < others)


def _misnamed(column: str, digits: str) -> Callable[..., Broken]:
    """Ids must begin with the actor of their row."""

    def wrong(name: str, actor: str) -> bool:
        form = f"{re.escape(actor)}{digits}-{FORMS['slug'].pattern}"
        return name != "" and not re.fullmatch(form, name)

    return lambda frame, *_: pd.Series(
        map(wrong, frame[column], frame["actor"]), frame.index, dtype=bool
    )


def _of_another(column: str, table: str) -> Callable[..., Broken]:
    """Say which part of a cell is a row of another actor."""

    def broken(frame: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
        whose = dict(zip(texts[table].iloc[:, 0], texts[table]["actor"], strict=True))
        pairs = zip(frame[column].str.split(LIST_SEPARATOR), frame["actor"], strict=True)
        said = [next((p for p in parts if whose.get(p, a) != a), "") for parts, a in pairs]
        return pd.Series(said, frame.index, dtype=object)

    return broken


def _score_without_position(events: pd.DataFrame, texts: Frames, codebook: Codebook) -> Broken:
    actors = texts["actors"]
    none = set(actors["actor"][~actors["kind"].isin(codebook.position_kinds)])
    return events["actor"].isin(none) & (events["score"] != "")


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


def _not_its_last_step(acts: pd.DataFrame, texts: Frames, codebook: Codebook) -> Broken:
    terms, steps = codebook.acts, texts["deadlines"]
    sound = steps["deadline"].map(is_partial).astype(bool) & steps["kind"].isin(terms.deadline_kind)
    if not sound.any():
        return pd.Series("", acts.index, dtype=object)
    last = last_step(steps[sound], terms.leading)
    told = acts["act_id"].map(last["deadline"] + " " + last["kind"]).astype(object).fillna("")
    said = (acts["deadline"] + " " + acts["deadline_kind"]).str.strip()
    due = told.where(told == "", told + ", the step that it is told by")
    due = due.where(told != "", "empty, as the act has no step in deadlines.csv")
    return due.where((told != said) & ((told != "") | (acts["deadline"] != "")), "")


def _before_its_act(steps: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
    acts = texts["acts"]
    begun = acts["adopted"].where(acts["adopted"] != "", acts["in_force_from"])
    adopted = steps["act_id"].map(dict(zip(acts["act_id"], begun, strict=True)))
    return _wholly_before(steps["deadline"], adopted.astype(object).fillna("").astype(str))


def _shared(column: str) -> Callable[..., Broken]:
    """Say whose name an actor's is too: charts and tables tell them apart by it."""

    def broken(actors: pd.DataFrame, *_: object) -> Broken:
        compared = actors[column].map(one_form)
        owner = compared.map(dict(zip(compared[::-1], actors["actor"][::-1], strict=True)))
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
    """Every row breaks it where no actor of the table takes a position."""
    kinds = actors["kind"]
    odd = not kinds.isin(list(codebook.kinds)).all() or kinds.isin(codebook.position_kinds).any()
    return pd.Series(not odd, actors.index)


_ALONE = (
    ("deadline_kind", "deadline"), ("deadline_what", "deadline"), ("ended_how", "ended"),
    ("ended_by", "ended"),
)  # fmt: skip
_TOO = (("deadline_kind", "deadline"), ("ended_how", "ended"))
RULES = (
    Rule("events", "event_id", _misnamed("event_id", r"-\d{8}"),
         "{event_id} must be {actor}-<eight digits>-<slug>"),
    Rule("events", "end_date", "end_date != '' and end_date < date",
         "{end_date} is before the date of the event"),
    Rule("events", "score", _score_without_position,
         "an event of {actor}, which takes no position, has no score", ("actors",)),
    Rule("acts", "act_id", _misnamed("act_id", ""), "{act_id} must be {actor}-<slug>"),
    Rule("acts", "adopted", "adopted == '' and in_force_from == ''",
         "is empty, and so is in_force_from; one of the two must be known"),
    Rule("acts", "event_id", _of_another("event_id", "events"),
         "{0} is an event of another, not of {actor}", ("events",)),
    Rule("acts", "in_force_from", lambda f, *_: _wholly_before(f["in_force_from"], f["adopted"]),
         "{in_force_from} is before {adopted}, when the act was adopted"),
    Rule("acts", "ended", lambda f, *_: _wholly_before(f["ended"], f["adopted"]),
         "{ended} is before {adopted}, when the act was adopted"),
    *(Rule("acts", name, f"{name} != '' and {of} == ''",
           f"{{{name}}} stands without {of}, which is empty") for name, of in _ALONE),
    *(Rule("acts", name, f"{name} == '' and {of} != ''",
           f"is empty; where {of} is given it must be too") for name, of in _TOO),
    Rule("acts", "applied_since", "applied_since != '' and applied in ['no', 'unknown']",
         "{applied_since} stands beside applied {applied}; it must be one of: yes, eased"),
    Rule("acts", "applied_what", "applied_what != '' and applied == 'unknown'",
         "{applied_what} stands beside applied unknown; it must be one of: yes, eased, no"),
    Rule("acts", "deadline", _not_its_last_step, "{deadline} {deadline_kind} must be {0}",
         ("deadlines",)),
    Rule("deadlines", "deadline", _before_its_act, "{deadline} is before its act, {act_id}",
         ("acts",)),
    Rule("actors", "name", _shared("name"), "{name} is the name of {0} too"),
    Rule("actors", "short_name", _shared("short_name"), "{short_name} is the name of {0} too"),
    Rule("actors", "kind", _nobody, "{kind} takes no position, as all others; one actor must"),
    Rule("profiles", "act_ids", "act_ids == '' and event_ids == ''",
         "is empty, and so is event_ids; a profile rests on one at least"),
    Rule("profiles", "as_of", "recorded != '' and as_of > recorded",
         "{as_of} is after the day on which the row was recorded"),
    Rule("profiles", "act_ids", _of_another("act_ids", "acts"), "{0} is of another, not of {actor}",
         ("acts",)),
    Rule("profiles", "event_ids", _of_another("event_ids", "events"),
         "{0} is of another, not of {actor}", ("events",)),
    Rule("memberships", "left", "left != '' and left <= joined",
         "{left} is not after the day of joining"),
    Rule("memberships", "joined", _within_another,
         "{joined} lies within the membership in line {0}"),
    Rule("memberships", "group",
         lambda f, texts, _: f["group"].isin({*texts["actors"]["actor"], ALL_ACTORS}),
         "{group} is the code of an actor, or stands for all; a group needs another name",
         ("actors",)),
    Rule("sources", "source_id", _uncited, "{source_id} backs no event and no act",
         ("events", "acts")),
)  # fmt: skip
