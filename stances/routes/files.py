"""Files that are no answer to a question: the tables as they lie, releases, pictures, levels."""

import re

from stances.answers import change_points
from stances.dataset import releases
from stances.dataset.load import Dataset
from stances.links import view
from stances.links.pages import FILES, PAGES
from stances.links.parameters import PARAMETERS
from stances.pages.registry import CHARTS
from stances.render import document, page
from stances.routes import resource
from stances.routes.feeds import BY_ACCEPT, HTML, PAGE_BY_ACCEPT
from stances.routes.pool import JSON, OPEN, TEXT, YEAR, ZIP, Answer, Question, json_answer
from stances.routes.resource import no_such, versions

CSV = "text/csv; charset=utf-8"
# The name under which all tables come together.
ALL = "all.zip"
# The parameter of who wants the file as it lies, in a browser too.
_RAW = "raw"
# What describes the tables, by file: the title of its page, and what reads its text into parts.
_DOCUMENTS = {
    "FORMAT.md": ("Format of the tables", document.of_markdown),
    "codebook.toml": ("Codebook", document.of_toml),
}
# The parameters that say what a picture is of, beside its day: its name has their values.
_SHOWN = ("group", "actor", "domain", "view")


def table_file(data: Dataset, question: Question) -> Answer:
    """`/tables/{name}`: a file of the data folder, or all of them together."""
    name = question.path["name"]
    if name == ALL:
        content = releases.zip_files(data.files, data.recorded)
        return Answer(content, ZIP, f"stances-{data.version}.zip")
    if name not in data.files:
        raise no_such("table", name, [*data.files, ALL], parameter="table")

    # A browser saves a table, and shows what describes it.
    content = data.files[name]
    if name.endswith(".csv"):
        return Answer(content, CSV, name)
    media = JSON if name.endswith(".json") else TEXT
    # A browser gets some of these as a page (`table_page`).
    headers = {**OPEN, **BY_ACCEPT}
    return Answer(content, media, headers=headers)


def table_page(data: Dataset, question: Question) -> Answer:
    """The same for a browser, which gets what describes the tables as a page with their tables."""
    name = question.path["name"]
    if name not in _DOCUMENTS or _RAW in question.query:
        return table_file(data, question)
    title, read = _DOCUMENTS[name]
    content = page.bare(
        "document",
        view.read(data, "", {}),
        f"{title} – {data.about.title}",
        headline=title,
        parts=read(data.files[name].decode()),
        raw=f"tables/{name}?{_RAW}=true",
        home="../",
    )
    return Answer(content.encode(), HTML, headers=PAGE_BY_ACCEPT)


def all_releases(data: Dataset, _: Question) -> Answer:
    """`/releases.json`: the releases, the newest first."""
    # Where a release lies on the disk is no reader's business.
    published = releases.published(data.folder).drop(columns="path")
    published["address"] = "releases/" + published["version"] + ".zip"
    return json_answer(
        {
            **versions(data),
            "count": len(published),
            "rows": published.to_dict("records"),
        }
    )


def release(data: Dataset, question: Question) -> Answer:
    """`/releases/{version}.zip`: a release as it was published, which never changes."""
    version = question.path["version"]
    published = releases.published(data.folder)
    paths = dict(zip(published["version"], published["path"], strict=True))
    if version not in paths:
        raise no_such("release", version, list(paths), parameter="version")

    content = paths[version].read_bytes()
    name = f"stances-{version}.zip"
    return Answer(content, ZIP, name, max_age=YEAR)


def chart_picture(data: Dataset, question: Question) -> Answer:
    """`/pictures/{chart}.svg` and `.png`: a chart of a page, with title and source around it."""
    file_name = question.path["name"]
    known = []
    for name in CHARTS:
        known += [f"{name}.svg", f"{name}.png"]
    if file_name not in known:
        raise no_such("picture", file_name, known, parameter="chart")

    name, _, ending = file_name.rpartition(".")
    chart = CHARTS[name]
    chart_page = PAGES[chart.page]
    data = view.of_release(data, question.query)
    chart_view = view.take(data, chart_page, question.query)
    picture = chart.make(chart_view)
    # A picture cannot follow the reader's system.
    mode = chart_view["theme"]
    if not mode:
        mode = "light"

    parts = [name]
    for parameter in _SHOWN:
        value = chart_view[parameter]
        # What the page has no parameter for has its default all the same.
        if parameter in chart_page.parameters and value:
            text = PARAMETERS[parameter].write(value)
            parts.append(re.sub(r"[^\w-]+", "-", text, flags=re.ASCII))
    saved_name = resource.file_name(chart_view, "_".join(parts), ending)
    if ending == "svg":
        return Answer(picture.svg(mode).encode(), "image/svg+xml", saved_name)
    return Answer(picture.png(mode), "image/png", saved_name)


def levels(data: Dataset, question: Question) -> Answer:
    """`/levels/{domain}.json`: the days on which what the map shows of an actor changes."""
    data = view.of_release(data, question.query)
    # The view refuses what is no parameter of it, and has the tracker of the basis.
    tracker = view.take(data, FILES["levels"], question.query).tracker
    domain = question.path["domain"]
    domains_and_overall = tracker.codebook.columns
    if domain not in domains_and_overall:
        raise no_such("field", domain, domains_and_overall, parameter="domain")
    return json_answer(change_points.levels_record(tracker, domain))
