"""The forms of names and codes: what stands in addresses, in files and in names of files."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlsplit

from stances.dataset.countries import by_two_letters


@dataclass(frozen=True)
class Form:
    """A form that names have: the pattern of a whole name, and the form in words."""

    pattern: str
    text: str

    def fits(self, name: str) -> bool:
        """Say whether the whole of `name` has this form."""
        return re.fullmatch(self.pattern, name) is not None


SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ACTOR_CODE = r"[A-Z]{2,}(?:-[A-Z]{2,})*"
# Latin script is spelt out, as engines of regular expressions differ on what a letter is.
_WORD = "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f0-9]+"

CODE = Form(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", "lower-case letters, digits and single hyphens")
# A group has no code: its name stands between commas in links, in menus and headings.
PLAIN_NAME = Form(
    f"{_WORD}(?:[ -]{_WORD})*", "Latin letters and digits with single spaces or hyphens between"
)

# Letters of any script, with the marks that are written above and below some.
_LETTERS = r"(?:[^\W_]|[\u0300-\u036f\u0900-\u0e7f])+"
CODER_NAME = Form(
    rf"{_LETTERS}(?:(?:[ '\u2019_-]|\. ?){_LETTERS})*\.?",
    "letters and digits with single spaces, hyphens, apostrophes, full stops or low lines between",
)

WEB_ADDRESS = Form(r"https?://[^\s/?#\[\]]+(?:[/?#]\S*)?", "an http or https address")
# A mail has one address, and nothing behind it: what it says is added.
CONTACT = Form(
    r"https://[^\s/?#\[\]]+(?:[/?#]\S*)?|mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    "an https address, or mailto: and an address of mail",
)
# Who reads such an address takes the user for the host. A browser takes a backslash for a slash,
# and so for the end of the host, and small and full-width signs for the plain ones.
_USER = re.compile(r"https?://[^/?#]*[@\ufe6b\uff20\\\ufe68\uff3c]")


def names_user(address: str) -> bool:
    """Say whether a web address has a user, with or without a password, before its host."""
    return _USER.match(address) is not None


def is_contact(address: str) -> bool:
    """Say whether errors can be reported to an address: that of a form has a host to be named."""
    if not CONTACT.fits(address) or names_user(address):
        return False
    try:
        return address.startswith("mailto:") or bool(urlsplit(address).hostname)
    except ValueError:  # one of its signs stands for several, such as a slash among others
        return False


def slug(text: str) -> str:
    """Return `text` as lower-case letters, digits and single hyphens, for names of files."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def did_you_mean(value: object, allowed: Sequence[str], names: Mapping[str, str]) -> str:
    """Return the question after the fault of a wrong code whether the one was meant that is
    spelled, or called, most like it; else nothing. `names`: of codes, as readers know them; of
    countries two letters are known besides, which else are like those of many.
    """
    called = {names[code].casefold(): code for code in allowed if code in names}
    short = {letters: code for letters, code in by_two_letters().items() if code in allowed}
    spelled = short | called | {code.casefold(): code for code in allowed}
    near = get_close_matches(str(value).casefold(), spelled, n=1)
    return f"; did you mean {spelled[near[0]]}?" if near else ""


def event_id_pattern(actor: str) -> str:
    """Return the pattern of the ids of an actor's events. The eight digits are the date as first
    recorded: part of a name that never changes, whatever the date of the event is corrected to.
    """
    return f"{re.escape(actor)}-[0-9]{{8}}-{SLUG}"


def act_id_pattern(actor: str) -> str:
    """Return the pattern of the ids of an actor's acts in the register."""
    return f"{re.escape(actor)}-{SLUG}"
