"""Every page and picture of the real data, on odd days and with odd choices of who."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from stances.dataset.load import Dataset
from stances.links.pages import FILES, MAIN, PAGES
from stances.links.view import take
from stances.pages.registry import CHARTS, page_of
from stances.render import page
from stances.routes import feeds
from stances.routes.pool import Question
from stances.routes.tables import RESOURCES
from tests.render.pages import view

# The first day of all, the newest.
DAYS = ["2010-01-01", ""]
WHO = {"actor": ["POL", "EU", "POL,CHN,EU+", "all"], "group": ["NATO", "all", "EU+"]}
SEEN = re.compile(
    r'<style\b.*?</style>|<script\b.*?</script>|(?:aria-label|title|alt)="([^"]*)"', re.DOTALL
)
NONSENSE = re.compile(
    r"\bnan\b|\bNone\b(?! of )|\bNaT\b|<NA>|Traceback|[{}]|\(\)|\[\]|\bundefined\b"
    r"|\b1 (?:countries|rules|events|acts|governments|members|sources|scores)\b"
)
DOUBLED = re.compile(r"\b([A-Za-z]{2,}) \1\b")
HEADINGS = re.compile(r"<(h[1-4]|p|title|figcaption|caption)\b[^>]*>(.*?)</\1>", re.DOTALL)


def queries(path: str, day: str) -> Iterator[dict[str, str]]:
    """Yield what a page is asked on a day: nobody named, then each choice that it has a name for,
    on the first day the first alone.
    """
    taken = PAGES[path].parameters
    asked = {"to" if "to" in taken else "as_of": day} if day else {}
    yield asked
    for name, choices in WHO.items():
        if name in taken:
            yield from ({**asked, name: who} for who in choices[: 1 if day else 4])


def faults(html: str) -> Iterator[str]:
    """Yield what no page may say, with what stands around it."""
    told = " | ".join(unescape(label) for label in SEEN.findall(html) if label)
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", SEEN.sub("", html))).split())
    for said in (told, text):
        for found in NONSENSE.finditer(said):
            yield said[max(0, found.start() - 40) : found.end() + 40]
    for kind, inside in HEADINGS.findall(html):
        said = " ".join(unescape(re.sub(r"<[^>]+>", "", inside)).split())
        if found := DOUBLED.search(said):
            yield f"{found[0]!r} in {said!r}"
        if not said and kind != "p":
            yield f"an empty {kind}"


@pytest.mark.parametrize("who", ["", "EU+", "FIN"])
def test_the_calendar_of_rules_has_all_dates_of_their_page(real: Dataset, who: str) -> None:
    shown = view(real, "acts", **({"actor": who} if who else {}))
    blocks = {block.id: block.data for block in page_of(shown).blocks}
    dates = len(blocks["dates"]["frame"]) + len(blocks["others"]["frame"])
    address = urlsplit(blocks["dates"]["href"])
    calendar = feeds.calendar(real, Question({}, parse_qs(address.query), shown.site))
    assert calendar.content.count(b"BEGIN:VEVENT") == dates > 0


@pytest.mark.parametrize("day", DAYS)
def test_every_page_and_picture_is_made_and_says_no_nonsense(real: Dataset, day: str) -> None:
    found = []
    for path in MAIN:
        for asked in queries(path, day):
            shown = view(real, path, **asked)
            address, drawn = f"/{path} {asked}", {"page": lambda shown=shown: page.html(shown)}
            pictures = {name: entry for name, entry in CHARTS.items() if entry.page == path}
            drawn |= {n: lambda e=e, shown=shown: e.make(shown).svg() for n, e in pictures.items()}
            for what, draw in drawn.items():
                try:
                    found += [f"{address} {what}: {fault}" for fault in {*faults(draw())}]
                except Exception as error:  # all of them are told at once
                    found.append(f"{address} {what}: {error!r}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("asked", [{}, {"as_of": "2019-03-04"}, {"domain": "diplomacy"}])
def test_the_rows_of_a_table_to_download_are_those_of_its_file(
    real: Dataset, asked: dict[str, str]
) -> None:
    blocks = {block.id: block.data for block in page_of(view(real, "data", **asked)).blocks}
    counted = {}
    for _, _, row_count, links in blocks["files"]["rows"]:
        address = urlsplit(links[0][1])
        name = address.path.partition(".")[0]
        query = parse_qs(address.query)
        if name.startswith("snapshots/"):
            name, _, query["as_of"] = name.partition("/")
        counted[name] = row_count, query
    for resource in RESOURCES:
        rows, query = counted[resource.name]
        assert rows == len(resource.make(take(real, FILES[resource.name], query))), resource.name
