"""Rules that must hold between columns and tables: all of them are listed in RULES. They look at
texts, indexed by line; what is no date, or names what is not there, is a fault of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from stances.dataset.codebook import Codebook
from stances.dataset.days import is_partial, last_day
from stances.dataset.faults import inline
from stances.dataset.schema import ALL_ACTORS, LIST_SEPARATOR
from stances.dataset.toml import FORMS

# Tables as texts, by name.
Frames = Mapping[str, pd.DataFrame]
# Which rows break a rule, by line: True, or what is said of them (empty: nothing). A line that is
# left out does not.
Broken = pd.Series
# Says which rows of a table break a rule, by the table, all tables and the codebook.
Test = Callable[[pd.DataFrame, Frames, Codebook], Broken]


class Rule(NamedTuple):
    """What must hold of each row of a table. `broken`: says which rows break it; `message`: what is
    told of one, with its cells by column, the {cell} at fault, and {0}, what `broken` says of it;
    `others`: tables that the test looks at besides.
    """

    table: str
    column: str
    broken: Test
    message: str
    others: tuple[str, ...] = ()

    def faults(self, texts: Frames, codebook: Codebook) -> Iterator[tuple[int, str]]:
        """Yield the line of each row that breaks the rule, and what is told of it."""
        frame = texts[self.table]
        # Without a row most tests would meet columns of no type.
        if frame.empty:
            return

        broken: Any = self.broken(frame, texts, codebook)
        broken = broken[broken.astype(bool)]
        for line, reason in broken.items():
            cells = frame.loc[line].map(inline)
            cell = cells[self.column]
            message = self.message.format(reason, cell=cell, **cells)
            yield line, message


def last_step(steps: pd.DataFrame, leading: str) -> pd.DataFrame:
    """Return the step that each act is told by, indexed by act_id: the last of the kind that leads,
    else the last; of two that end on one day the one known more exactly, else the first. `steps`:
    rows of deadlines.csv, all of which have a date.
    """
    deadlines = steps["deadline"]
    ranked = steps.assign(
        leads=steps["kind"] == leading,
        ends=deadlines.map(last_day),
        # Of a day the text is longer than of a month.
        exact=deadlines.str.len(),
    )
    ranked = ranked.sort_values(["leads", "ends", "exact"], ascending=False, kind="stable")
    return ranked.drop_duplicates("act_id").set_index("act_id")


# -- tests that several rules share ----------------------------------------------------------------


def _where(condition: str) -> Test:
    """Return the test of rows whose own cells fulfil a condition, as `DataFrame.eval` reads it.
    Cells are texts: an empty one comes before every day.
    """
    return lambda rows, *_: rows.eval(condition, engine="python")


def _wholly_before(dates: pd.Series, begins: pd.Series) -> Broken:
    """Say of each day, month or year whether it ends before that of `begins` in its row begins."""
    comparable = dates.map(is_partial) & begins.map(is_partial)
    # As texts: 2019 ends as 2019-99-99, after each of its days, and begins as 2019, before them.
    text_length = dates.str.len()
    ends = dates + text_length.map({4: "-99-99", 7: "-99", 10: ""})
    return comparable & (ends < begins)


def _misnamed(column: str, digits: str) -> Test:
    """Return the test of ids, which must be the actor of their row, `digits` (a pattern of what
    comes next) and a slug.
    """
    # Of an actor, a blank and an id: the id must begin with the actor too.
    pattern = rf"(.*) \1{digits}-{FORMS['slug'].pattern}"

    def broken(rows: pd.DataFrame, *_: object) -> Broken:
        actors_and_ids = rows["actor"] + " " + rows[column]
        return ~actors_and_ids.str.fullmatch(pattern)

    return broken


def _foreign(column: str, table: str, key: str) -> Test:
    """Return the test of a column with ids of a table: says which of them are of another actor than
    their row. `key`: the column of the table that has the ids.
    """

    def broken(rows: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
        owners = texts[table].set_index(key)["actor"].to_dict()
        ids = rows[column].str.split(LIST_SEPARATOR).explode()
        owner = ids.map(owners)
        # An id that is not there, and so is nobody's, is the fault of another test.
        is_foreign = owner.notna() & (owner != rows["actor"].loc[ids.index])
        return ids[is_foreign]

    return broken


# -- rules that several columns of a table have ----------------------------------------------------


def _not_before_adoption(column: str) -> Rule:
    """Return the rule that a date of an act is not before its adoption."""
    return Rule(
        "acts",
        column,
        lambda acts, *_: _wholly_before(acts[column], acts["adopted"]),
        "{cell} is before {adopted}, when the act was adopted",
    )


def _only_with(column: str, needed: str) -> Rule:
    """Return the rule that a column of acts is empty where another, which it needs, is."""
    return Rule(
        "acts",
        column,
        _where(f"{column} != '' and {needed} == ''"),
        f"{{cell}} stands without {needed}, which is empty",
    )


def _only_applied(column: str, *allowed: str) -> Rule:
    """Return the rule that a column of acts is empty but where `applied` is one of some words."""
    return Rule(
        "acts",
        column,
        _where(f"{column} != '' and applied not in {allowed}"),
        f"{{cell}} stands beside applied {{applied}}; it must be one of: {', '.join(allowed)}",
    )


def _unique_name(table: str, column: str) -> Rule:
    """Return the rule that no two rows have one name, whatever its case; empty ones may repeat."""

    def broken(rows: pd.DataFrame, *_: object) -> Broken:
        names = rows[column].str.casefold()
        return names.duplicated() & (names != "")

    return Rule(table, column, broken, "{cell} is the name of another too")


# -- tests of one rule -----------------------------------------------------------------------------


def _score_without_position(events: pd.DataFrame, texts: Frames, codebook: Codebook) -> Broken:
    actors = texts["actors"]
    takes_position = actors["kind"].isin(codebook.position_kinds)
    without_position = actors.loc[~takes_position, "actor"]
    return events["actor"].isin(without_position) & (events["score"] != "")


def _not_its_last_step(acts: pd.DataFrame, texts: Frames, codebook: Codebook) -> Broken:
    """Say what the step is that an act is told by, where the act says otherwise."""
    terms = codebook.acts
    steps = texts["deadlines"]
    dated = steps["deadline"].map(is_partial).astype(bool)
    sound = steps[dated & steps["kind"].isin(terms.deadline_kind)]
    # A folder without the table of steps says in the act alone what falls due.
    if sound.empty:
        return pd.Series(dtype=bool)

    last_steps = last_step(sound, terms.leading)
    due_by_act = last_steps["deadline"] + " " + last_steps["kind"]
    due = acts["act_id"].map(due_by_act)
    # Objects also where no act has a step, which makes all of them NaN.
    due = due.astype(object).fillna("empty")

    deadline = acts["deadline"]
    written = deadline + " " + acts["deadline_kind"]
    # A kind without a day is the fault of another rule.
    written = written.where(deadline != "", "empty")
    return due[due != written]


def _before_its_act(steps: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
    """Say which steps end before their act was adopted or, where that is not known, in force."""
    acts = texts["acts"].set_index("act_id")
    adopted = acts["adopted"]
    begun = adopted.where(adopted != "", acts["in_force_from"])
    # An act that is not there is the fault of another test: it has begun on no day.
    begun_by_act = defaultdict(str, begun.to_dict())
    act_begun = steps["act_id"].map(begun_by_act)
    return _wholly_before(steps["deadline"], act_begun)


def _nobody(actors: pd.DataFrame, _: Frames, codebook: Codebook) -> Broken:
    """Say of all alike whether no actor takes a position."""
    takes_position = actors["kind"].isin(codebook.position_kinds)
    return pd.Series(not takes_position.any(), actors.index)


def _within_another(members: pd.DataFrame, *_: object) -> Broken:
    """Say which terms begin within the term before them of the same actor in the same group."""
    terms = members.sort_values(["group", "actor", "joined"])
    term_before = terms.groupby(["group", "actor"]).shift()
    left_before = term_before["left"].where(term_before["left"] != "", "9999-12-31")
    # Two that begin on one day have one key, which is the fault of another test.
    return (term_before["joined"] < terms["joined"]) & (terms["joined"] < left_before)


def _named_as_actor(members: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
    return members["group"].isin([*texts["actors"]["actor"], ALL_ACTORS])


def _uncited(sources: pd.DataFrame, texts: Frames, _: Codebook) -> Broken:
    """Say which sources no event and no act cites."""
    cells = pd.concat([texts["events"]["source_ids"], texts["acts"]["source_ids"]])
    cited = cells.str.split(LIST_SEPARATOR).explode()
    return ~sources["source_id"].isin(cited)


RULES = (
    Rule(
        "events",
        "event_id",
        _misnamed("event_id", r"-\d{8}"),
        "{event_id} must be {actor}-<eight digits>-<slug>",
    ),
    Rule(
        "events",
        "end_date",
        _where("end_date != '' and end_date < date"),
        "{end_date} is before the date of the event",
    ),
    Rule(
        "events",
        "added",
        _where("added > recorded"),
        "{added} is after the day on which the row was recorded",
    ),
    Rule(
        "events",
        "score",
        _score_without_position,
        "an event of {actor}, which takes no position, has no score",
        others=("actors",),
    ),
    Rule(
        "acts",
        "act_id",
        _misnamed("act_id", ""),
        "{act_id} must be {actor}-<slug>",
    ),
    Rule(
        "acts",
        "adopted",
        _where("adopted == '' and in_force_from == ''"),
        "is empty, and so is in_force_from; one of the two must be known",
    ),
    Rule(
        "acts",
        "event_id",
        _foreign("event_id", "events", "event_id"),
        "{0} is an event of another, not of {actor}",
        others=("events",),
    ),
    _not_before_adoption("in_force_from"),
    _not_before_adoption("ended"),
    _only_with("deadline_kind", "deadline"),
    _only_with("deadline_what", "deadline"),
    _only_with("ended_how", "ended"),
    _only_with("ended_by", "ended"),
    _only_with("deadline", "deadline_kind"),
    _only_with("ended", "ended_how"),
    _only_applied("applied_since", "yes", "eased"),
    _only_applied("applied_what", "yes", "eased", "no"),
    Rule(
        "acts",
        "deadline",
        _not_its_last_step,
        "{deadline} {deadline_kind} must be {0}, as the step that it is told by",
        others=("deadlines",),
    ),
    Rule(
        "deadlines",
        "deadline",
        _before_its_act,
        "{deadline} is before its act, {act_id}",
        others=("acts",),
    ),
    _unique_name("actors", "name"),
    _unique_name("actors", "short_name"),
    Rule(
        "actors",
        "kind",
        _nobody,
        "{kind} takes no position, as all others; one actor must",
    ),
    Rule(
        "profiles",
        "act_ids",
        _where("act_ids == '' and event_ids == ''"),
        "is empty, and so is event_ids; a profile rests on one at least",
    ),
    Rule(
        "profiles",
        "as_of",
        _where("recorded != '' and as_of > recorded"),
        "{as_of} is after the day on which the row was recorded",
    ),
    Rule(
        "profiles",
        "act_ids",
        _foreign("act_ids", "acts", "act_id"),
        "{0} is of another, not of {actor}",
        others=("acts",),
    ),
    Rule(
        "profiles",
        "event_ids",
        _foreign("event_ids", "events", "event_id"),
        "{0} is of another, not of {actor}",
        others=("events",),
    ),
    Rule(
        "memberships",
        "left",
        _where("left != '' and left <= joined"),
        "{left} is not after the day of joining",
    ),
    Rule(
        "memberships",
        "joined",
        _within_another,
        "{joined} lies within another membership of {actor} in {group}",
    ),
    Rule(
        "memberships",
        "group",
        _named_as_actor,
        "{group} is the code of an actor, or stands for all; a group needs another name",
        others=("actors",),
    ),
    Rule(
        "sources",
        "source_id",
        _uncited,
        "{source_id} backs no event and no act",
        others=("events", "acts"),
    ),
)
