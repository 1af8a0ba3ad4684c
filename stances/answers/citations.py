"""How a view or a file is cited."""

from __future__ import annotations

import re
from datetime import date

from stances.answers.tracker import Tracker


def citation(tracker: Tracker, title: str, url: str = "", today: date | None = None) -> str:
    """Return the citation of a view or a file in one line. `title`: what it is; `today`: the day of
    access.
    """
    data = tracker.data
    about = tracker.about
    parts = [
        ", ".join(about.authors),
        f"{about.title}, {title}" if title else about.title,
        f"Dataset {data.version}",
        about.licence.name if about.licence else "",
        f"Accessed {today}" if today else "",
    ]
    line = ". ".join(filter(None, parts))
    return f"{line}. {url}" if url else f"{line}."


# What has a meaning to BibTeX, and what stands for it in a text.
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash ",
        "~": r"\textasciitilde ",
        "^": r"\textasciicircum ",
        **{sign: f"\\{sign}" for sign in "{}&%$#_"},
    }
)


def bibtex(tracker: Tracker, title: str, url: str = "", today: date | None = None) -> str:
    """Return the same citation as an entry for BibTeX."""
    data = tracker.data
    about = tracker.about
    whole = f"{about.title}, {title}" if title else about.title
    fields = {
        # An author in braces is one name, whatever words it has.
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in about.authors),
        "title": f"{{{_escaped(whole)}}}",
        "year": str(data.recorded.year),
        "howpublished": f"Dataset {data.version}",
        "note": _escaped(about.licence.name) if about.licence else "",
        # Percent signs and underlines of an address mean nothing to it, braces do.
        "url": re.sub(r"[{}\\\s]", "", url),
        "urldate": str(today or ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = re.sub(r"[^a-z0-9]+", "-", about.title.lower()).strip("-")
    return "\n".join([f"@misc{{{key}-{data.version},", *lines, "}", ""])


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_BIBTEX)
