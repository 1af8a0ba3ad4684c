"""The way to report an error of an event, an act or an actor: a form, a mail, or a text to copy.

Nothing is kept here: the reader sends it.
"""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from stances import escapes
from stances.links.site import contact_of
from stances.links.view import View

_WORDING = "Report an error or a missing source"
_NOBODY = "No address for reports is named here: send this to whoever gave you the link."
# What the reporter fills in.
_BLANKS = ("What is wrong or missing: ", "A source that shows it (address, publisher, date): ")


def report_html(view: View, code: str, title: str, place: str) -> str:
    """Return the link by which a row is reported, or the text to copy where the dataset names no
    contact. `code`: the id of the row; `place`: its short address under the dashboard.
    """
    if view.embedded:
        return ""
    data = view.published.data
    fields = {"id": code, "version": data.version, "link": f"{view.site}{place}"}
    subject = f"{data.about.title}: {code}"
    lines = [
        title,
        f"Id: {fields['id']}",
        f"Dataset: {data.about.title}, {fields['version']}",
        f"Link: {fields['link']}",
        *_BLANKS,
    ]
    contact = contact_of(data)
    if not contact:
        return _text_html(subject, lines)
    is_mail = contact.startswith("mailto:")
    address = (
        _mail(contact, subject, lines) if is_mail else _form(contact, {"title": subject, **fields})
    )
    link = f'<a href="{escapes.html(address)}" target="_blank" rel="noopener">{_WORDING}</a>'
    to = (
        f"by mail to {contact.removeprefix('mailto:')}"
        if is_mail
        else f"in a form at {urlsplit(contact).hostname}"
    )
    return f'<p class="small report">{link} {escapes.html(to)}</p>'


def _mail(contact: str, subject: str, lines: list[str]) -> str:
    """Return the address of a mail with its subject and its text (RFC 6068)."""
    query = {"subject": subject, "body": "\r\n".join(lines)}
    return f"{contact}?{urlencode(query, quote_via=quote)}"


def _form(contact: str, fields: dict[str, str]) -> str:
    """Return the address of a form with its fields filled in, apart from those that it has."""
    parts = urlsplit(contact)
    present = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    more = {name: text for name, text in fields.items() if name not in present}
    query = "&".join(filter(None, [parts.query, urlencode(more)]))
    return parts._replace(query=query).geturl()


def _text_html(subject: str, lines: list[str]) -> str:
    """Return the text to copy, or to send by a mail to whom the reader chooses."""
    mail = escapes.html(_mail("mailto:", subject, lines))
    text = "<br>".join(map(escapes.html, [subject, *lines]))
    return (
        f'<details class="report"><summary>{_WORDING}</summary><p class="small">{_NOBODY} '
        f'<a href="{mail}">Write a mail</a> '
        '<button type="button" class="copy" data-copy="">Copy this text</button></p>'
        f'<p class="to-copy">{text}</p></details>'
    )
