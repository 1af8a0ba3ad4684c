"""The page of data and method: how large the dataset is, and the section of the address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from stances.answers.coverage import data_headline
from stances.links.parameters import SECTIONS, section_shown
from stances.links.view import View
from stances.markup.headline import headline_html
from stances.render.data.agreement import agreement_html
from stances.render.data.citing import citing_html
from stances.render.data.codebook import codebook_html
from stances.render.data.coverage import coverage_html
from stances.render.data.downloads import downloads_html
from stances.render.data.sensitivity import sensitivity_html
from stances.render.style import style_html

_STYLE = Path(__file__).with_suffix(".css")


def data_html(view: View) -> str:
    """The whole page; further files stand at the foot of it, as of each page."""
    style = style_html(_STYLE)
    if view.embedded:
        return f"{style}{coverage_html(view)}"
    lead = headline_html(*data_headline(view.tracker.data))
    section = section_shown(view.values)
    return (
        f"{style}{lead}{_tabs(view, section)}"
        f'<h2 class="unread">{SECTIONS[section]}</h2>'
        f'<div class="section of-{section}">{_BODIES[section](view)}</div>'
    )


def _tabs(view: View, shown: str) -> str:
    links = "".join(
        view.link("data", told, _HERE if code == shown else "", section=code)
        for code, told in SECTIONS.items()
    )
    return f'<nav class="tabs" aria-label="Sections">{links}</nav>'


_HERE = ' aria-current="page"'
_BODIES: dict[str, Callable[[View], str]] = {
    "downloads": downloads_html,
    "codebook": codebook_html,
    "sensitivity": sensitivity_html,
    "coverage": coverage_html,
    "agreement": agreement_html,
    "citing": citing_html,
}
