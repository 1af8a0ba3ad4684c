"""`digest`: what is new since a day, as a letter."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address

from stances.answers.acts import actors_of
from stances.answers.arguments import valid_value
from stances.answers.letter import Letter, empty_period, letter
from stances.answers.news_file import NewsQuery
from stances.answers.tracker import Tracker
from stances.commands.dataset import dataset_of, link_option, release_options, site_option
from stances.commands.streams import NOTHING_NEW, OK, file_to_write
from stances.dataset.codebook import OVERALL
from stances.dataset.faults import BadInput, inline, of_parameter
from stances.dataset.writing import write_whole
from stances.links.site import named_site
from stances.render.letter import letter_html, letter_mail, letter_text

TEXT = "write what is new since a day as a letter: text, HTML or a mail"
STATUS = "3 nothing is new"
_FORMATS = ("text", "html", "eml")


def options(command: ArgumentParser) -> None:
    """Take the period, of whom, in which form and to whom."""
    release_options(command)
    link_option(command, "since", "DATE", route="/letter", required=True)
    for name, metavar in (("until", "DATE"), ("group", "G")):
        link_option(command, name, metavar, route="/letter")
    link_option(command, "actor", "A", route="/letter", nargs="+", action="extend")
    link_option(command, "domain", "D", f"(default: {OVERALL})", default=OVERALL)
    command.add_argument(
        "--format",
        default=_FORMATS[0],
        metavar="F",
        help=f"{' or '.join(_FORMATS)} (default: text)",
    )
    site_option(command, "for its links")
    command.add_argument("--from", dest="sender", metavar="ADDRESS", help="who sends the mail")
    command.add_argument("--to", dest="recipient", metavar="ADDRESS", help="who gets the mail")
    command.add_argument("--out", metavar="FILE", help="where to (default: the output)")


def run(arguments: Namespace) -> int:
    """Write the letter; where nothing is new, say so and leave with a status of its own."""
    valid_value("--format", arguments.format, _FORMATS)
    sender, recipient = (
        _mail_address(name, getattr(arguments, key))
        for name, key in (("--from", "sender"), ("--to", "recipient"))
    )
    tracker = Tracker(dataset_of(arguments))
    query = _query(tracker, arguments)
    written = letter(tracker, query)
    if written is None:
        sys.stderr.write(f"stances: {empty_period(tracker, query)}\n")
        return NOTHING_NEW
    site = (arguments.site or named_site()).rstrip("/")
    content = _content(written, arguments.format, site, sender, recipient)
    if arguments.out:
        path = file_to_write(arguments.out, "")
        write_whole(path, content)
        sys.stdout.write(f"{path}\n")
    else:
        sys.stdout.write(content.decode())
    return OK


def _query(tracker: Tracker, arguments: Namespace) -> NewsQuery:
    """Return what is asked for. Raises BadInput."""
    data = tracker.data
    with of_parameter("--since"):
        since = data.day(arguments.since)
    with of_parameter("--until"):
        until = data.day(arguments.until or data.today)
    if until < since:
        raise BadInput(f"--until: {until} is before --since, {since}; allowed: that day or later")
    if arguments.group is not None:
        valid_value("--group", arguments.group, tracker.groups)
    for code in arguments.actor or ():
        allowed = [*data.actors["actor"], *tracker.groups]
        valid_value("--actor", code, allowed, tracker.short_names)
    valid_value("--domain", arguments.domain, data.codebook.columns)
    codes, group = arguments.actor or (), arguments.group or ""
    actors = actors_of(data, until, codes)
    return NewsQuery(since, until, actors, group, arguments.domain, codes=codes)


def _mail_address(option: str, text: str | None) -> str:
    """Return an address of mail if it is one. Raises BadInput."""
    try:
        return Address(addr_spec=text).addr_spec if text else ""
    except (ValueError, IndexError, MessageError):
        allowed = "one address, such as desk@example.org"
        raise BadInput(
            f"{option} {inline(text)} is no address of mail; allowed: {allowed}"
        ) from None


def _content(made: Letter, form: str, site: str, sender: str, recipient: str) -> bytes:
    if form == "eml":
        return letter_mail(made, site, datetime.now(UTC), sender, recipient)
    return (letter_html if form == "html" else letter_text)(made, site).encode()
