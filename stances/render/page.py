"""A page as HTML: its pieces, one under another, as the live view draws them too."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from stances import words
from stances.answers import citations
from stances.answers.agreement import scored_by
from stances.links.pages import RECORDS
from stances.links.view import View
from stances.pages.block import Block, Control, Page
from stances.pages.pictures import version_and_licence
from stances.pages.records import TABLES
from stances.pages.registry import page_of
from stances.pages.shared import cleared, formats, taken_along
from stances.render.environment import context, drawn, environment

# The column on the right of each pair.
_SECOND = ("narrow", "right")
# The class of a pair, by the column on its left.
_GRIDS = {"wide": "front", "left": "two"}


class Section(NamedTuple):
    """A piece of a page. `html`: safe; `live`: what the live view draws in its place (empty:
    nothing); `follows`: whether it changes with the day.
    """

    id: str
    html: str
    live: str = ""
    follows: bool = True


def html(view: View) -> str:
    """Return the whole page without scripts: masthead, controls, headline, blocks, foot."""
    page = page_of(view)
    values = context(view)
    values.update(
        sections=pieces(page, view),
        placed=placed,
        page=page,
        form_action=cleared(view),
        hidden_fields=taken_along(view, page.controls),
        provenance=provenance_html(view),
    )
    return drawn("page", values)


def control_html(view: View, control: Control) -> str:
    """Return one control, as the line above the headline has it."""
    macros = environment().get_template("control.html").make_module(context(view))
    return str(macros.control(control))  # type: ignore[attr-defined]


def provenance_html(view: View) -> Markup:
    """Return who scored, and the day of the data: it stands right of the controls."""
    scored, covered = _provenance(view)
    values = {
        "view": view,
        "scored": scored,
        "covered": covered,
    }
    return Markup(drawn("provenance", values))


def _provenance(view: View) -> tuple[str, str]:
    """Return two phrases: who scored, else the name of the link to it; and the day of the data."""
    tracker = view.tracker
    scored = "Machine-scored" if tracker.about.scored else "How it is scored"
    covered = f"data to {words.day(tracker.data.opening_day)}"
    return scored, covered


def placed(section: Section) -> Markup:
    """Return a piece in the element by which scripts find it and put a newer one in its place."""
    # A script redraws these alone when another date is chosen before the page is live.
    attributes = " data-follows" if section.follows else ""
    # Screen readers read the headline that another choice comes to.
    if section.id == "headline":
        attributes += ' aria-live="polite"'
    return Markup(f'<div class="sec" id="s-{section.id}"{attributes}>{section.html}</div>')


def pieces(page: Page, view: View) -> list[Section]:
    """Return the pieces of a page: "top", then the rest in their order down to "foot"."""
    shared = context(view)
    sections = []
    # In a frame of another page there is no masthead, and no controls come below it.
    if not view["embed"]:
        html = drawn("masthead", shared | _masthead(page, view))
        sections.append(Section("top", html))

    html = drawn("headline", shared | {"headline": page.headline})
    sections.append(Section("headline", html))

    for blocks in _rows(page.blocks):
        # At most one block of a row is live.
        live = "".join(block.live for block in blocks)
        follows = any(block.follows for block in blocks)
        html = _row(blocks, shared)
        # A row is called as its first block.
        section = Section(blocks[0].id, html, live, follows)
        sections.append(section)

    html = drawn("foot", shared)
    sections.append(Section("foot", html, follows=False))
    return sections


def _rows(blocks: Iterable[Block]) -> list[list[Block]]:
    """Return the blocks of each pair of columns in a row of their own, each other one alone."""
    rows: list[list[Block]] = []
    previous_column = ""
    for block in blocks:
        # One of the same column stands under the one before, one of the second column beside it;
        # after the second the first of the next pair begins a new row.
        is_beside = block.column in (previous_column, *_SECOND)
        if previous_column and is_beside:
            rows[-1].append(block)
        else:
            rows.append([block])
        previous_column = block.column
    return rows


def _row(blocks: Sequence[Block], shared: dict[str, Any]) -> str:
    """Return one block alone, or those that lie side by side in their columns. `shared`: the
    `context` of the view.
    """
    columns: dict[str, str] = defaultdict(str)
    for block in blocks:
        values = shared | block.data
        columns[block.column] += drawn(block.kind, values)
    first_column = blocks[0].column
    # Alone, over the whole width.
    if not first_column:
        return columns[""]

    grid = _GRIDS[first_column]
    if shared["view"].page in RECORDS:
        grid += " record"
    inside = "".join(f"<div>{html}</div>" for html in columns.values())
    return f'<div class="{grid}">{inside}</div>'


def _masthead(page: Page, view: View) -> dict[str, Any]:
    """Return the page that is current, what Share and Follow offer (None: nothing), who scored."""
    return {
        # A record belongs to the page whose table has it.
        "current": TABLES.get(view.page, view.page),
        "share": _share(page, view) if page.is_shared else None,
        "scored": scored_by(view.tracker),
    }


def bare(name: str, view: View | None, title: str, **values: Any) -> str:
    """Return a page that is in no register: the masthead of a view, without one where there is no
    data, and a template by its name, filled with `values`.
    """
    sheet = Path(__file__).with_name("style.css")
    style = sheet.read_text(encoding="utf-8")
    own = {"title": title, "style": Markup(style)}
    shared = context(view) if view else {}
    return drawn(name, shared | own | values)


def _share(page: Page, view: View) -> dict[str, Any]:
    """Return what Share and Follow offer: citations, files, a frame, feeds."""
    tracker = view.tracker
    address = view.shared
    finding = f"{page.headline} ({page.printed_title})"

    # Two lines of links at most: the formats of the picture, and of the file.
    files = []
    if page.picture:
        label, name = page.picture
        links = []
        for ending in ("png", "svg"):
            href = view.file(f"pictures/{name}", ending)
            links.append((ending.upper(), href))
        files.append((label, links))
    if page.file:
        label, name = page.file
        # Who works with Parquet finds it on Data.
        links = [link for link in formats(view, name) if link[0] != "Parquet"]
        files.append((label, links))

    between = "&" if "?" in address else "?"
    frame = {
        "address": f"{address}{between}embed=true",
        "title": page.headline,
    }
    feed = view.file("feed", "atom", **page.feed_filter)
    calendar = view.file("deadlines", "ics", **page.feed_filter)
    return {
        "text": citations.citation(tracker, finding, address, tracker.data.today),
        "bibtex": citations.bibtex(tracker, finding, address, tracker.data.today),
        "files": files,
        "embed": drawn("frame", frame),
        "follow": [
            (f"New events: {page.scope}", "Feed", feed),
            (f"Dates: {page.scope}", "Calendar", calendar),
        ],
    }


def head(view: View) -> str:
    """Return what stands in the head of the document: title, canonical address, previews, feed,
    what a printed sheet says of itself, and JSON-LD of the dataset.
    """
    page = page_of(view)
    about = view.tracker.about
    # A page without a picture of its own is previewed by the map.
    picture = "map"
    if page.picture:
        _, picture = page.picture

    scored, covered = _provenance(view)
    # Where nobody is said to have scored, `scored` is a link, which paper cannot follow.
    sources = f"{scored}, {covered}" if about.scored else covered
    printed = f"{about.title}: {page.printed_title}. {words.capital(sources)}"
    image = view.file(f"pictures/{picture}", "png")
    values = context(view)
    values.update(
        page=page,
        image=view.absolute(image),
        feed=view.file("feed", "atom", **page.feed_filter),
        # In the lower margin of every printed sheet.
        print_left=_css_text(printed),
        print_right=_css_text(version_and_licence(view)),
        print_address=_css_text(view.shared),
        dataset=Markup(_dataset(view)),
    )
    return drawn("head", values)


def _css_text(text: str) -> Markup:
    """Return a text as CSS has it in quotes, which no text can leave."""
    # Any other sign as its number in hexadecimal.
    escaped = re.sub(r"[^\w ,.:-]|_", lambda sign: f"\\{ord(sign[0]):x} ", text)
    return Markup(escaped)


def _dataset(view: View) -> str:
    """Return what search engines are told of the dataset (schema.org), for a script element."""
    about = view.tracker.about
    data = view.tracker.data
    archive = view.file("tables/all", "zip")
    dataset = {
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
            "contentUrl": view.absolute(archive),
        },
    }
    if about.doi:
        dataset["identifier"] = about.doi_address
    text = json.dumps(dataset, ensure_ascii=False)
    # So that no title ends the script element.
    return text.replace("<", "\\u003c")
