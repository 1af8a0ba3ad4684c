"""What stands around the picture of a view: its title, what it is of, and its source."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from stances import words
from stances.answers.agreement import scored_by
from stances.charts import svg
from stances.charts.plot import Chart
from stances.charts.png import Picture
from stances.links.view import View


def version_and_licence(view: View) -> str:
    """Return the version of the data, and its licence."""
    text = f"Version {view.tracker.data.version}"
    licence = view.tracker.about.licence
    if licence:
        text += f", {licence.short}"
    return text


def source(view: View) -> str:
    """Return the line below a picture: publisher, who scored, day of the data, version, licence."""
    publisher = view.tracker.about.title
    # Without https://, and empty where the address is not known.
    _, _, site = view.site.partition("://")
    if site:
        publisher += f", {site.rstrip('/')}"
    scored = scored_by(view.tracker) or "Data"
    day = words.day(view.tracker.data.opening_day)
    return f"{publisher}. {scored}, data to {day}. {version_and_licence(view)}"


def picture(view: View, chart: Chart, title: str, *scope: str) -> Picture:
    """Return a chart of a view on a sheet. `title`: what is found; `scope`: of what, beside the
    field, such as a group and the days.
    """
    subtitle = ", ".join([words.capital(view.field), *scope])
    titled = replace(chart, title=title, subtitle=subtitle)
    return Picture(partial(svg.sheet, titled, source(view)), titled)
