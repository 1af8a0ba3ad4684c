"""The tables over HTTP: what makes the rows of each."""

import json
from datetime import date

import pandas as pd

from stances import tables
from stances.answers import acts, changes, events, export, members, snapshot
from stances.dataset.load import Dataset
from stances.links import filtered
from stances.links.pages import FILES
from stances.links.view import View, of_release, take
from stances.routes.pool import JSON, Answer, Question
from stances.routes.resource import Resource, day_of

_NO_WORKBOOK = ("csv", "parquet", "json")


def chosen_actors(view: View, day: date) -> list[str] | None:
    """Return the actors under `actor` and `group` on a day; None: all."""
    return events.actors_of(view.tracker, view["actor"], view["group"], day)


def _snapshot(view: View) -> pd.DataFrame:
    return snapshot.snapshot(view.tracker, view.day, view["domain"], chosen_actors(view, view.day))


def metadata(data: Dataset, question: Question) -> Answer:
    """`/snapshots/{date}.metadata.json`: what a snapshot is of, and what its columns are."""
    query = {**question.query, "as_of": [day_of(data, question.path["date"])]}
    of = take(of_release(data, query), FILES["snapshots"], query)
    csv = export.csv(_snapshot(of), tables.SNAPSHOT)
    told = snapshot.about_snapshot(of.tracker, of.day, csv, of["domain"], chosen_actors(of, of.day))
    return Answer(json.dumps(told, ensure_ascii=False, default=str).encode(), JSON)


def _days(view: View) -> list[date]:
    return [day for day in view.tracker.data.months if view["from"] <= day <= view["to"]]


def _series(view: View) -> pd.DataFrame:
    return snapshot.series(
        view.tracker, _days(view), view["domain"], chosen_actors(view, view["to"])
    )


def _groups(view: View) -> pd.DataFrame:
    group = None if view["group"] == "all" else view["group"]
    return snapshot.group_means(view.tracker, _days(view), group, view["domain"])


def find_deadlines(view: View) -> pd.DataFrame:
    """Return the dates of the rules that a view's filters fit, the soonest first."""
    due = acts.deadlines(view.tracker, view.day)
    kind = due["kind"] == view["deadline"] if view["deadline"] else True
    return due[due["act_id"].isin(filtered.chosen_rules(view)["act_id"]) & kind]


def _members(view: View) -> pd.DataFrame:
    return members.members(view.tracker, view["group"], view.day, view.domain)


def _changes(view: View) -> pd.DataFrame:
    return changes.done(view.tracker, view["from"], view["to"], view.domain, view["group"])


RESOURCES = (
    Resource("snapshots", _snapshot, lambda _: tables.SNAPSHOT, beside=("as_of",)),
    Resource("series", _series, lambda _: tables.SERIES, _NO_WORKBOOK),
    Resource("groups", _groups, lambda _: tables.GROUPS, _NO_WORKBOOK),
    Resource("events", filtered.chosen_events, lambda _: tables.EVENTS),
    Resource("acts", filtered.chosen_rules, lambda _: tables.ACTS, beside=("as_of",)),
    Resource("deadlines", find_deadlines, lambda _: tables.DEADLINES, beside=("as_of",)),
    Resource("members", _members, lambda _: tables.MEMBERS, beside=("as_of", "group")),
    Resource("changes", _changes, lambda _: tables.CHANGES, beside=("from", "to")),
)
