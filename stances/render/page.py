"""A page as HTML: its pieces, one under another, as the live view draws them too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from stances import words
from stances.answers import citations
from stances.links.pages import MAIN, PAGES, RECORDS
from stances.links.view import View
from stances.pages.block import Block, Control, Page
from stances.pages.registry import page_of
from stances.pages.shared import cleared, formats, taken_along
from stances.render.environment import context, drawn, environment

# Controls that are fields of a form.
_FIELDS = ("select", "day", "search")
# The column on the right of each pair.
_SECOND = ("narrow", "right")
_GRIDS = {"wide": "front", "narrow": "front", "left": "two", "right": "two"}


class Section(NamedTuple):
    """A piece of a page: safe HTML; `live`: what the live view draws in its place ("" nothing);
    `follows`: whether it changes with the day.
    """

    id: str
    html: str
    live: str = ""
    follows: bool = True


def html(view: View) -> str:
    """Return the whole page without scripts: masthead, controls, headline, blocks, foot."""
    page = page_of(view)
    parts = {
        "sections": pieces(page, view),
        "placed": lambda section: Markup(placed(section)),
        "page": page,
        "action": cleared(view),
        "hidden": taken_along(view, [c for c in page.controls if c.kind in _FIELDS]),
        "honesty": Markup(honesty_html(view)),
    }
    return drawn("page", context(view) | parts)


def control_html(view: View, control: Control) -> str:
    """Return one control, as the line above the headline has it."""
    macros = environment().get_template("control.html").make_module(context(view))
    return str(macros.control(control))  # type: ignore[attr-defined]


def honesty_html(view: View) -> str:
    """Return who scored, and the day of the data: it stands right of the controls."""
    method, (said, covered) = view.link("data", anchor="method"), _honesty(view)
    return drawn("honesty", {"method": method, "said": said, "covered": covered})


def _honesty(view: View) -> tuple[str, str]:
    said = "Machine-scored" if view.tracker.about.scored else "How it is scored"
    return said, f"data to {words.day(view.tracker.data.opening_day)}"


def placed(section: Section) -> str:
    """Return a piece in the element by which scripts find it and put a newer one in its place."""
    more = " data-follows" if section.follows else ""
    # Who listens hears what another choice comes to.
    more += ' aria-live="polite"' if section.id == "headline" else ""
    return f'<div class="sec" id="s-{section.id}"{more}>{section.html}</div>'


def pieces(page: Page, view: View) -> list[Section]:
    """Return the pieces of a page: "top", then the rest in their order down to "foot"."""
    shared = context(view)
    made = []
    if not view["embed"]:
        made.append(Section("top", drawn("masthead", shared | _masthead(page, view))))
    told = {"headline": page.headline, "refused": view.refused}
    made.append(Section("headline", drawn("headline", shared | told)))
    for blocks in _rows(page):
        live = next((block.live for block in blocks if block.live), "")
        follows = any(block.follows for block in blocks)
        made.append(Section(blocks[0].id, _row(blocks, shared), live, follows))
    licence = view.tracker.about.licence
    is_record = view.page in RECORDS
    version = {"version": view.tracker.data.version, "licence": licence, "record": is_record}
    return [*made, Section("foot", drawn("foot", shared | version), follows=False)]


def _rows(page: Page) -> Iterator[list[Block]]:
    """Yield the blocks that lie side by side, each other one alone."""
    row: list[Block] = []
    for block in page.blocks:
        goes_on = block.column and row and row[-1].column
        if row and not (goes_on and (block.column == row[-1].column or block.column in _SECOND)):
            yield row
            row = []
        row.append(block)
    if row:
        yield row


def _row(blocks: list[Block], shared: dict[str, Any]) -> str:
    """Return one block alone, or those that lie side by side in their columns."""

    def draw(block: Block) -> str:
        return drawn(block.kind, shared | dict(block.data))

    if not blocks[0].column:
        return draw(blocks[0])
    columns = groupby(blocks, key=lambda block: block.column)
    inside = "".join(f"<div>{''.join(map(draw, column))}</div>" for _, column in columns)
    record = " record" if shared["view"].page in RECORDS else ""
    return f'<div class="{_GRIDS[blocks[0].column]}{record}">{inside}</div>'


def _masthead(page: Page, view: View) -> dict[str, Any]:
    current = {"e": "events", "a": "acts"}.get(view.page, view.page)
    return {
        "pages": [(path, PAGES[path].title) for path in MAIN],
        "current": current,
        "share": _share(page, view),
    }


def _share(page: Page, view: View) -> dict[str, Any]:
    tracker, today = view.tracker, view.tracker.data.today
    cited = f"{page.headline} ({page.paper})", view.shared, today
    files = []
    if page.picture:
        said, name = page.picture
        pictures = [(end.upper(), view.file(f"pictures/{name}", end)) for end in ("png", "svg")]
        files.append((said, pictures))
    if page.file:
        said, name = page.file
        files.append((said, [link for link in formats(view, name) if link[0] != "Parquet"]))
    between = "&" if "?" in view.shared else "?"
    frame = f"{view.shared}{between}embed=true"
    return {
        "text": citations.citation(tracker, *cited),
        "bibtex": citations.bibtex(tracker, *cited),
        "files": files,
        "embed": drawn("frame", {"address": frame, "title": page.headline}),
        "day": words.day(view["to"] if "to" in view.entry.controls else view.day),
        "follow": [
            (f"New events: {page.scope}", "Feed", view.file("feed", "atom", **page.only)),
            (f"Dates: {page.scope}", "Calendar", view.file("deadlines", "ics", **page.only)),
        ],
    }


def head(view: View) -> str:
    """Return what stands in the head of the document: title, canonical address, previews, feed,
    what a printed sheet says of itself, and JSON-LD of the dataset.
    """
    page, tracker = page_of(view), view.tracker
    about, data = tracker.about, tracker.data
    licence = f", {about.licence.name.replace('-', ' ')}" if about.licence else ""
    name = page.picture[1] if page.picture else "map"
    scored = ", ".join(_honesty(view) if about.scored else _honesty(view)[1:])
    parts = {
        "window": view.title,
        "canonical": view.canonical,
        "description": page.headline,
        "image": view.absolute(view.file(f"pictures/{name}", "png")),
        "feed": view.file("feed", "atom", **page.only),
        "left": _css(f"{about.title}: {page.paper}. {words.capital(scored)}"),
        "right": _css(f"Version {data.version}{licence}"),
        "dataset": Markup(_dataset(view)),
    }
    return drawn("head", context(view) | parts)


def _css(text: str) -> Markup:
    """Return a text as CSS has it in quotes, which no text can leave."""
    return Markup("".join(c if c.isalnum() or c in " ,.:-" else f"\\{ord(c):x} " for c in text))


def _dataset(view: View) -> str:
    """Return what search engines are told of the dataset (schema.org), for a script element."""
    about, data = view.tracker.about, view.tracker.data
    said = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": about.title,
        "description": about.description,
        "url": view.absolute(view.link("")),
        "version": data.version,
        "keywords": list(about.keywords),
        "creator": [{"@type": "Organization", "name": name} for name in about.authors],
        "temporalCoverage": f"{data.codebook.first_date}/{data.opening_day}",
        "license": about.licence.url if about.licence else None,
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": view.absolute(view.file("tables/all", "zip")),
        },
    }
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
