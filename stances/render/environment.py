"""Jinja with what every template uses: rows of frames, days, figures and names in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from stances import words
from stances.answers.acts import USED_LABELS
from stances.answers.tracker import Tracker
from stances.links.pages import MAIN, PAGES
from stances.links.view import View
from stances.render import document

_FOLDER = Path(__file__).parent / "templates"


@cache
def environment() -> jinja2.Environment:
    """Return the one environment, in which every text is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        coded=document.coded,
        day=words.day,
        figure=words.figure,
        out_of=words.out_of,
        iso="{:%Y-%m-%d}".format,
        partial=words.partial,
        rows=rows,
        thousands="{:,}".format,
    )
    environment.tests["empty"] = lambda frame: frame.empty
    return environment


def rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the rows of a frame by the names of its columns, with None for what is missing."""
    # Cell by cell: for the few rows of a page the frame as a whole takes twice the time.
    records = frame.to_dict("records")
    for record in records:
        for name, value in record.items():
            # Nothing but NaN and NaT differs from itself; of an NA `to_dict` has made None.
            if value != value:  # noqa: PLR0124
                record[name] = None
    return records


def context(view: View) -> dict[str, Any]:
    """Return what all templates of a view are filled with; a block adds its own data."""
    tracker = view.tracker
    codebook = tracker.codebook
    labels = view.labels
    return {
        "view": view,
        "theme": view["theme"] or "",
        "embedded": view["embed"],
        "site": tracker.about.title,
        # Those of the navigation.
        "pages": [(path, PAGES[path].title) for path in MAIN],
        "subject": codebook.subject,
        # The kind of deadline that pages lead with.
        "leading_deadline": codebook.acts.leading,
        "scale": sorted(labels.items()),
        # Functions, each from a code or a level to what it is called.
        "label": lambda level: labels[int(level)],
        "short": tracker.short.__getitem__,
        "domain_label": codebook.domain_label,
        "instrument_label": codebook.codes("instruments").__getitem__,
        "used_labels": USED_LABELS,
        # From an actor and a title to the title in three parts, of which one is set bold.
        "with_name_apart": partial(with_name_apart, tracker),
    }


def with_name_apart(tracker: Tracker, actor: str, title: str) -> tuple[str, str, str]:
    """Return a title in three parts, of which the middle is set bold: whom it is about, as it names
    them first, or else their name put before it: ("", "Danish", " ministers warn").
    """
    # Of two that begin alike the first is taken: the whole name before the short one.
    names = [names_by_actor[actor] for names_by_actor in tracker.spoken_of]
    # Not all have an adjective.
    pattern = "|".join(map(re.escape, filter(None, names)))
    match = re.search(rf"\b(?:{pattern})(?!\w)", title)
    if not match:
        return "", tracker.short[actor], f" {title}"
    before = title[: match.start()]
    after = title[match.end() :]
    return before, match[0], after


def drawn(name: str, values: Mapping[str, Any]) -> str:
    """Return a template filled with values."""
    return environment().get_template(f"{name}.html").render(values)
