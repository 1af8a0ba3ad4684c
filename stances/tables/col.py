"""The declaration of a column."""

from dataclasses import dataclass

# What cells are: `partial`, the text of a day, month or year; `truth`, true or false.
KINDS = ("text", "day", "partial", "whole", "number", "truth")


@dataclass(frozen=True)
class Col:
    """A column of an answer, declared once for files and pages: `Col("actor", "text", "Code of the
    actor", head="Country", markup="actor")`.

    `name`: in the frame and in files; `kind`: one of KINDS; `about`: its description; `head`: its
    heading on screen, empty: in files only; `markup`: how `col.html` draws its cells there, text:
    as they are.
    """

    name: str
    kind: str
    about: str
    head: str = ""
    markup: str = ""
