"""The tables over HTTP: what makes the rows of each."""

from datetime import date

import pandas as pd

from stances import tables
from stances.answers import acts, agreement, changes, events, export, members, snapshot
from stances.dataset.load import Dataset
from stances.links import filtered
from stances.links.pages import FILES
from stances.links.view import View, of_release, take
from stances.routes.pool import Answer, Question, json_answer
from stances.routes.resource import Resource, day_of

# The formats of files with more rows than a workbook opens well.
_NO_WORKBOOK = ("csv", "parquet", "json")


def _chosen_actors(view: View, day: date) -> list[str] | None:
    """Return the actors under the parameters `actor` and `group` on a day; None: all."""
    return events.actors_of(view.tracker, view["actor"], view["group"], day)


def _snapshot(view: View) -> pd.DataFrame:
    actors = _chosen_actors(view, view.day)
    return snapshot.snapshot(view.tracker, view.day, view["domain"], actors)


def metadata(data: Dataset, question: Question) -> Answer:
    """`/snapshots/{date}.metadata.json`: what a snapshot is of, and what its columns are."""
    # The same view as that of the file of rows (`Resource.handler`).
    query = dict(question.query)
    data = of_release(data, query)
    query["as_of"] = [day_of(data, question.path["date"])]
    view = take(data, FILES["snapshots"], query)

    # The metadata have the checksum of the CSV, so that one is made here too.
    csv = export.csv(_snapshot(view), tables.SNAPSHOT)
    day = view.day
    domain = view["domain"]
    actors = _chosen_actors(view, day)
    about = snapshot.about_snapshot(view.tracker, day, csv, domain, actors)
    return json_answer(about)


def _month_ends(view: View) -> list[date]:
    """Return the days of the monthly panel (`Dataset.months`) in the period of a view."""
    first = view["from"]
    last = view["to"]
    return [day for day in view.tracker.data.months if first <= day <= last]


def _series(view: View) -> pd.DataFrame:
    # Members come and go: those of the last day stand in all of it.
    actors = _chosen_actors(view, view["to"])
    return snapshot.series(view.tracker, _month_ends(view), view["domain"], actors)


def _groups(view: View) -> pd.DataFrame:
    group = view["group"]
    # A file of all groups has rows of each, which None asks for; "all" is no group there.
    if group == "all":
        group = None
    return snapshot.group_means(view.tracker, _month_ends(view), group, view["domain"])


def find_deadlines(view: View) -> pd.DataFrame:
    """Return the dates of the rules that a view's filters fit, the soonest first: rows of
    `acts.deadlines`.
    """
    dates = acts.deadlines(view.tracker, view.day)
    rules = filtered.chosen_rules(view)
    is_chosen = dates["act_id"].isin(rules["act_id"])
    # A rule has dates of several kinds.
    kind = view["deadline"]
    if kind:
        is_chosen &= dates["kind"] == kind
    return dates[is_chosen]


def _members(view: View) -> pd.DataFrame:
    return members.members(view.tracker, view["group"], view.day, view.domain)


def _changes(view: View) -> pd.DataFrame:
    return changes.done(view.tracker, view["from"], view["to"], view.domain, view["group"])


def _agreement(view: View) -> pd.DataFrame:
    return agreement.agreement(view.tracker)


RESOURCES = (
    Resource("snapshots", _snapshot, tables.SNAPSHOT, stated=("as_of",)),
    Resource("series", _series, tables.SERIES, _NO_WORKBOOK),
    Resource("groups", _groups, tables.GROUPS, _NO_WORKBOOK),
    Resource("events", filtered.chosen_events, tables.EVENTS),
    Resource("acts", filtered.chosen_rules, tables.ACTS, stated=("as_of",)),
    Resource("deadlines", find_deadlines, tables.DEADLINES, stated=("as_of",)),
    Resource("members", _members, tables.MEMBERS, stated=("as_of", "group")),
    Resource("changes", _changes, tables.CHANGES, stated=("from", "to")),
    Resource("agreement", _agreement, tables.AGREEMENT),
)
