"""Characters that are not what they seem: unseen ones, and one letter in several forms."""

import re
import unicodedata

# Line breaks, other control characters, the marks that turn the direction of a text around, and the
# rest of what XML, and so the feed, cannot hold.
UNPRINTABLE = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
# What takes no room or leaves it blank. A text may need some of them, a name none. By numbers, as
# what Python knows of Unicode is of its version.
_UNSEEN = (
    # All that Unicode lets a font leave out (Default_Ignorable_Code_Point): soft hyphen, joiners,
    # marks of direction, fillers, variation selectors, controls of shorthand and of notes, tags.
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff"
    # Other characters of format alone, the sign for an object that is not there, and blanks that
    # count as letters: that of Braille, of Khitan, a note without a head.
    r"\ufff9-\ufffc\U00013430-\U0001343f\u2800\U00016fe4\U0001d159"
)
UNSEEN = f"[{_UNSEEN}]"
# Nothing but these and blanks.
BLANK = rf"[\s{_UNSEEN}]*"
_ONE_UNSEEN, _ONE_BLANK = re.compile(UNSEEN), re.compile(rf"[\s{_UNSEEN}]")
# Most texts have a letter that can be seen, and no more needs to be looked at.
_NO_LETTER = re.compile(rf"[\W{_UNSEEN}]*")


def is_blank(text: str) -> bool:
    """Say whether nothing of a text can be seen. Marks that join letters are nothing alone."""
    return _NO_LETTER.fullmatch(text) is not None and all(
        unicodedata.category(sign).startswith("M") for sign in _ONE_BLANK.sub("", text)
    )


def has_unseen(text: str) -> bool:
    """Say whether there is something in a text that cannot be seen."""
    return _ONE_UNSEEN.search(text) is not None


def one_form(text: str) -> str:
    """Return a name in the form by which names are compared: one way to write each letter, and what
    only looks other, as full-width letters and ligatures do, as what it stands for (NFKC); blanks
    of any kind between words as one, and none around them.
    """
    return " ".join(unicodedata.normalize("NFKC", text).split())
