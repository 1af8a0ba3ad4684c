"""The events between two days over HTTP: the ledger of actions, and whom they moved."""

from starlette.requests import Request

from stances.answers.happened import move_records, moves_among, summary_text, what_happened
from stances.answers.ledger import Span, ledger, ledger_table, records
from stances.answers.tracker import Tracker, tracker_under
from stances.answers.typed_table import versions
from stances.links.register import OF_RELEASE
from stances.routes.answers import JSON, MINUTES, Answer
from stances.routes.body import pack
from stances.routes.data import ROWS, period, table_links, to_json
from stances.routes.files import TABLE_KINDS, ending_of, table_file
from stances.routes.query import Query

HAPPENED_PARAMETERS = (
    "from", "to", "group", "domain", "only", "order", "basis", "actor", *OF_RELEASE,
)  # fmt: skip


def happened_answer(request: Request, tracker: Tracker) -> Answer:
    """`/happened` as .csv, .xlsx, .parquet or .json: acts and statements between two days."""
    query = Query(request, tracker.data, HAPPENED_PARAMETERS)
    tracker, span = tracker_under(tracker.data, None, query.basis()), _span(query, tracker)
    actions = ledger(tracker, span, query.value("order", "ledger"))
    links = table_links(request, tracker.data, "Deed", "Happened")
    if ending_of(request) in TABLE_KINDS:
        return table_file(request, ledger_table(tracker, actions, span), MINUTES, links)
    moves, texts = moves_among(tracker, span), what_happened(tracker, span)
    entries = records(tracker, actions)
    text = {
        **versions(tracker.data),
        "from": str(span.then),
        "to": str(span.now),
        "domain": span.domain,
        "group": span.group or None,
        "actors": list(span.actors),
        "basis": tracker.model.basis,
        "headline": texts.headline,
        "summary": summary_text(tracker, texts),
        "count": len(actions),
        ROWS: entries,
        "deeds": entries,
        "moves": move_records(tracker.codebook, moves),
    }
    return Answer(pack(to_json(text)), JSON, MINUTES, links=links)


def _span(query: Query, tracker: Tracker) -> Span:
    """Return what is asked; where no first day is given, a year before the last one."""
    data = tracker.data
    last = query.day("to", data.opening_day)
    then, now = period(query, data, tracker.year_before(last), last)
    domain, group = query.value("domain"), query.group() or ""
    only, actors = query.value("only"), tuple(query.actors() or ())
    return Span(then, now, domain, group, only, actors)
