"""The markup of pages: escaped once, links that lead somewhere, forms that say what they mean."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from stances.dataset.faults import DataFaults
from stances.dataset.load import Dataset, load
from stances.links.pages import PAGES, RECORDS
from stances.links.view import read
from stances.pages.registry import page_of
from stances.render import page
from stances.render.environment import context, environment
from stances.tables.col import Col
from tests.conftest import TODAY
from tests.render.pages import SITE, documents, drawn, view

HOSTILE = "<img src=x onerror=alert(1)>\"'&"
VOID = {"meta", "link", "input", "img", "br"}


class Shape(HTMLParser):
    """Holds that elements are closed in order, and collects what has an id, a name, an address."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.named: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found and "defs" not in self.open:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append((found.get("href", ""), found.get("aria-label", "")))
        if tag in ("input", "select") and "name" in found:
            self.named.append(found["name"])
            assert found.get("type") == "hidden" or found["aria-label"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def shape(html: str) -> Shape:
    found = Shape()
    found.feed(html)
    assert not found.open
    return found


def test_pages_are_well_formed_and_each_id_is_one(real: Dataset) -> None:
    for path, query in documents(real).items():
        ids = shape(drawn(real, path, **query)).ids
        assert len(ids) == len(set(ids)), path


def test_links_lead_to_views_that_can_be_read(real: Dataset) -> None:
    seen = set()
    for path, query in documents(real).items():
        for href, _ in shape(drawn(real, path, **query)).links:
            parts = urlsplit(unescape(href))
            place = parts.path.removeprefix("../").removeprefix("./")
            page_path, _, record = place.partition("/")
            if parts.netloc or page_path not in PAGES or (page_path, parts.query) in seen:
                continue
            seen.add((page_path, parts.query))
            asked = parse_qs(parts.query)
            if page_path in RECORDS:
                asked[RECORDS[page_path]] = [record]
            assert not read(real, page_path, asked, SITE).refused, href
    assert len(seen) > 200


def test_links_of_one_name_are_told_apart(real: Dataset) -> None:
    for path, query in documents(real).items():
        html = drawn(real, path, **query)
        assert not re.search(r"<a [^>]*href=\"[^\"]*\"[^>]*></a>", html), path


def test_forms_send_parameters_of_their_page(real: Dataset) -> None:
    for path, query in documents(real).items():
        assert set(shape(drawn(real, path, **query)).named) <= {*PAGES[path].parameters}


def test_a_form_takes_along_what_it_has_no_control_for(real: Dataset) -> None:
    html = drawn(real, "", view="world", basis="acts")
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)"', html))
    assert hidden == {"view": "world", "basis": "acts"}
    chosen = {"domain": "trade", "status": "ended", "q": "Huawei", "page": "2"}
    register = drawn(real, "acts", **chosen).split("<form")[2]
    assert set(re.findall(r'type="hidden" name="(\w+)"', register)) == {"domain", "status"}
    days = drawn(real, "data", basis="acts", as_of="2020-01-01").split("<form")[-1]
    assert re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', days) == [("basis", "acts")]


def test_days_of_a_table_are_sorted_as_days(real: Dataset) -> None:
    days = re.findall(r'class="when" data-sort="([^"]*)"', drawn(real, "events"))
    assert len(days) == 25 and days == sorted(days, reverse=True)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)


def test_a_count_has_no_sign_and_a_score_has_one(six: Dataset) -> None:
    macros = environment().get_template("col.html").make_module(context(view(six, "")))
    cells = [macros.cell(Col("n", "whole", "", "N", of), {"n": 1430}) for of in ("count", "figure")]
    assert [re.sub("<.*?>", "", cell).strip() for cell in cells] == ["1,430", "+1430"]


def test_what_is_chosen_is_selected(real: Dataset) -> None:
    html = drawn(real, "events", instrument="law", actor="POL", **{"from": "2019-01-01"})
    assert '<option value="law" selected>' in html and '<option value="POL" selected>' in html
    assert 'value="1 Jan 2019"' in html
    assert re.search(r"<h1>\d+ events: Poland, Law, 1 Jan 2019 to", html)


def test_a_filter_without_a_control_can_be_taken_away(real: Dataset) -> None:
    html = drawn(real, "events", level="-3", group="EU")
    assert 'aria-label="Remove Exclude"' in html and 'aria-label="Remove EU 27"' in html


def test_texts_of_the_data_are_escaped(folder: Path) -> None:
    places = {
        "events": ("Arcadia bars Acme", "Acme, left alone"),
        "acts": ("Roads order", "No road may be built"),
        "sources": ("Arcadian Gazette", "Orders of the Ministry"),
        "actors": ("Republic of Arcadia", "Arcadia,state"),
    }
    for table, texts in places.items():
        path = folder / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        for place in texts:
            first, _, rest = place.partition(",")
            assert place in text
            hostile = HOSTILE.replace(chr(34), "")
            text = text.replace(place, f"{first} {hostile},{rest}".rstrip(","), 1)
        path.write_text(text, encoding="utf-8")
    data = load(folder, TODAY)
    for name, query in documents(data).items():
        shown = view(data, name, **query)
        for html in (page.html(shown), page.head(shown)):
            assert "<img" not in html, name
            shape(html)


def test_what_the_edition_says_of_itself_cannot_leave_its_script(folder: Path) -> None:
    about = folder / "about.toml"
    text = about.read_text(encoding="utf-8")
    about.write_text(text.replace("Where three", "</script><img src=x> three"), encoding="utf-8")
    head = page.head(view(load(folder, TODAY), ""))
    assert "<img" not in head and head.count("</script>") == 1


def test_a_doi_is_cited_and_told_to_search_engines_where_there_is_one(folder: Path) -> None:
    about = folder / "about.toml"
    text = about.read_text(encoding="utf-8")
    seen = view(load(folder, TODAY), "")
    assert "doi" not in (page.head(seen) + page.html(seen)).lower()

    about.write_text(f'doi = "10.5281/zenodo.123"\n{text}', encoding="utf-8")
    seen = view(load(folder, TODAY), "")
    address = "https://doi.org/10.5281/zenodo.123"
    assert f'"identifier": "{address}"' in page.head(seen)
    html = page.html(seen)
    assert f"CC0-1.0. {address}. Accessed" in html
    assert "doi = {10.5281/zenodo.123}" in html

    about.write_text(f'doi = "{address}"\n{text}', encoding="utf-8")
    with pytest.raises(DataFaults, match=r"doi: .* a DOI without its address"):
        load(folder, TODAY)


def test_the_pieces_of_a_page_begin_at_the_top_and_end_at_the_foot(real: Dataset) -> None:
    for path, query in [*documents(real).items()][:2]:
        shown = view(real, path, **query)
        pieces = page.pieces(page_of(shown), shown)
        assert pieces[0].id == "top" and pieces[-1].id == "foot"
        assert len({piece.id for piece in pieces}) == len(pieces)
        html = drawn(real, path, **query)
        assert all(f'id="s-{piece.id}"' in html for piece in pieces)
        assert [piece.live for piece in pieces if piece.live] == [path or "map"]


def test_a_frame_has_neither_navigation_nor_controls(real: Dataset) -> None:
    html = drawn(real, "members", embed="true")
    assert "<nav" not in html and "<form" not in html and "<h1>" in html
    assert 'class="page dark"' in drawn(real, "members", embed="true", theme="dark")


def test_the_head_tells_of_this_view(real: Dataset) -> None:
    head = page.head(view(real, "members", group="NATO", as_of="2024-01-01"))
    canonical = f'<link rel="canonical" href="{SITE}members?group=NATO&amp;as_of=2024-01-01">'
    assert canonical in head
    assert re.search(r'og:image" content="[^"]+pictures/groups.png\?', head)
    assert '"@type": "Dataset"' in head
    assert "NATO" in head[head.index("@bottom-left") :]
