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
    day = shared.control(view, "as_of")
    action = view.link("data", as_of=None)
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
    tracker = view.tracker
    day = view.day
    data = tracker.data
    fields = len(tracker.codebook.columns)
    levels = len(tracker.actors) * fields
    months = sum(month <= day for month in data.months)
    since = f"since {tracker.codebook.first_date.year}"

    group = tracker.lead.group
    members = len(tracker.members(group, day))
    year_before = FILES["changes"].default(tracker, "from", {"to": day})
    past_year = changes.done(tracker, year_before, day, OVERALL)
    register = acts.register(tracker, day)
    due = acts.deadlines(tracker, day)

    past_events = events.find(tracker, to=day)
    holds = "what was said and done"
    inexact = int((past_events["date_precision"] != "day").sum())
    if inexact:
        holds += f"; {inexact} known by month or year"

    rows: list[tuple[str, str, int, str]] = [
        ("Levels on a day", f"{len(tracker.actors)} × {fields} fields", levels, "snapshots"),
        ("Levels by month", since, months * levels, "series"),
        ("Means of groups by month", since, months * len(tracker.groups) * fields, "groups"),
        ("Members", f"what binds each of {tracker.group_title(group, day)}", members, "members"),
        ("Changes", "what was done in the past year", len(past_year), "changes"),
        ("Events", holds, len(past_events), "events"),
        ("Rules", "in force, to come, ended", len(register), "acts"),
        ("Deadlines", "what falls due", len(due), "deadlines"),
        ("Sources", "pages behind the events", len(data.sources), "tables/sources"),
        ("Codings", "every score by every coder", len(data.codings), "tables/codings"),
    ]
    return [
        {
            "name": name,
            "holds": holds,
            "rows": count,
            # The day is chosen in the first row, for all of them.
            "dated": file == "snapshots",
            "links": _links(view, file),
        }
        for name, holds, count, file in rows
    ]


def _links(view: View, file: str) -> list[tuple[str, str]]:
    """Return the formats of a file of all fields with their addresses, and how it is followed."""
    group = view.tracker.lead.group if file == "members" else EVERYONE
    links = shared.formats(view, file, domain=None, group=group)
    if file == "events":
        links.append(("Feed", view.file("feed", "atom", domain=None)))
    if file == "deadlines":
        links.append(("Calendar", view.file("deadlines", "ics", domain=None)))
    return links


def _method(view: View) -> dict[str, Any]:
    """Return how an event becomes a level, in three boxes, and how far two codings agree."""
    codebook = view.tracker.codebook
    lowest, highest = (words.figure(end, 0) for end in (codebook.scale.min, codebook.scale.max))
    score = f"From {lowest} to {highest} by the codebook."
    if view.tracker.about.scored:
        score += f" {view.tracker.about.scored}."

    # Most kinds of statements fade alike.
    statements = [kind for kind in codebook.instruments.values() if not kind.binding]
    half_life = Counter(kind.half_life_days for kind in statements).most_common(1)[0][0]
    halves = "each year" if half_life == _YEAR else f"in {half_life:g} days"
    weight = words.number(round(codebook.model.binding_weight))
    level = (
        f"A rule holds until replaced, and weighs {weight} statements; a statement halves {halves}."
    )
    return {
        "steps": [
            ("Event", "Each statement, law or case has a source."),
            ("Score", score),
            ("Level", level),
        ],
        "line": f"{quality.agreement_line(view.tracker)}.",
        "links": [
            (view.file("tables/codebook", "toml"), "Codebook"),
            (view.file("tables/FORMAT", "md"), "Format"),
        ],
    }
