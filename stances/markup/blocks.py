"""Headings, findings, paragraphs and buttons of the sections of a page, as markup."""

from stances import escapes


def heading_html(text: str) -> str:
    """Return the heading of a part of a section."""
    return f'<h3 class="part">{escapes.html(text)}</h3>'


def finding_html(finding: str, subtitle: str) -> str:
    """Return what a section finds, and under it what it shows."""
    heading = f'<h2 class="finding">{escapes.html(finding)}</h2>'
    return f'{heading}<p class="subtitle">{escapes.html(subtitle)}</p>'


def paragraph_html(text: str, css: str = "") -> str:
    """Return a plain text, escaped."""
    return f'<p class="{css}">{escapes.html(text)}</p>'


def not_among_html(noun: str) -> str:
    """Return that what is open is in no row. `noun`: what it is."""
    return f'<p class="small">Not among the {noun}s found.</p>'


def nothing_html(why: str) -> str:
    """Say why nothing was found."""
    return f'<p class="nothing">{escapes.html(why)}</p>'


# Where an event and an act have their short addresses, and where what pages find lies as text.
EVENTS_FOLDER, ACTS_FOLDER, QUOTES_FOLDER = "e/", "a/", "citations/"
# Where the map lies as a table, by itself.
TABLE_OF_MAP = "positions.html"


# What copies something with its citation is called, and the class of its link.
CITE, CITE_CSS = "Cite", "copy cite"


def copy_link(address: str, wording: str = CITE, spoken: str = "", css: str = CITE_CSS) -> str:
    """Return a link to a text with its citation, which `render/copy.js` copies; without a script it
    is shown. `spoken`: what it is of, for those who hear the page.
    """
    label = f' aria-label="{escapes.html(spoken)}"' if spoken else ""
    return (
        f'<a class="{css}" href="{escapes.html(address)}" rel="nofollow"{label}>'
        f"{escapes.html(wording)}</a>"
    )


# The word of the link is drawn by the style: who selects a table takes the rows alone.
CITE_ROW = f"{CITE} this row"


def row_cite(address: str) -> str:
    """Return what copies a row of a table: the text at an address."""
    return copy_link(address, "", CITE_ROW, CITE_CSS)


def copy_button(
    text: str,
    address: str,
    spoken: str = "",
    wording: str = CITE,
    css: str = CITE_CSS,
) -> str:
    """Return what copies a text and the address of a place under the dashboard, as markup
    (`render/copy.js`); without a script it is a link there. `spoken`: see `copy_link`.
    """
    label = f' aria-label="{escapes.html(spoken)}"' if spoken else ""
    attributes = f'class="{css}" data-copy="{escapes.clipboard(text)}"{label}'
    return f'<a href="{escapes.html(address)}" {attributes}>{escapes.html(wording)}</a>'
