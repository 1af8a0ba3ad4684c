"""Data: how to get it, and whether it can be trusted."""

from __future__ import annotations

from collections import Counter
from typing import Any

from stances import words
from stances.answers import acts, changes, events, quality
from stances.answers.tracker import EVERYONE
from stances.dataset import releases
from stances.dataset.codebook import OVERALL
from stances.links.pages import FILES
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Page

_YEAR = 365


def page(view: View) -> Page:
    """Return the downloads, the method in three boxes, the scale and the releases."""
    tracker = view.tracker
    published = releases.published(tracker.data.folder)
    day, action = shared.control(view, "as_of"), view.link("data", as_of=None)
    buttons = [
        (view.file("tables/all", "zip"), "Download all, ZIP", "btn fill"),
        (view.file("openapi", "json"), "API", "btn"),
    ]
    return Page(
        headline="Every figure can be downloaded, cited and traced to its source",
        scope="all fields",
        file=(f"Levels on {words.day(view.day)}", "snapshots"),
        paper="Data and method",
        blocks=[
            Block("text", {"parts": buttons, "shape": "acts"}, "download"),
            Block("files", {"rows": _files(view), "control": day, "action": action}, "files"),
            Block("steps", _method(view), "method"),
            Block("levels", {"meaning": tracker.codebook.scale.meaning}, "scale", "left"),
            Block("releases", {"frame": published}, "releases", "right"),
        ],
    )


def _files(view: View) -> list[dict[str, Any]]:
    """Return the tables to download: name, what each holds, how many rows, its formats."""
    tracker, data = view.tracker, view.tracker.data
    actors, columns = len(tracker.actors), len(tracker.codebook.columns)
    months = sum(month <= view.day for month in data.months)
    group, lead = tracker.lead.group, tracker.group_title(tracker.lead.group, view.day)
    year = FILES["changes"].default(tracker, "from", {"to": view.day}), view.day
    done, means = len(changes.done(tracker, *year, OVERALL)), months * len(tracker.groups) * columns
    vague = int((tracker.events["date_precision"] != "day").sum())
    since = f"since {tracker.codebook.first_date.year}"
    holds = "what was said and done" + (f"; {vague} known by month or year" if vague else "")
    rows: list[tuple[str, str, int, str]] = [
        ("Levels on a day", f"{actors} × {columns} fields", actors * columns, "snapshots"),
        ("Levels by month", since, months * actors * columns, "series"),
        ("Means of groups by month", since, means, "groups"),
        ("Members", f"what binds each of {lead}", len(tracker.members(group, view.day)), "members"),
        ("Changes", "what was done in the past year", done, "changes"),
        ("Events", holds, len(events.find(tracker, to=view.day)), "events"),
        ("Rules", "what binds", len(acts.register(tracker, view.day)), "acts"),
        ("Deadlines", "what falls due", len(acts.deadlines(tracker, view.day)), "deadlines"),
        ("Sources", "pages behind the events", len(data.sources), "tables/sources"),
        ("Codings", "every score by every coder", len(data.codings), "tables/codings"),
    ]
    return [
        {"name": name, "holds": holds, "rows": count, "dated": not at, "links": _links(view, file)}
        for at, (name, holds, count, file) in enumerate(rows)
    ]


def _links(view: View, file: str) -> list[tuple[str, str]]:
    """Return the formats of a file of all fields with their addresses, and how it is followed."""
    follow = {"events": ("Feed", "feed", "atom"), "deadlines": ("Calendar", "deadlines", "ics")}
    group = view.tracker.lead.group if file == "members" else EVERYONE
    links = shared.formats(view, file, domain=None, group=group)
    if file in follow:
        said, name, ending = follow[file]
        links.append((said, view.file(name, ending, domain=None)))
    return links


def _method(view: View) -> dict[str, Any]:
    """Return how an event becomes a level, in three boxes, and how far two codings agree."""
    codebook = view.tracker.codebook
    scale, model = codebook.scale, codebook.model
    scored = view.tracker.about.scored
    fades = Counter(k.half_life_days for k in codebook.instruments.values() if not k.binding)
    days = fades.most_common(1)[0][0]
    halves = "each year" if days == _YEAR else f"in {days:g} days"
    ends = words.figure(scale.min, 0), words.figure(scale.max, 0)
    steps = [
        ("Event", "Each statement, law or case has a source."),
        ("Score", f"From {ends[0]} to {ends[1]} by the codebook.{f' {scored}.' if scored else ''}"),
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
