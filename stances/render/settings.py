"""The controls above each page, and the space of those that take their place."""

from stances import escapes
from stances.answers.introduction import data_to
from stances.links.parameters import DAY
from stances.links.register import OF_STANCES
from stances.links.view import View
from stances.render.controls import form_html, lines_html


def settings_html(view: View) -> str:
    """Return the controls, with links to days that are often asked for."""
    lines = lines_html(view) if view.page == "trends" else ""
    return f"{_space(view)}{form_html(view, _live(view), f'{lines}{_days(view)}')}"


# What is pressed for it.
LIVE_VIEW = "Interactive version"


def _live(view: View) -> str:
    """Return what the live view is pressed for, where pages do not become live by themselves."""
    play = "" if view.page else '<button type="button" data-live="play">▶ Play the map</button>'
    return f'{play}<button type="button" data-live>{LIVE_VIEW}</button>'


def _space(view: View) -> str:
    """Return what is seen where the controls will be, in a browser that will have them."""
    day, domain = view.values[DAY].isoformat(), view.tracker.codebook.domain_label(view.domain)
    basis = "<i></i>" if view.page in OF_STANCES else ""
    return (
        f'<div class="date-space" aria-hidden="true"><i>{day}</i><b></b>'
        f"<i>{escapes.html(domain)}</i>{basis}<u>Filters</u></div>"
    )


def _days(view: View) -> str:
    data = view.tracker.data
    offered = {
        "A year earlier": view.tracker.year_before(view.day),
        data_to(data): data.opening_day,
        "Today": data.today,
    }
    links = [
        view.link(view.page, text, as_of=str(day))
        for text, day in offered.items()
        if day != view.day
    ]
    return f'<p class="days">{" · ".join(links)}</p>' if links else ""
