"""Names that others build on. A name may be added at the end; none is renamed or removed.

A change here is a promise broken: raise `SCHEMA_VERSION`, say it in data/CHANGELOG.md.
"""

from __future__ import annotations

import pytest

import stances
from stances import __main__, answers
from stances.answers.tracker import tracker_under
from stances.dataset import codebook, files, plain, schema
from stances.links import parameters
from stances.model import explain
from stances.pages.briefs import request
from stances.pictures import every
from stances.routes import endpoints
from tests.folders import TODAY

TABLES = {
    "events": (
        "event_id", "actor", "date", "date_precision", "end_date", "domain", "instrument", "score",
        "confidence", "landmark", "title", "summary", "speaker", "note", "source_ids", "recorded",
    ),
    "sources": (
        "source_id", "url", "publisher", "title", "published", "language", "checked", "tier",
    ),
    "acts": (
        "act_id", "actor", "event_id", "domain", "name", "obligation", "scope", "aim", "adopted",
        "in_force_from", "deadline", "deadline_kind", "deadline_what", "ended", "ended_how",
        "ended_by", "legal_reference", "legal_url", "penalty", "used", "confidence", "note",
        "source_ids", "recorded", "applied", "applied_what", "applied_since", "doubt",
    ),
    "deadlines": ("act_id", "deadline", "kind", "part", "what", "note"),
    "actors": ("actor", "name", "short_name", "kind", "region", "lon", "lat", "article"),
    "profiles": ("actor", "as_of", "text", "act_ids", "event_ids", "recorded"),
    "memberships": ("group", "actor", "joined", "left"),
    "codings": ("event_id", "coder", "score", "why", "recorded", "codebook"),
    "external_codings": (
        "source", "url", "as_of", "actor", "category", "score", "list", "basis", "quality",
    ),
}  # fmt: skip

SNAPSHOT = (
    "as_of", "actor", "name", "kind", "domain", "stance", "low", "high", "label", "evidence",
    "in_force_event_id", "in_force_since", "last_event_id", "last_event_date", "events",
    "dataset_version", "schema_version", "certainty", "act_level", "act_event_id", "act_id",
)  # fmt: skip

POSITION = (
    "actor", "domain", "stance", "low", "high", "level", "label", "evidence", "in_force_event_id",
    "in_force_since", "latest_act_event_id", "last_event_id", "last_event_date", "events",
    "certainty",
)  # fmt: skip
PANEL = ("date", "actor", "domain", "stance", "low", "high", "evidence", "certainty")
GROUP = (
    "date", "members", "with_position", "mean", "median", "spread", "restricting", "open",
    "mean_plain",
)  # fmt: skip
EXPLANATION = (
    "event_id", "domain", "date", "instrument", "role", "score", "counted_score", "confirms",
    "weight", "share", "contribution",
)  # fmt: skip


def test_the_schema_version_is_that_of_these_names() -> None:
    assert schema.SCHEMA_VERSION == "1.3"


def test_the_tables(six: stances.Dataset) -> None:
    tables = schema.tables(six.codebook, TODAY)
    assert {name: tuple(table.header) for name, table in tables.items()} == TABLES


def test_the_snapshot(six: stances.Dataset) -> None:
    assert tuple(answers.snapshot.SNAPSHOT_COLUMNS) == SNAPSHOT
    assert tuple(six.snapshot("2020-07-01").columns) == SNAPSHOT


def test_what_python_gets(six: stances.Dataset) -> None:
    assert tuple(six.position("2020-07-01").columns) == POSITION
    assert tuple(six.panel().columns) == PANEL
    assert tuple(six.explain("ARC", "roads", "2020-07-01").columns) == EXPLANATION
    assert explain.EXPLANATION_COLUMNS == EXPLANATION
    assert tuple(six.members("Pact").columns) == ("actor", "name", "joined")
    assert tuple(six.group("Pact").columns) == GROUP
    assert tuple(six.history("ARC", "roads").columns) == (
        "date", "until", "level", "label", "act_level", "act_event_id", "act_id", "act_name",
    )  # fmt: skip
    register = stances.Stances(six).acts()
    assert tuple(register.columns) == (*TABLES["acts"], "status", "deadline_passed")
    whole = stances.Stances(six)
    assert list(whole.deadlines()) == [column.name for column in answers.step_file.COLUMNS]
    assert list(whole.member_table("Pact")) == list(
        answers.member_file.member_columns(six.codebook)
    )
    assert tuple(whole.happened()) == answers.ledger.LEDGER_COLUMNS
    assert {
        "load", "Dataset", "DataFaults", "BadInput", "Fault", "plot_map", "plot_trend",
    } <= set(stances.__all__)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "status"), [("OK", 0), ("INVALID_DATA", 1), ("BAD_USAGE", 2), ("NOTHING_NEW", 3)]
)
def test_the_exit_statuses(name: str, status: int) -> None:
    assert getattr(__main__, name) == status


def test_words_with_a_meaning_of_their_own() -> None:
    assert (explain.ROLE_ACT, explain.ROLE_SPENT, explain.ROLE_WORD) == (
        "act in force", "spent act", "word",
    )  # fmt: skip
    assert codebook.NO_POSITION == "No current position"
    assert codebook.OVERALL == "overall"


def test_the_environment_variables() -> None:
    assert files.DATA_VARIABLE == "STANCES_DATA"
    assert plain.SIZE_VARIABLE == "STANCES_MAX_FILE"


# A link that somebody keeps must go on to work: parameters are added, none is renamed or removed.
PARAMETERS = {
    "as_of", "domain", "view", "actor", "actors", "from", "play", "layout", "compare", "then",
    "first", "second", "group", "q", "who", "instruments", "scores", "confidence", "counted",
    "sort", "event", "example", "settings", "section", "measure", "basis",
    "order", "beside", "act", "scope", "aim", "status", "deadline", "by",
    "among", "only", "ledger", "applied", "due_from", "due_to", "page", "live",
    "start", "practice", "years_from", "before", "release", "known",
}  # fmt: skip
PICTURES = {
    "map", "trends", "members", "deadlines", "actor", "history", "timeline", "pair", "gap",
    "domains", "moves", "distances", "coverage", "sensitivity", "fields", "years", "made",
    "calendar",
}  # fmt: skip
# A page may be added; the line on it here is its test, with those that are run for every page.
PAGES = {"", "trends", "members", "actor", "acts", "compare", "domains", "events", "data"}


def test_the_parameters_of_a_link_stay() -> None:
    assert set(parameters.PARAMETERS) >= PARAMETERS
    assert set(parameters.PAGE_PARAMETERS) == PAGES
    for page, names in parameters.PAGE_PARAMETERS.items():
        assert set(names) <= set(parameters.PARAMETERS), page


def test_the_values_of_a_filter_stay() -> None:
    assert set(answers.practice.FILTER_WORDS) >= {"yes", "eased", "no", "unknown", "power"}


def test_the_views_of_members_stay() -> None:
    assert set(answers.members.PRACTICES) >= {
        "all", "limits", "used", "power", "excludes", "doubted", "dated",
    }  # fmt: skip


def test_the_pictures_stay() -> None:
    assert set(every.PICTURES) >= PICTURES


# Names that parameters of addresses had before, each with the one of today.
EARLIER = {
    "/events.json": {"who": "actor", "as_of": "to"},
    "/acts.csv": {"who": "actor"},
    "/acts.json": {"who": "actor"},
    "/pictures/trends.{form}": {"actors": "actor"},
    "/pictures/deadlines.{form}": {"who": "actor"},
}


def test_the_earlier_names_of_parameters_stay() -> None:
    earlier = {endpoint.path: endpoint.earlier for endpoint in endpoints.ENDPOINTS}
    for path, names in EARLIER.items():
        assert earlier[path].items() >= names.items(), path


def test_the_briefs_stay() -> None:
    paths = {endpoint.path for endpoint in endpoints.ENDPOINTS}
    assert paths >= {"/briefs/{actor}.pdf", "/briefs/groups/{group}.pdf"}
    named = {"as_of", "since", "from", "settings", "basis", "release", "known"}
    assert set(request.BRIEF_PARAMETERS) >= named


def test_the_short_addresses_and_what_is_copied_stay() -> None:
    paths = {endpoint.path: endpoint.parameters for endpoint in endpoints.ENDPOINTS}
    assert paths.keys() >= {"/e/{event_id}", "/e/{event_id}.txt"}
    assert paths["/a/{act_id}"] == paths["/a/{act_id}.txt"] == ("as_of", "release", "known")
    for page, names in parameters.PAGE_PARAMETERS.items():
        named = {name for name in names if name not in ("actors", "who")}
        assert set(paths[f"/citations/{page or 'map'}.txt"]) >= named
    assert endpoints.MEDIA.keys() >= {"png", "svg", "txt"}


def test_every_address_but_of_news_and_releases_takes_a_release() -> None:
    without = ("/feed", "/changes", "/letter", "/releases")
    for endpoint in endpoints.ENDPOINTS:
        takes = {"release", "known"} <= set(endpoint.parameters)
        assert takes != endpoint.path.startswith(without), endpoint.path
    examples = {path for endpoint in endpoints.ENDPOINTS for path, *_ in endpoint.examples}
    assert examples >= {"/releases.json", "/releases/{version}.zip", "/releases/{version}/{file}"}


SECTIONS = {"downloads", "codebook", "sensitivity", "coverage", "agreement", "citing"}
MEASURES = {"events", "sources"}
MEMBER_ORDERS = {"name", "act", "deadline", "stance", "last", "done", "events", "used"}
STATUSES = {"in_force", "not_yet", "ended", "all"}
ACT_ORDERS = {"name", "date", "deadline", "used", "status", "aim"}
BINDING_ORDERS = {"field", "rule", "used", "level", "date", "deadline"}
# The orders of tables by the page that they stand on.
SORTS = {
    "": {"stance", "name", "since", "last", "label", "low", "high"},
    "events": {
        "newest", "oldest", "score", "title", "actor", "domain", "direction", "sources",
        "instrument", "confidence",
    },
    "acts": {"next", "actor", "kind", "rule", "since"},
    "domains": {"stance", "name"},
    "compare": {
        "moved", "name", "then", "now", "ageing", "parting-what", "parting-name", "parting-newest",
        "parting-gap", "parting-points", "parting-without", "parting-with", "field-name",
        "field-first", "field-second", "field-gap", "month-newest", "month-oldest", "month-first",
        "month-second", "month-gap", "nearest-now", "nearest-name", "nearest-before",
        "nearest-fields", "pair-distance", "pair-name", "pair-other", "pair-fields", "pair-months",
    },
    "data": {
        "most", "name", "2020", "figures-name", "figures-field", "figures-before", "figures-now",
        "corrected-row", "corrected-table", "withdrawn-row", "withdrawn-table", "added-row",
        "added-table", "settings-name", "settings-labels", "settings-figures", "settings-tau",
        "sensitivity-changes", "sensitivity-name", "sensitivity-published", "sensitivity-yours",
        "sensitivity-move", "figures-most", "corrected-most", "withdrawn-most", "added-most",
        "scores-apart", "scores-event", "scores-counted", "lists-oldest",
        "lists-newest", "lists-n", "lists-same", "lists-within", "lists-less", "lists-left",
        "readings-apart", "readings-name", "readings-theirs", "readings-ours",
    },
}  # fmt: skip


def test_the_values_of_a_link_stay(six: stances.Dataset) -> None:
    assert set(parameters.SECTIONS) >= SECTIONS
    assert set(parameters.MEASURES) >= MEASURES
    assert set(parameters.orders(six.codebook)) >= MEMBER_ORDERS | {"roads", "schools"}
    assert set(answers.acts.STATUS_LABELS) >= STATUSES
    assert set(answers.acts.ORDERS) >= ACT_ORDERS
    assert set(answers.binding.ORDERS) >= BINDING_ORDERS
    assert "by" in parameters.PAGE_PARAMETERS["acts"]
    assert "by" in parameters.PAGE_PARAMETERS["actor"]


@pytest.mark.parametrize("page", SORTS)
def test_the_orders_of_tables_stay(six: stances.Dataset, page: str) -> None:
    tracker = tracker_under(six, None)
    assert set(parameters.parameter_on(page, "sort").codes(tracker)) >= SORTS[page]
    assert "sort" in parameters.PAGE_PARAMETERS[page]


def test_the_values_of_what_happened_stay() -> None:
    assert set(answers.ledger.ONLY) >= {"all", "acts"}
    assert set(answers.ledger.ORDERS) >= {"newest", "effect", "name"}


def test_the_columns_of_what_happened_stay() -> None:
    assert answers.ledger.LEDGER_COLUMNS == (
        "event_id", "date", "date_precision", "actor", "name", "domain", "instrument", "kind",
        "title", "sentence", "stance_before", "label_before", "stance_after", "label_after",
        "shared_with", "source_url", "source_publisher", "source_tier", "dataset_version",
        "direction",
    )  # fmt: skip
    assert answers.happened.MOVES_COLUMNS == (
        "actor", "name", "then", "label_then", "now", "label_now", "done", "time", "position",
    )  # fmt: skip


def test_the_settings_of_what_happened_stay() -> None:
    paths = {endpoint.path: endpoint.parameters for endpoint in endpoints.ENDPOINTS}
    for ending in ("csv", "xlsx", "parquet", "json"):
        assert set(paths[f"/happened.{ending}"]) >= {
            "from", "to", "group", "domain", "only", "order", "basis", "actor",
        }  # fmt: skip


def test_the_columns_of_the_deadlines_stay() -> None:
    assert [column.name for column in answers.step_file.COLUMNS] == [
        "act_id", "actor", "name", "act_name", "obligation", "domain", "deadline", "first_day",
        "last_day", "kind", "part", "what", "note", "status", "passed", "applied", "applied_since",
        "doubt", "days", "as_of", "dataset_version", "passed_since",
    ]  # fmt: skip
    paths = {endpoint.path: endpoint.parameters for endpoint in endpoints.ENDPOINTS}
    for ending in ("csv", "xlsx", "parquet", "json", "ics"):
        assert paths[f"/deadlines.{ending}"] >= (
            "as_of", "from", "to", "group", "actor", "domain", "kind", "applied",
        )  # fmt: skip


def test_the_columns_and_the_settings_of_the_events_stay(six: stances.Dataset) -> None:
    assert [column.name for column in answers.event_file.event_columns(six)] == [
        *TABLES["events"], "first_recorded", "source_publisher", "source_url", "publishers",
        "direction",
    ]  # fmt: skip
    paths = {endpoint.path: endpoint.parameters for endpoint in endpoints.ENDPOINTS}
    for ending in ("csv", "xlsx", "parquet", "json"):
        assert set(paths[f"/events.{ending}"]) >= {
            "from", "to", "actor", "domain", "q", "instruments", "scores", "confidence", "counted",
            "sort", "recorded_since", "release", "known",
        }  # fmt: skip


def test_the_columns_and_the_kinds_of_the_news_stay() -> None:
    assert [column.name for column in answers.news_file.COLUMNS] == [
        "id", "kind", "told", "date", "actor", "name", "domain", "sentence", "event_id", "act_id",
        "corrected", "source_url", "source_publisher", "link",
    ]  # fmt: skip
    assert set(answers.news.NEWS_KINDS) >= {
        "level", "event", "act", "practice", "due", "passed", "correction",
    }  # fmt: skip
    paths = {endpoint.path: endpoint.parameters for endpoint in endpoints.ENDPOINTS}
    for ending in ("json", "atom"):
        assert set(paths[f"/changes.{ending}"]) >= {"since", "actor", "group", "domain", "kind"}
    for ending in ("html", "txt"):
        assert set(paths[f"/letter.{ending}"]) >= {"since", "until", "actor", "group", "domain"}


def test_the_columns_of_the_means_of_groups_stay() -> None:
    assert [column.name for column in answers.group_file.COLUMNS] == [
        "date", "group", "domain", "mean", "label", "median", "spread", "members", "with_position",
        "restricting", "open", "dataset_version", "schema_version", "mean_plain",
        "limiting", "used", "unused", "excluding", "doubted", "single",
    ]  # fmt: skip


def test_the_columns_of_a_series_stay() -> None:
    archived = [
        "date", "actor", "name", "domain", "stance", "low", "high", "label", "evidence",
        "dataset_version", "schema_version",
    ]  # fmt: skip
    assert [column.name for column in answers.snapshot.OF_ARCHIVE] == archived
    assert list(answers.snapshot.SERIES_COLUMNS) == [*archived, "certainty"]


def test_the_columns_of_the_members_stay(six: stances.Dataset) -> None:
    assert list(answers.member_file.member_columns(six.codebook)) == [
        "as_of", "group", "actor", "name", "act_domain", "act_name", "act_id", "act_event_id",
        "act_level", "act_label", "act_since", "deadline", "deadline_kind", "deadline_act_id",
        "deadline_passed", "domain", "last_event_id", "last_event_date", "last_event_title",
        "acts_12_months", "statements_12_months", "done_12_months", "effect_12_months",
        "events_24_months", "stance", "label", "certainty", "stance_roads", "label_roads",
        "certainty_roads", "stance_schools", "label_schools", "certainty_schools",
        "act_obligation", "act_applied", "act_applied_what", "act_applied_since", "act_doubt",
        "deadline_what", "deadline_part", "limits", "used", "eased", "excludes", "doubted",
        "counted_as", "lead_deadline", "lead_deadline_kind", "lead_deadline_act_id",
        "lead_deadline_passed", "lead_deadlines", "next_deadline", "next_deadline_kind",
        "next_deadline_act_id", "next_deadline_passed",
    ]  # fmt: skip
    assert answers.members.Totals._fields == (
        "members", "restricting", "excluding", "milder", "words_alone", "without", "removing",
        "passed", "unscored", "pending", "used", "unused", "doubted", "single",
    )  # fmt: skip
