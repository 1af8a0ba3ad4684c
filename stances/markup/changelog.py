"""The changelog of the data, and under which licences it may be used, as markup."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from stances import escapes, words
from stances.dataset.days import day_at_start
from stances.dataset.releases import releases
from stances.dataset.tables import Dataset
from stances.links.register import RELEASE
from stances.markup.blocks import heading_html, paragraph_html
from stances.markup.links import page_link
from stances.markup.sources import link_html

HOW_TO_CITE = "How to cite"
CITED_AS_SHOWN = (
    "The figures shown are under your own settings and not the published ones: what you cite says "
    "so."
)
_CHANGELOG = "CHANGELOG.md"
_HEADING, _ITEM = re.compile(r"(#{1,6})\s+(.*)"), re.compile(r"( *)[-*]\s+(.*)")
# An item, and one of a list that stands below an item.
_ITEMS = _OUTER, _BELOW = "item", "item below"
_CODE = re.compile(r"`([^`]+)`")
# The page has its own h1, and h2 above the parts.
_DEEPEST = 6


def licence_parts(data: Dataset) -> Iterator[str]:
    """Yield the licence of the data, and that of the program."""
    yield heading_html("Licences")
    licence = data.about.licence
    text = (
        f"The data may be used under {link_html(licence.url, licence.title, licence.name)}."
        if licence
        else "The dataset names no licence: ask its authors before you use it."
    )
    yield f"<p>{text} The program is under the MIT licence.</p>"


def release_parts(data: Dataset) -> Iterator[str]:
    """Yield the releases that are kept, the newest first, each with the way to the dashboard as it
    was then, and to its files; nothing: none is.
    """
    names = releases(data.folder).names
    if not names:
        return
    yield heading_html("Releases")
    items = "".join(f"<li>{_release(name)}</li>" for name in names)
    yield f'<div class="changelog"><ul>{items}</ul></div>'


def _release(name: str) -> str:
    opens = page_link(None, "./", {RELEASE: name}, "Open the dashboard as of this release")
    files = f'<a href="releases/{name}.zip" download>ZIP</a>'
    return f"{words.day(day_at_start(name))}, <code>{name}</code>. {opens} · {files}"


def changelog_parts(data: Dataset) -> Iterator[str]:
    """Yield the changelog of a dataset, or that it has none."""
    content = data.files.get(_CHANGELOG)
    if content is None:
        yield heading_html("Changelog of the data")
        yield paragraph_html("This dataset has no changelog.")
        return
    yield f'<div class="changelog">{changelog_html(content.decode("utf-8-sig"))}</div>'


def changelog_html(markdown: str) -> str:
    """Return a changelog as markup: headings, lists, paragraphs and code, and a list below an item
    folded into it; whatever else it holds, links and markup among it, is shown as text.
    """
    parts = _join_lines(map(_line, markdown.splitlines()))
    return "".join(
        _list(block) if is_list else _plain(block)
        for is_list, block in groupby(parts, key=lambda part: part[0] in _ITEMS)
    )


def _line(line: str) -> tuple[str, str]:
    """Return of what kind a line is ("": blank), and what it says."""
    if match := _HEADING.fullmatch(line.strip()):
        # One deeper than written: the page's own heading is above.
        return f"h{min(len(match[1]) + 2, _DEEPEST)}", match[2]
    if match := _ITEM.fullmatch(line.rstrip()):
        return _BELOW if match[1] else _OUTER, match[2]
    return ("p", line.strip()) if line.strip() else ("", "")


def _join_lines(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Lines that go on with the one before them joined to it."""
    open_line: tuple[str, str] | None = None
    for kind, content in lines:
        if open_line and kind == "p" and open_line[0] in ("p", *_ITEMS):
            open_line = open_line[0], f"{open_line[1]} {content}"
            continue
        if open_line:
            yield open_line
        open_line = kind, content
    if open_line:
        yield open_line


def _plain(parts: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<{tag}>{_inline(content)}</{tag}>" for tag, content in parts if tag)


def _list(items: Iterable[tuple[str, str]]) -> str:
    text: list[tuple[str, list[str]]] = []
    for kind, content in items:
        if kind == _BELOW and text:
            text[-1][1].append(_inline(content))
        else:
            text.append((_inline(content), []))
    return f"<ul>{''.join(f'<li>{_item(content, below)}</li>' for content, below in text)}</ul>"


def _item(content: str, below: list[str]) -> str:
    inner = "".join(f"<li>{line}</li>" for line in below)
    folded = f"<details><summary>{content}</summary><ul>{inner}</ul></details>"
    return folded if below else content


def _inline(content: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escapes.html(content))
