"""The page of data and method: how large the dataset is, and all of its files."""

from __future__ import annotations

from stances import escapes
from stances.answers import snapshot
from stances.answers.citing import citation
from stances.answers.coverage import data_headline
from stances.dataset.schema import TABLE_NAMES, tables
from stances.markup.headline import headline_html
from stances.markup.table import table_html
from stances.parameters import SECTIONS
from stances.plain.view import View


def data_html(view: View) -> str:
    """The whole page; its files stand at the foot of it, as of each page."""
    lead = headline_html(*data_headline(view.tracker.data))
    if view.embedded:
        return lead
    return f"{lead}{_sections(view)}{_contents(view)}{_columns()}{_cite(view)}"


def _sections(view: View) -> str:
    links = " · ".join(view.link("data", told, section=code) for code, told in SECTIONS.items())
    return f'<p class="sections">{links}</p>'


def _contents(view: View) -> str:
    data = view.tracker.data
    described = tables(data.codebook, data.today)
    rows = [
        (
            f'<a href="tables/{described[name].file}"><code>{described[name].file}</code></a>',
            f"{len(getattr(data, name)):,}",
            escapes.html(described[name].description),
        )
        for name in TABLE_NAMES
    ]
    return table_html("Tables of the dataset", ("File", "Rows", "What"), rows, numbers=(1,))


def _columns() -> str:
    rows = [
        (f"<code>{escapes.html(name)}</code>", escapes.html(meaning))
        for name, meaning in snapshot.SNAPSHOT_COLUMNS.items()
    ]
    return table_html("Columns of a snapshot", ("Column", "Meaning"), rows)


def _cite(view: View) -> str:
    data = view.tracker.data
    cited = citation(data, view.day, data.today, view.tracker.own_settings)
    return f'<h2 class="finding">To cite it</h2><p>{escapes.html(cited)}</p>'
