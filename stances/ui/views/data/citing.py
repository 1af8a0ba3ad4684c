"""The changelog of the data, how to cite it, and under which licences it may be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

import streamlit as st

from stances import escapes
from stances.answers.citing import citation, citation_bibtex, citation_ris
from stances.answers.files import snapshot_name
from stances.answers.tracker import Tracker
from stances.markup.sources import link_html
from stances.ui.parts.blocks import heading, paragraph
from stances.ui.parts.download import download

_CHANGELOG = "CHANGELOG.md"
_FORMATS = citation_bibtex, citation_ris
_HEADING, _ITEM = re.compile(r"(#{1,6})\s+(.*)"), re.compile(r"[-*]\s+(.*)")
_CODE = re.compile(r"`([^`]+)`")
# The page has its own h1, and h2 above the parts.
_DEEPEST = 6


def citing_section(tracker: Tracker, day: date) -> None:
    """Draw how to cite the figures of a day, the licences and the changelog."""
    left, right = st.columns(2, gap="large")
    with left:
        _citations(tracker, day)
        _licences(tracker)
    with right:
        _changelog(tracker)


def _citations(tracker: Tracker, day: date) -> None:
    data, today = tracker.data, tracker.data.today
    heading("How to cite")
    own = tracker.own_settings
    if own:
        paragraph(
            "The figures shown are under your own settings and not the published ones: what you "
            "cite says so."
        )
    st.code(citation(data, day, today, own), language=None, wrap_lines=True)
    name = snapshot_name(data, day, own_settings=bool(own))
    bibtex, ris = (make(data, day, today, own) for make in _FORMATS)
    formats = {
        "BibTeX": (bibtex, "bib", "application/x-bibtex"),
        "RIS": (ris, "ris", "application/x-research-info-systems"),
    }
    for label, (content, ending, mime) in formats.items():
        paragraph(label, "part")
        st.code(content.replace("\r\n", "\n").rstrip("\n"), language=None, wrap_lines=True)
        download(f"Download {label}", content, f"{name}.{ending}", f"cite-{ending}", mime)


def _licences(tracker: Tracker) -> None:
    heading("Licences")
    licence = tracker.data.about.licence
    told = (
        f"The data may be used under {link_html(licence.url, licence.title, licence.name)}."
        if licence
        else "The dataset names no licence: ask its authors before you use it."
    )
    st.markdown(f"<p>{told} The program is under the MIT licence.</p>", unsafe_allow_html=True)


def _changelog(tracker: Tracker) -> None:
    content = tracker.data.files.get(_CHANGELOG)
    if content is None:
        heading("Changelog of the data")
        paragraph("This dataset has no changelog.")
        return
    markup = changelog_html(content.decode("utf-8-sig"))
    st.markdown(f'<div class="changelog">{markup}</div>', unsafe_allow_html=True)


def changelog_html(markdown: str) -> str:
    """A changelog as markup: headings, lists, paragraphs and code; whatever else it holds, links
    and markup among it, is shown as the text that it is. On one line, so that no part of it is
    taken for Markdown again.
    """
    lines = (line.strip() for line in markdown.splitlines())
    return "".join(
        _block(kind, [content for _, content in parts])
        for kind, parts in groupby(_joined(map(_line, lines)), key=lambda part: part[0])
        if kind
    )


def _line(line: str) -> tuple[str, str]:
    """Of what kind a line is ("": blank), and what it says."""
    if found := _HEADING.fullmatch(line):
        # One deeper than written: the page's own heading is above.
        return f"h{min(len(found[1]) + 2, _DEEPEST)}", found[2]
    if found := _ITEM.fullmatch(line):
        return "ul", found[1]
    return ("p", line) if line else ("", "")


def _joined(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Lines that go on with the one before them joined to it."""
    held: tuple[str, str] | None = None
    for kind, content in lines:
        if held and kind == "p" and held[0] in ("p", "ul"):
            held = held[0], f"{held[1]} {content}"
            continue
        if held:
            yield held
        held = kind, content
    if held:
        yield held


def _block(kind: str, contents: list[str]) -> str:
    tag = "li" if kind == "ul" else kind
    inner = "".join(f"<{tag}>{_inline(content)}</{tag}>" for content in contents)
    return f"<ul>{inner}</ul>" if kind == "ul" else inner


def _inline(content: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escapes.html(content))
