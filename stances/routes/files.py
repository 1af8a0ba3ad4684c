"""Files that are no answer to a question: the tables as they lie, releases, pictures, levels."""

import json

from stances.answers import change_points
from stances.dataset import releases
from stances.dataset.load import Dataset
from stances.links import view
from stances.links.pages import FILES, PAGES
from stances.pages.registry import CHARTS
from stances.routes.pool import JSON, TEXT, YEAR, ZIP, Answer, Question
from stances.routes.resource import no_such, versions

CSV = "text/csv; charset=utf-8"
ALL = "all.zip"


def table_file(data: Dataset, question: Question) -> Answer:
    """`/tables/{name}`: a file of the data folder, or all of them together."""
    name = question.path["name"]
    if name == ALL:
        content = releases.zip_files(data.files, data.recorded)
        return Answer(content, ZIP, f"stances-{data.version}.zip")
    if name not in data.files:
        raise no_such("table", name, [*data.files, ALL], "table")
    is_csv = name.endswith(".csv")
    media = CSV if is_csv else JSON if name.endswith(".json") else TEXT
    return Answer(data.files[name], media, name if is_csv else "")


def all_releases(data: Dataset, question: Question) -> Answer:
    """`/releases.json`: the releases, the newest first."""
    there = releases.published(data.folder)
    rows = there.assign(
        date=there["date"].astype(str), address="releases/" + there["version"] + ".zip"
    ).drop(columns="path")
    told = {**versions(data), "count": len(rows), "rows": rows.to_dict("records")}
    return Answer(json.dumps(told, default=str).encode(), JSON)


def release(data: Dataset, question: Question) -> Answer:
    """`/releases/{version}.zip`: a release as it was published, which never changes."""
    version = question.path["version"]
    there = releases.published(data.folder).set_index("version")["path"]
    if version not in there.index:
        raise no_such("release", version, list(there.index), "version")
    return Answer(there[version].read_bytes(), ZIP, f"stances-{version}.zip", YEAR)


def chart_picture(data: Dataset, question: Question) -> Answer:
    """`/pictures/{chart}.svg` and `.png`: a chart of a page, with title and source around it."""
    name, _, ending = question.path["name"].rpartition(".")
    if name not in CHARTS or ending not in ("svg", "png"):
        known = [f"{chart}.{form}" for chart in CHARTS for form in ("svg", "png")]
        raise no_such("picture", question.path["name"], known, "chart")
    chart = CHARTS[name]
    of = view.take(view.of_release(data, question.query), PAGES[chart.page], question.query)
    made = chart.make(of)
    mode = of["theme"] or "light"
    if ending == "svg":
        return Answer(made.svg(mode).encode(), "image/svg+xml")
    return Answer(made.png(mode), "image/png")


def levels(data: Dataset, question: Question) -> Answer:
    """`/levels/{domain}.json`: the days on which what the map shows of an actor changes."""
    shown = view.take(view.of_release(data, question.query), FILES["levels"], question.query)
    domain = question.path["domain"]
    known = shown.tracker.codebook.columns
    if domain not in known:
        raise no_such("field", domain, known, "domain")
    record = change_points.levels_record(shown.tracker, domain)
    return Answer(json.dumps(record, ensure_ascii=False, default=str).encode(), JSON)
