"""How a view or a file is cited."""

from __future__ import annotations

import re
from datetime import date

from stances.answers.tracker import Tracker


def citation(
    tracker: Tracker,
    title: str,
    url: str = "",
    today: date | None = None,
) -> str:
    """Return the citation of a view or a file in one line. `title`: what it is; `url`: its address;
    `today`: the day of access. Both are left out where there is none, as is what about.toml does
    not say.
    """
    about = tracker.about
    parts = [
        ", ".join(about.authors),
        _whole_title(tracker, title),
        f"Dataset {tracker.data.version}",
        about.licence.name if about.licence else "",
        about.doi_address,
        f"Accessed {today}" if today else "",
    ]
    line = ". ".join(filter(None, parts))
    # A full stop behind an address would be taken for a part of it.
    if url:
        return f"{line}. {url}"
    return f"{line}."


def _whole_title(tracker: Tracker, title: str) -> str:
    """Return a title behind that of the edition."""
    return f"{tracker.about.title}, {title}"


# What has a meaning to BibTeX, and what stands for it in a text.
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash ",
        "~": r"\textasciitilde ",
        "^": r"\textasciicircum ",
        **{sign: f"\\{sign}" for sign in "{}&%$#_"},
    }
)


def bibtex(
    tracker: Tracker,
    title: str,
    url: str = "",
    today: date | None = None,
) -> str:
    """Return the same citation (see `citation`) as an entry for BibTeX."""
    about = tracker.about
    version = tracker.data.version
    # In braces an author is one name, whatever words it has, and a title keeps its capitals.
    authors = [f"{{{_escaped(name)}}}" for name in about.authors]
    title = _escaped(_whole_title(tracker, title))
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{title}}}",
        "year": tracker.data.recorded.year,
        "howpublished": f"Dataset {version}",
        "note": _escaped(about.licence.name) if about.licence else "",
        "doi": _verbatim(about.doi),
        "url": _verbatim(url),
        "urldate": today,
    }

    slug = re.sub(r"[^a-z0-9]+", "-", about.title.lower()).strip("-")
    lines = [f"@misc{{{slug}-{version},"]
    for name, value in fields.items():
        # What is not known is left out.
        if value:
            lines.append(f"  {name} = {{{value}}},")
    return "\n".join([*lines, "}", ""])


def _verbatim(address: str) -> str:
    """Return an address as BibTeX takes it: percent signs and underlines mean nothing to it in one,
    braces do.
    """
    return re.sub(r"[{}\\\s]", "", address)


def _escaped(text: str) -> str:
    """Return a text on one line, as BibTeX takes it."""
    line = " ".join(text.split())
    return line.translate(_BIBTEX)
