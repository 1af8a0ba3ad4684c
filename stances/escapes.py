"""The kit of escapes: a text from the data made harmless, by the place that it goes to.

| to | by |
| --- | --- |
| HTML, and labels of plotly that are | `html` |
| labels of plotly that are plain, and pictures made of them | `chart` |
| options side by side, marks of sliders, buttons: what Streamlit takes for Markdown | `label` |
| the name of a field, which is only heard | `spoken_label` |
| attributes that a script puts on the clipboard | `copied` |
| a name that a figure follows | `isolate` |
| cells of a CSV | `cell` |
| texts of a calendar | `calendar` |
| names of files, and so headers | `stances.dataset.names.slug` |
| JSON, XML, query strings | their writers: `json`, `ElementTree`, `urllib.parse` |

Options of boxes that open, cells of tables and fields take a text as it is. An escape is the last
that happens to a text, and no other place escapes by itself.
"""

import re
import unicodedata
from html import escape, unescape

from stances.dataset.characters import BLANK

_WORD_JOINER = "\u2060"
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"

# What Streamlit's Markdown takes for more than itself and leaves alone once escaped.
_MARKDOWN = re.compile(r"[\\`*_\[\]<~$]|(?::[\w+-]+)+:?|(?<=:material)/|&(?=#?\w+;)|^[#+>-]")
# What no one needs to hear, and all that Markdown is made of.
_SIGNS = re.compile(
    r"[\\`*_\[\]<>~$@#!^|={}\"]|:(?!\s)|&(?!\s)|//|(?<=www)\.|(?<!\S)[-+]+|^\d+[.)]\s"
)
_NUMBERED = re.compile(r"^\d+(?=[.)](\s|$))")
# What it replaces after all escapes are undone, so that only what takes no room keeps it apart.
_REPLACED = re.compile(
    r":(?=streamlit:|material_|//)|(?<=www)(?=\.)|@(?=\w)"
    r"|(?<!\S)(?:<(?=->(?!\S))|[<-](?=-(?!\S))|-(?=>(?!\S))|[<>~](?==(?!\S)))"
)


def clipboard(text: str) -> str:
    """Return a text for an attribute that a script puts on the clipboard (`render/copy.js`): angle
    brackets as in addresses, since an attribute with what looks like markup is dropped whole by
    what cleans the markup of the live view.
    """
    return html(text.replace("%", "%25").replace("<", "%3C").replace(">", "%3E"))


def html(value: object) -> str:
    """Return a text as markup, alone or in an attribute."""
    # By its number: plotly's labels know few names.
    return escape(str(value)).replace("&quot;", "&#34;")


def calendar(text: str) -> str:
    """Return a text as a value of a calendar (RFC 5545, 3.3.11): one line, marks escaped."""
    escaped = re.sub(r"[\\;,]", r"\\\g<0>", text)
    return re.sub(r"\r\n|\r|\n", r"\\n", escaped)


def chart(text: str) -> str:
    """Return a text as a label of plotly, which knows a few tags; quotes stay as they are."""
    return escape(text, quote=False)


def as_written(escaped: str) -> str:
    """Return the text that `html` or `chart` escaped, for what draws plotly's labels itself."""
    return unescape(escaped)


def label(text: str) -> str:
    """Return a text as the label of a control, which Streamlit takes for Markdown. Only what would
    be Markdown is escaped: some is read out as it is written.
    """
    apart = _REPLACED.sub(rf"\g<0>{_WORD_JOINER}", text.strip())
    escaped = _MARKDOWN.sub(lambda match: re.sub(r"(\W|_)", r"\\\1", match[0]), apart)
    return _NUMBERED.sub(r"\g<0>\\", escaped)


def spoken_label(text: str) -> str:
    """Return a text as the label of a control that is only heard, and has its label beside it: the
    words alone, as an escape would be read out.
    """
    return " ".join(_SIGNS.sub(" ", text).split())


def isolate(name: str) -> str:
    """Return a name that keeps its direction to itself: after one from right to left a figure would
    else stand before it, and its sign behind.
    """
    runs_back = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name)
    return f"{_ISOLATE}{name}{_END_OF_ISOLATE}" if runs_back else name


# What a spreadsheet takes for the start of a formula, and what looks so: full-width and small signs
# are read as the plain ones where a locale is of the East, all of them where texts are normalised
# (NFKC). So are signs between cells, and quotation marks.
_SIGN = (
    "[=+\\-@\u2212\u207a-\u207c\u208a-\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b"
    "\uff0b\uff0d\uff1d\uff20]"
)
_STARTS = rf"(?=(?:{BLANK}[\"\uff02])*{BLANK}{_SIGN})"
# A semicolon parts cells where a comma parts the decimals, a tab or a bar where someone chose so. A
# number alone runs nothing; but the end of a text is none of a cell: a comma and the next text
# follow, so only a number between two of the same is alone.
_NUMBER = r"\s*[+-][0-9]+(?:[.,][0-9]+)?\s*"
_PARTED = (
    r"(?<=[;|\t\r\n\v\f\x85\u2028\u2029\u037e\ufe14\ufe54\uff1b\uff5c])"
    rf"(?!(?<=;){_NUMBER};|(?<=\|){_NUMBER}\|)"
)
_FORMULA = re.compile(rf"^(?=[\t\r])|^{_STARTS}|{_PARTED}{_STARTS}")


def cell(text: str) -> str:
    """Return a text as the cell of a CSV, with an apostrophe before what a spreadsheet
    would run.

    That is a sign at its start, or after what a spreadsheet may split at, whatever blanks and
    quotation marks are between.
    """
    # The csv module leaves a lone CR bare, and the row would break there.
    return _FORMULA.sub("'", text).replace("\r", " ")
