"""The kit of escapes: a text from the data made harmless, by the place that it goes to.

| to | by |
| --- | --- |
| markup, Markdown with markup, labels of plotly that have marks of their own | `markup` |
| labels of plotly without, of which assistive technology or a picture reads the text | `chart` |
| labels and options of controls, which Streamlit takes for Markdown | `label` |
| cells of a CSV | `cell` |
| names of files, and so headers and addresses | `stances.dataset.names.slug` |
| JSON, XML, query strings | their writers: `json`, `ElementTree`, `urllib.parse` |

What is said of a text is as the data has it: an escape is the last that happens to it.
"""

from __future__ import annotations

import re

from stances.dataset.characters import BLANK

# What a spreadsheet takes for the start of a formula, and what looks so: full-width and small signs
# are read as the plain ones where a locale is of the East, the others where texts are normalised.
_SIGN = (
    "[=+\\-@\u2212\u207a-\u207c\u208a-\u208c\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]"
)
_STARTS = rf"(?=(?:{BLANK}\")*{BLANK}{_SIGN})"
# A semicolon parts cells where a comma parts the decimals, a tab or a bar where someone chose so. A
# number alone runs nothing.
_PARTED = r"(?<=[;|\t\r\n\v\f\x85\u2028\u2029])(?!\s*[+-][0-9]+(?:[.,][0-9]+)?\s*(?:[;|]|$))"
_FORMULA = re.compile(rf"^(?=[\t\r])|^{_STARTS}|{_PARTED}{_STARTS}")


def cell(text: str) -> str:
    """A text as the cell of a CSV, with an apostrophe before what a spreadsheet would run.

    That is a sign at its start, or after what a spreadsheet may split at, whatever blanks and
    quotation marks are between.
    """
    # The csv module leaves a lone CR bare, and the row would break there.
    return _FORMULA.sub("'", text).replace("\r", " ")
