"""Trends: who has moved and when, and how two compare."""

from __future__ import annotations

from typing import Any

from stances import words
from stances.answers import history
from stances.charts import registry as charts
from stances.charts import svg
from stances.links.pages import MOST_LINES
from stances.links.parameters import PARAMETERS
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block, Control, Page


def page(view: View) -> Page:
    """Return the lines of up to six, the table by field, and how many stand at each level."""
    tracker, day, domain = view.tracker, view.day, view.domain
    field = shared.field_of(view)
    names = charts.line_names(view)
    codes = list(names)
    blocks = [
        Block("figure", {"svg": svg.on_page(charts.trends_of(view))}, "lines", live="trends"),
        Block("fields_of", _by_field(view, names), "fields"),
    ]
    if len(codes) != 2:
        blocks.append(Block("figure", _by_year(view), "years"))
    only = list(names.values()) if view.is_set("actor") else ["all"]
    return Page(
        headline=shared.dated(view, history.headline(tracker, codes, domain, day)),
        controls=[*shared.controls(view, "domain", "as_of"), *_since(view), *_chosen(view, names)],
        picture=("Lines as picture", "trends"),
        file=("Levels by month", "series"),
        scope=", ".join([*only, field]),
        only={} if view.is_set("actor") else {"actor": ()},
        paper=", ".join([*only, field, f"{view['from'].year} to {words.day(day)}"]),
        blocks=blocks,
    )


def _since(view: View) -> list[Control]:
    usual = view.entry.default(view.tracker, "from", view.values)
    starts = {usual, view.tracker.codebook.first_date, view["from"]}
    options = [(str(day), f"Since {day.year}") for day in sorted(starts, reverse=True)]
    since = Control("links", "from", "From", str(view["from"]), options)
    return [since] if len(options) > 1 else []


def _chosen(view: View, names: dict[str, str]) -> list[Control]:
    """Return a button for each that was chosen, and the list to add one from."""
    codes, write = tuple(names), PARAMETERS["actor"].write
    made = []
    if view.is_set("actor"):
        rest = {code: tuple(other for other in codes if other != code) for code in codes}
        options = [(write(rest[code]), view.tracker.short[code]) for code in codes if rest[code]]
        made.append(Control("buttons", "actor", "Remove", options=options))
    if not view.is_set("actor") or len(codes) < MOST_LINES:
        kept = codes if view.is_set("actor") else ()
        others = view.entry.options(view.tracker, "actor").items()
        more = [(write((*kept, code)), name) for code, name in others if code not in kept]
        current = write(kept) if kept else ""
        first = "Add" if kept else "Add country or group"
        label = "Add a country or group"
        made.append(Control("select", "actor", label, current, [(current, first), *more]))
    return made


def _by_field(view: View, names: dict[str, str]) -> dict[str, Any]:
    frame = history.by_field(view.tracker, list(names), view.day)
    title = f"By field on {words.day(view.day)}"
    return {"title": title, "names": names, "fields": frame.groupby("domain", sort=False)}


def _by_year(view: View) -> dict[str, Any]:
    drawn = charts.years_of(view)
    return {"title": drawn.title, "svg": svg.on_page(drawn)}
