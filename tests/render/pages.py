"""What the tests of pages share: every page by name, and what a reader sees of one."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from stances.dataset.load import Dataset
from stances.links.pages import RECORDS
from stances.links.view import View, read
from stances.pages.registry import MAKERS
from stances.render import page

SVG = re.compile(r"<svg\b(?:(?!<svg\b).)*?</svg>", re.DOTALL)
SITE = "https://stances.example/"
HIDDEN = re.compile(
    r"<(style|option|script|noscript)\b.*?</\1>|<span class=\"vh\">.*?</span>", re.DOTALL
)


def view(data: Dataset, path: str, **query: str) -> View:
    return read(data, path, query, SITE)


def drawn(data: Dataset, path: str, **query: str) -> str:
    return _drawn(data, path, tuple(query.items()))


@cache
def _drawn(data: Dataset, path: str, query: tuple[tuple[str, str], ...]) -> str:
    return page.html(view(data, path, **dict(query)))


@cache
def head_of(data: Dataset, path: str, query: tuple[tuple[str, str], ...]) -> str:
    return page.head(view(data, path, **dict(query)))


def words_of(html: str) -> str:
    """Return what is to be read of markup, a line for each element that begins one."""
    text, drawings = HIDDEN.sub(" ", html), 1
    while drawings:  # the innermost first
        text, drawings = SVG.subn(" ", text)
    text = re.sub(r"<(h1|h2|p|li|tr|form|div|ul|table|summary|dt|footer)\b", r"\n<\1", text)
    text = re.sub(r"</?(td|th|a|select|time|span|dd|small|button)\b[^>]*>", " ", text)
    lines = [" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in text.split("\n")]
    return "\n".join(re.sub(r" (?=[.,;:)])", "", line) for line in lines if line)


def documents(data: Dataset) -> dict[str, dict[str, str]]:
    """Return an address of every page of the register: its path, then its query."""
    first = {"event": data.events["event_id"].iloc[0], "act": data.acts["act_id"].iloc[0]}
    chosen = {path: {name: str(first[name])} for path, name in RECORDS.items()}
    chosen["actor"] = {"actor": str(data.events["actor"].iloc[0])}
    return {path: {} for path in MAKERS} | chosen
