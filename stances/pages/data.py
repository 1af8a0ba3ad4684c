"""Data: how to get it, and whether it can be trusted."""

from __future__ import annotations

from statistics import mode
from typing import Any

from stances import words
from stances.answers import acts, agreement, changes, events
from stances.answers.tracker import EVERYONE
from stances.dataset import releases
from stances.dataset.codebook import OVERALL
from stances.links.pages import FILES
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Page
from stances.tables import SNAPSHOT

# So many releases are shown, the others behind a press.
_RELEASES = 2
# Columns whose names do not say what they are.
_TERMS = ("low", "high", "evidence", "certainty")


def page(view: View) -> Page:
    """Return the downloads, the method in three boxes, the scale and the releases."""
    data = view.tracker.data
    # Links with their classes; the tables have no levels and means, which are made of them.
    buttons = [
        (view.file("tables/all", "zip"), "Download all tables, ZIP", "btn fill"),
        (view.file("openapi", "json"), "API", "btn"),
        "without levels and means",
    ]
    # Of what a column holds, the first clause.
    terms = {col.name: col.about.partition(";")[0] for col in SNAPSHOT if col.name in _TERMS}
    # The day is chosen in the first row, for all of them.
    control = shared.control(view, "as_of")
    files = Block(
        "files",
        rows=_files(view),
        control=control,
        action=shared.cleared(view),
        hidden=shared.taken_along(view, [control]),
    )
    return Page(
        headline="Every figure can be downloaded, cited and traced to its source",
        scope="all fields",
        file=(f"Levels on {view.day_in_words}", "snapshots"),
        printed_title="Data and method",
        blocks=[
            Block("text", "download", parts=buttons, shape="acts"),
            files,
            Block("terms", column="left", terms=terms),
            Block(
                "releases",
                column="right",
                most=_RELEASES,
                frame=releases.published(data.folder),
            ),
            _method(view),
            Block("levels", "scale", meaning=data.codebook.scale.meaning),
        ],
    )


def _files(view: View) -> list[tuple[Any, ...]]:
    """Return the tables to download: title, what each holds, how many rows, its formats."""
    tracker = view.tracker
    day = view.day
    data = tracker.data
    field_count = len(tracker.codebook.columns)
    level_count = len(tracker.actors) * field_count
    month_count = sum(month <= day for month in data.months)
    mean_count = month_count * len(tracker.groups) * field_count
    since = f"since {tracker.codebook.first_date.year}"

    group = tracker.lead.group
    year_before = FILES["changes"].default(tracker, "from", {"to": day})
    past_year = changes.done(tracker, year_before, day, OVERALL)

    past_events = events.find(tracker, to=day)
    contents = "what was said and done"
    inexact_count = (past_events["date_precision"] != "day").sum()
    if inexact_count:
        contents += f"; {inexact_count} known by month or year"

    # The name in its address, the title, what it holds, how many rows.
    files = (
        (
            "snapshots",
            "Levels on a day",
            f"{len(tracker.actors)} × {field_count} fields",
            level_count,
        ),
        ("series", "Levels by month", since, month_count * level_count),
        ("groups", "Means of groups by month", since, mean_count),
        (
            "members",
            "Members",
            f"what binds each of {tracker.group_title(group, day)}",
            len(tracker.members(group, day)),
        ),
        ("changes", "Changes", "what was done in the past year", len(past_year)),
        ("events", "Events", contents, len(past_events)),
        ("acts", "Rules", "in force, to come, ended", len(acts.adopted(tracker, day))),
        ("deadlines", "Deadlines", "what falls due", len(acts.deadlines(tracker, day))),
        ("tables/sources", "Sources", "pages behind the events", len(data.sources)),
        ("tables/codings", "Codings", "every score by every coder", len(data.codings)),
        (
            "agreement",
            "Agreement",
            "how far people and machines agree",
            len(agreement.agreement(tracker)),
        ),
    )
    return [(title, holds, count, _links(view, file)) for file, title, holds, count in files]


def _links(view: View, file: str) -> list[tuple[str, str]]:
    """Return the formats of a file of all fields with their addresses, and how it is followed."""
    # The table of members is that of one group: the one that leads.
    group = view.tracker.lead.group if file == "members" else EVERYONE
    links = shared.formats(view, file, domain=None, group=group)
    if file == "events":
        links.append(("Feed", view.file("feed", "atom", domain=None)))
    if file == "deadlines":
        links.append(("Calendar", view.file("deadlines", "ics", domain=None)))
    return links


def _method(view: View) -> Block:
    """Return how an event becomes a level, in three boxes, and how far two codings agree."""
    codebook = view.tracker.codebook
    # With a minus sign, and no digits behind the point.
    lowest = words.figure(codebook.scale.min, 0)
    highest = words.figure(codebook.scale.max, 0)
    score = f"From {lowest} to {highest} by the codebook."
    scored = agreement.scored_by(view.tracker)
    if scored:
        score += f" {scored}."

    # Most kinds of statements fade alike.
    kinds = codebook.instruments.values()
    half_life = mode(kind.half_life_days for kind in kinds if not kind.binding)
    period = "each year" if half_life == 365 else f"in {half_life:g} days"
    weight = words.number(round(codebook.model.binding_weight))
    level = (
        f"A rule holds until replaced, and weighs {weight} statements; a statement halves {period}."
    )
    steps = [
        ("Event", "Each statement, law or case has a source."),
        ("Score", score),
        ("Level", level),
    ]
    links = [
        (view.file("tables/codebook", "toml"), "Codebook"),
        (view.file("tables/FORMAT", "md"), "Format"),
    ]
    agreed = agreement.agreement_line(view.tracker)
    return Block("steps", "method", steps=steps, agreed=agreed, links=links)
