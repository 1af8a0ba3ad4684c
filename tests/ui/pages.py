"""Pages without a browser: opened at an address by Streamlit's AppTest, and read."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from functools import cache
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from stances.dataset.files import data_folder
from stances.dataset.tables import Dataset
from stances.links.view import view_at
from stances.routes.levels import positions_html
from stances.tables.table import FOLDED
from tests.folders import ROOT
from tests.routes.conftest import client_of

APP = ROOT / "stances" / "ui" / "app.py"

# AppTest looks for components in every installed package, anew for each page: nine tenths of the
# time that a page would take. They stay what they are while the tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def open_page(page: str = "map", /, **query: str | list[str]) -> AppTest:
    """A page at an address (`from_` stands for `from`), run without an exception."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in query.items():
        app.query_params[name.rstrip("_")] = value
    script = f"views/{page}/{page}.py"
    if (APP.parent / script).is_file():
        app.switch_page(script).run()
    else:
        # A page without a file of its own is known by its place in the address.
        app._page_hash = calc_hash(page)
        app.run()
    assert not app.exception
    return app


def quotes(html: str) -> list[str]:
    """Return the addresses of the links of some markup that copy, in their order."""
    links = re.findall(r'<a class="copy cite" href="([^"]*)" rel', html)
    client = client_of(data_folder())
    return [client.get(f"/{unescape(link)}").text.strip() for link in links]


def address(app: AppTest) -> dict[str, str]:
    """The parameters of the address."""
    return {
        name: value if isinstance(value, str) else value[-1]
        for name, value in app.query_params.items()
    }


def pieces(app: AppTest) -> list[str]:
    """The pieces of markup of the page, as they are sent, without what is around each text."""
    bodies = [element.proto.body for element in app.get("html")]
    of_text = re.compile(r'<div class="text">(.*)</div>', re.DOTALL)
    return [match[1] if (match := of_text.fullmatch(body)) else body for body in bodies]


def markup(app: AppTest) -> str:
    """All markup of the page, as it is sent."""
    return "\n".join(pieces(app))


def table_of(app: AppTest, heading: str) -> pd.DataFrame:
    """The texts of the table that has a heading."""
    return table_in(markup(app), heading)


def table_in(html: str, heading: str) -> pd.DataFrame:
    """Return the table under a heading from markup."""
    tables = [
        (_cells(table, "th"), re.findall(r"<tr[^>]*>(<td.*?)</tr>", table))
        for table in re.findall(r'<table class="figures rows".*?</table>', html)
    ]
    [(head, rows)] = [(head, rows) for head, rows in tables if heading in head]
    return pd.DataFrame([_cells(row, "td") for row in rows], columns=head)


def map_table_html(app: AppTest, data: Dataset) -> str:
    """The table of the map, as a script asks for it under the address that the page names."""
    [address] = re.findall('data-table="(.*?)"', markup(app))
    query = dict(parse_qsl(urlsplit(unescape(address)).query))
    return positions_html(view_at(data, "", query))


def numbers(cells: Iterable[str]) -> list[float]:
    """The figures in cells, with or without their labels; a dash, or words alone, is none."""
    result = [re.search(r"[+\N{MINUS SIGN}]?\d+\.\d+$", cell) for cell in cells]
    return [float(each[0].replace("\N{MINUS SIGN}", "-")) if each else math.nan for each in result]


def whole_table(page: str, heading: str, /, **query: str) -> pd.DataFrame:
    """The texts of a table over all of its pages."""
    parts, number = [], 1
    while True:
        app = open_page(page, **query, page=str(number))
        parts.append(table_of(app, heading))
        if ">Next " not in markup(app):
            return pd.concat(parts, ignore_index=True)
        number += 1


def _cells(html: str, tag: str) -> list[str]:
    """The texts of cells, what stands below in one on lines of its own."""
    cells = re.findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", html)
    return [plain(cell.replace(f"<div{FOLDED}>", "").replace("<div", "\n<div")) for cell in cells]


def register(app: AppTest) -> pd.DataFrame:
    """The table of acts, what stands below in a cell as a column of its own."""
    rows = table_of(app, "What it does")
    used = next(name for name in rows if name.startswith("Applied to"))
    below = {
        "What it does": ("Name", "Legal reference"),
        used: ("In practice",),
        "Status": ("In doubt",),
    }
    for column, names in below.items():
        parts = rows[column].str.split("\n", expand=True).reindex(columns=range(len(names) + 1))
        # Columns that no row fills hold numbers: as objects they take texts too.
        rows[[column, *names]] = parts.astype(object).fillna("")
    return rows


def has_rows(app: AppTest) -> bool:
    """Whether the page has a table of rows that open."""
    return '<table class="figures rows"' in markup(app)


def links_here(html: str) -> dict[str, str]:
    """The query of each link in markup that leads to another view in place of this one, by its
    label.
    """
    links = re.findall(r'href="[^"?]*\??([^"]*)" data-here[^>]*>([^<]*)<', html)
    return {label: unescape(query) for query, label in links}


def page_links(app: AppTest) -> dict[str, str]:
    """The query of each link that leads to another page in place of this one, by its label."""
    result = links_here(markup(app))
    return result | {link.proto.label: link.proto.query_string for link in app.get("page_link")}


def links_of(html: str) -> list[tuple[str, dict[str, str]]]:
    """Page and parameters of each link in markup, in their order."""
    result = [urlsplit(unescape(href)) for href in re.findall(r'href="(.*?)"', html)]
    return [(link.path, dict(parse_qsl(link.query))) for link in result]


def plain(html: str) -> str:
    """The text of markup."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def lines(html: str) -> list[str]:
    """The text of markup, a line for each heading, paragraph, item, fact and row of a table."""
    rows = re.sub(r"<tr.*?>(.*?)</tr>", lambda row: f"<p>{_row(row[1])}</p>", html)
    facts = rows.replace("</dt>", ": ").replace("<br>", "; ")
    parts = re.split(r"</(?:h\d|p|dd|li|div|summary|caption)>|(?=<div)", facts)
    return [line for part in parts if (line := plain(part).strip())]


def _row(html: str) -> str:
    """The cells of a row side by side."""
    cells = re.findall(r"<t[dh].*?>(.*?)</t[dh]>", html)
    return " | ".join(escape("; ".join(lines(cell))) for cell in cells)


def lead(app: AppTest) -> str:
    """The markup in which what leads stands, on the Map page beside links that Markdown has not."""
    return markup(app)


def headline(app: AppTest) -> str:
    """Return the headline of the page."""
    [result] = re.findall(r'<h1 class="headline"[^>]*>(.*?)</h1>', lead(app))
    return plain(result)


def subtitle(app: AppTest) -> str:
    """Return what the page shows, and as of when."""
    [shown] = re.findall(r'<p class="subtitle">(.*?)</p>', lead(app))
    return plain(shown)


def subtitle_markup(app: AppTest) -> str:
    """The markup of the lines under what the page finds; one that changes tells so itself."""
    return "".join(re.findall(r'<p class="subtitle"[^>]*>(.*?)</p>', lead(app)))


def notices(app: AppTest) -> list[str]:
    """The lines that tell what could not be used."""
    result = re.findall(r'<p class="notice" role="alert">(.*?)</p>', markup(app))
    return [*map(plain, result), *(warning.value for warning in app.warning)]


def figure_of(app: AppTest, key: str) -> dict[str, Any]:
    """Data and layout of a chart, as they are sent."""
    [chart] = [each for each in app.get("plotly_chart") if each.key == key]
    figure: dict[str, Any] = json.loads(chart.proto.spec)
    return figure


def alt_of(app: AppTest, key: str) -> str:
    """Return the words of a chart for those who cannot see it."""
    [chart] = [each for each in app.get("plotly_chart") if each.key == key]
    return str(chart.proto.alt)
