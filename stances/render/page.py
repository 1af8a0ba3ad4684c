"""A whole page before any script: the name, the ways to other pages, what the page says, and files.

It looks like the dashboard, which takes its place (`seams/first_words.js`); without scripts it
stays. Everything from the data is escaped.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from stances import escapes, words
from stances.answers.introduction import beyond, data_to
from stances.links.register import REGISTER, page_titles
from stances.links.view import View
from stances.markup.legend import source_html
from stances.markup.links import introduction_html
from stances.markup.notices import notice_html, release_notice_html, settings_notice_html
from stances.pages.register import BLOCKS
from stances.render.files import files_html, share_html
from stances.render.html import blocks_html
from stances.render.settings import LIVE_VIEW, settings_html
from stances.render.style import style_html

_STYLE = Path(__file__).with_suffix(".css")
_FINDING = re.compile(r'<h1 class="headline"[^>]*>(.*?)</h1>')


def page_html(view: View, notices: Sequence[str] = ()) -> str:
    """Return what a page says for its address. `notices`: on the data, see `refused_data`."""
    later = beyond(view.tracker.data, view.day)
    text = "".join(map(notice_html, filter(None, (*notices, *view.refused, later))))
    body = blocks_html(BLOCKS[view.page](view))
    if view.embedded:
        inside = f"<main>{text}{body}{_foot(view)}</main>"
    else:
        below = release_notice_html(view) if view.published.data.release else ""
        below += settings_notice_html(view.tracker) if view.tracker.settings else ""
        inside = (
            f"{_head(view)}<main>{text}{below}{settings_html(view)}{body}{_source(view)}</main>"
            f"<footer>{files_html(view, body)}"
            f"<p>{escapes.html(data_to(view.tracker.data))}.</p></footer>"
        )
    inside += _LIVE
    kind = f"of-{view.page or 'map'}{' embedded' if view.embedded else ''}"
    scheme = f' data-theme="{view.theme}"' if view.theme else ""
    return f'<div id="words" class="{kind}"{scheme}>{_styles(view.page)}{inside}</div>'


def missing_html(view: View) -> str:
    """Return what is said where there is no page, with links to all pages and their subjects."""
    pages = "".join(
        f"<li>{view.link(page, title)}: {escapes.html(words.within(REGISTER[page].about))}</li>"
        for page, title in page_titles(view.tracker.data).items()
    )
    return (
        f'<div id="words" class="missing">{_styles("")}<header>{_page_links(view)}</header><main>'
        '<h1 class="headline">There is no page at this address</h1>'
        f'<p class="subtitle">The pages are:</p><ul>{pages}</ul></main></div>'
    )


def _styles(page: str) -> str:
    """Return the style of all pages, and that which a page has of its own."""
    of_page = _STYLE.with_stem(page or "map")
    return style_html(*(sheet for sheet in (_STYLE, of_page) if sheet.is_file()))


def finding_of(html: str) -> str:
    """Return what a page finds, from its `page_html`, as escaped text; maybe empty."""
    match = _FINDING.search(html)
    return match[1] if match else ""


def _head(view: View) -> str:
    """Return the name of the tracker, the pages, and the line on what it is."""
    links = _page_links(view, view.page, share_html(view))
    return f"<header>{links}{introduction_html(view.tracker)}</header>"


def _page_links(view: View, here: str | None = None, more: str = "") -> str:
    """Return the name of the tracker, and links to the pages. `here`: the one that is read, None:
    none of them; `more`: what stands behind them.
    """
    links = "".join(
        view.link(page, title, _HERE if page == here else "")
        for page, title in page_titles(view.tracker.data).items()
    )
    site = escapes.html(view.tracker.data.about.title)
    return f'<p class="site">{site}</p><nav aria-label="Pages">{links}{more}</nav>'


_HERE = ' aria-current="page"'


def _source(view: View) -> str:
    """Return the source line; the map has it under its legend."""
    return source_html(view.tracker) if view.page else ""


def _foot(view: View) -> str:
    """Return the source line of a frame, and the way to the whole page."""
    whole = view.link(view.page, "Open the full view", _APART)
    live = f'<button type="button" data-live>{LIVE_VIEW}</button>'
    return f'<div class="foot">{_source(view)}<p class="source">{whole} {live}</p></div>'


_APART = ' target="_blank"'
# Where it is told that the live view starts.
_LIVE = '<p id="live" role="status"></p>'
