"""The letter as plain text, as HTML for mail programs, and as a mail (RFC 5322)."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from textwrap import fill

from stances import escapes, words
from stances.answers.letter import Letter, LetterPart
from stances.answers.news_file import NewsItem
from stances.dataset.faults import visible

_WIDTH = 72
# Of seven bits, which every mail server takes.
_POLICY = SMTP.clone(cte_type="7bit")
# Mail programs know no style sheet.
_BODY = "font:16px/1.5 sans-serif;max-width:40em"
_ITEM = "margin:0 0 1em"
_SMALL = "font-size:14px"


def letter_text(letter: Letter, site: str) -> str:
    """Return a letter as plain text. `site`: the dashboard's address, for links; empty: unknown."""
    parts = ["\n".join(_part_lines(part, site)) for part in letter.parts]
    lead, foot = ("\n".join(map(_fill, lines)) for lines in (letter.lead, letter.foot))
    return "\n\n".join([_fill(letter.subject), lead, *parts, f"-- \n{foot}"]) + "\n"


def _part_lines(part: LetterPart, site: str) -> Iterator[str]:
    yield part.title.upper()
    for item in part.items:
        yield ""
        yield _fill(item.sentence)
        # On lines of their own, whole, so that mail programs make links of them.
        if item.source:
            yield f"  {words.on_one_line(item.source.publisher)}: {item.source.url}"
        if address := _address(item, site):
            yield f"  {address}"
    if part.rest:
        yield ""
        yield _fill(part.rest)
    if site and part.listed:
        yield f"  {site}/{part.listed}"


def _fill(text: str) -> str:
    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _address(item: NewsItem, site: str) -> str:
    return f"{site}/{item.page}" if site and item.page else ""


def letter_html(letter: Letter, site: str) -> str:
    """Return a letter as HTML without a style sheet. Arguments as of `letter_text`."""
    title = escapes.html(letter.subject)
    lead = "".join(f"<p>{escapes.html(line)}</p>" for line in letter.lead)
    parts = "".join(_part_html(part, site) for part in letter.parts)
    foot = "".join(f'<p style="{_SMALL}">{escapes.html(line)}</p>' for line in letter.foot)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark"></head>'
        f'<body style="{_BODY}"><main><h1 style="font-size:22px">{title}</h1>{lead}{parts}'
        f"<hr>{foot}</main></body></html>\n"
    )


def _part_html(part: LetterPart, site: str) -> str:
    items = "".join(_item_html(item, site) for item in part.items)
    rows = f'<ul style="padding-left:1.2em">{items}</ul>' if items else ""
    rest = f"<p>{escapes.html(part.rest)}{_listed_html(part, site)}</p>" if part.rest else ""
    return f'<h2 style="font-size:18px">{escapes.html(part.title)}</h2>{rows}{rest}'


def _listed_html(part: LetterPart, site: str) -> str:
    address = escapes.html(f"{site}/{part.listed}")
    return f' <a href="{address}">All of them</a>' if site and part.listed else ""


def _item_html(item: NewsItem, site: str) -> str:
    links = [
        f'<a href="{escapes.html(address)}">{escapes.html(wording)}</a>'
        for address, wording in _links(item, site)
    ]
    below = f'<br><span style="{_SMALL}">{", ".join(links)}</span>' if links else ""
    return f'<li style="{_ITEM}">{escapes.html(item.sentence)}{below}</li>'


def _links(item: NewsItem, site: str) -> Iterator[tuple[str, str]]:
    """Yield the links of an entry: to its best source, and to its page."""
    if item.source:
        yield item.source.url, f"Source: {item.source.publisher}"
    if address := _address(item, site):
        yield address, "Details"


def letter_mail(
    letter: Letter, site: str, moment: datetime, sender: str = "", recipient: str = ""
) -> bytes:
    """Return a letter as a mail of plain text and HTML, to be handed to a mail server. `moment`:
    when it is written; `sender`, `recipient`: addresses, left out where they are empty.
    """
    mail = EmailMessage(policy=_POLICY)
    # A line break would begin another header.
    mail["Subject"] = visible(words.on_one_line(letter.subject))
    if sender:
        mail["From"] = sender
    if recipient:
        mail["To"] = recipient
    mail["Date"] = format_datetime(moment)
    # The same letter is the same mail, however often it is made.
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{letter.subject}/{recipient}")
    mail["Message-ID"] = f"<{name}@{sender.rpartition('@')[2] or 'localhost'}>"
    # So that nobody's absence answers it (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter_text(letter, site))
    mail.add_alternative(letter_html(letter, site), subtype="html")
    return mail.as_bytes()
