"""What needs a person, list by list: rows of the tables, and why each is to be looked at."""

from collections.abc import Mapping
from html import escape
from textwrap import shorten
from typing import Any

import pandas as pd
import streamlit as st

from stances import words
from stances.answers.tracker import Tracker, cached
from stances.dataset.days import last_day
from stances.dataset.profiles import profile_terms
from stances.desk import candidates, outcome, packets
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block
from stances.render.environment import context, drawn

# `row`: what the form opens; `date`: as pages write it; `what` is to be looked at, and `why`.
COLUMNS = ["row", "actor", "date", "what", "why"]
_MOST_ROWS = 25
_COVERAGE = "coverage"


def labels(_: Tracker) -> dict[str, str]:
    """Return what the lists are called, by name."""
    return {name: label for name, (label, _) in _LISTS.items()}


def headline(view: View) -> str:
    """Say how much there is to be looked at."""
    lists = _lists(view)
    count = sum(len(rows) for name, rows in lists.items() if name != _COVERAGE)
    return f"{words.plural(count, 'thing')} to look at"


def blocks(view: View) -> list[Block]:
    """Return the chosen list beside the names of all; one with presses is drawn by Streamlit."""
    lists = _lists(view)
    chosen = _chosen(view, lists)
    if chosen == _COVERAGE:
        return []
    rows, links = shared.part(view, lists[chosen], _MOST_ROWS, "work")
    task = {"candidates": "new", "scores": "settle"}.get(chosen)
    hrefs = [view.link("desk", row=row, do=task, list=None) if row else "" for row in rows["row"]]
    rows = rows.assign(href=hrefs, who=rows["actor"].map(view.tracker.short).fillna(""))
    title = _LISTS[chosen][0]
    small = len(lists[chosen])
    table = Block("work", "work", "wide", title=title, small=small, frame=rows, links=links)
    return [table, Block("lists", "lists", "narrow", **_queue(lists, chosen))]


def draw(view: View) -> None:
    """Draw who was looked through longest ago, each with a press, where that list is chosen."""
    lists = _lists(view)
    if _chosen(view, lists) != _COVERAGE:
        outcome.show_announced()
        return
    left, right = outcome.columns()
    with right:
        outcome.name_field()
        outcome.markup(drawn("lists", context(view) | _queue(lists, _COVERAGE)))
    with left:
        outcome.heading(_LISTS[_COVERAGE][0])
        for row in lists[_COVERAGE].head(_MOST_ROWS).to_dict("records"):
            with st.container(horizontal=True, vertical_alignment="center"):
                outcome.markup(f"{escape(row['what'])} <small>{row['date']}</small>")
                outcome.looked_button(view, row["actor"])


def _lists(view: View) -> dict[str, pd.DataFrame]:
    return {name: rows(view.tracker) for name, (_, rows) in _LISTS.items()}


def _chosen(view: View, lists: Mapping[str, pd.DataFrame]) -> str:
    """Return the name of the list that the address names, else of the first with rows."""
    filled = [name for name, rows in lists.items() if len(rows)]
    return view["list"] or next(iter(filled), _COVERAGE)


def _queue(lists: Mapping[str, pd.DataFrame], chosen: str) -> dict[str, Any]:
    """Return what the template of all lists takes."""
    queue = [(name, _LISTS[name][0], len(rows)) for name, rows in lists.items()]
    return {"lists": queue, "chosen": chosen}


# -- the lists ---------------------------------------------------------------------------------


def _candidates(_: Tracker) -> pd.DataFrame:
    """Return the candidates that wait, then the lines that are none, with what is wrong."""
    folder = candidates.chosen_folder
    rows = []
    if folder:
        for candidate in candidates.waiting(folder).to_dict("records"):
            cells = candidate["cells"]
            quote = shorten(candidate["quote"], 90, placeholder=" …")
            named = [cells.get(name, "") for name in ("actor", "date", "title")]
            rows.append([candidate["id"], *named, f"“{quote}”"])
        for fault in candidates.refused_lines(folder):
            rows.append(["", "", "", f"Refused: {fault.file}, line {fault.line}", fault.message])
    return pd.DataFrame(rows, columns=COLUMNS)


def _events(tracker: Tracker, is_in: pd.Series, why: pd.Series) -> pd.DataFrame:
    """Return some events, the newest first; `why`: by event."""
    rows = tracker.events[is_in].iloc[::-1]
    days = [*map(words.day, rows["date"], rows["date_precision"])]
    # A frame without rows would take those of the texts.
    why = why.reindex(rows.index)
    return rows.assign(row=rows["event_id"], date=days, what=rows["title"], why=why)[COLUMNS]


@cached
def _disagreed(tracker: Tracker) -> pd.DataFrame:
    """Return the events on which coders differ. No score is told: who looks may be the third."""
    ids = packets.differing(tracker)["event_id"]
    events = tracker.events
    fields = events["domain"].map(tracker.codebook.domain_label)
    return _events(tracker, events["event_id"].isin(ids), fields)


@cached
def _weak(tracker: Tracker) -> pd.DataFrame:
    """Return the scored events that weak sources alone back."""
    sources = tracker.data.event_sources
    backed = sources.loc[~sources["tier"].isin(tracker.codebook.weak_tiers), "event_id"]
    best = sources.drop_duplicates("event_id").set_index("event_id")["tier"]
    events = tracker.events
    is_weak = ~events["event_id"].isin(backed) & events["score"].notna()
    return _events(tracker, is_weak, best.map(tracker.codebook.tiers))


@cached
def _single(tracker: Tracker) -> pd.DataFrame:
    """Return the landmarks and what binds that one source alone backs."""
    sources = tracker.data.event_sources.drop_duplicates("event_id", keep=False)
    publisher = sources.set_index("event_id")["publisher"]
    events = tracker.events
    weighs = events["landmark"] | (events["binding"] & events["score"].notna())
    return _events(tracker, weighs & events["event_id"].isin(publisher.index), publisher)


@cached
def _practice(tracker: Tracker) -> pd.DataFrame:
    """Return the acts that have not ended and of which no use is known."""
    acts = tracker.data.acts
    rows = acts[(acts["applied"] == "unknown") & (acts["ended"] == "")]
    return _acts(tracker, rows.sort_values("adopted", ascending=False), "adopted")


@cached
def _passed(tracker: Tracker) -> pd.DataFrame:
    """Return the steps of acts that passed with no later event of their actor and field."""
    data = tracker.data
    newest = data.events.groupby(["actor", "domain"])["date"].max().rename("newest")
    acts = data.acts.drop(columns="deadline").join(newest, on=["actor", "domain"])
    steps = data.deadlines[["act_id", "deadline"]].merge(acts, on="act_id")
    due = pd.to_datetime(steps["deadline"].map(last_day))
    is_over = (due < pd.Timestamp(data.today)) & (steps["ended"] == "")
    rows = steps[is_over & ~(steps["newest"] > due)]
    return _acts(tracker, rows.sort_values("deadline", ascending=False), "deadline")


def _acts(tracker: Tracker, rows: pd.DataFrame, dated: str) -> pd.DataFrame:
    """Return some acts; `dated`: the column that has their date."""
    days = rows[dated].map(words.partial)
    fields = rows["domain"].map(tracker.codebook.domain_label)
    return rows.assign(row=rows["act_id"], date=days, what=rows["name"], why=fields)[COLUMNS]


@cached
def _profiles(tracker: Tracker) -> pd.DataFrame:
    """Return the newest written sentences that hold no longer."""
    data = tracker.data
    rows = profile_terms(data).drop_duplicates("actor")
    rows = rows[rows["until"] <= pd.Timestamp(data.opening_day)]
    row_ids = rows["actor"] + "@" + rows["as_of"].dt.strftime("%Y-%m-%d")
    days = rows["as_of"].map(words.day)
    return rows.assign(row=row_ids, date=days, what=rows["text"], why="Write another")[COLUMNS]


@cached
def _dead(tracker: Tracker) -> pd.DataFrame:
    """Return the sources whose page did not answer, those without a copy first."""
    sources = tracker.data.sources
    rows = sources[sources["answered"].isin(["missing", "nothing"])].sort_values("archived")
    days = rows["checked_on"].map(words.day)
    why = rows["archived"].map(lambda copy: "There is a copy" if copy else "No copy is known")
    named = {"row": rows["source_id"], "date": days, "what": rows["title"], "why": why}
    return rows.assign(actor="", **named)[COLUMNS]


@cached
def _coverage(tracker: Tracker) -> pd.DataFrame:
    """Return the actors with a position, first who was looked through longest ago."""
    looked = tracker.data.coverage.set_index("actor")["looked_to"].reindex(tracker.actors)
    looked = looked.sort_values(na_position="first", kind="stable")
    rows = looked.reset_index()
    days = ["never" if pd.isna(day) else words.day(day) for day in rows["looked_to"]]
    return rows.assign(row="", date=days, what=rows["actor"].map(tracker.names), why="")[COLUMNS]


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
