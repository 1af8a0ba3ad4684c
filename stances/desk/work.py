"""What needs a person, list by list: rows of the tables, and why each is to be looked at."""

from functools import partial
from html import escape
from textwrap import shorten

import pandas as pd
import streamlit as st

from stances import words
from stances.answers.tracker import Tracker, cached
from stances.dataset.days import last_day
from stances.dataset.profiles import profile_terms
from stances.dataset.write import Change
from stances.desk import candidates, outcome, packets
from stances.links.view import View

# What every list has. `row`: what the form opens; `date`: as pages write it; `what` is to be looked
# at, and `why`.
COLUMNS = ["row", "actor", "date", "what", "why"]
_COVERAGE = "coverage"
# In the session: the actors of that list, in their order.
_SHOWN = "desk-looked"
# What is done with the rows of lists that the form of a row does not open.
_TASKS = {"candidates": "new", "scores": "settle"}


def labels(_: Tracker) -> dict[str, str]:
    """Return what the lists are called, by name."""
    return {name: label for name, (label, _) in _LISTS.items()}


def headline(view: View) -> str:
    """Say how much there is to be looked at."""
    counts = {name: len(rows) for name, rows in _lists(view).items()}
    # It has all countries, always.
    del counts[_COVERAGE]
    return f"{words.plural(sum(counts.values()), 'thing')} to look at"


def draw(view: View) -> None:
    """Draw the list that the address names, else the first with rows, beside the names of all."""
    lists = _lists(view)
    filled = [name for name, rows in lists.items() if len(rows)]
    chosen = view["list"] or next(iter(filled), _COVERAGE)
    title, _ = _LISTS[chosen]
    rows = lists[chosen]

    left, right = outcome.columns()
    with right:
        name = ""
        if chosen == _COVERAGE:
            name = outcome.name_field()
        counts = []
        for key, (label, _) in _LISTS.items():
            count = len(lists[key])
            counts.append((key, label, count))
        outcome.template(view, "lists", lists=counts, chosen=chosen)
    with left:
        if chosen == _COVERAGE:
            outcome.heading(title)
            days = dict(zip(rows["actor"], rows["date"], strict=True))
            # They stay where they were at first: none slides under the pointer after a press.
            for actor in st.session_state.setdefault(_SHOWN, [*days]):
                _draw_looked(view, actor, days[actor], name)
            return
        outcome.template(
            view,
            "work",
            title=title,
            frame=rows,
            task=_TASKS.get(chosen),
        )


def _draw_looked(view: View, actor: str, looked_to: str, name: str) -> None:
    """Draw up to when an actor was looked through, and the press by which somebody of a name puts
    down that they found nothing new.
    """
    called = view.tracker.names[actor]
    with st.container(horizontal=True, vertical_alignment="center"):
        outcome.markup(f"{escape(called)} <small>{looked_to}</small>")
        # By the help screen readers hear whom it is about.
        if not st.button("Looked, nothing new", key=f"looked-{actor}", help=called):
            return
    if name:
        make = partial(Change.look, actor=actor, by=name)
        outcome.save(view, Change(view.tracker.data), make, "coverage")
    else:
        outcome.announce("Your name is empty")
    st.rerun()


def _lists(view: View) -> dict[str, pd.DataFrame]:
    return {name: rows(view.tracker) for name, (_, rows) in _LISTS.items()}


# -- the lists ---------------------------------------------------------------------------------


def _candidates(_: Tracker) -> pd.DataFrame:
    """Return the candidates that wait, then the lines that are none, with what is wrong."""
    rows = []
    waiting, refused = candidates.read_candidates()
    for candidate_id, candidate in waiting.items():
        cells = candidate["cells"]
        row = [
            candidate_id,
            cells.get("actor", ""),
            cells.get("date", ""),
            cells.get("title", ""),
            shorten(candidate["quote"], 90, placeholder=" …"),
        ]
        rows.append(row)
    for fault in refused:
        place = f"Refused: {fault.file}, line {fault.line}"
        rows.append(["", "", "", place, fault.message])
    return pd.DataFrame(rows, columns=COLUMNS)


def _events(tracker: Tracker, is_in: pd.Series, why: pd.Series) -> pd.DataFrame:
    """Return some events, the newest first; `why`: by event."""
    rows = tracker.events[is_in].iloc[::-1]
    days = [*map(words.day, rows["date"], rows["date_precision"])]
    return rows.assign(
        row=rows["event_id"],
        date=days,
        what=rows["title"],
        # Of a frame without rows pandas would else keep the index of `why`.
        why=why.reindex(rows.index),
    )


@cached
def _disagreed(tracker: Tracker) -> pd.DataFrame:
    """Return the events on which coders differ. No score is told: who looks may be the third."""
    ids = packets.differing(tracker)["event_id"]
    events = tracker.events
    is_in = events["event_id"].isin(ids)
    field_of_each = events["domain"].map(tracker.codebook.domain_label)
    return _events(tracker, is_in, field_of_each)


@cached
def _weak(tracker: Tracker) -> pd.DataFrame:
    """Return the scored events that weak sources alone back."""
    codebook = tracker.codebook
    events = tracker.events
    sources = tracker.data.event_sources
    is_weak = sources["tier"].isin(codebook.weak_tiers)
    backed = sources.loc[~is_weak, "event_id"]
    is_backed = events["event_id"].isin(backed)
    is_in = events["score"].notna() & ~is_backed

    first_sources = sources.drop_duplicates("event_id")
    tier = first_sources.set_index("event_id")["tier"]
    return _events(tracker, is_in, tier.map(codebook.tiers))


@cached
def _single(tracker: Tracker) -> pd.DataFrame:
    """Return the landmarks and what binds that one source alone backs."""
    events = tracker.events
    sources = tracker.data.event_sources
    single_sources = sources.drop_duplicates("event_id", keep=False)
    publisher = single_sources.set_index("event_id")["publisher"]
    is_single = events["event_id"].isin(publisher.index)
    binds = events["binding"] & events["score"].notna()
    is_in = is_single & (events["landmark"] | binds)
    return _events(tracker, is_in, publisher)


@cached
def _practice(tracker: Tracker) -> pd.DataFrame:
    """Return the acts that have not ended and of which no use is known."""
    acts = tracker.data.acts
    is_unknown = acts["applied"] == "unknown"
    has_ended = acts["ended"] != ""
    return _acts(tracker, acts[is_unknown & ~has_ended], "adopted")


@cached
def _passed(tracker: Tracker) -> pd.DataFrame:
    """Return the steps of acts that passed with no later event of their actor and field."""
    data = tracker.data
    by_field = data.events.groupby(["actor", "domain"])
    newest = by_field["date"].max().rename("newest")
    # Of the act the last date alone, of its steps each.
    acts = data.acts.drop(columns="deadline")
    steps = data.deadlines[["act_id", "deadline"]]
    steps = steps.merge(acts, on="act_id")
    steps = steps.join(newest, on=["actor", "domain"])

    due = pd.to_datetime(steps["deadline"].map(last_day))
    is_over = due < pd.Timestamp(data.today)
    is_followed = steps["newest"] > due
    has_ended = steps["ended"] != ""
    return _acts(tracker, steps[is_over & ~is_followed & ~has_ended], "deadline")


def _acts(tracker: Tracker, rows: pd.DataFrame, dated: str) -> pd.DataFrame:
    """Return some acts, the newest first by the column `dated`, which has the date of each."""
    rows = rows.sort_values(dated, ascending=False)
    return rows.assign(
        row=rows["act_id"],
        date=rows[dated].map(words.partial),
        what=rows["name"],
        why=rows["domain"].map(tracker.codebook.domain_label),
    )


@cached
def _profiles(tracker: Tracker) -> pd.DataFrame:
    """Return the newest written sentences that hold no longer."""
    data = tracker.data
    newest = profile_terms(data).drop_duplicates("actor")
    is_over = newest["until"] <= pd.Timestamp(data.opening_day)
    rows = newest[is_over]
    days = rows["as_of"].dt.strftime("%Y-%m-%d")
    return rows.assign(
        row=rows["actor"] + "@" + days,
        date=rows["as_of"].map(words.day),
        what=rows["text"],
        why="Write another",
    )


@cached
def _dead(tracker: Tracker) -> pd.DataFrame:
    """Return the sources whose page did not answer, those without a copy first."""
    sources = tracker.data.sources
    is_dead = sources["answered"].isin(["missing", "nothing"])
    rows = sources[is_dead].sort_values("archived")
    has_copy = rows["archived"] != ""
    return rows.assign(
        row=rows["source_id"],
        actor="",
        date=rows["checked_on"].map(words.day),
        what=rows["title"],
        why=has_copy.map({True: "There is a copy", False: "No copy is known"}),
    )


@cached
def _coverage(tracker: Tracker) -> pd.DataFrame:
    """Return the actors with a position, first who was looked through longest ago, or never."""
    coverage = tracker.data.coverage.set_index("actor")
    looked_to = coverage["looked_to"].reindex(tracker.actors)
    looked_to = looked_to.sort_values(na_position="first", kind="stable")
    rows = looked_to.reset_index()
    days = []
    for day in rows["looked_to"]:
        if pd.isna(day):
            days.append("never")
        else:
            days.append(words.day(day))
    # Their names and their presses are drawn for this list alone.
    return rows.assign(row="", date=days)


# By the name that the address has, the strictest first.
_LISTS = {
    "candidates": ("Candidates waiting", _candidates),
    "scores": ("Codings disagree", _disagreed),
    "weak": ("Weak sources alone", _weak),
    "single": ("One source for a landmark or rule", _single),
    "practice": ("Use of a rule not known", _practice),
    "passed": ("Date passed, nothing since", _passed),
    "profiles": ("Sentence holds no longer", _profiles),
    "dead": ("Page no longer there", _dead),
    _COVERAGE: ("Not looked through for longest", _coverage),
}
