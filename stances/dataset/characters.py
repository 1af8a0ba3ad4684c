"""Characters that are not what they seem: unseen ones, and one letter in several forms."""

from __future__ import annotations

import re
import unicodedata

# Line breaks, other control characters, the marks that turn the direction of a text around, and the
# rest of what XML, and so the feed, cannot hold.
UNPRINTABLE = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
# What takes no room or leaves it blank: soft hyphen, joiners and marks of direction, fillers,
# variation selectors, the Braille blank, tags. A text may need some of them, a name none.
_UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
UNSEEN = f"[{_UNSEEN}]"
# Nothing but these and blanks.
BLANK = rf"[\s{_UNSEEN}]*"
_BLANK = re.compile(BLANK)


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen."""
    return _BLANK.fullmatch(text) is not None


def one_form(text: str) -> str:
    """A name in the form by which names are compared: one way to write each letter, and what only
    looks other, as full-width letters and ligatures do, as what it stands for (NFKC).
    """
    return unicodedata.normalize("NFKC", text)
