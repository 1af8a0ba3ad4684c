"""The letter over HTTP: what was told between two days, as text and as a page to be read."""

from datetime import timedelta
from http import HTTPStatus

from starlette.requests import Request

from stances.answers.acts import actors_of
from stances.answers.letter import letter, letter_of_nothing
from stances.answers.news_file import NewsQuery
from stances.answers.tracker import Tracker
from stances.render.letter import letter_html, letter_text
from stances.routes.answers import HTML, MINUTES, TEXT, Answer, Problem
from stances.routes.body import pack
from stances.routes.data import licence_link, several_or_groups
from stances.routes.hosts import request_site
from stances.routes.query import Query

LETTER_PARAMETERS = ("since", "until", "actor", "group", "domain")
_WEEK = timedelta(days=7)


def letter_answer(request: Request, tracker: Tracker) -> Answer:
    """`/letter.html` and `/letter.txt`: as `python -m stances digest` writes it."""
    query = _query(request, tracker)
    written = letter(tracker, query) or letter_of_nothing(tracker, query)
    form, media = (letter_html, HTML) if request.url.path.endswith(".html") else (letter_text, TEXT)
    content = form(written, request_site(request, "letter"))
    return Answer(pack(content.encode()), media, MINUTES, links=licence_link(tracker.data))


def _query(request: Request, tracker: Tracker) -> NewsQuery:
    """Return what is asked for; without a last day up to today, without a first one of a week."""
    data = tracker.data
    query = Query(request, data, LETTER_PARAMETERS)
    until = query.day("until", data.today)
    since = query.day("since", max(until - _WEEK, data.codebook.first_date))
    if until < since:
        detail = f"until: {until} is before since, {since}; allowed is the same day or a later one"
        raise Problem(HTTPStatus.BAD_REQUEST, detail, "until")
    codes = several_or_groups(query, data)
    actors, group = actors_of(data, until, codes), query.group() or ""
    return NewsQuery(since, until, actors, group, query.value("domain"), codes=codes)
