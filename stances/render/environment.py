"""Jinja with what every template calls: rows of frames, days, figures and names in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from stances import words
from stances.answers.acts import USED_LABELS
from stances.answers.tracker import Tracker
from stances.links.view import View

_FOLDER = Path(__file__).parent / "templates"


@cache
def environment() -> jinja2.Environment:
    """Return the one environment, in which every text is escaped."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "day": words.day,
        "figure": words.figure,
        "out_of": words.out_of,
        "iso": lambda day: f"{day:%Y-%m-%d}",
        "partial": words.partial,
        "rows": rows,
        "thousands": "{:,}".format,
    }
    made.tests["empty"] = lambda frame: frame.empty
    return made


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame by the names of its columns, with None for what is missing."""
    return [
        {str(name): None if is_missing(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def is_missing(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def context(view: View) -> dict[str, Any]:
    """Return what all templates of a view are filled with."""
    tracker, codebook = view.tracker, view.tracker.codebook
    labels = codebook.scale.labels
    return {
        "view": view,
        "theme": view["theme"] or "",
        "embedded": view["embed"],
        "site": tracker.about.title,
        "subject": codebook.subject,
        "leading": codebook.acts.leading,
        "scale": sorted(labels.items()),
        "label": lambda level: labels[int(level)],
        "short": tracker.short.__getitem__,
        "field": codebook.domain_label,
        "kind": codebook.codes("instruments").__getitem__,
        "used": USED_LABELS,
        "opening": lambda actor, title: opening(tracker, actor, title),
    }


def opening(tracker: Tracker, actor: str, title: str) -> tuple[str, str, str]:
    """Return a title in three parts, of which the middle is set bold: whom it is about, as it names
    them first, or else their name put before it: ("", "Danish", " ministers warn").
    """
    called = filter(None, (names[actor] for names in tracker.spoken_of))
    named = re.search(rf"\b(?:{'|'.join(map(re.escape, called))})(?!\w)", title)
    if not named:
        return "", tracker.short[actor], f" {title}"
    return title[: named.start()], named[0], title[named.end() :]


def drawn(name: str, values: Mapping[str, Any]) -> str:
    """Return a template filled with values."""
    return environment().get_template(f"{name}.html").render(values)
