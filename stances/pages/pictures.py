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


def source(view: View) -> str:
    """Return the line below a picture: publisher, who scored, day of the data, version, licence."""
    about = view.tracker.about
    data = view.tracker.data

    publisher = about.title
    site = view.site.partition("://")[2].rstrip("/")
    if site:
        publisher += f", {site}"
    scored = scored_by(view.tracker) or "Data"
    version = f"Version {data.version}"
    if about.licence:
        version += f", {about.licence.short}"
    return f"{publisher}. {scored}, data to {words.day(data.opening_day)}. {version}"


def picture(view: View, chart: Chart, title: str, *scope: str) -> Picture:
    """Return a chart of a view on a sheet. `title`: what is found; `scope`: of what, beside the
    field, such as a group and the days.
    """
    field = words.capital(view.field)
    subtitle = ", ".join([field, *scope])
    titled = replace(chart, title=title, subtitle=subtitle)
    return Picture(partial(svg.sheet, titled, source(view)), titled)
