"""Data: how to get it, and whether it can be trusted."""

from __future__ import annotations

from collections import Counter
from typing import Any

from stances import words
from stances.answers import quality
from stances.dataset import releases
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Page

_YEAR = 365
_FORMATS = ("csv", "xlsx", "json")


def page(view: View) -> Page:
    """Return the downloads, the method in three boxes, the scale and the releases."""
    tracker = view.tracker
    return Page(
        headline="Every figure can be downloaded, cited and traced to its source",
        scope="all fields",
        file=(f"Levels on {words.day(view.day)}", "snapshots"),
        paper="Data and method",
        blocks=[
            Block("text", _buttons(view), "download"),
            Block("files", {"rows": _files(view), **_day(view)}, "files"),
            Block("steps", _method(view), "method"),
            Block("levels", {"meaning": tracker.codebook.scale.meaning}, "scale", "left"),
            Block("releases", {"frame": releases.published(tracker.data.folder)}, "releases", "right"),
        ],
    )


def _buttons(view: View) -> dict[str, Any]:
    parts = [
        (view.file("tables/all", "zip"), "Download all, ZIP", "btn fill"),
        (view.file("openapi", "json"), "API", "btn"),
    ]
    return {"parts": parts, "shape": "acts"}


def _day(view: View) -> dict[str, Any]:
    return {"control": shared.control(view, "as_of"), "action": view.link("data", as_of=None)}


def _files(view: View) -> list[dict[str, Any]]:
    """Return the tables to download: name, what each holds, how many rows, its formats."""
    tracker, data = view.tracker, view.tracker.data
    actors, columns = len(tracker.actors), len(tracker.codebook.columns)
    vague = int((tracker.events["date_precision"] != "day").sum())
    since = f"since {tracker.codebook.first_date.year}"
    holds = "what was said and done"
    if vague:
        holds += f"; {vague} known by month or year"
    rows = [
        (
            "Levels on a day",
            f"{actors} × {columns} fields",
            actors * columns,
            "snapshots",
            _FORMATS,
        ),
        ("Levels by month", since, len(data.months) * actors * columns, "series", ("csv", "json")),
        ("Events", holds, len(data.events), "events", _FORMATS),
        ("Rules", "what binds", len(data.acts), "acts", _FORMATS),
        ("Deadlines", "what falls due", len(data.deadlines), "deadlines", _FORMATS),
        ("Sources", "pages behind the events", len(data.sources), "tables/sources", ("csv",)),
        ("Codings", "every score by every coder", len(data.codings), "tables/codings", ("csv",)),
    ]
    return [
        {
            "name": name,
            "holds": holds,
            "rows": count,
            "dated": file == "snapshots",
            "links": [(end.upper(), view.file(file, end)) for end in ends],
        }
        for name, holds, count, file, ends in rows
    ]


def _method(view: View) -> dict[str, Any]:
    """Return how an event becomes a level, in three boxes, and how far two codings agree."""
    codebook = view.tracker.codebook
    scale, model = codebook.scale, codebook.model
    scored = view.tracker.about.scored or "Each event is scored"
    fades = Counter(k.half_life_days for k in codebook.instruments.values() if not k.binding)
    days = fades.most_common(1)[0][0]
    halves = "each year" if days == _YEAR else f"in {days} days"
    ends = words.figure(scale.min, 0), words.figure(scale.max, 0)
    steps = [
        ("Event", "Each statement, law or case has a dated source."),
        (
            "Score",
            f"{scored}, from {ends[0]} to {ends[1]} by the codebook.",
        ),
        (
            "Level",
            f"A rule holds until replaced, and weighs {words.number(round(model.binding_weight))} "
            f"statements; a statement halves {halves}.",
        ),
    ]
    links = [
        (view.file("tables/codebook", "toml"), "Codebook"),
        (view.file("tables/FORMAT", "md"), "Format"),
    ]
    return {"steps": steps, "line": f"{quality.agreement_line(view.tracker)}.", "links": links}
