"""Jinja with what every template calls: rows of frames, days and figures in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from stances import words
from stances.links.view import View

_FOLDER = Path(__file__).parent / "templates"


@cache
def environment() -> jinja2.Environment:
    """Return the one environment: texts are escaped, a name that is not given is an error where it
    is read further.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "figure": lambda value, decimals=2: words.figure(float(value), decimals),
        "day": words.day,
        "partial": words.partial,
        "thousands": lambda value: f"{value:,}",
        "rows": rows,
    }
    return made


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame by the names of its columns, with None for what is missing; the
    index is there under its name.
    """
    named = frame.reset_index() if frame.index.name and frame.index.name not in frame else frame
    return [
        {name: None if _missing(value) else value for name, value in row.items()}
        for row in named.to_dict("records")
    ]


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (value != value) is True


def context(view: View) -> dict[str, Any]:
    """Return what all templates of a view are filled with."""
    tracker = view.tracker
    labels = tracker.codebook.scale.labels
    return {
        "view": view,
        "theme": view["theme"] or "",
        "embedded": view["embed"],
        "subject": tracker.codebook.subject,
        "site": tracker.about.title,
        "label": lambda level: labels[int(level)],
        "scale": sorted(labels.items()),
        "short": tracker.short.__getitem__,
        "opening": lambda code, title: opening(tracker.short[code], tracker.names[code], title),
    }


def opening(short: str, name: str, title: str) -> tuple[str, str]:
    """Return who a title is about, to be set bold, and the rest: where the title opens with the
    name, it is not repeated.
    """
    for text in (name, short):
        after = title[len(text) : len(text) + 1]
        if title.startswith(text) and not after.isalnum():
            return text, title[len(text) :]
    return short, f" {title}"


def drawn(name: str, values: Mapping[str, Any]) -> str:
    """Return a template filled with values."""
    return environment().get_template(f"{name}.html").render(values)


def whole(level: Any) -> int | None:
    """Return a level as a whole number, None for none."""
    return None if level is None or math.isnan(level) else int(level)


def joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
