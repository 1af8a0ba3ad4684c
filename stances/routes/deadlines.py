"""The steps of acts over HTTP: as a table, the next first, and as a calendar to subscribe to."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from starlette.requests import Request

from stances.answers.acts import ActQuery, find_acts, has_practice
from stances.answers.step_file import calendar, step_records, step_table
from stances.answers.steps import DuePeriod, Step, step_counts, steps_of
from stances.answers.tracker import Tracker
from stances.answers.typed_table import versions
from stances.dataset.days import read_first_day, read_last_day
from stances.dataset.schema import PRACTICE
from stances.dataset.tables import Dataset
from stances.links.register import OF_RELEASE
from stances.routes.answers import CALENDAR, JSON, MINUTES, Answer, Problem
from stances.routes.body import pack
from stances.routes.data import (
    OF_ALL,
    ROWS,
    actors_of_query,
    data_links,
    narrowed_words,
    table_links,
    to_json,
)
from stances.routes.files import TABLE_KINDS, ending_of, table_file
from stances.routes.hosts import request_site
from stances.routes.query import Query

DEADLINE_PARAMETERS = (
    "as_of",
    "from",
    "to",
    "group",
    "actor",
    "domain",
    "kind",
    "applied",
    "status",
    "q",
    "scope",
    "aim",
    *OF_RELEASE,
)
# What a calendar is called by.
_NAMED = ("group", "actor", "domain", "kind", "applied", "q", "scope", "aim")
# Of acts whose steps are listed: an act that has ended sets none.
STEP_STATUSES = ("in_force", "not_yet")


def deadlines_answer(request: Request, tracker: Tracker) -> Answer:
    """`/deadlines` as .csv, .xlsx, .parquet or .json: the steps of acts on a day, ahead first."""
    query = Query(request, tracker.data, DEADLINE_PARAMETERS)
    day, steps = _steps(query, tracker)
    links = table_links(request, tracker.data, "DeadlineRow", "Deadlines")
    if ending_of(request) in TABLE_KINDS:
        texts = query.texts(*(name for name in DEADLINE_PARAMETERS if name not in OF_ALL))
        return table_file(request, step_table(tracker, steps, day, texts), MINUTES, links)
    rows = step_records(tracker, steps, day)
    text = {
        **versions(tracker.data),
        "as_of": str(day),
        "count": len(steps),
        "counts": step_counts(steps)._asdict(),
        ROWS: rows,
        "deadlines": rows,
    }
    return Answer(pack(to_json(text)), JSON, MINUTES, links=links)


def calendar_answer(request: Request, tracker: Tracker) -> Answer:
    """`/deadlines.ics`: the same steps as a calendar."""
    query = Query(request, tracker.data, DEADLINE_PARAMETERS)
    day, steps = _steps(query, tracker)
    narrowed = ", ".join(narrowed_words(tracker, query.texts(*_NAMED)))
    name = ": ".join(filter(None, [f"{tracker.data.about.title}, deadlines", narrowed]))
    content = calendar(tracker, steps, day, name, request_site(request, "deadlines"))
    return Answer(pack(content), CALENDAR, MINUTES, links=data_links(tracker.data, "DeadlineRow"))


def _steps(query: Query, tracker: Tracker) -> tuple[date, Sequence[Step]]:
    """Return the day that is asked for, and the steps on it."""
    data = tracker.data
    day = query.value("as_of")
    kinds = query.several("kind", list(data.codebook.acts.deadline_kind)) or ()
    domain = query.value("domain")
    actors = actors_of_query(query, data, day)
    steps = steps_of(tracker, day, actors, domain, kinds, _period(query))
    applied = query.value("applied") or PRACTICE
    status = query.one("status", STEP_STATUSES)
    fitting = _acts_that_fit(query, data, day)
    return day, [
        step
        for step in steps
        if has_practice(data, step.act, applied)
        and status in (None, STEP_STATUSES[not step.binds])
        and step.act.act_id in fitting
    ]


def _acts_that_fit(query: Query, data: Dataset, day: date) -> set[str]:
    """Return the acts that have the words, the scope and the aim looked for."""
    wanted = ActQuery(text=query.value("q"), scopes=query.value("scope"), aims=query.value("aim"))
    return set(find_acts(data, day, wanted)["act_id"])


def _period(query: Query) -> DuePeriod:
    """Return the days between which steps have their last day, maybe later than today."""
    period = DuePeriod(query.read("from", read_first_day), query.read("to", read_last_day))
    if period.first and period.last and period.last < period.first:
        name = query.request_name("to")
        detail = f"{name}: {period.last} is before from, {period.first}"
        raise Problem(
            HTTPStatus.BAD_REQUEST, f"{detail}; allowed is the same day or a later one", name
        )
    return period
